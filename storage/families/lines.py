"""The log's lines of a container, many in one object; they ride along with whatever is synced."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import Select, func, select

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
        rows = self._lines(unit, owner, owner)
        of_erased = [one for one in waiting if one.ref != owner] if owner == HOUSE else []
        here = tuple(one for one in waiting if one not in of_erased)
        if rows:
            content = pack(*(self.content(unit, row) for row in rows))
            yield Copy(self.name, owner, rows[-1].id, content, here)
        elif here:
            yield Copy(self.name, owner, 0, None, here)
        for one in of_erased:
            yield from self._of_erased(unit, one)

    def _of_erased(self, unit: StorageUnit, waiting: UnsyncedRow) -> Iterator[Copy]:
        """Give the lines about somebody erased, whose container is gone: the house keeps them."""
        record = waiting.ref
        rows = self._lines(unit, HOUSE, record)
        if rows:
            content = pack(*(self.content(unit, row) for row in rows))
            yield Copy(self.name, record, rows[-1].id, content)
        elif unit.desk.session.scalar(self._after(HOUSE, record).limit(1)) is None:
            yield Copy(self.name, record, 0, None, (waiting,))  # the youngest is old enough

    def _lines(self, unit: StorageUnit, owner: str, ref: str) -> Sequence[AuditRow]:
        before = unit.desk.clock() - timedelta(seconds=unit.desk.quiet)
        found = self._after(owner, ref).where(AuditRow.at <= before)
        return unit.desk.session.scalars(found.order_by(AuditRow.id).limit(LINES)).all()

    def _after(self, owner: str, ref: str) -> Select[AuditRow]:
        """Return the question for the lines after the last that were copied."""
        last = (
            select(func.coalesce(func.max(ObjectRow.version), 0))
            .where(ObjectRow.record == owner, ObjectRow.family == self.name, ObjectRow.ref == ref)
            .scalar_subquery()
        )
        whose = AuditRow.record.is_(None) if ref == HOUSE else AuditRow.record == ref
        return select(AuditRow).where(whose, AuditRow.id > last)
