"""The gate every use case goes through: ask the policy, note the answer, hand out the record."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import NoReturn

from records.consent import Grant, Part
from records.errors import NotFound, NotPermitted
from records.people import Person, Record
from records.policy import (
    READING,
    READS,
    RELEASE_PURPOSES,
    RELEASED,
    Action,
    Ask,
    Decision,
    Leave,
    Reach,
    decide,
    reach,
)
from records.policy.relations import opened_this_in_an_emergency
from records.services.ports import Note, Unit
from records.tracking import PersonId, RecordId
from records.vocabulary import Language, Purpose, Role

NOWHERE = RecordId("")  # of what is not there: no record has this id


def speaking(unit: Unit, person_id: PersonId) -> Person:
    """Return who speaks in this transaction; the own record, if there is one, is open to them."""
    person = unit.people.person(person_id)
    unit.wall.asks(person)
    own = unit.records.of_patient(person_id) if Role.PATIENT in person.roles else None
    unit.wall.admit([own.id] if own else [])
    return person


def leave_of(unit: Unit, record_id: RecordId) -> Leave:
    """Return all by which a record is open or closed, as it stands in this transaction."""
    return Leave(
        unit.relationships.of_record(record_id),
        unit.grants.of_record(record_id),
        unit.hidings.of_record(record_id),
        unit.emergencies.of_record(record_id),
    )


def ask_policy(
    unit: Unit,
    action: Action,
    *,
    by: Person,
    record: Record,
    now: datetime,
    part: Part | None = None,
    purpose: Purpose = Purpose.TREATMENT,
    leave: Leave | None = None,
) -> Decision:
    """Return what the policy says to the facts of this transaction; notes nothing.

    What treatment does not open may be open because of an emergency. `leave` is what was read of
    the record in this transaction before, the rest of which is held to the records admitted here.
    """
    leave = leave or leave_of(unit, record.id)
    decision = _decide(Ask(action, by, record, now, purpose, leave, part))
    if decision.allowed:
        unit.wall.admit([record.id])
    else:
        unit.wall.refuse(record.id)
    return decision


def _decide(ask: Ask) -> Decision:
    decision = decide(ask)
    if not decision.allowed and ask.action in READING and opened_this_in_an_emergency(ask):
        return decide(replace(ask, purpose=Purpose.EMERGENCY))
    return decision


def permit(
    unit: Unit,
    action: Action,
    *,
    by: Person,
    record_id: RecordId,
    now: datetime,
    part: Part | None = None,
    purpose: Purpose = Purpose.TREATMENT,
    ref: str = "",
) -> Record:
    """Return the record if this person may do this now, and note it; else note and refuse.

    Raises NotPermitted for a refusal and for a record that is not there: a face cannot tell which.
    """
    record, _ = admit(
        unit, action, by=by, record_id=record_id, now=now, part=part, purpose=purpose, ref=ref
    )
    return record


def admit(
    unit: Unit,
    action: Action,
    *,
    by: Person,
    record_id: RecordId,
    now: datetime,
    part: Part | None = None,
    purpose: Purpose = Purpose.TREATMENT,
    ref: str = "",
    quietly: bool = False,
) -> tuple[Record, Leave]:
    """Do as `permit`, and return the record with all by which it is open or closed.

    `quietly` notes refusals alone: for who is shown nothing that was not noted before.
    """
    try:
        record = unit.records.record(record_id)
    except NotFound:
        rule = "no_such_record"
        _refuse_absent(unit, Note(now, action, False, rule, by.id, None, purpose, ref=ref))
    leave = leave_of(unit, record_id)
    decision = ask_policy(
        unit, action, by=by, record=record, now=now, part=part, purpose=purpose, leave=leave
    )
    kinds = frozenset({part.kind}) if part else frozenset()
    note = Note(now, action, decision.allowed, decision.rule, by.id, record_id, purpose, kinds, ref)
    if not (quietly and decision.allowed):
        unit.audit.note(note)
    if not decision.allowed:
        raise NotPermitted
    return record, leave


def refuse_unknown(
    unit: Unit, action: Action, *, by: Person, now: datetime, rule: str, ref: str = ""
) -> NoReturn:
    """Note that something of no record was asked for, and refuse.

    It reads as much as a refusal does: the statements do not tell what is foreign from what is
    not there.
    """
    with suppress(NotFound):
        unit.records.record(NOWHERE)
    _refuse_absent(unit, Note(now, action, False, rule, by.id, None, Purpose.TREATMENT, ref=ref))


def _refuse_absent(unit: Unit, note: Note) -> NoReturn:
    leave_of(unit, NOWHERE)
    unit.audit.note(note)
    raise NotPermitted


def reach_of(
    unit: Unit,
    record: Record,
    *,
    by: Person,
    now: datetime,
    purpose: Purpose = Purpose.TREATMENT,
    leave: Leave | None = None,
) -> Reach:
    """Return all this person may read of the record now; notes nothing."""
    ask = Ask(Action.READ_SEGMENT, by, record, now, purpose, leave or leave_of(unit, record.id))
    seen = reach(ask)
    if seen.purpose is Purpose.TREATMENT and opened_this_in_an_emergency(ask):
        opened = reach(replace(ask, purpose=Purpose.EMERGENCY))
        return replace(opened, openings=(*seen.openings, *opened.openings))
    return seen


def reach_by(unit: Unit, grant: Grant, record: Record, leave: Leave, *, now: datetime) -> Reach:
    """Return what the grantee of this grant may read, if `leave` is all there is; notes nothing.

    For an organisation it is what somebody of it may read who is not tied to the patient otherwise.
    """
    ways = RELEASED if grant.purpose in RELEASE_PURPOSES else READS
    reader = _reader(unit, grant)
    return reach(Ask(Action.READ_SEGMENT, reader, record, now, grant.purpose, leave), ways)


def _reader(unit: Unit, grant: Grant) -> Person:
    if grant.person is not None:
        return unit.people.person(grant.person)
    role = Role.THIRD_PARTY if grant.purpose in RELEASE_PURPOSES else Role.DOCTOR
    return Person(PersonId(""), "", Language.ENGLISH, "UTC", frozenset({role}), grant.organisation)
