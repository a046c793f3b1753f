"""Segments: each version with its CDA document; what is read is derived from the newest."""

from collections.abc import Iterator, Sequence

from sqlalchemy import delete, select, tuple_

from records import documents
from records.segments import Segment
from records.services.composing import compose_each
from records.tracking import RecordId
from storage.families.family import Copy
from storage.families.members import pack
from storage.families.versions import Versions
from storage.registry.deriving import index_all
from storage.registry.segments import open_segment_row
from storage.rows.cloud import UnsyncedRow
from storage.rows.segments import ObservationRow, SegmentRow, SeriesRow, SummaryRow
from storage.unit import StorageUnit


class Segments(Versions):
    """Segment versions."""

    def copies(
        self, unit: StorageUnit, owner: str, waiting: Sequence[UnsyncedRow]
    ) -> Iterator[Copy]:
        """Give each version with its CDA document: what is handed out of the private cloud."""
        if not waiting:
            return
        rows = self._rows(unit, waiting)
        told = [self.canonical(unit, row) for row in rows]
        segments = [documents.read(document, Segment) for _, document in told]
        composed = compose_each(unit, RecordId(owner), segments)
        for one, members, document in zip(waiting, told, composed, strict=True):
            yield Copy(self.name, one.ref, one.version, pack(*members, document), (one,))

    def _rows(self, unit: StorageUnit, waiting: Sequence[UnsyncedRow]) -> list[SegmentRow]:
        wanted = [(one.ref, one.version) for one in waiting]
        found = select(SegmentRow).where(tuple_(SegmentRow.id, SegmentRow.version).in_(wanted))
        rows = {(row.id, row.version): row for row in unit.desk.session.scalars(found)}
        return [rows[key] for key in wanted]

    def revive(self, unit: StorageUnit, owner: str) -> None:
        """Find the newest versions and derive from them what pages and lists read."""
        super().revive(unit, owner)
        _forget_what_is_derived(unit, owner)
        newest = select(SegmentRow).where(SegmentRow.record == owner, SegmentRow.newest)
        rows = unit.desk.session.scalars(newest.order_by(SegmentRow.id))
        index_all(unit.desk, [open_segment_row(unit.desk, row) for row in rows])


def _forget_what_is_derived(unit: StorageUnit, owner: str) -> None:
    """Begin anew: a restore that found something wrong may be run again."""
    mine = select(SegmentRow.id).where(SegmentRow.record == owner)
    session = unit.desk.session
    session.execute(delete(ObservationRow).where(ObservationRow.segment.in_(mine)))
    session.execute(delete(SeriesRow).where(SeriesRow.record == owner))
    session.execute(delete(SummaryRow).where(SummaryRow.record == owner))
