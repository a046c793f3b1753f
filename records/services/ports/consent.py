"""Grants, the log, and what was published and copied because of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from records.consent import Emergency, Grant, Hiding
from records.policy import Action
from records.tracking import (
    EmergencyId,
    GrantId,
    HidingId,
    OrganisationId,
    PersonId,
    RecordId,
    TrackingId,
)
from records.vocabulary import Purpose, SegmentKind


class Grants(Protocol):
    """Grants in all their versions."""

    def of_record(self, record_id: RecordId) -> tuple[Grant, ...]:
        """Return the newest version of each grant of this record."""
        ...

    def of_organisation(self, organisation_id: OrganisationId) -> tuple[Grant, ...]:
        """Return the newest version of each grant given to this organisation."""
        ...

    def grant(self, grant_id: GrantId) -> Grant:
        """Return the newest version of this grant, or raise NotFound."""
        ...

    def versions(self, grant_id: GrantId) -> tuple[Grant, ...]:
        """Return all versions of this grant, oldest first; none where there is no such grant."""
        ...

    def put(self, grant: Grant) -> None:
        """Keep a grant, or its next version."""
        ...


class Hidings(Protocol):
    """What stays hidden, in all versions."""

    def of_record(self, record_id: RecordId) -> tuple[Hiding, ...]:
        """Return the newest version of each hiding of this record."""
        ...

    def hiding(self, hiding_id: HidingId) -> Hiding:
        """Return the newest version of this hiding, or raise NotFound."""
        ...

    def versions(self, hiding_id: HidingId) -> tuple[Hiding, ...]:
        """Return all versions of this hiding, oldest first; none where there is no such hiding."""
        ...

    def put(self, hiding: Hiding) -> None:
        """Keep a hiding, or its next version."""
        ...


class Emergencies(Protocol):
    """Looks into records in an emergency, in all versions."""

    def of_record(self, record_id: RecordId) -> tuple[Emergency, ...]:
        """Return the newest version of each emergency of this record."""
        ...

    def emergency(self, emergency_id: EmergencyId) -> Emergency:
        """Return the newest version of this emergency, or raise NotFound."""
        ...

    def not_reviewed(self) -> tuple[Emergency, ...]:
        """Return the emergencies nobody has reviewed yet, oldest first."""
        ...

    def put(self, emergency: Emergency) -> None:
        """Keep an emergency, or its next version."""
        ...


class Face(StrEnum):
    """Where somebody asked for something."""

    SITE = "site"
    CHAT = "chat"
    HOUSE = "house"  # nobody was there: what fell due, or the worker


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the log: who wanted what of which record, and what the policy said. No values.

    `face` is known of lines that were written.
    """

    at: datetime
    action: Action
    allowed: bool
    rule: str
    by: PersonId | None
    record: RecordId | None
    purpose: Purpose
    kinds: frozenset[SegmentKind] = frozenset()
    ref: str = ""
    face: Face | None = None


class Audit(Protocol):
    """The log."""

    def beside_page(self) -> None:
        """Say that all that is read here belongs to a page: its one line tells of it already.

        A line is still written where the page's does not tell of as much, or there was none.
        """
        ...

    def note(self, note: Note) -> None:
        """Add a line; a refusal is kept even when the change is rolled back."""
        ...

    def of_record(
        self,
        record_id: RecordId,
        limit: int,
        *,
        since: datetime | None = None,
        but: PersonId | None = None,
    ) -> tuple[Note, ...]:
        """Return the last lines about a record, newest first: later than `since`, none of `but`."""
        ...


@dataclass(frozen=True, slots=True)
class Released:
    """One published document as its recipient finds it, and the purpose it was released for."""

    name: str
    pseudonym: str
    purpose: Purpose
    kind: SegmentKind
    segment: TrackingId
    content: bytes


class Publications(Protocol):
    """What was published for an organisation, and the way back from a pseudonym."""

    def of_organisation(self, organisation_id: OrganisationId) -> tuple[Released, ...]:
        """Return the documents now published for this organisation."""
        ...

    def behind(self, organisation_id: OrganisationId, pseudonym: str) -> RecordId:
        """Return the record behind a pseudonym of this organisation, or raise NotFound."""
        ...

    def request(self, grant: Grant) -> None:
        """Note that what this grant covers must be published, or taken back."""
        ...


@dataclass(frozen=True, slots=True)
class CopyState:
    """Where a record's segments are: how many versions wait, how many lie in each cloud."""

    waiting: int
    private: int
    public: int


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a record: entries, those taken back too, and files with their bytes."""

    entries: int
    files: int
    bytes_of_files: int


class Copies(Protocol):
    """How far the copies in the clouds are, and how much there is to copy."""

    def held(self, record_id: RecordId) -> Held:
        """Return how much is held of one record."""
        ...

    def state(self, record_id: RecordId) -> CopyState:
        """Return the counts for one record."""
        ...

    def synced(self, tracking_id: TrackingId) -> datetime | None:
        """Return when the newest version of a segment reached the private cloud."""
        ...
