"""What ails a part of the body, by the build of the clause: my eyes burn, 手心发烫."""

import re

from records.language.line import Line
from records.language.scope import is_question
from records.language.tags import Tag
from records.language.text import listed
from records.language.tokens import Kind, Token

_BE = listed(
    "is|are|was|were|feel|feels|felt|feeling|been|keep|keeps|kept|went|goes|gone|got|gets|looks|"
    "look|has|have|'s"
)
_WELL = listed(
    "fine|ok|okay|good|great|better|normal|well|stable|perfect|alright|healed|comfortable"
)
_ILL = frozenset("花疼痛酸麻痒胀肿木僵抽沉硬凉烫跳苦干哑堵紧闷裂破烂抖软红响")
_HURTS_IN = re.compile(
    r"^(?:pains?|aches?|cramps?|numbness|tingling|swelling|spasms?|burning|"
    r"itch\w*|stiffness|soreness|rash|lump)$"
)
_INJURY = re.compile(
    r"\b(?:cut|burn(?:ed|t)?|stubbed|hit|hurt|banged|bumped|scrap\w+|graz\w+|bruised?|twisted|sprained|"
    r"strained|pulled|broke|injured|scratch\w*|trapped|knocked|bit|blister|lump|sore|swelling) "
    r"(?:(?:on|in|my|the|a) ?){1,2}$|"
    r"[切磕碰撞夹烫割扎刺砸扭崴摔] ?(?:到|伤|破|了|着)(?: ?[左右])?$"
)
_SPOILS = frozenset({Tag.FOREIGN, Tag.PLAN, Tag.ANIMAL, Tag.NOT, Tag.EAT, Tag.BP, Tag.MEASURE})


def ails(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether a clause tells what is wrong with a part of the body, in words not all known."""
    parts = [i for i in range(start, end) if line.is_word(i, Tag.BODY)]
    if any(_lacks(line, i, end) for i in parts) and not is_question(line):
        return True
    if tags & _SPOILS or is_question(line):
        return False
    return any(
        _predicated(line, i, end) or _in_which(line, i, start) or _injured(line, i) or _ill(line, i)
        for i in parts
    )


def _predicated(line: Line, part: int, end: int) -> bool:
    """Say whether something other than well-being is said of the part: throat feels scratchy."""
    behind = line.tokens[part + 1 : end]
    verb = next((k for k, t in enumerate(behind) if t.text in _BE), None)
    if verb is None or any(t.number or t.unit for t in behind):
        return False
    said = behind[verb + 1 :]
    return any(_says(t) for t in said) and not any(t.text in _WELL for t in said)


def _says(token: Token) -> bool:
    return token.kind is Kind.UNKNOWN or bool(token.tags & {Tag.SYMPTOM, Tag.MOOD, Tag.MOVE})


def _lacks(line: Line, part: int, end: int) -> bool:
    """Say whether a Chinese part cannot do what it should: 鼻子不通, 嘴里没味道."""
    if line.tokens[part].text.isascii():
        return False
    near = range(part + 1, min(end - 1, part + 4))
    return any(line.is_word(k, Tag.NOT) and line.tokens[k + 1].kind is Kind.UNKNOWN for k in near)


def _injured(line: Line, part: int) -> bool:
    """Say whether something was done to the part: cut my finger, a cut on my finger."""
    before = " ".join(t.text for t in line.tokens[max(0, part - 3) : part])
    return _INJURY.search(before) is not None


def _in_which(line: Line, part: int, start: int) -> bool:
    """Say whether a pain is told of the part: pain in my left shoulder."""
    before = line.tokens[max(start, part - 4) : part]
    return any(_HURTS_IN.match(t.text) or t.text.startswith(("pain in", "ache in")) for t in before)


def _ill(line: Line, part: int) -> bool:
    """Say whether a Chinese part is followed closely by a character for what ails it: 眼皮老跳."""
    if line.tokens[part].text.isascii():
        return False
    near = line.tokens[part + 1 : part + 5]
    return any(t.kind is Kind.UNKNOWN and t.text in _ILL for t in near)
