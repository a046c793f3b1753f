"""Where a record lies: the patient sees it, and may keep all of it in the private cloud."""

from datetime import datetime

from records.people import Person
from records.placing import Whereabouts
from records.policy import Action
from records.services.permitting import permit
from records.services.ports import Unit
from records.tracking import RecordId


def where_it_lies(unit: Unit, *, record_id: RecordId, by: Person, now: datetime) -> Whereabouts:
    """Return how much of a record lies where."""
    permit(unit, Action.CHOOSE_PLACE, by=by, record_id=record_id, now=now)
    return unit.placing.of(record_id)


def choose_place(
    unit: Unit, *, record_id: RecordId, by: Person, now: datetime, stays: bool
) -> Whereabouts:
    """Keep all of a record in the private cloud, what has moved too; or let old parts move."""
    permit(unit, Action.CHOOSE_PLACE, by=by, record_id=record_id, now=now)
    unit.placing.choose(record_id, stays=stays)
    return unit.placing.of(record_id)
