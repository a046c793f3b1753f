"""Which records are to be erased, over one session: the removals that wait for their day."""

from datetime import datetime

from sqlalchemy import delete

from records.tracking import RecordId
from storage.queue import WAITING
from storage.registry.desk import Desk
from storage.rows.removals import RECORD, RemovalRow


class ErasureWishRegistry:
    """Wishes to be erased; at its time a worker carries one out."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of(self, record_id: RecordId) -> datetime | None:
        """Return when a record is to be erased, or None."""
        row = self.desk.session.get(RemovalRow, (RECORD, record_id, ""))
        return row.due if row else None

    def put(self, record_id: RecordId, due: datetime) -> None:
        """Let a record be erased at this time; one that is wished already keeps its time."""
        if self.of(record_id) is None:
            self.desk.session.add(
                RemovalRow(
                    place=RECORD, container=record_id, name="", since=self.desk.clock(), due=due,
                    state=WAITING, attempts=0, token=0, event="",
                )
            )  # fmt: skip
            self.desk.session.flush()

    def withdraw(self, record_id: RecordId) -> None:
        """Take a wish back."""
        self.desk.session.execute(
            delete(RemovalRow).where(RemovalRow.place == RECORD, RemovalRow.container == record_id)
        )
        self.desk.session.expire_all()
