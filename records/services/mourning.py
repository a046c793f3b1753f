"""A patient who has died: what others may do rests, nothing more is asked, and each is told."""

from dataclasses import replace
from datetime import datetime

from records.people import Person, Record, Relationship, Tie
from records.policy import Action
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.telling import tell
from records.tracking import RecordId
from records.wording.mourning import death_noted_card, death_was_a_mistake_card


def note_death(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> Record:
    """Note that the patient has died; whoever helps or decides may do nothing from now on."""
    record = permit(unit, Action.NOTE_DEATH, by=by, record_id=record_id, now=now)
    unit.records.lock(record_id)
    if record.deceased is not None:
        return record
    changed = replace(record, deceased=now)
    unit.records.put(changed)
    name = unit.people.person(record.patient).name
    for one in _helps(unit, record_id):
        if one.holds(now):
            _keep(unit, one, now)
            tell(unit, one.person, lambda chat: death_noted_card(name, chat.language))
    return changed


def take_death_back(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> Record:
    """Note that the patient lives; what rested because of the mistake goes on."""
    record = permit(unit, Action.NOTE_DEATH, by=by, record_id=record_id, now=now)
    unit.records.lock(record_id)
    if record.deceased is None:
        return record
    changed = replace(record, deceased=None)
    unit.records.put(changed)
    name = unit.people.person(record.patient).name
    for one in _helps(unit, record_id):
        if one.suspended == record.deceased:
            _keep(unit, one, None)
            tell(unit, one.person, lambda chat: death_was_a_mistake_card(name, chat.language))
    return changed


def _helps(unit: Unit, record_id: RecordId) -> tuple[Relationship, ...]:
    ties = unit.relationships.of_record(record_id)
    return tuple(one for one in ties if one.tie is Tie.CAREGIVER)


def _keep(unit: Unit, one: Relationship, suspended: datetime | None) -> None:
    unit.relationships.put(replace(one, suspended=suspended, version=one.version + 1))
