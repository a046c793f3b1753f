"""The finding in one sentence: for a doctor in clinical words, for a patient in plain ones.

A sentence is only made of what the caller hands in: who may not read a kind hands in no points of
it, and nothing here tells of what is missing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from records.findings.averages import (
    GlucoseShares,
    PressureAverage,
    Trend,
    change,
    glucose_shares,
    pressure_average,
    trend,
)
from records.findings.targets import (
    GLUCOSE_DAYS,
    GLUCOSE_HIGH,
    GLUCOSE_LOW,
    HOME_TARGET,
    LEAST_READINGS,
    PressureTarget,
)
from records.measures import HOUSE, Measures
from records.series import Point
from records.vocabulary import MEANINGS, Code, Language, SegmentKind
from records.wording import later, say


class Register(StrEnum):
    """Whom a sentence speaks to."""

    DOCTOR = "doctor"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A phrase of the catalogue with what stands in its places."""

    phrase: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, language: Language) -> str:
        """Return the sentence in this language."""
        return say(language, self.phrase, **self.values)


def say_all(language: Language, sentences: Sequence[Sentence]) -> str:
    """Return the sentences one after the other, as the language joins them."""
    between = "" if language is Language.CHINESE else " "
    return between.join(one.say(language) for one in sentences)


def findings(
    kinds: Collection[SegmentKind],
    series: Mapping[Code, Sequence[Point]],
    *,
    now: datetime,
    zone: str,
    register: Register,
    measures: Measures = HOUSE,
    target: PressureTarget = HOME_TARGET,
) -> tuple[Sentence, ...]:
    """Return what there is to say of the series whose kinds are open to the reader."""
    pressure = _opened(Code.BLOOD_PRESSURE, kinds, series)
    glucose = _opened(Code.GLUCOSE, kinds, series)
    said: list[Sentence] = []
    if pressure:
        average = pressure_average(pressure, now=now, zone=zone)
        before = pressure_average(pressure, now=now, zone=zone, weeks_ago=1)
        said += pressure_sentences(
            average, change(average, before), register=register, target=target
        )
    shares = glucose_shares(glucose, now=now, zone=zone)
    if shares:
        said += glucose_sentences(shares, register=register, measures=measures)
    return tuple(said)


def pressure_sentences(
    average: PressureAverage | None,
    by: int | None,
    *,
    register: Register,
    target: PressureTarget = HOME_TARGET,
) -> tuple[Sentence, ...]:
    """Return the week's finding of the blood pressure, and its change where there is one."""
    if average is None:
        return (Sentence(_PRESSURE[register]["none"]),)
    values = {
        "average": average.numbers,
        "systolic": average.systolic,
        "diastolic": average.diastolic,
        "n": average.readings,
        "least": LEAST_READINGS,
        "days": average.days,
        "target": f"{target.systolic}/{target.diastolic}",
    }
    if not average.enough:
        few = "few_readings" if average.readings < LEAST_READINGS else "few_days"
        return (Sentence(_PRESSURE[register][few], values),)
    finding = Sentence(
        _PRESSURE[register]["above" if average.above(target) else "on_target"], values
    )
    moved = trend(by)
    if moved is None or by is None:
        return (finding,)
    return finding, Sentence(_TRENDS[register][moved], {"by": abs(by)})


def glucose_sentences(
    shares: GlucoseShares, *, register: Register, measures: Measures = HOUSE
) -> tuple[Sentence, ...]:
    """Return the finding of the last two weeks' glucose, and the fasting median if there is one."""

    def shown(value: Decimal) -> Decimal:
        return measures.number(Code.GLUCOSE, value)

    values = {
        "days": GLUCOSE_DAYS,
        "n": shares.readings,
        "inside": shares.percent(shares.in_range),
        "below": shares.percent(shares.below),
        "above": shares.percent(shares.above),
        "count": shares.in_range,
        "low": shown(GLUCOSE_LOW),
        "high": shown(GLUCOSE_HIGH),
    }
    finding = Sentence(_GLUCOSE[register], values)
    if shares.fasting_median is None:
        return (finding,)
    return finding, Sentence(_FASTING[register], {"median": shown(shares.fasting_median)})


def _opened(
    code: Code, kinds: Collection[SegmentKind], series: Mapping[Code, Sequence[Point]]
) -> Sequence[Point]:
    return series.get(code, ()) if MEANINGS[code].kind in kinds else ()


_PRESSURE: dict[Register, dict[str, str]] = {
    Register.DOCTOR: {
        "none": later("No blood pressure in the last 7 days."),
        "few_readings": later("Blood pressure: not enough readings yet ({n} of {least})."),
        "few_days": later("Blood pressure: {n} readings, but of only {days} days."),
        "above": later("7-day average {average} ({n} readings), above the target {target}."),
        "on_target": later("7-day average {average} ({n} readings), below the target {target}."),
    },
    Register.PATIENT: {
        "none": later("You have not sent your blood pressure for 7 days."),
        "few_readings": later("You have sent {n} of {least} readings for an average. Keep going."),
        "few_days": later("You have sent readings on {days} days. A few more days, please."),
        "above": later("Your average this week is {average}. That is above your target, {target}."),
        "on_target": later("Your average this week is {average}. That is on target. Well done."),
    },
}

_TRENDS: dict[Register, dict[Trend, str]] = {
    Register.DOCTOR: {
        Trend.RISING: later("↑ Up {by} mmHg on the week before."),
        Trend.STEADY: later("Steady against the week before."),
        Trend.FALLING: later("↓ Down {by} mmHg on the week before."),
    },
    Register.PATIENT: {
        Trend.RISING: later("↑ It is {by} higher than last week."),
        Trend.STEADY: later("It is about the same as last week."),
        Trend.FALLING: later("↓ It is {by} lower than last week."),
    },
}

_GLUCOSE: dict[Register, str] = {
    Register.DOCTOR: later(
        "Glucose, {days} days, {n} readings: {inside} % in {low}–{high} mmol/L, "
        "{below} % below, {above} % above."
    ),
    Register.PATIENT: later("Sugar: {count} of your {n} readings were in range ({low} to {high})."),
}

_FASTING: dict[Register, str] = {
    Register.DOCTOR: later("Fasting median {median} mmol/L."),
    Register.PATIENT: later("Before breakfast it is mostly about {median}."),
}
