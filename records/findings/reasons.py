"""The eight sections of "Who needs me today", and the words in which a reason is given."""

from enum import StrEnum

from records.findings import guidelines as limits
from records.findings.sentences import Sentence
from records.findings.targets import (
    GLUCOSE_LOW,
    HOME_TARGET,
    IN_RANGE_DOWN,
    SILENT,
    UNANSWERED,
    WORSE_BY,
    PressureTarget,
)
from records.vocabulary import Code
from records.wording import later


class Situation(StrEnum):
    """The sections of "Who needs me today", in their order."""

    ACT_NOW = "act_now"
    LOW_GLUCOSE = "low_glucose"
    QUESTIONS = "questions"
    ABOVE_TARGET = "above_target"
    GETTING_WORSE = "getting_worse"
    UNANSWERED_ORDERS = "unanswered_orders"
    NO_DATA = "no_data"
    ON_TARGET = "on_target"


def title_of(situation: Situation, target: PressureTarget = HOME_TARGET) -> Sentence:
    """Return the title of a section with its threshold; some patients have one of their own."""
    aim = f"{target.systolic}/{target.diastolic}"
    return Sentence(TITLES[situation], {**THRESHOLDS, "target": aim})


THRESHOLDS: dict[str, object] = {
    "systolic": limits.URGENT_SYSTOLIC.value,
    "diastolic": limits.URGENT_DIASTOLIC.value,
    "low": limits.URGENT_LOW_GLUCOSE.value,
    "high": limits.URGENT_HIGH_GLUCOSE.value,
    "below": GLUCOSE_LOW,
    "rise": WORSE_BY,
    "points": IN_RANGE_DOWN,
    "hours": int(UNANSWERED.total_seconds() // 3600),
    "days": SILENT.days,
}

TITLES: dict[Situation, str] = {
    Situation.ACT_NOW: later(
        "Act now: from {systolic}/{diastolic}, glucose below {low} or from {high}, warning words"
    ),
    Situation.LOW_GLUCOSE: later("Low glucose: below {below} within {days} days"),
    Situation.QUESTIONS: later("Questions: oldest first"),
    Situation.ABOVE_TARGET: later("Above target: 7-day average from {target}"),
    Situation.GETTING_WORSE: later(
        "Getting worse: {rise} mmHg up, or {points} points less glucose in range, in a week"
    ),
    Situation.UNANSWERED_ORDERS: later("Orders without answer: more than {hours} hours"),
    Situation.NO_DATA: later("No data: {days} days silent"),
    Situation.ON_TARGET: later("On target, or nothing to act on"),
}

READINGS: dict[Code, str] = {
    Code.BLOOD_PRESSURE: later("Blood pressure {value} mmHg"),
    Code.GLUCOSE: later("Glucose {value} mmol/L"),
    Code.HEART_RATE: later("Pulse {value}/min"),
    Code.SPO2: later("Oxygen saturation {value} %"),
    Code.TEMPERATURE: later("Temperature {value} °C"),
}

WARNING = later("Warning words: {words}")
LOW_READINGS = later("{n} × low, lowest {lowest} mmol/L")
ASKS = later("Asks: {words}")
QUESTION = later("A question is waiting")
ABOVE = later("Average {average} against {target} ({n} readings)")
RISEN = later("Average from {before} to {average} in a week")
LEFT_RANGE = later("In range from {before} % to {now} % in a week")
NO_ANSWER = later("No answer for {days} days")
NO_READING = later("No reading for {days} days")
NEVER = later("No reading in the last weeks")
AVERAGE = later("Average {average} ({n} readings)")
FEW = later("Not enough readings yet ({n} of {least})")
INSIDE = later("{inside} % of {n} glucose readings in range")
NOTHING = later("Nothing to act on")
