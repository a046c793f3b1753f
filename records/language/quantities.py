"""Every other number of a line: found by its label, its unit, or its mealtime."""

import re
from dataclasses import replace
from decimal import Decimal

from records.findings import guidelines
from records.language.amending import half_amended
from records.language.asides import explain_air, explain_change, explain_rejected, explain_unkept
from records.language.commands import corrects
from records.language.labels import label_of
from records.language.line import Found, Line
from records.language.mealtime import context_of, explain_hours
from records.language.pairing import value_of
from records.language.quantity import bare_weight, judged
from records.language.scores import find_meter_words, find_pain
from records.language.tags import LABELS, MEALTIMES, Tag
from records.language.tokens import Kind
from records.language.understanding import Reason
from records.vocabulary import Code

_HALVES = frozenset({Tag.BP, Tag.SYSTOLIC, Tag.DIASTOLIC})
_OF_SUGAR = ("fasting", "pp", "postprandial", "post prandial", "空腹", "餐后", "餐前")
_MEALTIMES = frozenset(MEALTIMES)


_UNMOVED = re.compile(
    r"\b(?:not|without|no|haven'?t|wasn'?t|didn'?t) (?:been |any |done )?"
    r"(?:exercis|mov|run|walk|active)|没有?(?:运动|活动|走动|锻炼|跑)"
)


def find(line: Line) -> None:
    """Find every labelled or measured number that no pressure has taken."""
    explain_hours(line)
    for i in range(len(line.tokens)):
        if line.free(i):
            _ = (
                explain_change(line, i)
                or explain_rejected(line, i)
                or explain_unkept(line, i)
                or explain_air(line, i)
                or find_pain(line, i)
                or _labelled(line, i)
                or _measured(line, i)
                or _at_a_meal(line, i)
                or _again(line, i)
            )
    find_meter_words(line)


def _codes(line: Line, label: int) -> list[Code]:
    return [code for tag, code in LABELS.items() if tag in line.tokens[label].tags]


def _labelled(line: Line, i: int) -> bool:
    label = label_of(line, i)
    if label is None:
        return False
    unit, codes = _unit(line, i), _codes(line, label)
    possible = [c for c in codes if not line.codes(i + 1) or c in line.codes(i + 1)]
    if line.unit(i + 1) and not line.codes(i + 1) and not _says_mg(line, i, codes):
        return False
    if not possible:
        return bool(line.codes(i + 1)) and _measured(line, i)
    code = possible[0]
    if code in (Code.SLEEP, Code.STEPS) and unit is None and _counts(line, i, code):
        return False
    if LABELS.keys() & line.tokens[label].tags & _HALVES:
        return _half(line, i, line.tokens[label].tags)
    return _put(line, i, code, unit, weak=line.is_word(label, Tag.WEAK))


def _counts(line: Line, i: int, code: Code) -> bool:
    """Say whether a number counts what the next word names: slept in 3 countries, 走了5站."""
    behind = line.token(i + 1)
    if behind is None or behind.kind is not Kind.UNKNOWN:
        return False
    glued = behind.start == line.tokens[i].end
    return behind.text.isascii() or (code is Code.STEPS and glued)


def _says_mg(line: Line, i: int, codes: list[Code]) -> bool:
    token = line.unit(i + 1)
    small_count = bool(token and token.text in ("个", "点", "分", "次", "下"))
    return bool(token and token.text in ("mg", "毫克") and Code.GLUCOSE in codes) or (
        small_count
        and (
            Code.HEART_RATE in codes
            or (
                Code.GLUCOSE in codes
                and "." in line.tokens[i].text
                and line.tokens[i + 1].text == "个"
            )
        )
    )


def _unit(line: Line, i: int) -> str | None:
    token = line.unit(i + 1)
    if token is None or token.unit is None:
        before = line.token(i - 1)
        return "mmol/L" if before and before.text == "mmol" else None
    if token.text == "度" and value_of(line.tokens[i]) is not None:
        return "Cel" if (value_of(line.tokens[i]) or 0) < 50 else "deg"
    return "mg/dL" if token.text in ("mg", "毫克") else token.unit.ucum


def _half(line: Line, i: int, tags: frozenset[Tag]) -> bool:
    """Ask for the other number where only one half of a pressure was typed, unless it amends."""
    end, value = i + 1 + (line.unit(i + 1) is not None), value_of(line.tokens[i])
    amended = half_amended(line, value, tags) if value and corrects(line.text) else None
    if amended:
        line.add(Found((amended,), i, end, True))
    else:
        line.add(Found((), i, end, True, Reason.LOWER_MISSING, Tag.WEAK in tags))
    return True


def _put(
    line: Line, i: int, code: Code, unit: str | None, *, weak: bool, labelled: bool = True
) -> bool:
    number = line.tokens[i].number
    end = i + 1 + (line.unit(i + 1) is not None)
    if number is None or number.value is None:
        line.add(Found((), i, end, True, Reason.OUT_OF_RANGE, weak))
        return True
    if code is Code.HEART_RATE and unit not in ("/min", None):
        unit = None
    readings, doubt = judged(code, number.value, unit, line.context.usual(code))
    if code is Code.WEIGHT and unit is None and not line.text.isascii():
        readings, doubt = bare_weight(number.value, "斤", line.context.weight_unit)
    if code is Code.HEART_RATE and _racing_at_rest(line, number.value):
        doubt = None
    if doubt is None and number.by_digit:
        doubt = Reason.DIGIT_BY_DIGIT
    if code is Code.GLUCOSE:
        readings = tuple(replace(r, context=context_of(line, i)) for r in readings)
    line.add(Found(readings, i, end, labelled, doubt, weak))
    return True


def _racing_at_rest(line: Line, value: Decimal) -> bool:
    """Say whether a fast pulse is one at rest or with symptoms: it is not asked about first."""
    fast = guidelines.URGENT_HIGH_PULSE.value < value <= guidelines.POSSIBLE_PULSE.high
    quiet = _UNMOVED.search(line.text) is not None
    moving = line.has(Tag.EXERCISE, Tag.MOVE) and not quiet
    still = quiet or "resting" in line.text or "静息" in line.text or line.has(Tag.REST)
    return fast and not moving and (still or line.has(Tag.SYMPTOM, Tag.RED))


def _measured(line: Line, i: int) -> bool:
    """Read a number by its unit alone, where the unit measures one thing."""
    codes, unit, number = line.codes(i + 1), _unit(line, i), line.tokens[i].number
    if not codes or number is None or number.value is None:
        return False
    if codes == (Code.BLOOD_PRESSURE,):
        return _half(line, i, frozenset({Tag.WEAK}))
    lifted = codes == (Code.WEIGHT,) and _lifted(line, i)
    if lifted or codes == (Code.SLEEP,) or (unit == "[ft_i]" and not number.whole):
        return False
    if unit == "%" and _beside_a_pressure(line, number.value):
        return _put(line, i, Code.SPO2, unit, weak=True)
    if unit in ("deg", "%", "m") and not _certain(unit, number.value, number.decimals):
        return False
    if unit in ("cm", "[in_i]") and not guidelines.PLAUSIBLE[Code.HEIGHT].holds(
        number.value if unit == "cm" else number.value * Decimal("2.54")
    ):
        return False
    if unit in ("Cel", "[degF]") and judged(Code.TEMPERATURE, number.value, unit)[1]:
        return False
    if unit == "[stone_av]" and line.tokens[i + 1].text == "st":
        return False
    if unit == "{steps}" and number.value < 100:
        return _put(line, i, codes[0], unit, weak=True, labelled=False)
    certain = unit in ("mg/dL", "mmol/L", "mmol/mol", "kg/m2", "{steps}")
    certain = certain and line.tokens[i + 1].text != "mm"  # of rain as well as of sugar
    return _put(line, i, codes[0], unit, weak=True, labelled=certain)


def _lifted(line: Line, i: int) -> bool:
    """Say whether kilograms without a label are those of an exercise: weight training 60 kg."""
    begin, end = line.clause_of(i)
    return any(line.is_word(k, Tag.MOVE) for k in range(begin, end))


def _beside_a_pressure(line: Line, value: Decimal) -> bool:
    """Say whether a percentage alone after a pressure is an oxygen saturation: 128/79, 66, 97%."""
    pressed = any(r.code is Code.BLOOD_PRESSURE for f in line.found for r in f.readings)
    return pressed and 90 <= value <= 100


def _certain(unit: str, value: Decimal, decimals: int) -> bool:
    if unit == "deg":
        return decimals == 1 and judged(Code.TEMPERATURE, value, unit)[1] is None
    return unit == "m" and decimals in (1, 2) and Decimal("1.3") <= value <= Decimal("2.2")


def _at_a_meal(line: Line, i: int) -> bool:
    """Take a number that has only a mealtime before it as glucose."""
    number = line.tokens[i].number
    if line.unit(i + 1) or number is None or number.value is None:
        return False
    place = line.label_before(i, _MEALTIMES)
    if place is None and line.is_word(i + 1, *_MEALTIMES) and not number.whole:
        place = i + 1
    if place is None and not number.whole and line.is_word(i - 1, Tag.MEAL):
        return line.has(Tag.GLUCOSE) and _put(line, i, Code.GLUCOSE, None, weak=True)
    if place is None:
        return False
    sweet = any(r.code is Code.GLUCOSE for f in line.found for r in f.readings)
    among = sweet and line.is_word(place, Tag.BEDTIME) and number.value > 20
    meal = line.is_word(place, Tag.FASTING, Tag.AFTER_MEAL, Tag.BEFORE_MEAL)
    if number.whole and not (meal or among):
        return False
    if number.whole and number.value <= 3:
        return False  # hours or meals as well as mmol/L
    if number.whole and number.value > 20:
        return _maybe(line, i, number.value)
    return _put(line, i, Code.GLUCOSE, None, weak=True)


def _again(line: Line, i: int) -> bool:
    """Take a number behind another hour for what was measured before: 早上血糖6.1晚上8.9."""
    number = line.tokens[i].number
    before = [f for f in line.found if f.end <= i]
    if number is None or number.whole or line.unit(i + 1) or not before:
        return False
    last = max(before, key=lambda f: f.end)
    between = line.tokens[last.end : i]
    sweet = any(r.code is Code.GLUCOSE for r in last.readings) and last.doubt is None
    timed = any(t.moment for t in between)
    quiet = all(t.moment or Tag.NEUTRAL in t.tags or t.kind is Kind.MARK for t in between)
    return sweet and timed and quiet and _put(line, i, Code.GLUCOSE, None, weak=last.weak)


def _maybe(line: Line, i: int, value: Decimal) -> bool:
    """Ask whether a large number after a mealtime is glucose in mg/dL."""
    readings, doubt = judged(Code.GLUCOSE, value, None)
    if value <= 35 or doubt:
        return False
    place = line.label_before(i, _MEALTIMES)
    among = any(r.code is Code.GLUCOSE for f in line.found for r in f.readings)
    if place is not None and (line.tokens[place].text in _OF_SUGAR or among):
        return _put(line, i, Code.GLUCOSE, None, weak=True)
    line.add(Found(readings, i, i + 1, True, Reason.BARE_NUMBER, True))
    return True
