"""Whose numbers these are: the person's own, somebody else's, or an animal's."""

import re

from records.language.bystanders import is_likened, lends, stands_by
from records.language.line import Found, Line
from records.language.scope import opens_with
from records.language.tags import Tag
from records.language.things import is_of_a_thing
from records.language.tokens import Kind, Token

_TITLES = ("mr", "mrs", "ms", "miss")
_MYSELF = ("me", "mine", "myself", "我", "我的", "本人", "我自己")
_THAT_IS = re.compile(
    r"[\s,.;(-]*(?:that(?:'s| is| was)|this is|it(?:'s| is| was)|(?:这|那)?是)\s*(?:my |for )?"
)
_COMPANY = (
    "with",
    "and",
    "for",
    "to",
    "at",
    "和",
    "跟",
    "陪",
    "陪着",
    "同",
    "与",
    "带",
    "带着",
    "给",
    "帮",
    "在",
)
_WITH = ("with", "和", "跟", "陪", "陪着", "带", "带着")
_MAKES = (
    "made",
    "cooked",
    "brought",
    "baked",
    "做",
    "做的",
    "包",
    "煮",
    "炖",
    "炒",
    "买",
    "带",
    "给",
    "烧",
)


def whose(line: Line, found: Found) -> Tag:
    """Return SELF, OTHER or ANIMAL (also a thing): the nearest named before the reading."""
    if is_of_a_thing(line, found):
        return Tag.ANIMAL
    meant = _meant_for(line, found.end)
    if meant is not None:
        return meant
    named = person_at(line, found.start)
    return named if named is not None else _named_after(line, found)


def _meant_for(line: Line, end: int) -> Tag | None:
    """Return the person right behind a reading: 128/82 for mum, 135/85 for me."""
    token = line.token(end)
    if _stands_alone(line, end):
        return Tag.OTHER if line.is_word(end, Tag.OTHER) else Tag.SELF
    if token is not None and token.text in _BELONGS and _owned_by_another(line, end + 1):
        return Tag.OTHER
    if token is None or token.text not in ("for", "of", "("):
        return None
    name = line.token(end + 1)
    unknown = name is not None and name.kind is Kind.UNKNOWN
    if token.text == "(":
        unknown = unknown and _only_a_name(line, end + 1)
    if name is not None and (unknown or name.text in _TITLES) and token.text in ("for", "("):
        return Tag.OTHER
    for place in (end + 1, end + 2):
        if line.is_word(place, Tag.ANIMAL):
            return Tag.ANIMAL
        if line.is_word(place, Tag.OTHER):
            return Tag.OTHER
        if line.is_word(place, Tag.SELF) and not line.is_word(place + 1, Tag.OTHER, Tag.ANIMAL):
            return Tag.SELF if line.tokens[place].text in ("me", "myself", "我") else None
    return None


def _stands_alone(line: Line, place: int) -> bool:
    """Say whether a reading ends with a person: 128/82 me, 130/80 husband."""
    token, behind = line.token(place), line.token(place + 1)
    named = line.is_word(place, Tag.OTHER) or (token is not None and token.text in _MYSELF)
    return named and (behind is None or line.mark(place + 1) in (",", ".", ";", "\n", "。"))


def _owned_by_another(line: Line, place: int) -> bool:
    """Say whether a reading is said to be somebody's: that 171/92 was my wife's."""
    near = [i for i in range(place, place + 3) if line.is_word(i, Tag.OTHER)]
    if not near:
        return False
    behind = line.token(near[0] + 1)
    return "'" in line.tokens[near[0]].text or (behind is not None and behind.text == "的")


def _only_a_name(line: Line, place: int) -> bool:
    """Say whether a bracket holds one word that is not known, or the few characters of a name."""
    end = next((i for i in range(place, len(line.tokens)) if line.mark(i) == ")"), place)
    inside = line.tokens[place:end]
    unknown = all(t.kind is Kind.UNKNOWN for t in inside)
    return unknown and len(inside) <= (1 if line.tokens[place].text.isascii() else _NAME)


_NAME = 3  # characters of a Chinese name
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟段钱汤尹黎易武乔贺赖龚小老阿"
)


_VITAL = frozenset({Tag.BP, Tag.GLUCOSE, Tag.PULSE, Tag.WEIGHT, Tag.TEMPERATURE, Tag.SPO2})
_BESIDE = ("before", "after", "behind", "beside", "near", "than", "above", "below", "opposite")
_BELONGS = ("is", "was", "are", "were", "是")
_GOT = ("got", "had", "has", "measured", "gets")
_KIN = frozenset("母父爷婆伯叔姨舅姑嫂哥弟姐妹媳婿孙侄娘爹")
"""Characters of kinship; in a word that is not known they still name somebody: 亲家母."""


def _is_a_name(line: Line, place: int) -> bool:
    """Say whether an unknown word names somebody: Anna's sugar, 小明血压."""
    token = line.tokens[place]
    if token.kind is Kind.UNKNOWN and (token.text.endswith("'s") or token.text in _KIN):
        return True
    if token.kind is not Kind.UNKNOWN:
        return False
    after, before = line.token(place + 1), line.token(place - 1) if place else None
    if token.text.isascii() and before is not None and before.text == "for":
        return _is_capital(line, place)
    if token.text.isascii():
        titled = before is not None and before.text in _TITLES
        slip = after is not None and after.text in ("pressure", "sugar") and token.text[0] == "b"
        told = _labels(after) or (after is not None and after.text in _GOT)
        told = told and not token.text.endswith(("ist", "ician"))
        opens = opens_with(line.text) >= token.start or all(
            Tag.NEUTRAL in t.tags or t.kind is Kind.MARK for t in line.tokens[:place]
        )
        return (titled or opens) and _is_capital(line, place) and told and not slip
    second = after is not None and after.kind is Kind.UNKNOWN
    if place == 0 and second and token.text in _SURNAMES:
        return True
    called = before is not None and before.text in ("老", "小", "阿", "大")
    if after is not None and after.text == "的":
        after = line.token(place + 2)
    measures = after is not None and Tag.MEASURE in after.tags
    return called and token.text in _SURNAMES and (_labels(after) or measures)


def _is_capital(line: Line, place: int) -> bool:
    """Say whether a word was typed with a capital, as names are."""
    word = line.tokens[place].text
    at = line.typed.lower().find(word)
    return at >= 0 and line.typed[at].isupper()


def _labels(token: Token | None) -> bool:
    return token is not None and bool(token.tags & _VITAL)


def person_at(line: Line, at: int, *, alone: bool = False) -> Tag | None:
    """Return the nearest person named before a place: SELF, OTHER, ANIMAL, or nobody.

    With `alone`, somebody who is only company (和儿子吵架) is passed over.
    """
    for place in range(at, -1, -1):
        if alone and place and line.tokens[place - 1].text in _WITH:
            continue
        tags = line.tokens[place].tags
        if _is_a_name(line, place):
            return Tag.OTHER
        if tags & {Tag.OTHER, Tag.ANIMAL} and not stands_by(line, place):
            return Tag.ANIMAL if Tag.ANIMAL in tags else Tag.OTHER
        if place and line.tokens[place].text == "me" and line.tokens[place - 1].text in _BESIDE:
            continue
        if Tag.SELF in tags and not line.is_word(place + 1, Tag.OTHER, Tag.ANIMAL):
            denied = line.is_word(place - 1, Tag.NOT) and line.tokens[place].text in _MYSELF
            return Tag.OTHER if denied else Tag.SELF
    return None


def doer(line: Line, place: int) -> Tag:
    """Return who does what a verb says: mum walked is OTHER, walked with mum is SELF."""
    begin = line.clause_of(place)[0]
    people = {Tag.OTHER, Tag.SELF, Tag.ANIMAL}
    named = [i for i in range(begin, place) if line.tokens[i].tags & people]
    if not named or Tag.SELF in line.tokens[named[-1]].tags or stands_by(line, named[-1]):
        return Tag.SELF
    before = line.token(named[-1] - 1) if named[-1] > begin else None
    made = line.token(named[-1] + 1)
    company = before is not None and before.text in _COMPANY
    if company or (made is not None and made.text in _MAKES):
        return Tag.SELF
    return Tag.ANIMAL if Tag.ANIMAL in line.tokens[named[-1]].tags else Tag.OTHER


def _pointed_at(line: Line, end: int) -> bool:
    """Say whether a clause of its own says whose a reading is: 150/95, that's mum's."""
    pointing = _THAT_IS.match(line.text[line.tokens[end - 1].end :])
    if pointing is None:
        return False
    at = line.tokens[end - 1].end + pointing.end()
    return any(t.start == at and Tag.OTHER in t.tags for t in line.tokens)


def _named_after(line: Line, found: Found) -> Tag:
    """Look behind the reading in its own clause: 150/95 for my husband."""
    if line.has(Tag.SHARE, Tag.PRIVATE):
        return Tag.SELF
    if _pointed_at(line, found.end):
        return Tag.OTHER
    for place in range(found.end, min(found.end + 6, len(line.tokens))):
        token = line.tokens[place]
        if token.kind is Kind.NUMBER or (token.kind is Kind.MARK and token.text in ",;.。\n"):
            break
        named = token.tags & {Tag.OTHER, Tag.ANIMAL}
        if named and not (is_likened(line, place) or lends(line, place)):
            close = place - found.end <= 3
            return (Tag.ANIMAL if Tag.ANIMAL in token.tags else Tag.OTHER) if close else Tag.SELF
    return Tag.SELF
