"""How far the copies in the clouds are, over one session."""

from datetime import datetime

from sqlalchemy import func, select

from records.services.ports import CopyState
from records.tracking import RecordId, TrackingId
from storage.registry.desk import Desk
from storage.rows.attachments import AttachmentRow
from storage.rows.cloud import ObjectRow, PublicationRow
from storage.rows.segments import SegmentRow


class CopyRegistry:
    """Counts of what waits and what lies in each cloud."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def state(self, record_id: RecordId) -> CopyState:
        """Return the counts for one record."""
        session = self.desk.session
        waiting = select(func.count()).where(
            SegmentRow.record == record_id, SegmentRow.newest, SegmentRow.synced.is_(None)
        )
        files = select(func.count()).where(
            AttachmentRow.record == record_id,
            AttachmentRow.state == "done",
            AttachmentRow.stored.is_(None),
        )
        private = select(func.count()).where(ObjectRow.record == record_id)
        public = select(func.count()).where(
            PublicationRow.record == record_id, PublicationRow.withdrawn.is_(None)
        )
        return CopyState(
            waiting=(session.scalar(waiting) or 0) + (session.scalar(files) or 0),
            private=session.scalar(private) or 0,
            public=session.scalar(public) or 0,
        )

    def synced(self, tracking_id: TrackingId) -> datetime | None:
        """Return when the newest version of a segment reached the private cloud."""
        return self.desk.session.scalar(
            select(SegmentRow.synced).where(SegmentRow.id == tracking_id, SegmentRow.newest)
        )
