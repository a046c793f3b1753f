"""What a number from a device or a file may be without anybody being asked."""

from collections.abc import Sequence
from decimal import Decimal

from records.findings import guidelines as limits
from records.vocabulary import Code

MOST_DIGITS = 9  # more is no reading of a body


def is_a_number(value: Decimal) -> bool:
    """Say whether this is a number a device could show at all."""
    return value.is_finite() and value >= 0 and value.adjusted() < MOST_DIGITS


def is_plausible(
    code: Code, numbers: Sequence[Decimal], usual: tuple[Decimal, Decimal] | None = None
) -> bool:
    """Say whether a reading counts unasked, in its canonical unit.

    `usual` is the person's median pressure of the last week: far from it a pressure is asked about.
    """
    if code is Code.BLOOD_PRESSURE:
        high, low = numbers
        return _pressure(high, low) and not _far(numbers, usual)
    if code is Code.HEART_RATE:
        slow = limits.POSSIBLE_PULSE.low <= numbers[0] < limits.URGENT_LOW_PULSE.value
        return slow or limits.PLAUSIBLE[code].holds(numbers[0])
    range_ = limits.PLAUSIBLE.get(code)
    return range_ is None or range_.holds(numbers[0])


def _pressure(high: Decimal, low: Decimal) -> bool:
    return (
        limits.PLAUSIBLE[Code.SYSTOLIC].holds(high)
        and limits.PLAUSIBLE[Code.DIASTOLIC].holds(low)
        and high - low >= limits.PULSE_PRESSURE_LEAST.value
    )


def _far(numbers: Sequence[Decimal], usual: tuple[Decimal, Decimal] | None) -> bool:
    if usual is None:
        return False
    return any(
        abs(one - other) > limits.HISTORY_APART.value
        for one, other in zip(numbers, usual, strict=True)
    )
