"""Persons, organisations, records and care relationships over one session."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from records.errors import NotFound
from records.findings.guidelines import Guideline
from records.people import Organisation, Person, Place, Record, Relationship
from records.tracking import GlobalId, OrganisationId, PersonId, RecordId
from records.vocabulary import Language, OrganisationKind, Role
from storage.registry.desk import Desk
from storage.registry.finding import find_by_name
from storage.registry.versions import keep_version
from storage.rows.cloud import ErasureRow
from storage.rows.people import OrganisationRow, PersonRow, RecordRow, RelationshipRow

NOBODY_KNOWS = "—"


def nameless(person_id: PersonId) -> Person:
    """Return who stands where somebody is named of whom nothing is known any more."""
    return Person(person_id, NOBODY_KNOWS, Language.ENGLISH, "UTC", frozenset())


class PeopleRegistry:
    """Persons and organisations."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def person(self, person_id: PersonId) -> Person:
        """Return the person, or raise NotFound; who was erased has no name and no role."""
        row = self.desk.session.get(PersonRow, person_id)
        if row is None:
            erased = select(ErasureRow.record).where(ErasureRow.person == person_id)
            if self.desk.session.scalar(erased) is None:
                raise NotFound
            return nameless(person_id)
        return open_person(self.desk, row)

    def put(self, person: Person) -> None:
        """Keep a person, new or changed."""
        name = self.desk.cells.seal(person.id, f"person:{person.id}", person.name.encode())
        self.desk.session.merge(
            PersonRow(
                id=person.id,
                name=name,
                language=person.language,
                zone=person.zone,
                roles=",".join(sorted(person.roles)),
                organisation=person.organisation,
            )
        )
        find_by_name(self.desk, person)
        self.desk.session.flush()

    def organisation(self, organisation_id: OrganisationId) -> Organisation:
        """Return the organisation, or raise NotFound."""
        row = self.desk.session.get(OrganisationRow, organisation_id)
        if row is None:
            raise NotFound
        return organisation_in(row)

    def put_organisation(self, organisation: Organisation) -> None:
        """Keep an organisation, new or changed."""
        self.desk.session.merge(
            OrganisationRow(
                id=organisation.id,
                name=organisation.name,
                kind=organisation.kind,
                guideline=organisation.guideline,
            )
        )

    def organisations(self, kinds: Sequence[OrganisationKind]) -> tuple[Organisation, ...]:
        """Return the organisations of these kinds, by name."""
        rows = self.desk.session.scalars(
            select(OrganisationRow)
            .where(OrganisationRow.kind.in_(kinds))
            .order_by(OrganisationRow.name)
        )
        return tuple(organisation_in(row) for row in rows)

    def all_of(self, role: Role) -> tuple[Person, ...]:
        """Return the persons with this role, by name."""
        rows = self.desk.session.scalars(select(PersonRow).where(PersonRow.roles.contains(role)))
        people = (open_person(self.desk, row) for row in rows)
        return tuple(sorted((one for one in people if role in one.roles), key=lambda one: one.name))


def organisation_in(row: OrganisationRow) -> Organisation:
    """Return the organisation a row holds."""
    guideline = Guideline(row.guideline) if row.guideline else None
    return Organisation(OrganisationId(row.id), row.name, OrganisationKind(row.kind), guideline)


def open_person(desk: Desk, row: PersonRow) -> Person:
    """Return the person a row holds."""
    return Person(
        id=PersonId(row.id),
        name=desk.cells.open(row.id, f"person:{row.id}", row.name).decode(),
        language=Language(row.language),
        zone=row.zone,
        roles=frozenset(Role(one) for one in row.roles.split(",") if one),
        organisation=OrganisationId(row.organisation) if row.organisation else None,
    )


class RecordRegistry:
    """Records."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def record(self, record_id: RecordId) -> Record:
        """Return the record, or raise NotFound."""
        self.desk.wall.ask([record_id])
        row = self.desk.session.get(RecordRow, record_id)
        if row is None:
            raise NotFound
        return record_in(row)

    def of_patient(self, person_id: PersonId) -> Record | None:
        """Return the patient's own record."""
        row = self.desk.session.scalar(select(RecordRow).where(RecordRow.patient == person_id))
        return record_in(row) if row else None

    def put(self, record: Record) -> None:
        """Keep a new record, or note of a known one that its patient has died."""
        self.desk.wall.ask([record.id])
        known = self.desk.session.get(RecordRow, record.id)
        if known is not None:
            known.deceased = record.deceased
            self.desk.session.flush()
            return
        self.desk.wall.admit([record.id])  # who begins a record writes in it
        self.desk.session.add(
            RecordRow(
                id=record.id,
                patient=record.patient,
                global_id=record.global_id,
                store=record.place.store,
                container=record.place.container,
                consent_version=0,
                deceased=record.deceased,
            )
        )
        self.desk.session.flush()

    def lock(self, record_id: RecordId) -> None:
        """Hold the record's row until the transaction ends; on SQLite the whole file is held."""
        hold_record(self.desk.session, record_id)


def record_in(row: RecordRow) -> Record:
    """Return the record a row holds."""
    return Record(
        RecordId(row.id),
        PersonId(row.patient),
        GlobalId(row.global_id),
        Place(row.store, row.container),
        row.deceased,
    )


def hold_record(session: Session, record_id: RecordId) -> None:
    """Hold a record's row until the transaction ends; on SQLite the whole file is held."""
    session.execute(select(RecordRow.id).where(RecordRow.id == record_id).with_for_update())


def bump_consent(desk: Desk, record_id: RecordId) -> None:
    """Note that who may read this record has changed: pages begun before are refused."""
    desk.session.execute(
        update(RecordRow)
        .where(RecordRow.id == record_id)
        .values(consent_version=RecordRow.consent_version + 1)
    )


class RelationshipRegistry:
    """Care relationships, in all their versions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of_record(self, record_id: RecordId) -> tuple[Relationship, ...]:
        """Return the newest version of each relationship to this record."""
        self.desk.wall.ask([record_id])
        rows = self.desk.session.scalars(
            select(RelationshipRow).where(
                RelationshipRow.record == record_id, RelationshipRow.newest
            )
        )
        return tuple(open_relationship(self.desk, row) for row in rows)

    def of_person(self, person_id: PersonId) -> tuple[Relationship, ...]:
        """Return the newest version of each relationship of this person."""
        rows = self.desk.session.scalars(
            select(RelationshipRow).where(
                RelationshipRow.person == person_id, RelationshipRow.newest
            )
        )
        return tuple(open_relationship(self.desk, row) for row in rows)

    def put(self, relationship: Relationship) -> None:
        """Keep a relationship, or its next version."""
        identity = f"relationship:{relationship.id}:{relationship.version}"
        row = RelationshipRow(
            id=relationship.id,
            version=relationship.version,
            record=relationship.record,
            person=relationship.person,
            newest=True,
            document=self.desk.cells.write(relationship.record, identity, relationship),
        )
        keep_version(self.desk, row)
        bump_consent(self.desk, relationship.record)


def open_relationship(desk: Desk, row: RelationshipRow) -> Relationship:
    """Return the relationship a row holds."""
    identity = f"relationship:{row.id}:{row.version}"
    return desk.cells.read(row.record, identity, row.document, Relationship)
