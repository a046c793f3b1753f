"""Who is named in a line: a name or a kinship word before, in or behind what is told of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from records.language.kinship import KIN_OF, POINTERS, SELF, fits, points_at
from records.language.lexicon import TABLE
from records.language.tags import Tag

TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "mr.", "mrs.", "ms.", "dr."})
_MONTHS = "may|april|june|august|jan|mar|apr|jun|jul|aug|sep|oct|nov|dec"
_WORDS = (
    "will|mark|grace|hope|rose|joy|pat|art|sue|bill|dawn|faith|an|so|can|he|in|on|at|sun|mon|summer"
)
MONTHS = frozenset(_MONTHS.split("|"))
ALSO_WORDS = MONTHS | frozenset(_WORDS.split("|"))
PEOPLE_TAGS = frozenset({Tag.OTHER, Tag.SELF, Tag.NEUTRAL})
TRADITIONAL = str.maketrans("媽爺婆岳親婦兒嬸", "妈爷婆岳亲妇儿婶")
GAP = r"[\s:：,，、()（）\-–—]*"
OWN_AFTER = re.compile(
    r"给我|帮我|为我|替我|\b(?:my|i|i'm|me)\b|我(?:的|今|早|晚|昨|刚|自己|血|头|心|体|吃|量|测)"
)
PAIR = re.compile(r"\d{2,3}\s*[/ \-]\s*\d{2,3}")
DIGIT = re.compile(r"\d|[一二三四五六七八九]?[百十]")
NOT_A_CALL = r"(?![呀啊哎哟哪妈爸们婆])"
SELF_WORDS = frozenset(SELF.split("|"))
ANOTHER = re.compile(r"\b(?:her|him|she|he|his)\b|[她他]")


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody a line may speak of: the name, and the words by which the speaker calls them."""

    who: str
    name: str
    own: bool = False
    sex: str = ""
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """A piece of a line, the word that names somebody in it, and for whom that word can stand.

    One: it is plain. Several, or none: it must be asked.
    """

    word: str
    who: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A naming word at its place; `marked` where a sign such as a colon says it is a name."""

    word: str
    start: int
    end: int
    marked: bool


def named_in(text: str, people: Sequence[Called]) -> tuple[Naming, ...]:
    """Return who is named in a line, piece by piece, or nothing where nobody is."""
    typed = text.strip().removeprefix("👤").removesuffix("✓").strip()
    flat = _flat(typed)
    if len(flat) != len(typed):
        typed = normalize("NFKC", typed)
        flat = _flat(typed)
    words = _words(people)
    hits = [one for one in _hits(flat, words) if _is_meant(typed, flat, one)]
    names = [one for one in hits if one.word not in POINTERS]
    hits = names or [one for one in hits if one.marked or not flat[: one.start].strip()][:1]
    if not hits:
        return ()
    kept = [one for one in hits if not _speaks_of_own(flat, one, words)]
    pieces = _pieces(flat, kept) if len({one.word for one in kept}) > 1 else ()
    if pieces:
        return tuple(_naming(typed[a:b], _hits_in(flat[a:b], words), words) for a, b in pieces)
    if len({words[one.word] for one in kept}) > 1:
        return (Naming("", (), typed),)
    return (_naming(typed, kept, words),) if kept and _tells(flat, kept[0]) else ()


def _flat(text: str) -> str:
    return normalize("NFKC", text).lower().replace("’", "'").translate(TRADITIONAL)


def _words(people: Sequence[Called]) -> dict[str, tuple[str, ...]]:
    """Return each naming word with those it can stand for."""
    found: dict[str, list[str]] = {}
    for one in people:
        names = _names_of(one.name)
        for word in (*names, *one.called, *(SELF_WORDS if one.own else ())):
            found.setdefault(word, []).append(one.who)
    for word, kin in KIN_OF.items():
        helped = [one for one in people if not one.own and fits(kin, one.sex, one.called)]
        known = [one.who for one in helped if one.called]
        found.setdefault(word, []).extend(known or [one.who for one in helped])
    for word in POINTERS:
        meant = [one.who for one in people if not one.own and points_at(word, one.sex)]
        found.setdefault(word, []).extend(meant)
    return {word: tuple(dict.fromkeys(who)) for word, who in found.items()}


def _names_of(name: str) -> Iterator[str]:
    flat = _flat(name).strip()
    yield flat
    for part in flat.split():
        if part not in TITLES and len(part) > 1:
            yield part
    if len(flat) == 3 and not flat.isascii() and " " not in flat:
        yield flat[1:]


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    latin = "|".join(re.escape(one) for one in longest_first if one.isascii())
    han = "|".join(re.escape(one) for one in longest_first if not one.isascii())
    return re.compile(
        rf"(?:(?:for|my)\s+|给)*(?:(?<![a-z0-9])(?P<latin>{latin or '(?!)'})(?:'s)?(?![a-z0-9'])"
        rf"|(?P<han>{han or '(?!)'}){NOT_A_CALL})(?P<of>的?)(?P<sign>\s*[:：])?"
    )


def _hits(flat: str, words: dict[str, tuple[str, ...]]) -> list[_Hit]:
    found = []
    for match in _pattern(words).finditer(flat):
        word = match["latin"] or match["han"]
        marked = bool(match["sign"] or match["of"]) or "'s" in match[0]
        marked = marked or match[0].startswith(("for ", "给"))
        found.append(_Hit(word, match.start(), match.end(), marked))
    return found


def _hits_in(flat: str, words: dict[str, tuple[str, ...]]) -> list[_Hit]:
    return _hits(flat, words)[:1]


def _is_meant(typed: str, flat: str, hit: _Hit) -> bool:
    """Say whether a name that is also a common word is meant as a name here."""
    alone = not (flat[: hit.start] + flat[hit.end :]).strip(" :：")
    if alone or hit.marked or not _is_also_a_word(hit.word):
        return True
    behind = flat[hit.end :].lstrip(" ,，")
    if len(hit.word) == 1 and not hit.word.isascii():
        return DIGIT.match(behind) is not None
    if hit.word in MONTHS and re.match(r"\d{1,2}(?:st|nd|rd|th)?(?![\d/\-])\s", behind):
        return False
    return typed[hit.start : hit.start + 1].isupper() and PAIR.match(behind) is not None


def _is_also_a_word(word: str) -> bool:
    if word in KIN_OF or word in SELF_WORDS or word in POINTERS:
        return False
    return len(word) == 1 or word in ALSO_WORDS or bool(TABLE.get(word, frozenset()) - PEOPLE_TAGS)


def _speaks_of_own(flat: str, hit: _Hit, words: dict[str, tuple[str, ...]]) -> bool:
    """Say whether the one named only stands by: what is told is the speaker's own."""
    if hit.word in SELF_WORDS:
        behind = flat[hit.end :]
        return _names_another(behind, words) or ANOTHER.search(behind) is not None
    own = OWN_AFTER.search(flat, hit.end)
    return own is not None and DIGIT.search(flat[hit.end : own.start()]) is None


def _names_another(behind: str, words: dict[str, tuple[str, ...]]) -> bool:
    found = (one.word for one in _hits(behind, words))
    return any(one not in SELF_WORDS and one not in POINTERS for one in found)


def _pieces(flat: str, hits: Sequence[_Hit]) -> tuple[tuple[int, int], ...]:
    """Cut a line that names several at each name, where numbers follow every one of them."""
    starts = [one.start for one in hits]
    if starts[0] != 0:
        return ()
    cuts = [*starts, len(flat)]
    pieces = tuple(pairwise(cuts))
    numbers = all(DIGIT.search(flat[one.end : b]) for one, (_, b) in zip(hits, pieces, strict=True))
    return pieces if numbers else ()


def _tells(flat: str, hit: _Hit) -> bool:
    """Say whether the place of the name lets the line be about them."""
    before, behind = flat[: hit.start].strip(" ,，"), flat[hit.end :].strip(" ,，.。!！)）")
    if not before:
        return True
    if not behind:
        return re.search(r"\d\D{0,24}$", before) is not None
    return DIGIT.search(behind) is not None


def _naming(typed: str, hits: Sequence[_Hit], words: dict[str, tuple[str, ...]]) -> Naming:
    hit = hits[0]
    before = re.sub(rf"{GAP}$", "", typed[: hit.start])
    behind = re.sub(rf"^{GAP}", "", typed[hit.end :]) if hit.end < len(typed) else ""
    if not before:
        behind = behind.rstrip(" ,，;；、")
    if hit.word in SELF_WORDS and (before or behind):
        return Naming(hit.word, words[hit.word], typed)
    space = " " if before and behind and before[-1].isascii() else ""
    rest = (before + space + behind).strip()
    return Naming(hit.word, words[hit.word], rest if rest.strip("✓ .。!！)）") else "")
