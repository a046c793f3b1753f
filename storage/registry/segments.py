"""Segments over one session: the sealed versions, and what is derived from them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select, update

from records.errors import NotFound
from records.observations import Observation
from records.segments import Segment
from records.tracking import ObservationId, RecordId, TrackingId
from records.vocabulary import SegmentKind
from storage.registry.deriving import index
from storage.registry.desk import Desk
from storage.registry.publications import PublicationRegistry
from storage.registry.wishes import wish_private
from storage.rows.segments import IntakeRow, SegmentRow
from storage.wall import row_by_name

AT_ONCE = frozenset({SegmentKind.DOCTOR_DESCRIPTION, SegmentKind.THIRD_PARTY_DESCRIPTION})


class SegmentRegistry:
    """Segments in all their versions."""

    def __init__(self, desk: Desk, publications: PublicationRegistry) -> None:
        self.desk = desk
        self.publications = publications

    def segment(self, tracking_id: TrackingId) -> Segment:
        """Return the newest version, or raise NotFound."""
        found = select(SegmentRow).where(SegmentRow.id == tracking_id, SegmentRow.newest)
        row = row_by_name(self.desk.session, "segments", tracking_id, found)
        if row is None:
            raise NotFound
        return open_segment_row(self.desk, row)

    def current(self, record_id: RecordId, kind: SegmentKind, day: date | None) -> Segment | None:
        """Return the newest version of the segment of this kind and day, if there is one."""
        row = self.desk.session.scalar(
            select(SegmentRow).where(
                SegmentRow.record == record_id,
                SegmentRow.kind == kind,
                SegmentRow.day == day if day else SegmentRow.day.is_(None),
                SegmentRow.newest,
            )
        )
        return open_segment_row(self.desk, row) if row else None

    def of_record(
        self, record_id: RecordId, kinds: Iterable[SegmentKind], since: date | None = None
    ) -> tuple[Segment, ...]:
        """Return the newest versions of the segments of these kinds, newest day first."""
        wanted = [str(one) for one in kinds]
        if not wanted:
            return ()
        found = select(SegmentRow).where(
            SegmentRow.record == record_id, SegmentRow.kind.in_(wanted), SegmentRow.newest
        )
        if since is not None:
            found = found.where((SegmentRow.day >= since) | SegmentRow.day.is_(None))
        rows = self.desk.session.scalars(found)
        newest_first = sorted(
            rows, key=lambda row: (row.day or date.max, row.recorded), reverse=True
        )
        return tuple(open_segment_row(self.desk, row) for row in newest_first)

    def put(self, segment: Segment) -> None:
        """Keep a new version, derive what is read from it, and note that it must be synced."""
        session = self.desk.session
        before = None
        if segment.version > 1:
            before = self.segment(segment.id)
            session.execute(
                update(SegmentRow)
                .where(SegmentRow.id == segment.id, SegmentRow.newest)
                .values(newest=False)
            )
        session.add(
            SegmentRow(
                id=segment.id,
                version=segment.version,
                record=segment.record,
                kind=segment.kind,
                day=segment.day,
                recorded=segment.recorded,
                newest=True,
                document=self.desk.cells.write(
                    segment.record, _identity(segment.id, segment.version), segment
                ),
            )
        )
        session.flush()
        index(self.desk, segment, before)
        quiet = 0.0 if segment.kind in AT_ONCE or _urgent(segment) else self.desk.quiet
        wish_private(self.desk, segment.record, self.desk.clock() + timedelta(seconds=quiet))
        self.publications.changed(segment)

    def versions(self, tracking_id: TrackingId) -> tuple[Segment, ...]:
        """Return every version, oldest first."""
        rows = self.desk.session.scalars(
            select(SegmentRow).where(SegmentRow.id == tracking_id).order_by(SegmentRow.version)
        )
        return tuple(open_segment_row(self.desk, row) for row in rows)


def open_segment_row(desk: Desk, row: SegmentRow) -> Segment:
    """Return the segment version a row holds."""
    return desk.cells.read(row.record, _identity(row.id, row.version), row.document, Segment)


def _identity(tracking_id: str, version: int) -> str:
    return f"segment:{tracking_id}:{version}"


def _urgent(segment: Segment) -> bool:
    return any(_is_urgent(one) for one in segment.observations[-3:])


def _is_urgent(observation: Observation) -> bool:
    return observation.context in ("urgent", "red_flag")


class IntakeMemory:
    """The memory of what has been filed already, by the digest of the intake key."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def filed(self, key: str) -> tuple[ObservationId, ...]:
        """Return what was filed under this intake key, or nothing."""
        row = self.desk.session.get(IntakeRow, _digest(key))
        return tuple(ObservationId(one) for one in json.loads(row.observations)) if row else ()

    def remember(self, key: str, observations: Sequence[ObservationId]) -> None:
        """Remember what was filed under this intake key."""
        self.desk.session.merge(
            IntakeRow(
                key=_digest(key),
                observations=json.dumps(list(observations)),
                filed=self.desk.clock(),
            )
        )


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
