"""Helpers: what the patient lets them do, for how long, and its end from either side."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from records.errors import NotPermitted, NotValid
from records.people import (
    CHOSEN_HELP,
    LONGEST_HELP,
    Person,
    Relationship,
    Scope,
    Tie,
)
from records.policy import Action
from records.services.expiring import keep_help
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.telling import tell
from records.tracking import RecordId, RelationshipId
from records.wording.helping import ended_by_patient_card, now_may_card
from records.wording.linking import removed_helper_card


def helpers_of(unit: Unit, record_id: RecordId, now: datetime) -> tuple[Relationship, ...]:
    """Return who helps with a record now, the first who came first."""
    found = (
        one
        for one in unit.relationships.of_record(record_id)
        if one.tie is Tie.CAREGIVER and one.holds(now)
    )
    return tuple(sorted(found, key=lambda one: (one.since, one.id)))


def guardians_of(unit: Unit, record_id: RecordId, now: datetime) -> tuple[Relationship, ...]:
    """Return who decides for the patient of this record now; nobody where the patient does."""
    return tuple(one for one in helpers_of(unit, record_id, now) if one.guards(now))


def is_last_guardian(unit: Unit, relationship: Relationship, now: datetime) -> bool:
    """Say whether without this person nobody would decide for the patient."""
    guardians = guardians_of(unit, relationship.record, now)
    return [one.id for one in guardians] == [relationship.id]


def choose_help(
    unit: Unit,
    relationship_id: RelationshipId,
    scopes: Iterable[Scope],
    *,
    record_id: RecordId,
    by: Person,
    now: datetime,
    until: datetime | None = None,
) -> Relationship:
    """Let a helper do exactly this from now on, until at most a year from now, and tell them.

    Whoever decides for the patient goes on deciding. Raises NotValid where nothing is left.
    """
    permit(unit, Action.CHOOSE_HELP, by=by, record_id=record_id, now=now)
    unit.records.lock(record_id)
    found = _helper(unit, relationship_id, record_id, now)
    chosen = frozenset(scopes) & frozenset(CHOSEN_HELP)
    kept = chosen | (found.scopes & {Scope.GUARDIAN})
    if not chosen:
        raise NotValid("scopes", "choose_some_help")
    ends = found.until if until is None else within_a_year(until, now)
    warned = found.warned if until is None else None
    changed = replace(found, scopes=kept, until=ends, warned=warned, version=found.version + 1)
    keep_help(unit, changed)
    name = unit.people.person(unit.records.record(record_id).patient).name
    tell(unit, found.person, lambda chat: now_may_card(name, kept, chat.language))
    return changed


def within_a_year(until: datetime, now: datetime) -> datetime:
    """Return until when help may last; raises NotValid for the past and for more than a year."""
    if until <= now:
        raise NotValid("until", "until_is_past")
    if until > now + LONGEST_HELP:
        raise NotValid("until", "help_too_long")
    return until


def end_care(
    unit: Unit, relationship_id: RelationshipId, *, record_id: RecordId, by: Person, now: datetime
) -> Relationship:
    """End a care relationship, from either side, at once, and tell the other side.

    Raises NotValid where nobody would be left to decide for the patient.
    """
    unit.records.lock(record_id)
    found = next(
        (one for one in unit.relationships.of_record(record_id) if one.id == relationship_id), None
    )
    if found is None:
        raise NotPermitted
    if by.id != found.person:
        permit(unit, Action.CHOOSE_HELP, by=by, record_id=record_id, now=now)
    if found.is_over(now):
        return found
    if is_last_guardian(unit, found, now):
        raise NotValid("guardian", "last_guardian")
    ended = replace(found, ended=now, version=found.version + 1)
    unit.relationships.put(ended)
    if found.tie is Tie.CAREGIVER:
        _tell_other_side(unit, ended, by=by, now=now)
    return ended


def _tell_other_side(unit: Unit, ended: Relationship, *, by: Person, now: datetime) -> None:
    patient = unit.people.person(unit.records.record(ended.record).patient)
    if by.id != ended.person:
        tell(unit, ended.person, lambda chat: ended_by_patient_card(patient.name, chat.language))
        return
    guardians = (one.person for one in guardians_of(unit, ended.record, now))
    for person in (patient.id, *guardians):
        tell(unit, person, lambda chat: removed_helper_card(by.name, chat.language))


def _helper(
    unit: Unit, relationship_id: RelationshipId, record_id: RecordId, now: datetime
) -> Relationship:
    for one in helpers_of(unit, record_id, now):
        if one.id == relationship_id:
            return one
    raise NotPermitted
