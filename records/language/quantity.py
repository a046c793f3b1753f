"""What one number with a label or a unit is: a reading, or what is to be asked."""

from decimal import Decimal

from records.findings import guidelines
from records.language.understanding import Reading, Reason, Stated
from records.language.units import canonical, tidy
from records.vocabulary import Code

Judged = tuple[tuple[Reading, ...], Reason | None]
_LEAST_WAIST = 60  # cm; a grown person's smaller number may be one in inches
_MMOL = guidelines.PLAUSIBLE[Code.GLUCOSE]


def judged(code: Code, value: Decimal, unit: str | None, usual: str | None = None) -> Judged:
    """Return the readings a number may be and the doubt about them, None where there is none.

    `unit` is the UCUM unit as typed or None; `usual` the unit this person measures it in.
    """
    if code is Code.GLUCOSE:
        return _glucose(value, unit, usual)
    if code is Code.WEIGHT and unit is None:
        return bare_weight(value, "[lb_av]", usual)
    if code is Code.TEMPERATURE:
        return _temperature(value, unit)
    if code is Code.HBA1C and unit == "mmol/mol":
        return _ranged(code, value, unit, guidelines.HBA1C_IFCC)
    if code is Code.WAIST and unit is None and value < _LEAST_WAIST:
        inches, as_typed = _made(code, value, "[in_i]"), _made(code, value, "cm")
        return (inches, as_typed) if value >= 40 else (inches,), Reason.UNIT_UNCLEAR
    if code is Code.HEIGHT and unit is None:
        return _bare_height(value)
    if code is Code.HEIGHT and unit == "m" and value > 100:
        return (_made(code, value, "cm"),), Reason.UNIT_UNCLEAR
    if code is Code.HEART_RATE:
        return _pulse(value)
    return _simple(code, value, unit)


def _ranged(code: Code, value: Decimal, unit: str, limits: guidelines.Range) -> Judged:
    doubt = None if limits.holds(value) else Reason.OUT_OF_RANGE
    return (Reading(code, tidy(value), unit=unit),), doubt


def _made(code: Code, value: Decimal, unit: str | None, *, inferred: bool = False) -> Reading:
    """Make a reading in the canonical unit, keeping the number as typed where it was converted."""
    typed = unit or guidelines.PLAUSIBLE[code].unit
    converted, ucum = canonical(value, typed)
    stated = Stated(value, None, "[lb_av]" if typed == "#" else typed)
    said = stated if typed not in (ucum, "m", "[in_i]", "[ft_i]") else None
    return Reading(code, tidy(converted), unit=ucum, stated=said, unit_inferred=inferred)


def _simple(code: Code, value: Decimal, unit: str | None) -> Judged:
    limits = guidelines.PLAUSIBLE[code]
    reading = _made(code, value, unit)
    if reading.unit != limits.unit:
        return (), Reason.UNIT_UNCLEAR
    if unit == "#":
        return (reading,), Reason.UNIT_UNCLEAR
    if reading.value is not None and limits.holds(reading.value):
        return (reading,), None
    return _slipped(code, value, unit, reading)


def _slipped(code: Code, value: Decimal, unit: str | None, reading: Reading) -> Judged:
    """Propose the number with its point moved where that makes it plausible, else as typed."""
    limits = guidelines.PLAUSIBLE[code]
    if code is Code.SPO2:
        near = limits.high if limits.high < value < 110 else value if 40 <= value < 110 else None
        return ((Reading(code, near, unit="%"),) if near else ()), Reason.OUT_OF_RANGE
    if unit not in ("斤", "#"):
        for factor in (Decimal("0.1"), Decimal(10)):
            moved = _made(code, value * factor, unit)
            if moved.value and limits.holds(moved.value) and code in (Code.WEIGHT, Code.HBA1C):
                return (moved,), Reason.LOST_POINT
    return ((reading,) if value else ()), Reason.OUT_OF_RANGE


def _pulse(value: Decimal) -> Judged:
    reading = Reading(Code.HEART_RATE, tidy(value), unit="/min")
    low = guidelines.POSSIBLE_PULSE.low <= value < guidelines.URGENT_LOW_PULSE.value
    sound = guidelines.PLAUSIBLE[Code.HEART_RATE].holds(value) or low
    if value != value.to_integral():
        return (reading,), Reason.UNIT_UNCLEAR
    if sound:
        return (reading,), None
    return ((reading,) if value >= 10 else ()), Reason.OUT_OF_RANGE


def _glucose(value: Decimal, unit: str | None, usual: str | None) -> Judged:
    if unit is None:
        return _bare_glucose(value, usual)
    reading = _made(Code.GLUCOSE, value, unit)
    limits = _MMOL if unit == "mmol/L" else guidelines.GLUCOSE_MG
    if reading.unit != "mmol/L":
        return (), Reason.UNIT_UNCLEAR
    if limits.holds(value):
        return (reading,), None
    other = "mg/dL" if unit == "mmol/L" else "mmol/L"
    as_other = _made(Code.GLUCOSE, value, other)
    fits = as_other.value is not None and _MMOL.holds(as_other.value)
    return ((as_other,) if fits else ()), Reason.OUT_OF_RANGE


def _bare_glucose(value: Decimal, usual: str | None) -> Judged:
    """Let the size of the number say the unit; between 20 and 35 both are possible."""
    as_mmol = _made(Code.GLUCOSE, value, "mmol/L", inferred=True)
    as_mg = _made(Code.GLUCOSE, value, "mg/dL", inferred=True)
    if _MMOL.low <= value <= guidelines.GLUCOSE_MMOL_TOP.value:
        return (as_mmol,), None
    if guidelines.GLUCOSE_MG_BOTTOM.value < value <= guidelines.GLUCOSE_MG.high:
        return (as_mg,), (None if value == value.to_integral() else Reason.UNIT_UNCLEAR)
    if guidelines.GLUCOSE_MMOL_TOP.value < value <= guidelines.GLUCOSE_MG_BOTTOM.value:
        if value != value.to_integral() and _MMOL.holds(value):
            return (as_mmol,), Reason.UNIT_UNCLEAR
        both = (as_mg, as_mmol) if usual != "mmol/L" else (as_mmol, as_mg)
        return both, Reason.UNIT_UNCLEAR
    return (), Reason.OUT_OF_RANGE


def bare_weight(value: Decimal, other: str, usual: str | None = None) -> Judged:
    """Store kilograms only where the other unit (pounds, 斤) is out of the question.

    A person whose usual unit is known is taken to keep to it, where that gives an adult's weight.
    """
    limits = guidelines.PLAUSIBLE[Code.WEIGHT]
    pounds, kilos = _made(Code.WEIGHT, value, other), _made(Code.WEIGHT, value, "kg", inferred=True)
    fits = [r for r in (pounds, kilos) if r.value is not None and limits.holds(r.value)]
    own = _made(Code.WEIGHT, value, usual, inferred=True) if usual else None
    if own and own.value is not None and limits.holds(own.value):
        return (own,), None
    if fits == [kilos] and value < 60:
        return (kilos,), None
    if not fits:
        return _simple(Code.WEIGHT, value, "kg")[0], Reason.OUT_OF_RANGE
    return tuple(fits), Reason.UNIT_UNCLEAR


def _bare_height(value: Decimal) -> Judged:
    limits = guidelines.PLAUSIBLE[Code.HEIGHT]
    centimetres = value * 100 if value < 3 else value
    reading = Reading(Code.HEIGHT, tidy(centimetres), unit="cm", unit_inferred=True)
    if limits.holds(centimetres):
        return (reading,), None
    return ((reading,) if centimetres > 50 else ()), Reason.OUT_OF_RANGE


def _temperature(value: Decimal, unit: str | None) -> Judged:
    limits = guidelines.PLAUSIBLE[Code.TEMPERATURE]
    inferred = unit in (None, "deg")
    if inferred:
        unit = "[degF]" if 90 <= value <= 110 else "Cel"
    reading = _made(Code.TEMPERATURE, value, unit, inferred=inferred)
    if reading.unit != "Cel":
        return (), Reason.UNIT_UNCLEAR
    if reading.value is not None and limits.holds(reading.value):
        return (reading,), None
    for factor in (Decimal("0.1"), Decimal(10)):
        if limits.holds(value * factor):
            return (_made(Code.TEMPERATURE, value * factor, "Cel"),), Reason.LOST_POINT
    near = reading.value is not None and 30 <= reading.value <= 45
    return ((reading,) if near else ()), Reason.OUT_OF_RANGE
