"""The log's lines of a container, many in one object; they ride along with whatever is synced."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import func, select

from storage.families.family import Copy, Family
from storage.families.members import pack
from storage.families.owners import HOUSE
from storage.rows.cloud import ObjectRow, UnsyncedRow
from storage.rows.consent import AuditRow
from storage.unit import StorageUnit

LINES = 500  # in one object


class AuditLines(Family):
    """Lines of the log, by their numbers; nothing is noted for them where pages are read.

    Whoever wants them to go although nothing else does marks the owner (unsynced.mark).

    The object's version is the number of its last line. A line that is younger than the quiet time
    waits: of two transactions the one with the lower number may end later.
    """

    marked = False

    def __init__(self) -> None:
        super().__init__("audit", AuditRow, lambda _, row: row.record or HOUSE, together=True)
        self.once = True

    def copies(
        self, unit: StorageUnit, owner: str, waiting: Sequence[UnsyncedRow]
    ) -> Iterator[Copy]:
        """Give one object for the next lines after the last that were copied."""
        rows = self._lines(unit, owner)
        if rows:
            content = pack(*(self.content(unit, row) for row in rows))
            yield Copy(self.name, owner, rows[-1].id, content, tuple(waiting))
        elif waiting:
            yield Copy(self.name, owner, 0, None, tuple(waiting))

    def _lines(self, unit: StorageUnit, owner: str) -> Sequence[AuditRow]:
        desk = unit.desk
        last = desk.session.scalar(
            select(func.max(ObjectRow.version)).where(
                ObjectRow.family == self.name, ObjectRow.ref == owner
            )
        )
        whose = AuditRow.record.is_(None) if owner == HOUSE else AuditRow.record == owner
        before = desk.clock() - timedelta(seconds=desk.quiet)
        return desk.session.scalars(
            select(AuditRow)
            .where(whose, AuditRow.id > (last or 0), AuditRow.at <= before)
            .order_by(AuditRow.id)
            .limit(LINES)
        ).all()
