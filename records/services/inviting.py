"""A clinic invites a patient: the record is begun, and care begins once the patient says yes."""

from dataclasses import dataclass, replace
from datetime import datetime

from records.errors import LinkUsed, NotPermitted, NotValid
from records.people import Person, Relationship, Tie
from records.policy import Action
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.managing import LONGEST_NAME
from records.services.ports import Link, Note, Unit
from records.services.viewing import is_clinician
from records.tracking import RecordId
from records.vocabulary import Language, Purpose, Role

MOST_WAITING = 200


@dataclass(frozen=True, slots=True)
class Invited:
    """A patient who was invited and has not answered yet."""

    care: Relationship
    patient: Person


def invite_patient(
    unit: Unit, name: str, language: Language, *, by: Person, now: datetime
) -> Invited:
    """Begin the record of a patient with a phone; the clinician sees nothing of it by this."""
    words = " ".join(name.split())
    if not is_clinician(by):
        raise NotPermitted
    if not words or len(words) > LONGEST_NAME:
        raise NotValid("name", "name_needed")
    if len(invited_by(unit, by)) >= MOST_WAITING:
        raise NotValid("name", "too_many_invited")
    patient, record = enrol_patient(unit, words, language=language, zone=by.zone, now=now)
    tie = Tie.DOCTOR if Role.DOCTOR in by.roles else Tie.NURSE
    care = offer_care(unit, record_id=record.id, person=by, tie=tie, now=now, by_patient=False)
    _note(unit, "patient_invited", record.id, by, now)
    return Invited(care, patient)


def invited_by(unit: Unit, by: Person) -> tuple[Invited, ...]:
    """Return whom a clinician has invited and who has not answered yet, by name."""
    found = [
        Invited(one, unit.people.person(unit.records.record(one.record).patient))
        for one in unit.relationships.of_person(by.id)
        if _waits(one)
    ]
    return tuple(sorted(found, key=lambda one: one.patient.name))


def invited_to(unit: Unit, record_id: RecordId, *, by: Person) -> Invited:
    """Return the invitation of a clinician's own to this record; refuses for any other."""
    for one in invited_by(unit, by):
        if one.care.record == record_id:
            return one
    raise NotPermitted


def take_invitation_back(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> None:
    """End an invitation nobody has answered: its links open nothing any more."""
    care = invited_to(unit, record_id, by=by).care
    unit.relationships.put(replace(care, ended=now, version=care.version + 1))
    _note(unit, "invitation_taken_back", record_id, by, now)


def say_yes(unit: Unit, link: Link, *, patient: Person, now: datetime) -> None:
    """Let care begin by the yes to an invitation; raises LinkUsed where it was answered already.

    A link that was made without an offer of care only leads its patient in.
    """
    if not link.ref or link.record is None:
        return
    unit.records.lock(link.record)
    for one in unit.relationships.of_record(link.record):
        if one.id == link.ref and _waits(one):
            confirm_care(unit, one, by=patient, now=now)
            return
    raise LinkUsed


def _waits(one: Relationship) -> bool:
    clinical = one.tie in (Tie.DOCTOR, Tie.NURSE)
    return clinical and one.confirmed_by_patient is None and one.ended is None


def _note(unit: Unit, rule: str, record_id: RecordId, by: Person, now: datetime) -> None:
    unit.audit.note(Note(now, Action.CHOOSE_HELP, True, rule, by.id, record_id, Purpose.TREATMENT))
