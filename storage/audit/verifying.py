"""Verifying the log: every line read once in the order of its sealing, every link made again.

What is wrong is named at the first place where it shows; after it the chain goes on from what is
stored, so that one bad line does not make all later ones look bad.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from storage.audit.chain import EMPTY, TOTAL, UNMARKED, Head, Sealing, chain_of
from storage.audit.faults import MOST, Report, Wrong
from storage.audit.witnesses import Witnesses
from storage.database import Database
from storage.rows.audit import AuditHeadRow, AuditSealRow, AuditWaitingRow
from storage.rows.consent import AuditRow

AT_ONCE = 5_000  # rows fetched together


class Verifier:
    """Goes through the whole log once; `progress` is told of every batch how many lines it had."""

    def __init__(
        self,
        database: Database,
        witnesses: Witnesses,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.database = database
        self.sealing: Sealing = database.sealing
        self.witnesses = witnesses
        self.progress = progress
        self.heads: dict[str, Head] = {}
        self.total = Head(TOTAL)
        self.unmarked = 0
        self.report = Report()

    def run(self) -> Report:
        """Return what is wrong with the log, and how far it holds."""
        altered = list(self.witnesses.gather())
        with self.database.session(writing=False) as session:
            self.unmarked = self._unmarked(session)
            for line in _sealed(session, self.progress):
                self._check(line)
            self._see_what_was_witnessed()
            self._compare_heads(session)
            self._look_outside(session)
        for one in altered:
            self.report.add(*one)
        return self.report

    def _unmarked(self, session: Session) -> int:
        """Return up to which line the log is older than its marks, if the house says so."""
        row = session.get(AuditHeadRow, UNMARKED)
        if row is None:
            return 0
        head = Head(row.chain, row.count, row.digest)
        if self.sealing.head_mac(head) != row.mac:
            self.report.add("marks", Wrong.NOT_OURS)
            return 0
        return row.count

    def _check(self, line: Any) -> None:
        """Check one line against the head of its chain, then let the chain go on from it."""
        self._see_what_was_witnessed()
        self._check_place(line)
        before = self.heads.get(line.chain) or Head(line.chain)
        if line.id is None:
            self.report.add(f"line {line.line}", Wrong.MISSING)
        elif chain_of(line) != line.chain or self._digest(before, line) != line.digest:
            self.report.add(f"line {line.line}", Wrong.ALTERED)
        elif not self._is_ours(line):
            self.report.add(f"line {line.line}", Wrong.INSERTED)
        else:
            self.report.until = line.at
        self.report.lines += 1
        self.heads[line.chain] = Head(line.chain, line.number, line.digest)
        self.total = Head(TOTAL, line.position, self._counted(line))

    def _check_place(self, line: Any) -> None:
        """See that no line is missing before this one, in the whole log and in its chain."""
        before = self.heads.get(line.chain) or Head(line.chain)
        if line.position != self.total.count + 1:
            self.report.add(f"position {self.total.count + 1}", Wrong.MISSING)
        elif line.number <= before.count:
            self.report.add(f"line {line.line}", Wrong.FORKED)
        elif line.number != before.count + 1:
            self.report.add(f"line before {line.line} in its chain", Wrong.MISSING)

    def _digest(self, before: Head, line: Any) -> bytes:
        return self.sealing.link(before, line).digest

    def _counted(self, line: Any) -> bytes:
        return self.sealing.count_in(self.total, line.digest).digest

    def _is_ours(self, line: Any) -> bool:
        if line.mark is None:
            return bool(line.id <= self.unmarked)
        return bool(self.sealing.mark(line) == line.mark)

    def _see_what_was_witnessed(self) -> None:
        """Compare with each root and anchor that was made when the log had come this far."""
        for where, wrong in self.witnesses.compare(self.total, self.heads):
            self.report.add(where, wrong)

    def _compare_heads(self, session: Session) -> None:
        """See that the stored heads are the house's, and that the chains end where they say."""
        found = self.heads | ({TOTAL: self.total} if self.total.count else {})
        column = AuditHeadRow.__table__.c
        stored = select(column.chain, column["count"].label("reached"), column.digest, column.mac)
        for row in session.execute(stored.where(column.chain != UNMARKED)):
            head = Head(row.chain, row.reached, row.digest)
            mine = found.pop(row.chain, Head(row.chain, 0, EMPTY))
            if self.sealing.head_mac(head) != row.mac:
                self.report.add(f"chain {row.chain}", Wrong.NOT_OURS)
            elif mine.count < head.count:
                self.report.add(f"chain {row.chain} after line {mine.count}", Wrong.CUT)
            elif mine != head:
                self.report.add(f"chain {row.chain}", Wrong.FORKED)
        for chain in sorted(found):
            self.report.add(f"chain {chain}", Wrong.NOT_OURS)
        for where, wrong in self.witnesses.left():
            self.report.add(where, wrong)

    def _look_outside(self, session: Session) -> None:
        """Look at the lines that are not sealed: those that wait, and those that never will be."""
        sealed = exists().where(AuditSealRow.line == AuditRow.id)
        waits = exists().where(AuditWaitingRow.line == AuditRow.id)
        for line in session.execute(select(*AuditRow.__table__.columns).where(~sealed)):
            self.report.waiting += 1
            self.report.oldest = min(filter(None, (self.report.oldest, line.at)))
            if not self._is_ours(line) and (line.mark or self.unmarked or self.total.count):
                self.report.add(f"line {line.id}", Wrong.INSERTED)
        for number in session.scalars(select(AuditRow.id).where(~sealed, ~waits).limit(MOST)):
            self.report.add(f"line {number}", Wrong.UNSEALED)
        there = exists().where(AuditRow.id == AuditWaitingRow.line)
        for number in session.scalars(select(AuditWaitingRow.line).where(~there).limit(MOST)):
            self.report.add(f"line {number}", Wrong.MISSING)
        twice = select(func.max(AuditRow.id)).where(AuditRow.mark.is_not(None))
        twice = twice.group_by(AuditRow.mark).having(func.count() > 1).limit(MOST)
        for number in session.scalars(twice):
            self.report.add(f"line {number}", Wrong.DOUBLED)


def _sealed(session: Session, progress: Callable[[int], None]) -> Iterator[Any]:
    """Give every sealed line in the order of its sealing, with its seal."""
    seal = AuditSealRow.__table__.c
    found = (
        select(seal.position, seal.line, seal.chain, seal.number, seal.digest)
        .add_columns(*AuditRow.__table__.columns)
        .outerjoin(AuditRow.__table__, AuditRow.id == AuditSealRow.line)
        .order_by(seal.position)
        .execution_options(yield_per=AT_ONCE)
    )
    for batch in session.execute(found).partitions():
        yield from batch
        progress(len(batch))
