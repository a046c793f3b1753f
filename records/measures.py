"""The units a person measures in: what is kept stays canonical, what is shown is theirs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Protocol

from records.language.understanding import Reading
from records.language.units import own
from records.observations import Observation, Quantity
from records.tracking import RecordId
from records.vocabulary import MEANINGS, Code

CHOICES: dict[Code, tuple[str, ...]] = {
    Code.GLUCOSE: ("mmol/L", "mg/dL"),
    Code.WEIGHT: ("kg", "[lb_av]", "斤"),
    Code.TEMPERATURE: ("Cel", "[degF]"),
}
"""What can be chosen, in UCUM where it has a word, the unit of the house first."""


@dataclass(frozen=True, slots=True)
class Measures:
    """In which units the numbers of one record are told and shown; empty where never said."""

    record: RecordId
    glucose: str = ""
    weight: str = ""
    temperature: str = ""

    def of(self, code: Code) -> str:
        """Return the unit of a code, or nothing where it was never said."""
        known = {
            Code.GLUCOSE: self.glucose,
            Code.WEIGHT: self.weight,
            Code.TEMPERATURE: self.temperature,
        }
        return known.get(code, "")

    def choosing(self, code: Code, unit: str) -> "Measures":
        """Return these with one unit chosen."""
        match code:
            case Code.GLUCOSE:
                return replace(self, glucose=unit)
            case Code.WEIGHT:
                return replace(self, weight=unit)
            case _:
                return replace(self, temperature=unit)

    def learning(self, told: Iterable[Reading]) -> "Measures":
        """Return these with the units in which something was told plainly for the first time."""
        learned = self
        for one in told:
            unit = _told_in(one)
            if unit in CHOICES.get(one.code, ()) and not learned.of(one.code):
                learned = learned.choosing(one.code, unit)
        return learned

    def shown(self, observation: Observation) -> Observation:
        """Return an observation as this person reads it; one in a unit never chosen as typed."""
        if not isinstance(observation.value, Quantity):
            return observation
        code, said = observation.code, _stated(observation)
        unit = self.of(code) or (said.unit if said else "")
        if unit in ("", observation.value.unit):
            return observation
        as_typed = said.value if said and said.unit == unit else None
        number = as_typed if as_typed is not None else own(observation.value.value, unit)
        return replace(observation, value=Quantity(number, unit), stated="")

    def unit_of(self, code: Code) -> str:
        """Return the unit in which numbers of a code are shown."""
        return self.of(code) or MEANINGS[code].ucum or ""

    def number(self, code: Code, value: Decimal) -> Decimal:
        """Return a number of the canonical unit in this person's own."""
        unit = self.of(code)
        return own(value, unit) if unit not in ("", MEANINGS[code].ucum) else value


class OwnUnits(Protocol):
    """The units in which the numbers of a record are told and shown."""

    def of(self, record_id: RecordId) -> Measures:
        """Return the units of a record; none where nothing was said yet."""
        ...

    def put(self, measures: Measures) -> None:
        """Keep the units of a record."""
        ...


HOUSE = Measures(RecordId(""))
"""The units of the house: what is shown where nobody chose."""


def _told_in(reading: Reading) -> str:
    """Return the unit of a number, where it was typed or the number can be in no other."""
    if reading.value is None or reading.text:
        return ""
    return reading.stated.unit if reading.stated is not None else reading.unit


def _stated(observation: Observation) -> Quantity | None:
    """Return the number as it was typed, where it was in another unit a person can choose."""
    number, _, unit = observation.stated.partition(" ")
    if unit not in CHOICES.get(observation.code, ()):
        return None
    try:
        return Quantity(Decimal(number), unit)
    except InvalidOperation:
        return None
