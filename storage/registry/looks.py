"""Who wants to be told of looks, over one session."""

from collections.abc import Iterable

from sqlalchemy import select

from records.services.looks import LookNotice, Often
from records.tracking import RecordId
from storage.registry.desk import Desk
from storage.rows.prompting import LookNoticeRow


class LookNoticeRegistry:
    """Wishes to be told of looks, a record each."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of(self, record_id: RecordId) -> LookNotice:
        """Return the wish for a record; never, where nothing was wished."""
        row = self.desk.session.get(LookNoticeRow, record_id)
        return _notice(row) if row else LookNotice(record_id)

    def wished(self, record_ids: Iterable[RecordId]) -> tuple[LookNotice, ...]:
        """Return the wishes to be told, of those among these records."""
        rows = self.desk.session.scalars(
            select(LookNoticeRow).where(
                LookNoticeRow.record.in_(sorted(record_ids)), LookNoticeRow.often != Often.NEVER
            )
        )
        return tuple(_notice(row) for row in rows)

    def put(self, notice: LookNotice) -> None:
        """Keep a wish."""
        row = LookNoticeRow(record=notice.record, often=str(notice.often), told=notice.told)
        self.desk.session.merge(row)
        self.desk.session.flush()


def _notice(row: LookNoticeRow) -> LookNotice:
    return LookNotice(RecordId(row.record), Often(row.often), row.told)
