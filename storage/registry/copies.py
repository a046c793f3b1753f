"""How far the copies in the clouds are, over one session."""

from datetime import datetime

from sqlalchemy import distinct, func, select

from records.services.ports import CopyState, Held
from records.tracking import RecordId, TrackingId
from storage.registry.desk import Desk
from storage.rows.attachments import AttachmentRow
from storage.rows.cloud import ObjectRow, PublicationRow, UnsyncedRow
from storage.rows.segments import ObservationRow, SegmentRow

READ = ("segment", "attachment")  # families people read; the others are the record's own keeping


class CopyRegistry:
    """Counts of what waits and what lies in each cloud."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def held(self, record_id: RecordId) -> Held:
        """Return how much is held of one record; nothing of it is opened for that."""
        session = self.desk.session
        entries = (
            select(func.count())
            .select_from(ObservationRow)
            .join(SegmentRow, (SegmentRow.id == ObservationRow.segment) & SegmentRow.newest)
            .where(SegmentRow.record == record_id)
        )
        files = select(func.count(), func.sum(func.length(AttachmentRow.content))).where(
            AttachmentRow.record == record_id, AttachmentRow.state == "done"
        )
        count, size = session.execute(files).one()
        return Held(session.scalar(entries) or 0, count, size or 0)

    def state(self, record_id: RecordId) -> CopyState:
        """Return the counts for one record."""
        session = self.desk.session
        segments = select(func.count(distinct(UnsyncedRow.ref))).where(
            UnsyncedRow.owner == record_id, UnsyncedRow.family == "segment"
        )
        files = (
            select(func.count())
            .select_from(UnsyncedRow)
            .join(AttachmentRow, AttachmentRow.id == UnsyncedRow.ref)
            .where(
                UnsyncedRow.owner == record_id,
                UnsyncedRow.family == "attachment",
                AttachmentRow.record == record_id,
                AttachmentRow.state == "done",
            )
        )
        private = select(func.count()).where(
            ObjectRow.record == record_id, ObjectRow.family.in_(READ)
        )
        public = select(func.count()).where(
            PublicationRow.record == record_id, PublicationRow.withdrawn.is_(None)
        )
        return CopyState(
            waiting=(session.scalar(segments) or 0) + (session.scalar(files) or 0),
            private=session.scalar(private) or 0,
            public=session.scalar(public) or 0,
        )

    def synced(self, tracking_id: TrackingId) -> datetime | None:
        """Return when the newest version of a segment reached the private cloud."""
        return self.desk.session.scalar(
            select(ObjectRow.stored)
            .join(SegmentRow, SegmentRow.id == ObjectRow.ref)
            .where(
                ObjectRow.family == "segment",
                ObjectRow.ref == tracking_id,
                SegmentRow.newest,
                SegmentRow.version == ObjectRow.version,
            )
        )
