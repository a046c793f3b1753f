"""Whose numbers these are: the person's own, somebody else's, or an animal's."""

import re

from records.language.line import Found, Line
from records.language.tags import Tag
from records.language.tokens import Kind

_TITLES = ("mr", "mrs", "ms", "miss")
_MYSELF = ("me", "mine", "myself", "我", "我的", "本人", "我自己")
_FROM_OTHER = re.compile(
    r"(?:给我|帮我|为我|my (?:bp|blood|sugar|pulse|weight|pressure|temp|heart))"
)


def whose(line: Line, found: Found) -> Tag:
    """Return SELF, OTHER or ANIMAL: the nearest person named before the reading, else self."""
    meant = _meant_for(line, found.end)
    if meant is not None:
        return meant
    named = person_at(line, found.start)
    return named if named is not None else _named_after(line, found)


def _meant_for(line: Line, end: int) -> Tag | None:
    """Return the person right behind a reading: 128/82 for mum, 135/85 for me."""
    token = line.token(end)
    if token is None or token.text not in ("for", "of", "("):
        return None
    name = line.token(end + 1)
    if token.text in ("for", "(") and name and (name.kind is Kind.UNKNOWN or name.text in _TITLES):
        return Tag.OTHER
    for place in (end + 1, end + 2):
        if line.is_word(place, Tag.ANIMAL):
            return Tag.ANIMAL
        if line.is_word(place, Tag.OTHER):
            return Tag.OTHER
        if line.is_word(place, Tag.SELF) and not line.is_word(place + 1, Tag.OTHER, Tag.ANIMAL):
            return Tag.SELF if line.tokens[place].text in ("me", "myself", "我") else None
    return None


_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟段钱汤尹黎易武乔贺赖龚小老阿"
)


def _is_a_name(line: Line, place: int) -> bool:
    """Say whether an unknown word names somebody: Anna's sugar, 小明血压."""
    token = line.tokens[place]
    if token.kind is Kind.UNKNOWN and token.text.endswith("'s"):
        return True
    after = line.token(1)
    second = after is not None and after.kind is Kind.UNKNOWN
    return place == 0 and second and token.kind is Kind.UNKNOWN and token.text in _SURNAMES


def person_at(line: Line, at: int) -> Tag | None:
    """Return the nearest person named before a place: SELF, OTHER, ANIMAL, or nobody."""
    for place in range(at, -1, -1):
        tags = line.tokens[place].tags
        if _is_a_name(line, place):
            return Tag.OTHER
        if tags & {Tag.OTHER, Tag.ANIMAL} and not (_helps(line, place) or _is_told(line, place)):
            return Tag.ANIMAL if Tag.ANIMAL in tags else Tag.OTHER
        if Tag.SELF in tags and not line.is_word(place + 1, Tag.OTHER, Tag.ANIMAL):
            denied = line.is_word(place - 1, Tag.NOT) and line.tokens[place].text in _MYSELF
            return Tag.OTHER if denied else Tag.SELF
    return None


def _is_told(line: Line, place: int) -> bool:
    """Say whether the other person is only told, or not told, of the reading."""
    near = range(max(0, place - 4), place)
    return any(line.is_word(k, Tag.SHARE, Tag.PRIVATE) for k in near)


def _helps(line: Line, place: int) -> bool:
    """Say whether the other person only took the reading: 女儿给我量的, at the clinic they got."""
    if line.tokens[place].text == "they" and line.has(Tag.CARE):
        return True
    return _FROM_OTHER.search(line.text[line.tokens[place].end :]) is not None


def _named_after(line: Line, found: Found) -> Tag:
    """Look behind the reading in its own clause: 150/95 for my husband."""
    if line.has(Tag.SHARE, Tag.PRIVATE):
        return Tag.SELF
    for place in range(found.end, min(found.end + 6, len(line.tokens))):
        token = line.tokens[place]
        if token.kind is Kind.NUMBER or (token.kind is Kind.MARK and token.text in ",;.。\n"):
            break
        if token.tags & {Tag.OTHER, Tag.ANIMAL}:
            close = place - found.end <= 3
            return (Tag.ANIMAL if Tag.ANIMAL in token.tags else Tag.OTHER) if close else Tag.SELF
    return Tag.SELF
