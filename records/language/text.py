"""The line as it is read: one width, one case, no marks that cannot be seen."""

import re
import unicodedata

LONGEST = 1200
"""A line longer than this is kept as a note; no number is read out of a letter."""

_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe0e\ufe0f]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]+")
_SPACES = re.compile(r"[^\S\n]+")
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>|<[/a-z!][^<>]{0,200}>", re.I | re.S)
_BEFORE, _WITH = re.compile(r"\bb4\b", re.I), re.compile(r"\bw/(?=\s?[a-z])", re.I)
_QUERY = re.compile(r"['\"]\s*(?:;|\bor\b).*?(?:--|#|/\*).*|['\"]\s*;.*", re.I)
_FORMULA = re.compile(r"^\s*[=@][a-z]{2,10}[|(][^!)]{0,100}[!)][a-z]{0,2}\d{0,3}", re.I)
_LOOKS_LIKE = str.maketrans(
    {"′": "'", "’": "'", "‘": "'", "`": "'", "”": '"', "“": '"', "–": "-", "—": "-", "−": "-",
     "‐": "-", "‑": "-", "⁄": "/", "∕": "/", "÷": "/", "﹣": "-", "𝟏": "1", "〇": "零"}
)  # fmt: skip
_TRADITIONAL = str.maketrans(
    "壓體溫飯氣憂藥劑頭暈喘醫點時後餐兩個歲號樓臺舒張縮脈搏濃過沒來還給爺媽媳婦記錄對錯覺"
    "顆單毫紅綠雞麵餅魚腫脹腳雙麼嗎們運動開緊傷壞樂難輕麻鬆離條幫這該為會處發現實結雖標準",
    "压体温饭气忧药剂头晕喘医点时后餐两个岁号楼台舒张缩脉搏浓过没来还给爷妈媳妇记录对错觉"
    "颗单毫红绿鸡面饼鱼肿胀脚双么吗们运动开紧伤坏乐难轻麻松离条帮这该为会处发现实结虽标准",
)


def normalised(text: str) -> str:
    """Return the line in NFKC, lower case, simplified, with unseen, hostile and odd marks gone."""
    line = unicodedata.normalize("NFKC", text[: LONGEST * 4].replace("º", "°"))
    line = _UNSEEN.sub("", line).translate(_LOOKS_LIKE)
    line = _CONTROL.sub(" ", line.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    line = _WITH.sub("with ", _BEFORE.sub("before", line))
    line = _FORMULA.sub(" ", _QUERY.sub(" ", _SCRIPT.sub(" ", line)))
    line = re.sub(r"^[\s\"'>]+(?=\s*\d)", "", line)
    return _SPACES.sub(" ", line.lower().translate(_TRADITIONAL)).strip()
