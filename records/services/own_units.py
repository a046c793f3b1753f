"""Choosing the units a record is shown in, or learning them from how its numbers are told."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from records.errors import NotValid
from records.language import Reading
from records.measures import CHOICES, Measures
from records.people import Person
from records.policy import Action
from records.series import Point
from records.services.permitting import permit
from records.services.ports import Unit
from records.tracking import RecordId
from records.vocabulary import MEANINGS, Code


def choose(
    unit: Unit, record_id: RecordId, code: Code, ucum: str, *, by: Person, now: datetime
) -> Measures:
    """Show the numbers of a code in this unit from now on; raises NotValid for no choice."""
    permit(unit, Action.CHOOSE_UNITS, by=by, record_id=record_id, now=now)
    if ucum not in CHOICES.get(code, ()):
        raise NotValid("unit", "unit_unknown")
    chosen = unit.own_units.of(record_id).choosing(code, ucum)
    unit.own_units.put(chosen)
    return chosen


def learn(
    unit: Unit, record_id: RecordId, told: Iterable[Reading], *, by: Person, now: datetime
) -> dict[Code, str]:
    """Keep the units of what was told for the first time; return those not of the house."""
    known = unit.own_units.of(record_id)
    learned = known.learning(told)
    if learned == known:
        return {}
    permit(unit, Action.CHOOSE_UNITS, by=by, record_id=record_id, now=now)
    unit.own_units.put(learned)
    changed = {code: learned.of(code) for code in CHOICES if learned.of(code) != known.of(code)}
    return {code: ucum for code, ucum in changed.items() if ucum != MEANINGS[code].ucum}


def points_shown(measures: Measures, code: Code, points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the numbers of a series in the unit they are shown in."""
    return tuple(
        replace(one, numbers=tuple(measures.number(code, number) for number in one.numbers))
        for one in points
    )
