"""People coming in: patients with a record, staff with an organisation, care begun and ended."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from records.observations import Channel
from records.people import (
    Basis,
    Organisation,
    Person,
    Place,
    Record,
    Relationship,
    Scope,
    Tie,
)
from records.policy import Action
from records.services.expiring import keep_help
from records.services.intake import Draft, file_observations
from records.services.permitting import permit
from records.services.ports import Unit
from records.tracking import (
    GlobalId,
    OrganisationId,
    PersonId,
    RecordId,
    RelationshipId,
    fresh,
)
from records.vocabulary import Code, Language, OrganisationKind, Role


def add_organisation(unit: Unit, name: str, kind: OrganisationKind) -> Organisation:
    """Add an organisation."""
    organisation = Organisation(OrganisationId(fresh()), name, kind)
    unit.people.put_organisation(organisation)
    return organisation


def add_person(
    unit: Unit,
    name: str,
    *,
    language: Language,
    zone: str,
    roles: Iterable[Role],
    organisation: OrganisationId | None = None,
) -> Person:
    """Add somebody who has no record: staff, a caregiver, somebody of a third party."""
    person = Person(PersonId(fresh()), name, language, zone, frozenset(roles), organisation)
    unit.people.put(person)
    return person


def enrol_patient(
    unit: Unit, name: str, *, language: Language, zone: str, now: datetime
) -> tuple[Person, Record]:
    """Add a patient and open the record, with the name as the first thing in it."""
    person = add_person(unit, name, language=language, zone=zone, roles=[Role.PATIENT])
    global_id = GlobalId(fresh())
    record = Record(RecordId(fresh()), person.id, global_id, Place("private", global_id))
    unit.records.put(record)
    drafts = [Draft(Code.NAME, now, value=name)]
    file_observations(unit, drafts, record_id=record.id, by=person, channel=Channel.FORM, now=now)
    return person, record


def offer_care(
    unit: Unit,
    *,
    record_id: RecordId,
    person: Person,
    tie: Tie,
    now: datetime,
    scopes: Iterable[Scope] = (),
    by_patient: bool,
    until: datetime | None = None,
    basis: Basis | None = None,
) -> Relationship:
    """Begin a care relationship from one side; it holds once the other side confirms too."""
    relationship = Relationship(
        id=RelationshipId(fresh()),
        record=record_id,
        person=person.id,
        tie=tie,
        scopes=frozenset(scopes),
        since=now,
        confirmed_by_patient=now if by_patient else None,
        confirmed_by_other=None if by_patient else now,
        until=until,
        basis=basis,
    )
    unit.relationships.put(relationship)
    return relationship


def confirm_care(
    unit: Unit, relationship: Relationship, *, by: Person, now: datetime
) -> Relationship:
    """Confirm a care relationship from the side of this person."""
    record = unit.records.record(relationship.record)
    if by.id == record.patient:
        changed = replace(relationship, confirmed_by_patient=now)
    elif by.id == relationship.person:
        changed = replace(relationship, confirmed_by_other=now)
    else:
        permit(unit, Action.CHOOSE_HELP, by=by, record_id=record.id, now=now)
        changed = replace(relationship, confirmed_by_patient=now)
    changed = replace(changed, version=relationship.version + 1)
    keep_help(unit, changed)
    return changed
