"""Which single reading is urgent."""

from collections.abc import Sequence
from decimal import Decimal

from records.findings import guidelines as limits
from records.vocabulary import Code

_LEAST: dict[Code, tuple[Decimal, ...]] = {
    Code.BLOOD_PRESSURE: (
        limits.URGENT_LOW_SYSTOLIC.value,
        limits.URGENT_LOW_DIASTOLIC.value,
    ),
    Code.GLUCOSE: (limits.URGENT_LOW_GLUCOSE.value,),
    Code.HEART_RATE: (limits.URGENT_LOW_PULSE.value,),
    Code.SPO2: (limits.URGENT_LOW_SPO2.value,),
}

_URGENT_FROM: dict[Code, tuple[Decimal, ...]] = {
    Code.BLOOD_PRESSURE: (limits.URGENT_SYSTOLIC.value, limits.URGENT_DIASTOLIC.value),
    Code.GLUCOSE: (limits.URGENT_HIGH_GLUCOSE.value,),
    Code.HEART_RATE: (limits.URGENT_HIGH_PULSE.value + 1,),  # the limit itself is not urgent
    Code.TEMPERATURE: (limits.URGENT_TEMPERATURE.value,),
}


def is_urgent(code: Code, numbers: Sequence[Decimal]) -> bool:
    """Say whether one reading, in its canonical unit, needs somebody at once."""
    low = any(one < least for one, least in zip(numbers, _LEAST.get(code, ()), strict=False))
    high = any(one >= most for one, most in zip(numbers, _URGENT_FROM.get(code, ()), strict=False))
    return low or high
