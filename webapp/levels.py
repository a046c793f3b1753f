"""How a single number stands: a word, an arrow and a colour, never a colour alone."""

from dataclasses import dataclass
from decimal import Decimal

from flask import g

from records.findings.limits import HOUSE_LIMITS, Limits
from records.findings.targets import GLUCOSE_HIGH
from records.findings.urgency import is_urgent
from records.observations import Observation, Quantity
from records.services.worklist import Reading
from records.vocabulary import Code
from records.wording import later


@dataclass(frozen=True, slots=True)
class Level:
    """The words, the arrow and the style of one level."""

    words: str
    arrow: str
    style: str


VERY_HIGH = Level(later("Very high"), "↑↑", "very-high")
HIGH = Level(later("High"), "↑", "high")
NORMAL = Level(later("On target"), "✓", "normal")
LOW = Level(later("Low"), "↓", "low")
VERY_LOW = Level(later("Very low"), "↓↓", "very-low")


def numbers_of(observation: Observation) -> tuple[Decimal, ...]:
    """Return the numbers of an observation, in its own order."""
    if observation.components:
        return tuple(one.quantity.value for one in observation.components)
    value = observation.value
    return (value.value,) if isinstance(value, Quantity) else ()


def level_of(said: Observation | Reading) -> Level | None:
    """Return how a reading stands against its patient's limits; None where there are none.

    On a list each reading brings its own; a page about one patient holds that patient's.
    """
    if isinstance(said, Observation):
        limits: Limits = g.get("limits") or HOUSE_LIMITS
        numbers = numbers_of(said)
    else:
        limits, numbers = said.limits, said.numbers
    urgent = is_urgent(said.code, numbers)
    if said.code is Code.BLOOD_PRESSURE and len(numbers) == 2:
        target = limits.target
        above = numbers[0] >= target.systolic or numbers[1] >= target.diastolic
        if urgent:
            return VERY_HIGH if above else VERY_LOW
        return HIGH if above else NORMAL
    if said.code is Code.GLUCOSE and numbers:
        if numbers[0] < limits.glucose_low:
            return VERY_LOW if urgent else LOW
        if numbers[0] > GLUCOSE_HIGH:
            return VERY_HIGH if urgent else HIGH
        return NORMAL
    return None
