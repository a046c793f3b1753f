"""The line as it is read: one width, one case, no marks that cannot be seen."""

import re
import unicodedata

from records.language.traditional import TO_SIMPLIFIED

LONGEST = 1200
"""A line longer than this is kept as a note; no number is read out of a letter."""

_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe0e\ufe0f]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]+")
_SPACES = re.compile(r"[^\S\n]+")
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>|<[/a-z!][^<>]{0,200}>", re.I | re.S)
_DOTTED = re.compile(r"(?<=[a-z]{2})\.(?=\d)", re.I)
_FULL_STOP = re.compile(r"(?:(?<=[^\d.]\d)|(?<=[^\d.]\d\d))。(?=\d(?!\d))")  # 6。4 is 6.4
_CIRCLED = {ord("①") + i: f"{i + 1}) " for i in range(9)}  # a list's own marks, not figures
_BEFORE, _WITH = re.compile(r"\bb4\b", re.I), re.compile(r"\bw/(?=\s?[a-z])", re.I)
_TEMPLATE = re.compile(
    r"\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,200}\}|\{%[^{}%]{0,200}%\}|<%[^<>%]{0,200}%>"
)
_YAO = re.compile(
    r"幺(?=[零一二三四五六七八九幺])|(?<=[零一二三四五六七八九])幺"
)  # one, digit by digit
_QUERY = re.compile(
    r"(?:[a-z]+(?=['\"]\)))?['\"]\)*\s*(?:;|\bor\b).*?(?:--|#|/\*)|['\"]\s*;.*", re.I
)
_FORMULA = re.compile(r"^\s*[=@][a-z]{2,10}[|(][^!)]{0,100}[!)][a-z]{0,2}\d{0,3}", re.I)
_SMILES = re.compile(r"(?:^|(?<=\s))[:;]-?[)(]+(?=\s|$)")
_LOOKS_LIKE = str.maketrans(
    {"′": "'", "’": "'", "‘": "'", "`": "'", "”": '"', "“": '"', "–": "-", "—": "-", "−": "-",
     "‐": "-", "‑": "-", "⁄": "/", "∕": "/", "÷": "/", "﹣": "-", "𝟏": "1", "〇": "零"}
)  # fmt: skip


_BARE_NOT = re.compile(
    r"\b(do|did|does|have|has|had|is|was|are|were|ca|could|would|should|wo)nt\b", re.I
)
_BARE_S = re.compile(r"\b(what|how|where|who|that|here)s\b", re.I)


def listed(phrases: str) -> frozenset[str]:
    """Return the phrases of a list that are parted by bars."""
    return frozenset(phrases.split("|"))


def normalised(text: str) -> str:
    """Return the line in NFKC, lower case, simplified, with unseen, hostile and odd marks gone."""
    text = text.translate(_CIRCLED)
    line = unicodedata.normalize("NFKC", text[: LONGEST * 4].replace("º", "°"))
    line = _UNSEEN.sub("", line).translate(_LOOKS_LIKE)
    line = _SMILES.sub("", line)
    line = _CONTROL.sub(" ", line.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    line = _WITH.sub("with ", _BEFORE.sub("before", line))
    line = _BARE_S.sub(r"\1's", _BARE_NOT.sub(r"\1n't", line))
    line = _DOTTED.sub(" ", line)
    line = _FORMULA.sub(" ", _QUERY.sub(" ", _SCRIPT.sub(" ", _TEMPLATE.sub(" ", line))))
    line = re.sub(r"^\s*[\"'][\s\"'>]*(?=\d)", "", line)
    line = _FULL_STOP.sub(".", _YAO.sub("一", line))
    return _SPACES.sub(" ", line.lower().translate(TO_SIMPLIFIED)).strip()
