"""What the words of a line tell: symptoms, mood, food, movement, medicine, events, notes."""

import re
from collections.abc import Iterator

from records.language.aching import ails
from records.language.bystanders import is_likened
from records.language.circumstances import meal_of
from records.language.denying import negated
from records.language.eating import eaten
from records.language.line import Line
from records.language.living import lived
from records.language.medicine import medicine_told
from records.language.phrases import phrases
from records.language.scope import is_question
from records.language.statements import asks_at_large
from records.language.tags import LABELS, Tag
from records.language.tokens import Kind
from records.language.understanding import Circumstances, Reading
from records.language.units import Use
from records.vocabulary import Code

_TOLD_NOT_ASKED = (Code.MEDICATION_TAKEN, Code.DIET, Code.ACTIVITY, Code.MOOD, Code.EVENT)
_SERVING = {
    tag: LABELS[tag]
    for tag in (Tag.SLEEP, Tag.STEPS, Tag.PAIN, Tag.GLUCOSE, Tag.WEIGHT, Tag.TEMPERATURE)
}
_MEDICINE = (Code.MEDICATION_TAKEN, Code.MEDICATION_MISSED)
_JOINED = (Code.DIET, Code.SYMPTOM, Code.MOOD, Code.NOTE)
_JOINING = re.compile(r"^(?:(?:and|but|also|plus|then)\b|还有|另外|而且|并且|以及)[\s,，]*", re.I)
_LEFT = re.compile(r"(?:[\s,]+(?:and|but|then|so|is|was))+$", re.I)
"""Words that led to a reading and lead to nothing without it: took my pills and (bp) is."""
_FOLLOWS = frozenset("了得死醒后前")
_COUNTS = (Use.DOSE, Use.FOOD, Use.COUNT, Use.DURATION, Use.DISTANCE)


def tell(line: Line) -> tuple[Reading, ...]:
    """Return what the words say, one reading a run of clauses of the same kind."""
    told: list[tuple[Code, int, int]] = []
    for start, end in _pieces(line):
        code = _code(line, start, end)
        if code in _MEDICINE and _symptom(line, start, end) is Code.SYMPTOM:
            told.append((Code.SYMPTOM, start, end))
        if (
            code is None
            and told
            and told[-1][0] is Code.DIET
            and _continues(line, told[-1][2], end)
        ):
            code = Code.DIET
        if code is None and told and told[-1][0] in _MEDICINE and _only_a_dose(line, start, end):
            told[-1] = (told[-1][0], told[-1][1], end)
        if code is None or _is_asked(line, code):
            continue
        again = code is Code.ACTIVITY and bool(told) and _again(line, told[-1], start)
        if told and told[-1][0] is code and (code in _JOINED or again):
            told[-1] = (code, told[-1][1], end)
        else:
            told.append((code, start, end))
    told = [one for one in told if len(told) == 1 or not _only_denies(line, *one)]
    readings = tuple(_reading(line, *one) for one in told)
    return tuple(r for r in readings if r.text)


def _is_asked(line: Line, code: Code) -> bool:
    """Say whether the words only ask: did I take it? why does salt cause swelling?"""
    if code is Code.SYMPTOM:
        return asks_at_large(line)
    return code in _TOLD_NOT_ASKED and is_question(line)


def _pieces(line: Line) -> Iterator[tuple[int, int]]:
    return (piece for clause in line.clauses() for piece in phrases(line, *clause))


def _only_denies(line: Line, code: Code, start: int, end: int) -> bool:
    """Say whether a clause only says what is not felt: feeling good, no swelling."""
    words = [line.tokens[i] for i in range(start, end)]
    felt = any(t.tags & {Tag.SYMPTOM, Tag.RED} for t in words)
    return code is Code.NOTE and felt and not any(Tag.NOTE in t.tags for t in words)


def _reading(line: Line, code: Code, start: int, end: int) -> Reading:
    text = _JOINING.sub("", line.words(start, end))
    text = _LEFT.sub("", text) if line.found else text
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
            if not (code is Code.DIET and _measures(line, i))
        )
    )
    meal = meal_of(line, start, end) if code is Code.DIET else ""
    return Reading(code, text=text, about=Circumstances(meal=meal))


def _measures(line: Line, i: int) -> bool:
    """Say whether a number with a point stands in the words of a meal as one of the blood."""
    number = line.tokens[i].number
    pointed = number is not None and not number.whole and line.unit(i + 1) is None
    return pointed and line.label_before(i, frozenset({Tag.GLUCOSE})) is not None


def _counted(line: Line, i: int) -> bool:
    return line.uses(i, *_COUNTS) or line.uses(i + 1, *_COUNTS)


def _only_a_dose(line: Line, start: int, end: int) -> bool:
    """Say whether a clause only says how much of a medicine: took my insulin, 12 units."""
    dosed = any(
        line.uses(i, Use.DOSE) or line.tokens[i].text in ("g", "克") for i in range(start, end)
    )
    words = [t for t in line.tokens[start:end] if t.kind in (Kind.WORD, Kind.UNKNOWN)]
    return dosed and all(Tag.NEUTRAL in t.tags for t in words)


def _again(line: Line, last: tuple[Code, int, int], start: int) -> bool:
    """Say whether a verb only takes up the movement just named: 骑车骑了十公里."""
    code, begin, end = last
    same = line.tokens[begin].text[0] == line.tokens[start].text[0]
    return code is Code.ACTIVITY and end == start == begin + 1 and same


def _continues(line: Line, start: int, end: int) -> bool:
    """Say whether nothing was measured since the meal was told."""
    return not any(i in line.explained for i in range(start, end))


def _code(line: Line, start: int, end: int) -> Code | None:
    tags: set[Tag] = set()
    for i in range(start, end):
        if i not in line.explained or not line.tokens[i].number:
            spent = _spent(line, i) or _within_a_dish(line, i, start)
            tags |= set() if spent else line.tokens[i].tags
    medicine = medicine_told(line, tags, start, end)
    if medicine:
        return medicine
    if tags & {Tag.RED, Tag.SYMPTOM}:
        return None if _scored(line, start, end) else _symptom(line, start, end)
    if not _scored(line, start, end) and ails(line, tags, start, end):
        return Code.SYMPTOM
    if eaten(line, tags, start, end):
        return Code.DIET
    return lived(line, tags, start, end)


def _spent(line: Line, i: int) -> bool:
    """Say whether a word served as the label of a number or as its mealtime."""
    token = line.tokens[i]
    serves = {Tag.PULSE, Tag.SLEEP, Tag.STEPS, Tag.PAIN, Tag.GLUCOSE, Tag.WEIGHT, Tag.TEMPERATURE}
    if token.tags & {Tag.OTHER, Tag.ANIMAL} and is_likened(line, i):
        return True
    if token.text in ("down", "up") and _is_number(line, i + 1):
        return True
    mealtime = {Tag.FASTING, Tag.BEFORE_MEAL, Tag.AFTER_MEAL, Tag.BEDTIME}
    if token.tags & mealtime or _tells_the_pulse(line, token.text):
        return True
    return bool(token.tags & serves) and any(
        f.start - 5 <= i <= f.end + 1
        for f in line.found
        if f.readings and _is_of(f.readings[0].code, token.tags)
    )


def _is_number(line: Line, place: int) -> bool:
    token = line.token(place)
    return token is not None and token.number is not None


def _tells_the_pulse(line: Line, word: str) -> bool:
    """Say whether a racing heart has been counted: the number says it."""
    counted = any(r.code is Code.HEART_RATE for f in line.found for r in f.readings)
    return counted and word in ("racing", "pounding", "心跳快", "心跳得快")


def _within_a_dish(line: Line, i: int, start: int) -> bool:
    """Say whether a Chinese character for a feeling or a medicine is part of a dish: 吃了酸菜鱼."""
    token, behind = line.tokens[i], line.token(i + 1)
    if len(token.text) > 1 or token.text.isascii() or behind is None or behind.start > token.end:
        return False
    dish = behind.kind is Kind.UNKNOWN or Tag.FOOD in behind.tags
    eaten_ = any(t.tags & {Tag.EAT, Tag.MEAL} for t in line.tokens[start:i])
    return dish and eaten_ and behind.text not in _FOLLOWS


def _is_of(code: Code, tags: frozenset[Tag]) -> bool:
    """Say whether a word with these tags is the label of such a reading."""
    if code is Code.HEART_RATE:
        return Tag.PULSE in tags and not tags & {Tag.RED, Tag.SYMPTOM}
    return any(label is code and tag in tags for tag, label in _SERVING.items())


def _symptom(line: Line, start: int, end: int) -> Code | None:
    places = [
        i for i in range(start, end)
        if line.tokens[i].tags & {Tag.RED, Tag.SYMPTOM}
        and not (_spent(line, i) or _within_a_dish(line, i, start))
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
