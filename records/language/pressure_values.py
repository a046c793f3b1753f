"""What two numbers are as a blood pressure: sound, reversed, in another unit, or a slip."""

from decimal import Decimal

from records.findings import guidelines
from records.language.understanding import Reading, Reason, Stated
from records.language.units import canonical, tidy
from records.vocabulary import Code

_SYS = guidelines.PLAUSIBLE[Code.SYSTOLIC]
_DIA = guidelines.PLAUSIBLE[Code.DIASTOLIC]
MMHG = "mm[Hg]"


def reading(systolic: Decimal, diastolic: Decimal, stated: Stated | None = None) -> Reading:
    """Make a blood pressure in mm[Hg]."""
    return Reading(Code.BLOOD_PRESSURE, tidy(systolic), tidy(diastolic), MMHG, stated=stated)


def plausible(systolic: Decimal, diastolic: Decimal) -> bool:
    """Say whether two numbers can be a blood pressure as they stand."""
    apart = systolic - diastolic >= guidelines.PULSE_PRESSURE_LEAST.value
    return _SYS.holds(systolic) and _DIA.holds(diastolic) and apart


def proposed(a: Decimal, b: Decimal) -> tuple[Reading, ...]:
    """Offer the two numbers in the order in which they can be a pressure."""
    if plausible(a, b):
        return (reading(a, b),)
    return (reading(b, a),) if plausible(b, a) else ()


def in_mmhg(a: Decimal, b: Decimal) -> tuple[tuple[Reading, ...], Reason | None]:
    """Judge two whole numbers: a pressure, a reversed one, one in another unit, or a slip."""
    if plausible(a, b):
        return (reading(a, b),), None
    if plausible(b, a):
        return (reading(b, a),), Reason.REVERSED
    if 6 <= b < a < 30 and a >= 8:
        return (kilopascal(a, b), reading(a * 10, b * 10)), Reason.UNIT_UNCLEAR
    shortened = Decimal(str(a)[:3])
    if 1000 <= a < 10000 and str(a)[2] == str(a)[3] and plausible(shortened, b):
        return (reading(shortened, b),), Reason.OUT_OF_RANGE
    if 60 <= a <= 320 and 20 <= b <= 200 and a - b >= guidelines.PULSE_PRESSURE_LEAST.value:
        return (reading(a, b),), Reason.OUT_OF_RANGE
    return (), Reason.OUT_OF_RANGE


def with_points(a: Decimal, b: Decimal) -> tuple[tuple[Reading, ...], Reason | None]:
    """Read a pressure typed with a point: kilopascals without their name, or a slip."""
    if plausible(a, b):
        only = Reading(Code.BLOOD_PRESSURE, a, b, MMHG)
        return (only,), Reason.DECIMAL_PRESSURE
    converted = kilopascal(a, b)
    if converted.value and converted.second and plausible(converted.value, converted.second):
        tenfold = plausible(a * 10, b * 10) and a * 10 == (a * 10).to_integral()
        short = b == b.to_integral() or a == a.to_integral()
        centimetres = (reading(a * 10, b * 10),) if tenfold and short else ()
        return (converted, *centimetres), Reason.UNIT_UNCLEAR
    return (), Reason.DECIMAL_PRESSURE


def kilopascal(a: Decimal, b: Decimal) -> Reading:
    """Make a pressure of two numbers in kPa, keeping them as typed."""
    return reading(canonical(a, "kPa")[0], canonical(b, "kPa")[0], Stated(a, b, "kPa"))


def from_kilopascal(a: Decimal, b: Decimal) -> tuple[tuple[Reading, ...], Reason | None]:
    """Judge two numbers that were typed with kPa."""
    found = kilopascal(a, b)
    high, low = found.value, found.second
    if high is not None and low is not None and plausible(high, low):
        return (found,), None
    if high is not None and low is not None and plausible(low, high):
        return (kilopascal(b, a),), Reason.REVERSED
    return (), Reason.OUT_OF_RANGE


def may_be_kilopascal(high: Decimal, low: Decimal) -> bool:
    """Say whether two small numbers, one with a point, can be kilopascals."""
    pointed = high != high.to_integral() or low != low.to_integral()
    return pointed and plausible(canonical(high, "kPa")[0], canonical(low, "kPa")[0])
