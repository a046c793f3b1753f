"""What the words of a line tell: symptoms, mood, food, movement, medicine, events, notes."""

import re

from records.language.circumstances import meal_of
from records.language.line import Found, Line
from records.language.medicine import medicine_told
from records.language.scope import is_question
from records.language.tags import LABELS, Tag
from records.language.tokens import Kind
from records.language.understanding import Circumstances, Reading
from records.language.units import SPELLINGS, Use
from records.vocabulary import Code

_TOLD_NOT_ASKED = (Code.MEDICATION_TAKEN, Code.DIET, Code.ACTIVITY, Code.MOOD, Code.EVENT)
_SERVING = {
    tag: LABELS[tag]
    for tag in (Tag.SLEEP, Tag.STEPS, Tag.PAIN, Tag.GLUCOSE, Tag.WEIGHT, Tag.TEMPERATURE)
}
_MEDICINE = (Code.MEDICATION_TAKEN, Code.MEDICATION_MISSED)
_JOINED = (Code.DIET, Code.SYMPTOM, Code.MOOD, Code.NOTE)
_MOOD_NOUNS = ("mood", "心情", "情绪")
_COUNTS = (Use.DOSE, Use.FOOD, Use.COUNT, Use.DURATION, Use.DISTANCE)


def tell(line: Line) -> tuple[Reading, ...]:
    """Return what the words say, one reading a run of clauses of the same kind."""
    told: list[tuple[Code, int, int]] = []
    for start, end in line.clauses():
        code = _code(line, start, end)
        if code in _MEDICINE and _symptom(line, start, end) is Code.SYMPTOM:
            told.append((Code.SYMPTOM, start, end))
        if code is None and told and told[-1][0] is Code.DIET and _continues(line, start, end):
            code = Code.DIET
        if code is None or (code in _TOLD_NOT_ASKED and is_question(line)):
            continue
        if told and told[-1][0] is code and code in _JOINED:
            told[-1] = (code, told[-1][1], end)
        else:
            told.append((code, start, end))
    readings = tuple(_reading(line, *one) for one in told)
    return tuple(r for r in readings if r.text)


def _reading(line: Line, code: Code, start: int, end: int) -> Reading:
    text = line.words(start, end)
    if code is Code.DIET:
        text = re.sub(
            r"^(?:早餐|午餐|晚餐|早饭|午饭|晚饭|中饭|breakfast|lunch|dinner|supper)\s?[::]\s*",
            "",
            text,
        )
    numbers = [i for i in range(start, end) if line.tokens[i].number or line.tokens[i].unit]
    line.explain(
        *(
            i
            for i in numbers
            if (code is not Code.MOOD and code is not Code.SYMPTOM) or _counted(line, i)
        )
    )
    meal = meal_of(line, start, end) if code is Code.DIET else ""
    return Reading(code, text=text, about=Circumstances(meal=meal))


def _counted(line: Line, i: int) -> bool:
    return line.uses(i, *_COUNTS) or line.uses(i + 1, *_COUNTS)


def _continues(line: Line, start: int, end: int) -> bool:
    return not any(i in line.explained for i in range(start, end))


def _code(line: Line, start: int, end: int) -> Code | None:
    tags: set[Tag] = set()
    for i in range(start, end):
        if i not in line.explained or not line.tokens[i].number:
            tags |= line.tokens[i].tags if not _spent(line, i) else set()
    medicine = medicine_told(line, tags, start, end)
    if medicine:
        return medicine
    if tags & {Tag.RED, Tag.SYMPTOM}:
        return None if _scored(line, start, end) else _symptom(line, start, end)
    if _eaten(line, tags, start, end):
        return Code.DIET
    return _lived(line, tags, start, end)


def _spent(line: Line, i: int) -> bool:
    """Say whether a word served as the label of a number or as its mealtime."""
    token = line.tokens[i]
    serves = {Tag.PULSE, Tag.SLEEP, Tag.STEPS, Tag.PAIN, Tag.GLUCOSE, Tag.WEIGHT, Tag.TEMPERATURE}
    mealtime = {Tag.FASTING, Tag.BEFORE_MEAL, Tag.AFTER_MEAL, Tag.BEDTIME}
    if token.tags & mealtime or _tells_the_pulse(line, token.text):
        return True
    return bool(token.tags & serves) and any(
        f.start - 5 <= i <= f.end + 1
        for f in line.found
        if f.readings and _is_of(f.readings[0].code, token.tags)
    )


def _tells_the_pulse(line: Line, word: str) -> bool:
    """Say whether a racing heart has been counted: the number says it."""
    counted = any(r.code is Code.HEART_RATE for f in line.found for r in f.readings)
    return counted and word in ("racing", "pounding", "心跳快", "心跳得快")


def _is_of(code: Code, tags: frozenset[Tag]) -> bool:
    """Say whether a word with these tags is the label of such a reading."""
    if code is Code.HEART_RATE:
        return Tag.PULSE in tags and not tags & {Tag.RED, Tag.SYMPTOM}
    return any(label is code and tag in tags for tag, label in _SERVING.items())


def negated(line: Line, place: int) -> bool:
    """Say whether a word is denied: no chest pain, 没有胸痛, chest pain: no."""
    for back in range(place - 1, max(-1, place - 5), -1):
        token = line.tokens[back]
        if token.kind is Kind.MARK and token.text in ",;.。!\n":
            break
        if Tag.NOT in token.tags and "can" not in token.text:
            return True
    following = line.token(place + 1)
    return bool(
        following and following.text in ("没有", "无", "gone", "好了", "没了", "消失了")
    ) or (bool(following) and line.mark(place + 1) == ":" and line.is_word(place + 2, Tag.NOT))


def _symptom(line: Line, start: int, end: int) -> Code | None:
    places = [
        i for i in range(start, end)
        if line.tokens[i].tags & {Tag.RED, Tag.SYMPTOM} and not _spent(line, i)
    ]  # fmt: skip
    told = [i for i in places if not negated(line, i)]
    if not places:
        return None
    if not told:
        return None if line.found else Code.NOTE
    return Code.SYMPTOM


def _scored(line: Line, start: int, end: int) -> bool:
    """Say whether the clause gave its pain a number."""
    pains = [f for f in line.found if f.readings and f.readings[0].code is Code.PAIN]
    return any(start <= f.start < end for f in pains)


def _eaten(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    colon = any(line.is_word(i, Tag.MEAL) and line.mark(i + 1) == ":" for i in range(start, end))
    if tags & {Tag.FOREIGN, Tag.NO_RECORD} and not tags & {Tag.EAT}:
        return False
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


def _served(line: Line, i: int) -> bool:
    """Say whether a measure of food stands here, with its number or spelled: half a cup."""
    spelled = SPELLINGS.get(line.tokens[i].text)
    food = Tag.FOOD in line.tokens[i].tags
    return line.uses(i, Use.FOOD) or (
        not food and bool(spelled and spelled.use is Use.FOOD and spelled.ucum.isascii())
    )


def _lived(line: Line, tags: set[Tag], start: int, end: int) -> Code | None:
    measured = any(start <= f.start < end for f in line.found)
    if (
        Tag.EVENT in tags
        and not measured
        and not tags & {Tag.FOREIGN, Tag.ASKS, Tag.NOT, Tag.PLAN, Tag.BP}
    ):
        return Code.EVENT
    if Tag.MOVE in tags and not tags & {Tag.FOREIGN, Tag.ASKS, Tag.PLAN, Tag.NOT}:
        counted = any(start <= f.start < end and _of_steps(f) for f in line.found)
        return None if counted or (line.found and line.has(Tag.EXERCISE)) else Code.ACTIVITY
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


def _of_steps(found: Found) -> bool:
    return any(r.code is Code.STEPS for r in found.readings)


def _feels(line: Line, start: int, end: int) -> bool:
    return any(
        line.tokens[i].text in ("feel", "feeling", "felt", "mood") for i in range(start, end)
    )


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
    unknown = sum(line.tokens[i].kind is Kind.UNKNOWN for i in range(start, end))
    numbered = any(line.free(i) for i in range(start, end))
    return unknown <= 3 and not numbered
