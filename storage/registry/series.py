"""Derived numbers over one session: series pages for charts."""

from datetime import datetime

from sqlalchemy import select

from records.series import Point
from records.tracking import ObservationId, RecordId, TrackingId
from records.vocabulary import Code
from storage.registry.deriving import month_of, read_page
from storage.registry.desk import Desk
from storage.rows.segments import ObservationRow, SeriesRow


class SeriesRegistry:
    """What is derived from segments."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def points(
        self, record_id: RecordId, code: Code, since: datetime, until: datetime
    ) -> tuple[Point, ...]:
        """Return the standing numbers of a code in this time, oldest first."""
        rows = self.desk.session.scalars(
            select(SeriesRow)
            .where(
                SeriesRow.record == record_id,
                SeriesRow.code == code,
                SeriesRow.month.between(month_of(since), month_of(until)),
            )
            .order_by(SeriesRow.month)
        )
        return tuple(
            point
            for row in rows
            for point in read_page(self.desk, row)
            if since <= point.at <= until
        )

    def segment_of(self, observation_id: ObservationId) -> TrackingId | None:
        """Return where an observation is filed."""
        row = self.desk.session.get(ObservationRow, observation_id)
        return TrackingId(row.segment) if row else None
