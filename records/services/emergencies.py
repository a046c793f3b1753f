"""A look in an emergency: opened with a reason, told at once, ended by itself, reviewed after."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from records.consent import Emergency
from records.errors import NotFound, NotPermitted, NotValid
from records.people import Person, Record, Tie
from records.policy import Action
from records.services.permitting import permit, refuse_unknown
from records.services.ports import Note, Unit
from records.services.telling import may_say_all, tell
from records.tracking import EmergencyId, PersonId, RecordId, fresh
from records.vocabulary import Purpose, Role
from records.wording.emergencies import emergency_card

LASTS = timedelta(hours=4)  # SAFETY.md C6
REVIEW_WITHIN = timedelta(hours=72)  # SAFETY.md C6
SHORTEST_REASON = 20  # characters, SAFETY.md C6
LONGEST = 500
NONE_SUCH = "no_such_emergency"  # what the log says where there is none


@dataclass(frozen=True, slots=True)
class EmergencyView:
    """An emergency with the doctor, and whether its review is late."""

    emergency: Emergency
    doctor: Person
    late: bool


def find_in_emergency(
    unit: Unit, name: str, born: date | None, *, by: Person, now: datetime
) -> RecordId:
    """Return the one record of this name and birthday, or note it and raise NotValid."""
    found = unit.finding.named(name, born)
    if len(found) != 1:
        action, why = Action.OPEN_IN_EMERGENCY, Purpose.EMERGENCY
        unit.audit.note(Note(now, action, False, "no_such_record", by.id, None, why))
        raise NotValid("name", "nobody_found")
    return found[0]


def open_in_emergency(
    unit: Unit, record_id: RecordId, reason: str, *, by: Person, now: datetime
) -> Emergency:
    """Open a record to a doctor for four hours, and tell the patient and the helpers at once.

    The face asks for a second factor before; what is kept private or hidden stays closed.
    """
    record = permit(
        unit,
        Action.OPEN_IN_EMERGENCY,
        by=by,
        record_id=record_id,
        now=now,
        purpose=Purpose.EMERGENCY,
    )
    words = reason.strip()
    if not SHORTEST_REASON <= len(words) <= LONGEST:
        raise NotValid("reason", "emergency_reason")
    unit.records.lock(record_id)
    emergency = Emergency(
        EmergencyId(fresh()),
        record_id,
        by.id,
        words,
        now,
        now + LASTS,
        organisation=by.organisation,
    )
    unit.emergencies.put(emergency)
    _tell(unit, record, emergency, by, now)
    return emergency


def _tell(unit: Unit, record: Record, emergency: Emergency, by: Person, now: datetime) -> None:
    """Tell the patient and all who help, whatever the hour."""
    patient = unit.people.person(record.patient)
    helpers = [
        one.person
        for one in unit.relationships.of_record(record.id)
        if one.tie is Tie.CAREGIVER and one.holds(now) and one.person != by.id
    ]
    for person_id in dict.fromkeys((patient.id, *helpers)):
        zone = unit.people.person(person_id).zone
        tell(
            unit,
            person_id,
            lambda chat: emergency_card(
                emergency,
                doctor=by.name,
                patient="" if chat.person == patient.id else patient.name,
                zone=zone,  # noqa: B023 - called at once
                full=may_say_all(chat),
                language=chat.language,
            ),
            about=emergency.id,
        )


def end_emergency(unit: Unit, emergency_id: EmergencyId, *, by: Person, now: datetime) -> Emergency:
    """End one's own emergency before its time."""
    emergency = _emergency(unit, emergency_id)
    if emergency is None or emergency.by != by.id:
        refuse_unknown(unit, Action.OPEN_IN_EMERGENCY, by=by, now=now, rule=NONE_SUCH)
    return _change(unit, emergency, closed=emergency.closed or now)


def emergencies_of(
    unit: Unit, record_id: RecordId, *, by: Person, now: datetime
) -> tuple[EmergencyView, ...]:
    """Return the emergencies of a record for whoever may see who looked, the newest first."""
    permit(unit, Action.SEE_ACCESS, by=by, record_id=record_id, now=now)
    found = sorted(unit.emergencies.of_record(record_id), key=lambda one: one.opened, reverse=True)
    return tuple(_view(unit, one, now) for one in found)


def to_review(unit: Unit, *, by: Person, now: datetime) -> tuple[EmergencyView, ...]:
    """Return what waits for a review by this person: all for an operator, else their clinic's."""
    return tuple(
        _view(unit, one, now)
        for one in unit.emergencies.not_reviewed()
        if one.by != by.id and _may_review(one, by)
    )


def _may_review(emergency: Emergency, by: Person) -> bool:
    ours = emergency.organisation is not None and emergency.organisation == by.organisation
    return Role.OPERATOR in by.roles or (Role.DOCTOR in by.roles and ours)


def review(unit: Unit, emergency_id: EmergencyId, *, by: Person, now: datetime) -> Emergency:
    """Mark an emergency as reviewed: by an operator, or another doctor of the clinic."""
    emergency = _emergency(unit, emergency_id)
    if emergency is None:
        refuse_unknown(unit, Action.REVIEW_EMERGENCY, by=by, now=now, rule=NONE_SUCH)
    permit(
        unit,
        Action.REVIEW_EMERGENCY,
        by=by,
        record_id=emergency.record,
        now=now,
        ref=emergency_id,
    )
    if emergency.by == by.id or not _may_review(emergency, by):
        raise NotPermitted
    return _change(unit, emergency, reviewed=emergency.reviewed or now, reviewed_by=by.id)


def complain(
    unit: Unit, emergency_id: EmergencyId, words: str, *, by: Person, now: datetime
) -> Emergency:
    """Keep what the patient says to an emergency; it stands on the list until reviewed anew."""
    emergency = _emergency(unit, emergency_id)
    if emergency is None:
        refuse_unknown(unit, Action.SEE_ACCESS, by=by, now=now, rule=NONE_SUCH)
    permit(unit, Action.SEE_ACCESS, by=by, record_id=emergency.record, now=now, ref=emergency_id)
    said = words.strip()
    if not said:
        raise NotValid("words", "note_empty")
    if len(said) > LONGEST:
        raise NotValid("words", "note_too_long")
    return _change(unit, emergency, complaint=said, reviewed=None, reviewed_by=None)


def _emergency(unit: Unit, emergency_id: EmergencyId) -> Emergency | None:
    try:
        return unit.emergencies.emergency(emergency_id)
    except NotFound:
        return None


def _change(
    unit: Unit,
    emergency: Emergency,
    *,
    closed: datetime | None = None,
    reviewed: datetime | None = None,
    reviewed_by: PersonId | None = None,
    complaint: str = "",
) -> Emergency:
    changed = replace(
        emergency,
        closed=closed or emergency.closed,
        reviewed=reviewed,
        reviewed_by=reviewed_by,
        complaint=complaint or emergency.complaint,
        version=emergency.version + 1,
    )
    unit.emergencies.put(changed)
    return changed


def _view(unit: Unit, emergency: Emergency, now: datetime) -> EmergencyView:
    late = emergency.reviewed is None and now - emergency.opened > REVIEW_WITHIN
    return EmergencyView(emergency, unit.people.person(emergency.by), late)
