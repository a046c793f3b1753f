"""Which sound readings want safety advice at once."""

from decimal import Decimal

from records.findings import guidelines as g
from records.language.line import Line
from records.language.tags import Tag
from records.language.understanding import Reading, Reason
from records.vocabulary import Code


def urgency(line: Line, readings: tuple[Reading, ...]) -> Reason | None:
    """Return why these readings are urgent, None where they are not."""
    unwell = any(r.code is Code.SYMPTOM for r in readings)
    pregnant = line.context.pregnant or line.has(Tag.PREGNANT) or "pregnant" in line.text
    for reading in readings:
        found = _of(reading, unwell=unwell, pregnant=pregnant)
        if found:
            return found
    return None


def _of(reading: Reading, *, unwell: bool, pregnant: bool) -> Reason | None:
    if reading.value is None:
        return None
    if reading.code is Code.BLOOD_PRESSURE and reading.second is not None:
        return _pressure(reading.value, reading.second, unwell=unwell, pregnant=pregnant)
    if reading.code is Code.GLUCOSE:
        return _glucose(reading.value, reading.text)
    return _other(reading.code, reading.value)


def _pressure(high: Decimal, low: Decimal, *, unwell: bool, pregnant: bool) -> Reason | None:
    if high >= g.URGENT_SYSTOLIC.value or low >= g.URGENT_DIASTOLIC.value:
        return Reason.VERY_HIGH
    if high < g.URGENT_LOW_SYSTOLIC.value or low < g.URGENT_LOW_DIASTOLIC.value:
        return Reason.VERY_LOW
    under = high < g.LOW_SYSTOLIC_WITH_SYMPTOMS.value or low < g.LOW_DIASTOLIC_WITH_SYMPTOMS.value
    if unwell and under:
        return Reason.VERY_LOW
    raised = high >= g.PREGNANCY_SYSTOLIC.value or low >= g.PREGNANCY_DIASTOLIC.value
    return Reason.PREGNANCY if pregnant and raised else None


def _glucose(value: Decimal, meter: str) -> Reason | None:
    if meter:
        return Reason.METER_HI if meter == "HI" else Reason.METER_LO
    if value < g.URGENT_LOW_GLUCOSE.value:
        return Reason.LOW_GLUCOSE
    return Reason.HIGH_GLUCOSE if value >= g.URGENT_HIGH_GLUCOSE.value else None


def _other(code: Code, value: Decimal) -> Reason | None:
    if code is Code.HEART_RATE and value < g.URGENT_LOW_PULSE.value:
        return Reason.SLOW_PULSE
    if code is Code.HEART_RATE and value > g.URGENT_HIGH_PULSE.value:
        return Reason.FAST_PULSE
    if code is Code.SPO2 and value < g.URGENT_LOW_SPO2.value:
        return Reason.LOW_OXYGEN
    if code is Code.TEMPERATURE and value >= g.URGENT_TEMPERATURE.value:
        return Reason.HIGH_FEVER
    return None
