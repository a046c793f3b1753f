"""People named in a line who are not the ones measured: they help, are told, lend a cuff."""

import re

from records.language.line import Line
from records.language.tags import Tag

_ADVISES = re.compile(
    r" (?:made|makes|helped|reminded|forced) me\b|"
    r" (?:want|told|tell|said|say|ask|advise|suggest|recommend|like)"
    r"(?:s|ed|d)? (?:that )?(?:me|my|i|us)\b|"
    r"(?:要我|让我|叫我|说我|建议我)"
)
_LIKE = re.compile(
    r"\b(?:like|as) an? (?:\w+ )?$|(?:像|如|似|得跟|睡成|累成)(?:个|只|头|一只|一个|一头)? $"
)
_FROM_OTHER = re.compile(
    r"(?:给我|帮我|为我|my (?:bp|blood|sugar|pulse|weight|pressure|temp|heart))"
)


def stands_by(line: Line, place: int) -> bool:
    """Say whether somebody named only helps, is told, or is what something is likened to."""
    return (
        _helps(line, place)
        or _is_told(line, place)
        or is_likened(line, place)
        or lends(line, place)
    )


_BY = (
    "used",
    "using",
    "on",
    "with",
    "at",
    "from",
    "borrowed",
    "用",
    "借",
    "借了",
    "用了",
    "在",
    "拿",
)
_LENT = (
    "machine", "monitor", "cuff", "meter", "scale", "scales", "thermometer", "glucometer", "device",
    "house", "place", "home", "flat", "血压计", "血糖仪", "体温计", "秤", "机器", "仪器", "机子",
    "家", "家里",
)  # fmt: skip


def lends(line: Line, place: int) -> bool:
    """Say whether somebody only owns the meter or the place: used mum's cuff, 在女儿家."""
    begin = line.clause_of(place)[0]
    by = any(t.text in _BY for t in line.tokens[max(begin, place - 2) : place])
    near = [t.text for t in line.tokens[place + 1 : place + 4]]
    return by and any(word in _LENT for word in near)


def is_likened(line: Line, place: int) -> bool:
    """Say whether a person or an animal stands in a figure of speech: like a baby, 像小猪一样."""
    before = line.text[: line.tokens[place].start].rstrip() + " "
    return _LIKE.search(before) is not None


def _is_told(line: Line, place: int) -> bool:
    """Say whether the other person is only told, or not told, of the reading."""
    behind = line.token(place + 1)
    if behind is not None and behind.text.startswith(("看", "知道")) and place:
        before = line.tokens[place - 1]
        return before.text in ("让", "给") or Tag.PRIVATE in before.tags
    near = range(max(0, place - 4), place)
    return any(line.is_word(k, Tag.SHARE, Tag.PRIVATE) for k in near)


def _helps(line: Line, place: int) -> bool:
    """Say whether the other person only took the reading: 女儿给我量的, at the clinic they got."""
    if line.tokens[place].text == "they" and line.has(Tag.CARE):
        return True
    behind = line.text[line.tokens[place].end :]
    return _FROM_OTHER.search(behind) is not None or _ADVISES.match(behind) is not None
