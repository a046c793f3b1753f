"""Reviews over one session."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from records.reviews import Review
from records.tracking import PersonId, RecordId
from storage.registry.desk import Desk
from storage.rows.reviews import ReviewRow


class ReviewRegistry:
    """Reviews, in all that a clinician made."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def standing(
        self, by: PersonId, since: datetime, record_ids: Collection[RecordId]
    ) -> dict[RecordId, Review]:
        """Return this clinician's newest review of these since then, if it is not undone."""
        rows = self.desk.session.scalars(
            select(ReviewRow)
            .where(
                ReviewRow.by == by,
                ReviewRow.at > since,
                ReviewRow.undone.is_(None),
                ReviewRow.record.in_(record_ids),
            )
            .order_by(ReviewRow.at)
        ).all()
        self.desk.cells.ready({row.record for row in rows})
        newest = {row.record: row for row in rows}
        return {RecordId(record): self._review(row) for record, row in newest.items()}

    def put(self, review: Review) -> None:
        """Keep a review, new or undone."""
        self.desk.session.merge(
            ReviewRow(
                id=review.id,
                record=review.record,
                by=review.by,
                at=review.at,
                undone=review.undone,
                document=self.desk.cells.write(review.record, f"review:{review.id}", review),
            )
        )
        self.desk.session.flush()

    def _review(self, row: ReviewRow) -> Review:
        return self.desk.cells.read(row.record, f"review:{row.id}", row.document, Review)
