"""Segments, what is derived from them, and the memory of what was filed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from records.segments import Segment
from records.series import Point
from records.tracking import ObservationId, RecordId, TrackingId
from records.vocabulary import Code, SegmentKind


class Segments(Protocol):
    """Segments in all their versions."""

    def segment(self, tracking_id: TrackingId) -> Segment:
        """Return the newest version, or raise NotFound."""
        ...

    def current(self, record_id: RecordId, kind: SegmentKind, day: date | None) -> Segment | None:
        """Return the newest version of the segment of this kind and day, if there is one."""
        ...

    def of_record(
        self, record_id: RecordId, kinds: Iterable[SegmentKind], since: date | None = None
    ) -> tuple[Segment, ...]:
        """Return the newest versions of the segments of these kinds, newest day first."""
        ...

    def put(self, segment: Segment) -> None:
        """Keep a new version, derive what is read from it, and note that it must be synced."""
        ...

    def versions(self, tracking_id: TrackingId) -> tuple[Segment, ...]:
        """Return every version, oldest first."""
        ...


class Series(Protocol):
    """What is derived from segments, for charts."""

    def points(
        self, record_id: RecordId, code: Code, since: datetime, until: datetime
    ) -> tuple[Point, ...]:
        """Return the standing numbers of a code in this time, oldest first."""
        ...

    def segment_of(self, observation_id: ObservationId) -> TrackingId | None:
        """Return where an observation is filed."""
        ...


class Intake(Protocol):
    """The memory of what has been filed already."""

    def filed(self, key: str) -> tuple[ObservationId, ...]:
        """Return what was filed under this intake key, or nothing."""
        ...

    def remember(self, key: str, observations: Sequence[ObservationId]) -> None:
        """Remember what was filed under this intake key."""
        ...
