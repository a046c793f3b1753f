"""Persons, organisations, records and who is tied to them."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from records.people import Organisation, Person, Record, Relationship
from records.tracking import OrganisationId, PersonId, RecordId
from records.vocabulary import OrganisationKind, Role


class People(Protocol):
    """Persons and organisations."""

    def person(self, person_id: PersonId) -> Person:
        """Return the person, or raise NotFound."""
        ...

    def put(self, person: Person) -> None:
        """Keep a person, new or changed."""
        ...

    def organisation(self, organisation_id: OrganisationId) -> Organisation:
        """Return the organisation, or raise NotFound."""
        ...

    def put_organisation(self, organisation: Organisation) -> None:
        """Keep an organisation, new or changed."""
        ...

    def organisations(self, kinds: Sequence[OrganisationKind]) -> Sequence[Organisation]:
        """Return the organisations of these kinds, by name."""
        ...

    def all_of(self, role: Role) -> Sequence[Person]:
        """Return the persons with this role, by name."""
        ...


class Finding(Protocol):
    """Who is found by what."""

    def named(self, name: str, born: date | None) -> tuple[RecordId, ...]:
        """Return the records of patients of exactly this name and birthday, or of none told."""
        ...


class Records(Protocol):
    """Records and who is tied to them."""

    def record(self, record_id: RecordId) -> Record:
        """Return the record, or raise NotFound."""
        ...

    def of_patient(self, person_id: PersonId) -> Record | None:
        """Return the patient's own record."""
        ...

    def put(self, record: Record) -> None:
        """Keep a new record, or note of a known one that its patient has died."""
        ...

    def lock(self, record_id: RecordId) -> None:
        """Hold the record's row until the transaction ends; whoever files does this first."""
        ...


class Relationships(Protocol):
    """Care relationships."""

    def of_record(self, record_id: RecordId) -> tuple[Relationship, ...]:
        """Return the newest version of each relationship to this record."""
        ...

    def of_person(self, person_id: PersonId) -> tuple[Relationship, ...]:
        """Return the newest version of each relationship of this person."""
        ...

    def put(self, relationship: Relationship) -> None:
        """Keep a relationship, or its next version."""
        ...
