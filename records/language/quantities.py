"""Every other number of a line: found by its label, its unit, or its mealtime."""

from dataclasses import replace
from decimal import Decimal

from records.findings import guidelines
from records.language.line import Found, Line
from records.language.quantity import bare_weight, judged
from records.language.tags import LABELS, MEALTIMES, Tag
from records.language.understanding import Reading, Reason, Stated
from records.language.units import Use
from records.vocabulary import Code

_HALVES = frozenset({Tag.BP, Tag.SYSTOLIC, Tag.DIASTOLIC})
_ALL = frozenset(LABELS)
_MEALTIMES = frozenset(MEALTIMES)
_HURTS = frozenset({Tag.PAIN, Tag.SYMPTOM})


def find(line: Line) -> None:
    """Find every labelled or measured number that no pressure has taken."""
    _mealtime_hours(line)
    for i in range(len(line.tokens)):
        if line.free(i):
            _ = _changed(line, i) or _pain(line, i) or _labelled(line, i) or _measured(line, i) or _at_a_meal(line, i)
    _meter_words(line)


def context_of(line: Line, i: int) -> str:
    """Say which mealtime belongs to the number: the nearest before it, else the next after it."""
    for place in [*range(i - 1, -1, -1), *range(i + 1, len(line.tokens))]:
        tags = line.tokens[place].tags & _MEALTIMES
        if tags:
            tag = next(t for t in MEALTIMES if t in tags)
            return _two_hours(line, place, MEALTIMES[tag])
        if place < i and place in line.explained and line.tokens[place].number and line.codes(place + 1) != (Code.SLEEP,):
            continue
    return ""


def _two_hours(line: Line, place: int, context: str) -> str:
    if context != "after_meal":
        return context
    for near in range(place - 3, place + 4):
        token, hours = line.token(near), line.codes(near + 1)
        if token and token.number and token.number.value == 2 and hours == (Code.SLEEP,):
            return "after_meal_2h"
    return context


def _mealtime_hours(line: Line) -> None:
    """Explain the hours after a meal (饭后2小时, 2h after lunch): they are no value."""
    for i in range(len(line.tokens)):
        hours = line.codes(i + 1) == (Code.SLEEP,) or line.uses(i + 1, Use.DURATION)
        if line.free(i) and hours:
            near = [*range(i - 2, i), *range(i + 2, i + 4)]
            if any(line.is_word(p, *_MEALTIMES) for p in near):
                line.explain(i, i + 1)


def _label(line: Line, i: int) -> int | None:
    """Find the label of a number: the one before it, else the one right after it."""
    before = line.label_before(i, _ALL)
    if before is not None:
        return before
    place = i + 1 + (line.unit(i + 1) is not None)
    for _ in range(3):
        if line.is_word(place, *_ALL):
            taken = line.free(place + 1) or line.mark(place + 1) == ":"
            return None if taken else place
        if not line.is_word(place, Tag.NEUTRAL, *_MEALTIMES) or line.mark(place):
            return None
        place += 1
    return None


def _codes(line: Line, label: int) -> list[Code]:
    return [code for tag, code in LABELS.items() if tag in line.tokens[label].tags]


def _labelled(line: Line, i: int) -> bool:
    label = _label(line, i)
    if label is None:
        return False
    unit, codes = _unit(line, i), _codes(line, label)
    possible = [c for c in codes if not line.codes(i + 1) or c in line.codes(i + 1)]
    if line.unit(i + 1) and not line.codes(i + 1) and not _says_mg(line, i, codes):
        return False
    if not possible:
        return bool(line.codes(i + 1)) and _measured(line, i)
    code = possible[0]
    if LABELS.keys() & line.tokens[label].tags & _HALVES:
        return _half(line, i, weak=line.is_word(label, Tag.WEAK))
    return _put(line, i, code, unit, weak=line.is_word(label, Tag.WEAK))


def _says_mg(line: Line, i: int, codes: list[Code]) -> bool:
    token = line.unit(i + 1)
    small_count = bool(token and token.text in ("个", "点", "分", "次", "下"))
    return bool(token and token.text == "mg" and Code.GLUCOSE in codes) or (
        small_count and Code.HEART_RATE in codes
    )


def _unit(line: Line, i: int) -> str | None:
    token = line.unit(i + 1)
    if token is None or token.unit is None:
        return None
    return "mg/dL" if token.text == "mg" else token.unit.ucum


def _half(line: Line, i: int, *, weak: bool) -> bool:
    """Ask for the other number where only one half of a pressure was typed."""
    end = i + 1 + (line.unit(i + 1) is not None)
    line.add(Found((), i, end, True, Reason.LOWER_MISSING, weak))
    return True


def _put(line: Line, i: int, code: Code, unit: str | None, *, weak: bool) -> bool:
    number = line.tokens[i].number
    end = i + 1 + (line.unit(i + 1) is not None)
    if number is None or number.value is None:
        line.add(Found((), i, end, True, Reason.OUT_OF_RANGE, weak))
        return True
    if code is Code.HEART_RATE and unit not in ("/min", None):
        unit = None
    readings, doubt = judged(code, number.value, unit, line.context.glucose_unit)
    if code is Code.WEIGHT and unit is None and not line.text.isascii():
        readings, doubt = bare_weight(number.value, "斤")
    if code is Code.HEART_RATE and _racing_at_rest(line, number.value):
        doubt = None
    if doubt is None and number.by_digit:
        doubt = Reason.DIGIT_BY_DIGIT
    if code is Code.GLUCOSE:
        readings = tuple(replace(r, context=context_of(line, i)) for r in readings)
    line.add(Found(readings, i, end, True, doubt, weak))
    return True


def _racing_at_rest(line: Line, value: Decimal) -> bool:
    """Say whether a fast pulse is one at rest or with symptoms: it is not asked about first."""
    fast = guidelines.URGENT_HIGH_PULSE.value < value <= guidelines.POSSIBLE_PULSE.high
    moving = line.has(Tag.EXERCISE, Tag.MOVE)
    return fast and not moving and line.has(Tag.REST, Tag.SYMPTOM, Tag.RED)


def _measured(line: Line, i: int) -> bool:
    """Read a number by its unit alone, where the unit measures one thing."""
    codes, unit, number = line.codes(i + 1), _unit(line, i), line.tokens[i].number
    if not codes or number is None or number.value is None:
        return False
    if codes == (Code.BLOOD_PRESSURE,):
        return _half(line, i, weak=True)
    if codes == (Code.SLEEP,) or (unit == "[ft_i]" and not number.whole):
        return False
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
    return _put(line, i, codes[0], unit, weak=True)


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
    if place is None:
        return False
    if number.whole and not line.is_word(place, Tag.FASTING, Tag.AFTER_MEAL, Tag.BEFORE_MEAL):
        return False
    if number.whole and number.value > 20:
        return _maybe(line, i, number.value)
    return _put(line, i, Code.GLUCOSE, None, weak=True)


def _changed(line: Line, i: int) -> bool:
    """Explain a number that says by how much something changed: lost 2 kg, up by 40."""
    changed = line.is_word(i - 1, Tag.CHANGE) or (
        line.is_word(i - 2, Tag.CHANGE) and line.is_word(i - 1, Tag.NEUTRAL, Tag.COMPARE)
        and line.tokens[i - 1].text not in ("to", "到")
    )  # fmt: skip
    if changed:
        line.explain(i, i + 1 if line.unit(i + 1) else i)
    return changed


def _maybe(line: Line, i: int, value: Decimal) -> bool:
    """Ask whether a large number after a mealtime is glucose in mg/dL."""
    readings, doubt = judged(Code.GLUCOSE, value, None)
    if value <= 35 or doubt:
        return False
    line.add(Found(readings, i, i + 1, True, Reason.BARE_NUMBER, True))
    return True


def _pain(line: Line, i: int) -> bool:
    """Read a score out of ten beside a word of pain; beside anything else it is no reading."""
    number = line.tokens[i].number
    if number is None or number.value is None or number.value > 10:
        return False
    end = _out_of_ten(line, i)
    begin, stop = line.clause_of(i)
    hurts = any(line.is_word(p, Tag.PAIN) for p in range(begin, stop))
    aches = any(line.is_word(p, *_HURTS) for p in range(begin, stop))
    if end is None:
        near = line.label_before(i, frozenset({Tag.PAIN}))
        if near is None or line.unit(i + 1):
            return False
        end = i + 1 + (line.token(i + 1) is not None and line.tokens[i + 1].text in ("分", "级"))
    if not (hurts or aches):
        line.explain(*range(i, end))
        return True
    line.add(Found((Reading(Code.PAIN, number.value, unit="{score}"),), i, end, True))
    return True


def _out_of_ten(line: Line, i: int) -> int | None:
    for j in (i + 2, i + 3):
        token = line.token(j)
        between = "".join(t.text for t in line.tokens[i + 1 : j])
        if token and token.number and token.number.value == 10 and between in ("/", "outof", "of", "out of"):
            return j + 1
    following = line.token(i + 1)
    return i + 2 if following and following.text == "分" else None


def _meter_words(line: Line) -> None:
    """Read the meter's own words for beyond its range: HI and LO."""
    for i, token in enumerate(line.tokens):
        if token.text not in ("hi", "lo"):
            continue
        labelled = line.label_before(i, frozenset({Tag.GLUCOSE, Tag.METER})) is not None
        shouted = len(line.tokens) == 1 and token.text.upper() in line.typed
        if labelled or shouted:
            limits = guidelines.PLAUSIBLE[Code.GLUCOSE]
            value = limits.high if token.text == "hi" else limits.low
            reading = Reading(
                Code.GLUCOSE, value, unit="mmol/L", text=token.text.upper(),
                context=context_of(line, i), stated=Stated(None, None, token.text.upper()),
            )  # fmt: skip
            line.add(Found((reading,), i, i + 1, True))
