"""What a list of many patients reads: all of them at once, in a number of statements of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from records.orders import Occurrence, State
from records.people import Person, Record
from records.policy import Leave
from records.series import Point, Saying
from records.tracking import OrganisationId, PersonId, RecordId
from records.vocabulary import Code, SegmentKind


@dataclass(slots=True)
class Recent:
    """The last weeks of one record: numbers by code oldest first, warnings, and the birthday."""

    series: dict[Code, tuple[Point, ...]] = field(default_factory=dict)
    said: tuple[Saying, ...] = ()


class Many(Protocol):
    """Many records at once; none of these costs a statement more for a patient more."""

    def tied(self, person: PersonId, organisation: OrganisationId | None) -> frozenset[RecordId]:
        """Return the records that may be open to this person, or to the own organisation."""
        ...

    def patients(
        self, record_ids: Collection[RecordId]
    ) -> Mapping[RecordId, tuple[Record, Person]]:
        """Return each record with its patient."""
        ...

    def leaves(self, record_ids: Collection[RecordId]) -> Mapping[RecordId, Leave]:
        """Return all by which each record is open or closed."""
        ...

    def recent(
        self, record_ids: Collection[RecordId], kinds: Collection[SegmentKind]
    ) -> Mapping[RecordId, Recent]:
        """Return what is derived of the last weeks for lists, of these kinds."""
        ...

    def occurrences(
        self, record_ids: Collection[RecordId], states: Collection[State]
    ) -> Mapping[RecordId, tuple[Occurrence, ...]]:
        """Return the occurrences of orders that are in one of these states."""
        ...
