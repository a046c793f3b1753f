"""People and what ties them to a record."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from records.findings.guidelines import Guideline
from records.tracking import GlobalId, OrganisationId, PersonId, RecordId, RelationshipId
from records.vocabulary import Language, OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Organisation:
    """A clinic, hospital, research institution or service provider.

    By its `guideline` a clinic names averages and is alerted, where a clinician chose no other.
    """

    id: OrganisationId
    name: str
    kind: OrganisationKind
    guideline: Guideline | None = None


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
    """One patient's record: the internal id, the patient, the global id and the place.

    `deceased` is when it was noted that the patient has died.
    """

    id: RecordId
    patient: PersonId
    global_id: GlobalId
    place: Place
    deceased: datetime | None = None


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
    URGENT = "urgent"  # is told at once of an urgent value or word
    GUARDIAN = "guardian"  # decides for a patient who has no chat and no account of the own


USUAL_HELP = frozenset({Scope.RECORD, Scope.SEE, Scope.ANSWER_ORDERS})
"""What a helper may do unless the patient chooses otherwise."""

CHOSEN_HELP = (Scope.RECORD, Scope.SEE, Scope.ANSWER_ORDERS, Scope.URGENT)
"""What the patient gives and takes one by one, in the order people read it."""

LONGEST_HELP = timedelta(days=365)
"""After this a helper must be asked anew (SAFETY.md C5)."""

OF_AGE = 18
"""From this birthday on nobody decides for a person because the person is young."""


class Basis(StrEnum):
    """On what ground somebody decides for a patient."""

    ASKED = "asked"  # the patient asked them to, aloud
    BY_LAW = "by_law"  # they are the guardian by law
    CLINIC = "clinic"  # the clinic, only until one of the family does


@dataclass(frozen=True, slots=True)
class Relationship:
    """A care relationship; it holds from when both sides confirmed it until it ends.

    `until` is when it ends by itself, and `warned` when both sides were told that it soon will.
    While it is `suspended` nothing is allowed by it. `basis` is on what ground a guardian decides.
    `called` are the words by which the caregiver speaks of the patient, as far as the chat has
    learned them.
    """

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
    until: datetime | None = None
    basis: Basis | None = None
    called: tuple[str, ...] = ()
    warned: datetime | None = None
    suspended: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Say whether both sides have confirmed and it is neither suspended nor ended by `now`."""
        both = self.confirmed_by_patient is not None and self.confirmed_by_other is not None
        return both and self.since <= now and not self.is_over(now) and self.suspended is None

    @property
    def ends(self) -> datetime | None:
        """When it ends by itself: help within a year; who decides for a patient stays."""
        if self.tie is not Tie.CAREGIVER or Scope.GUARDIAN in self.scopes:
            return self.until
        return self.until or self.since + LONGEST_HELP

    def is_over(self, now: datetime) -> bool:
        """Say whether somebody has ended it, or its time has run out."""
        return any(end is not None and end <= now for end in (self.ended, self.ends))

    def guards(self, now: datetime) -> bool:
        """Say whether this person decides for the patient now."""
        return self.tie is Tie.CAREGIVER and Scope.GUARDIAN in self.scopes and self.holds(now)
