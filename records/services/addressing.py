"""Whom a record may be opened to or hidden from: who is tied to it, and their organisations."""

from dataclasses import dataclass
from datetime import datetime

from records.people import Organisation, Person, Tie
from records.policy import Action
from records.services.consenting import CARING
from records.services.permitting import permit
from records.services.ports import Unit
from records.tracking import OrganisationId, PersonId, RecordId

CLINICIANS = (Tie.DOCTOR, Tie.NURSE)


@dataclass(frozen=True, slots=True)
class Whom:
    """The clinicians and helpers tied to a record, and who else holds a grant of it.

    `teams` are the clinics and hospitals of the clinicians; `others` the organisations with a
    grant that are none of these.
    """

    clinicians: tuple[Person, ...]
    helpers: tuple[Person, ...]
    teams: tuple[Organisation, ...]
    others: tuple[Organisation, ...]

    def named(self, one: str) -> Person | Organisation | None:
        """Return whoever of them has this id, or None."""
        people = {str(each.id): each for each in (*self.clinicians, *self.helpers)}
        return people.get(one) or self.organisation(one)

    def organisation(self, one: str) -> Organisation | None:
        """Return the organisation among them with this id, or None."""
        return {str(each.id): each for each in (*self.teams, *self.others)}.get(one)


def whom_of(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> Whom:
    """Return everybody a record may be opened to or hidden from, each once, by name."""
    permit(unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now)
    clinicians = _tied(unit, record_id, CLINICIANS, now)
    ids = {one.organisation for one in clinicians if one.organisation is not None}
    teams = _organisations(unit, ids)
    caring = tuple(one for one in teams if one.kind in CARING)
    grants = (one for one in unit.grants.of_record(record_id) if one.open(now))
    others = {one.organisation for one in grants if one.organisation} - ids
    helpers = tuple(
        one for one in _tied(unit, record_id, (Tie.CAREGIVER,), now) if one not in clinicians
    )
    return Whom(clinicians, helpers, caring, _organisations(unit, others))


def _tied(
    unit: Unit, record_id: RecordId, ties: tuple[Tie, ...], now: datetime
) -> tuple[Person, ...]:
    ids: dict[PersonId, None] = {
        one.person: None
        for one in unit.relationships.of_record(record_id)
        if one.tie in ties and one.holds(now)
    }
    return tuple(sorted((unit.people.person(one) for one in ids), key=lambda one: one.name))


def _organisations(unit: Unit, ids: set[OrganisationId]) -> tuple[Organisation, ...]:
    found = (unit.people.organisation(one) for one in ids)
    return tuple(sorted(found, key=lambda one: one.name))
