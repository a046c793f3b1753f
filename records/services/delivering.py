"""A card about somebody else is asked about once more just before it goes out."""

from datetime import datetime

from records.consent import Part, label_of
from records.errors import NotFound
from records.policy import Action
from records.services.intake import observation_at
from records.services.permitting import ask_policy, reach_of
from records.services.ports import Unit
from records.tracking import ObservationId, PersonId, RecordId

OF_A_RECORD, OF_A_VALUE = "of:", "val:"
"""How the `about` of such a card begins: it tells of a record, or of one value in it."""


def about_record(record_id: RecordId) -> str:
    """Return what a card that tells of somebody's record is about."""
    return f"{OF_A_RECORD}{record_id}"


def about_value(observation_id: ObservationId) -> str:
    """Return what a card that tells a value of somebody's is about."""
    return f"{OF_A_VALUE}{observation_id}"


def may_still_be_told(unit: Unit, person_id: PersonId, about: str, *, now: datetime) -> bool:
    """Say whether whom a card goes to may know now what it is about; what is gone is not told."""
    by = unit.people.person(person_id)
    try:
        if about.startswith(OF_A_VALUE):
            segment, one = observation_at(unit, ObservationId(about.removeprefix(OF_A_VALUE)))
            record = unit.records.record(segment.record)
            part = Part(segment.kind, segment.id, one.id, one.code)
            label = label_of(one.code, private=one.private)
            return reach_of(unit, record, by=by, now=now).admits(part, label, one.effective)
        record = unit.records.record(RecordId(about.removeprefix(OF_A_RECORD)))
    except NotFound:
        return False
    return ask_policy(unit, Action.SEE_RECORD, by=by, record=record, now=now).allowed
