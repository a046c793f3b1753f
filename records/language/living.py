"""How somebody lives and feels: food, movement, events, mood, the quality of sleep."""

import re

from records.language.line import Found, Line
from records.language.tags import Tag
from records.language.tokens import Kind
from records.language.units import SPELLINGS, Use
from records.vocabulary import Code

_MOOD_SCORE = re.compile(r"(?:my )?(?:mood|心情|情绪)[^\d,。]{0,8}\d{1,2}\s?(?:/\s?10|分|out of)")
_MOOD_NOUNS = ("mood", "心情", "情绪")


def eaten(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether a clause tells of food or drink, not of sugar in the blood."""
    colon = any(line.is_word(i, Tag.MEAL) and line.mark(i + 1) == ":" for i in range(start, end))
    if tags & {Tag.FOREIGN, Tag.NO_RECORD} and not tags & {Tag.EAT}:
        return False
    if Tag.MISS in tags and Tag.MEAL in tags and not tags & {Tag.MEDICINE, Tag.DRUG}:
        return True
    if (
        Tag.GLUCOSE in tags
        and Tag.CHANGE not in tags
        and not line.found
        and _sweetened(line, start, end)
    ):
        return True
    counted = any(_served(line, i) for i in range(start, end))
    named = Tag.FOOD in tags
    if Tag.GLUCOSE in tags and not counted and Tag.EAT not in tags:
        return False
    ate = Tag.EAT in tags and (named or Tag.MEAL in tags or counted)
    numbered = any(
        (line.free(i) and line.uses(i + 1, Use.FOOD))
        or (line.free(i) and line.is_word(i + 1, Tag.FOOD))
        for i in range(start, end)
    )
    return colon or ate or (named and (counted or numbered or Tag.MEAL in tags))


def _sweetened(line: Line, start: int, end: int) -> bool:
    """Say whether the sugar is in a drink or a dish: tea with two sugars, 咖啡加糖."""
    words = line.tokens[start:end]
    sugar = any(t.text in ("sugar", "sugars", "糖") for t in words)
    return sugar and any(Tag.FOOD in t.tags and Tag.GLUCOSE not in t.tags for t in words)


def _served(line: Line, i: int) -> bool:
    """Say whether a measure of food stands here, with its number or spelled: half a cup."""
    spelled = SPELLINGS.get(line.tokens[i].text)
    food = Tag.FOOD in line.tokens[i].tags
    return line.uses(i, Use.FOOD) or (
        not food and bool(spelled and spelled.use is Use.FOOD and spelled.ucum.isascii())
    )


def lived(line: Line, tags: set[Tag], start: int, end: int) -> Code | None:
    """Return whether a clause tells of an event, movement, mood, a note or sleep."""
    measured = any(start <= f.start < end for f in line.found)
    if Tag.EVENT in tags and _still_to_come(line, start, end):
        return None
    if (
        Tag.EVENT in tags
        and not measured
        and not tags & {Tag.FOREIGN, Tag.ASKS, Tag.NOT, Tag.PLAN, Tag.BP}
    ):
        return Code.EVENT
    if Tag.MOVE in tags and not tags & {Tag.FOREIGN, Tag.ASKS, Tag.PLAN, Tag.NOT}:
        counted = any(start <= f.start < end and _of_steps(f) for f in line.found)
        counted = counted or _only_before(line, start, end)
        counted = counted or (measured and _only_a_place(line, start, end))
        return None if counted or (line.found and line.has(Tag.EXERCISE)) else Code.ACTIVITY
    begun = line.text[line.tokens[start].start :]
    if _MOOD_SCORE.match(begun) and not measured:
        return Code.MOOD
    if Tag.MOOD in tags and _is_mood(line, tags, start, end):
        return Code.MOOD
    noted = line.is_word(start, Tag.NOTE) and line.mark(start + 1) in (":", "-", ",")
    if noted or (Tag.NOTE in tags and line.mark(start + 1) == ":"):
        return Code.NOTE
    slept = Tag.SLEEP in tags and tags & {Tag.LEVEL, Tag.MOOD}
    return (
        Code.SLEEP
        if slept and not any(r.code is Code.SLEEP for f in line.found for r in f.readings)
        else None
    )


def _still_to_come(line: Line, start: int, end: int) -> bool:
    """Say whether a Chinese clause names a date and nothing done: 12月8号去医院."""
    words = line.tokens[start:end]
    dated = any(t.moment and t.moment.day and any(c in t.text for c in "月号") for t in words)
    done = any(c in t.text for t in words for c in "了过完")
    return dated and not done


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


def _feels(line: Line, start: int, end: int) -> bool:
    return any(
        line.tokens[i].text in ("feel", "feeling", "felt", "mood") for i in range(start, end)
    )


def _opens_only(line: Line, start: int, end: int) -> bool:
    """Say whether "ok" or "well" only opens what is said: ok here it is."""
    moods = [i for i in range(start, end) if Tag.MOOD in line.tokens[i].tags]
    opens = moods == [start] and line.tokens[start].text in ("ok", "okay", "well", "good", "fine")
    return opens and end - start > 1 and line.tokens[start + 1].kind is Kind.WORD


def _is_mood(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Keep "fine" and "good" for the person, not for the pressure or the weather."""
    about = {
        Tag.BP,
        Tag.GLUCOSE,
        Tag.PULSE,
        Tag.FOREIGN,
        Tag.SLEEP,
        Tag.WEIGHT,
        Tag.SPO2,
        Tag.OTHER,
        Tag.DRUG,
        Tag.MEDICINE,
        Tag.FOOD,
        Tag.SHARE,
        Tag.VOUCH,
    }
    measured = about & tags and not any(
        line.tokens[i].text in (*_MOOD_NOUNS, "feeling", "feel") for i in range(start, end)
    )
    if measured or (tags & {Tag.ASKS} and ("?" in line.text or "吗" in line.text)):
        return False
    nouns = all(
        line.tokens[i].text in _MOOD_NOUNS
        for i in range(start, end)
        if Tag.MOOD in line.tokens[i].tags
    )
    if nouns and Tag.LEVEL not in tags:
        return False
    if "thank" in line.text and not tags & {Tag.SELF} and not _feels(line, start, end):
        return False
    if line.found and _opens_only(line, start, end):
        return False
    unknown = sum(line.tokens[i].kind is Kind.UNKNOWN for i in range(start, end))
    numbered = any(line.free(i) and not line.uses(i + 1, Use.DURATION) for i in range(start, end))
    return unknown <= 3 and not numbered
