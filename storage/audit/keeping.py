"""The log put together: what seals it, what anchors it, what verifies it, and how far it is."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from records.services.storing import DocumentStore
from storage.audit.anchors import Anchors
from storage.audit.faults import Report
from storage.audit.roots import Roots
from storage.audit.sealer import Sealer
from storage.audit.verifying import Verifier
from storage.audit.witnesses import Witnesses
from storage.database import Database
from storage.rows.audit import AuditRootRow, AuditSealRow, AuditWaitingRow
from storage.rows.consent import AuditRow
from storage.stores.file import FileStore


class Log:
    """The log of one house, with its places: both clouds, and the anchors in a folder."""

    def __init__(
        self, database: Database, private: DocumentStore, public: DocumentStore, folder: Path
    ) -> None:
        self.database = database
        self.places = {
            "private cloud": private,
            "public cloud": public,
            "anchors": FileStore(folder / "roots"),
        }
        self.anchors = Anchors(folder, database.sealing)
        self.sealer = Sealer(database, self.anchors)
        self.roots = Roots(database, self.places)

    @property
    def steps(self) -> tuple[Callable[[], int], Callable[[], int]]:
        """What a worker does for the log at every tick."""
        return self.sealer.seal, self.roots.step

    def lines(self) -> int:
        """Return how many lines are sealed."""
        with self.database.session(writing=False) as session:
            return session.scalar(select(func.max(AuditSealRow.position))) or 0

    def verify(self, progress: Callable[[int], None] = lambda _: None) -> Report:
        """Return what is wrong with the log; `progress` is told how many lines were read."""
        witnesses = Witnesses(self.database, self.places, self.anchors)
        return Verifier(self.database, witnesses, progress).run()

    def findings(self, progress: Callable[[int], None]) -> tuple[list[str], list[str]]:
        """Return what is wrong, the first first, and what there is to say, both in words."""
        report = self.verify(progress)
        return [str(one) for one in report.faults], list(report.said())

    def gauges(self) -> dict[str, float]:
        """Return how many lines and roots wait, and for how long the oldest line has."""
        with self.database.session(writing=False) as session:
            waiting = session.scalar(select(func.count()).select_from(AuditWaitingRow)) or 0
            first = select(func.min(AuditWaitingRow.line)).scalar_subquery()
            oldest = session.scalar(select(AuditRow.at).where(AuditRow.id == first))
            roots = session.scalar(select(func.count()).where(AuditRootRow.state != "done")) or 0
        age = (self.database.clock() - oldest).total_seconds() if oldest else 0.0
        return {
            "log_unsealed": float(waiting),
            "log_oldest_unsealed_seconds": max(age, 0.0),
            "log_roots_not_placed": float(roots),
        }
