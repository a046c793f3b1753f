"""Whether a clause tells of movement: by its verb, or by what was done for so long or so often."""

import re

from records.language.line import Found, Line
from records.language.tags import Tag
from records.language.text import listed
from records.language.tokens import Kind
from records.language.units import Use
from records.vocabulary import Code

_MOVED = listed(
    "walked|ran|jogged|swam|cycled|hiked|danced|strolled|exercised|stretched|biked|rode|climbed|"
    "worked out|散了步|骑车|骑自行车|步行|走路|跑步|散步|慢跑|快走|走了|跑了|游了|爬了|骑了|跳了"
)
_DONE = listed(
    "did|done|played|went|practised|practiced|做了|打了|练了|踢了|跳了|玩了|练|跳|踢|打|做|划|游"
)
_STILL = re.compile(
    r"wait|read|watch|driv|talk|sit|sleep|work(?!out)|cook|shop|rest|nap|meet|queu|charg|"
    r"牌|电话|游戏|梦|饭|针|"
    r"单位|胰岛素|麻将"
)
_SCORE = re.compile(r"\d\s?(?:比|:|-|–)\s?\d")
_HEAVY = re.compile(
    r"\b(?:is|are|was) (?:about |only )?\d+(?:\.\d+)? ?(?:kg|kgs|kilos?|lbs?|pounds?)\b|"
    r"重\s?\d+(?:\.\d+)?(?:公斤|斤|千克)"
)
"""How heavy a thing is: my bike is 15 kg."""
_NEVER = frozenset({Tag.PLAN, Tag.NOT, Tag.TARGET, Tag.REMIND, Tag.MEDICINE, Tag.DRUG})


def moved(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether a clause tells of movement, not only when or where something was measured."""
    if tags & _NEVER or _is_score(line, start, end) or _is_heavy(line, start, end):
        return False
    verb = _with_a_verb(line, start, end)
    strange = bool(tags & {Tag.FOREIGN, Tag.ANIMAL})
    if not verb and not (Tag.MOVE in tags and not strange):
        return not strange and _for_so_long(line, start, end)
    measured = any(start <= f.start < end for f in line.found)
    counted = any(start <= f.start < end and _of_steps(f) for f in line.found)
    counted = counted or _only_before(line, start, end)
    counted = counted or (measured and _only_a_place(line, start, end))
    return not (counted or (line.found and line.has(Tag.EXERCISE)))


def _is_score(line: Line, start: int, end: int) -> bool:
    """Say whether the clause tells how a match ended: 羽毛球21比18."""
    text = line.text[line.tokens[start].start : line.tokens[end - 1].end]
    return _SCORE.search(text) is not None


def _is_heavy(line: Line, start: int, end: int) -> bool:
    """Say whether the clause tells how heavy something is."""
    return _HEAVY.search(line.text, line.tokens[start].start, line.tokens[end - 1].end) is not None


def _with_a_verb(line: Line, start: int, end: int) -> bool:
    """Say whether the clause begins with a verb of movement: walked to the shop."""
    first = start
    while first < end and (line.tokens[first].moment or line.is_word(first, Tag.SELF, Tag.NEUTRAL)):
        if line.tokens[first].text in _MOVED:
            break
        first += 1
    return first < end and line.tokens[first].text in _MOVED


def _for_so_long(line: Line, start: int, end: int) -> bool:
    """Say whether something unknown was done for so long or so often: did 20 push-ups."""
    words = line.tokens[start:end]
    if _STILL.search("".join(t.text for t in words)) or any(
        t.tags & {Tag.EAT, Tag.SLEEP} for t in words
    ):
        return False
    unknown = any(t.kind is Kind.UNKNOWN for t in words)
    done = any(t.text in _DONE for t in words)
    long = any(
        line.uses(i, Use.DURATION, Use.COUNT, Use.DISTANCE) or line.codes(i) == (Code.SLEEP,)
        for i in range(start, end)
    )
    counted = any(
        line.free(i) and _is_unknown(line, i + 1 + line.uses(i + 1, Use.FOOD))
        for i in range(start, end)
    )
    named = any(
        t.kind is Kind.UNKNOWN and t.text.endswith(("ing", "ics", "操", "拳", "球", "舞"))
        for t in words
    )
    return unknown and ((done and (long or counted)) or (long and named))


def _is_unknown(line: Line, i: int) -> bool:
    token = line.token(i)
    return token is not None and token.kind is Kind.UNKNOWN


def _only_before(line: Line, start: int, end: int) -> bool:
    """Say whether the movement only says after what something was measured: after the walk."""
    moves = [i for i in range(start, end) if line.is_word(i, Tag.MOVE)]
    return all(
        any(t.text == "after" for t in line.tokens[max(start, i - 3) : i])
        or any(t.text in ("后", "之后", "以后") for t in line.tokens[i + 1 : i + 2])
        for i in moves
    )


def _only_a_place(line: Line, start: int, end: int) -> bool:
    """Say whether the movement only says where something was measured: at the gym."""
    moves = {line.tokens[i].text for i in range(start, end) if line.is_word(i, Tag.MOVE)}
    return moves <= {"gym", "健身"}


def _of_steps(found: Found) -> bool:
    return any(r.code is Code.STEPS for r in found.readings)
