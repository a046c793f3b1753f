"""People and what ties them to a record."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.tracking import GlobalId, OrganisationId, PersonId, RecordId, RelationshipId
from records.vocabulary import Language, OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Organisation:
    """A clinic, hospital, research institution or service provider."""

    id: OrganisationId
    name: str
    kind: OrganisationKind


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the house knows; `zone` is an IANA name, `organisation` where staff belong."""

    id: PersonId
    name: str
    language: Language
    zone: str
    roles: frozenset[Role]
    organisation: OrganisationId | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record's documents lie: a store's name and the container in it."""

    store: str
    container: str


@dataclass(frozen=True, slots=True)
class Record:
    """One patient's record: the internal id, the patient, the global id and the place."""

    id: RecordId
    patient: PersonId
    global_id: GlobalId
    place: Place


class Tie(StrEnum):
    """How a person is tied to a record that is not the own one."""

    DOCTOR = "doctor"
    NURSE = "nurse"
    CAREGIVER = "caregiver"


class Scope(StrEnum):
    """What a caregiver may do for the patient."""

    RECORD = "record"
    SEE = "see"
    ANSWER_ORDERS = "answer_orders"


@dataclass(frozen=True, slots=True)
class Relationship:
    """A care relationship; it holds from when both sides confirmed it until somebody ends it."""

    id: RelationshipId
    record: RecordId
    person: PersonId
    tie: Tie
    scopes: frozenset[Scope]
    since: datetime
    confirmed_by_patient: datetime | None
    confirmed_by_other: datetime | None
    ended: datetime | None = None
    version: int = 1

    def holds(self, now: datetime) -> bool:
        """Say whether both sides have confirmed and nobody has ended it by `now`."""
        both = self.confirmed_by_patient is not None and self.confirmed_by_other is not None
        return both and self.since <= now and (self.ended is None or now < self.ended)
