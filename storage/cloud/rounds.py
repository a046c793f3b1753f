"""Rounds through the private cloud: a twentieth of all objects daily, everything monthly.

A round goes from container to container, a few at a time, and any worker goes on with it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from records.errors import NotFound, Stale
from records.services.storing import StoreUnavailable
from storage.cloud.private import PrivateCloud
from storage.cloud.repairing import ORPHAN, Finding, Looked, Repair
from storage.cloud.verifying import everything, part_of
from storage.keys import KeyForgotten
from storage.queue import WAITING, claim, claimable, settle
from storage.registry.wishes import insert_for
from storage.rows.cloud import HeadRow
from storage.rows.rounds import RoundRow

log = structlog.get_logger()

SAMPLE, WHOLE = "sample", "whole"
EVERY = {SAMPLE: timedelta(days=1), WHOLE: timedelta(days=30)}
LEASE = timedelta(minutes=10)
AT_ONCE = 20  # containers between two claims
PAUSE = timedelta(minutes=5)  # while the cloud is down


class Rounds:
    """Both kinds of rounds, and a whole one by hand."""

    def __init__(self, cloud: PrivateCloud) -> None:
        self.cloud = cloud
        self.database = cloud.database
        self.repair = Repair(cloud)
        self._begun = False

    def step(self) -> int:
        """Go on with what is due and return how many containers were looked at."""
        self._begin()
        return sum(self._go_on(kind) for kind in EVERY)

    def all_at_once(self) -> list[Finding]:
        """Look at everything now and return what was wrong."""
        found: list[Finding] = []
        after = ""
        while owners := self._owners(after):
            found += [one for owner in owners for one in self._look(WHOLE, owner).findings]
            after = owners[-1]
        return found

    def gauges(self) -> dict[str, float]:
        """Return what the last rounds came to."""
        with self.database.session(writing=False) as session:
            rows = session.scalars(select(RoundRow)).all()
        return {
            f"verify_{row.kind}_{name}": float(getattr(row, name))
            for row in rows
            for name in ("checked", "faults", "repaired", "orphans")
        }

    def _begin(self) -> None:
        if self._begun:
            return
        now = self.database.clock()
        with self.database.session(writing=True) as session:
            insert = insert_for(session.get_bind().dialect, RoundRow)
            for kind, span in EVERY.items():
                session.execute(
                    insert.values(
                        kind=kind, after="", checked=0, faults=0, repaired=0, orphans=0,
                        state=WAITING, due=now + span, attempts=0, token=0, event="",
                    ).on_conflict_do_nothing()
                )  # fmt: skip
        self._begun = True

    def _go_on(self, kind: str) -> int:
        now = self.database.clock()
        found = select(RoundRow).where(RoundRow.kind == kind, claimable(RoundRow, now))
        with self.database.session(writing=False) as session:
            if session.scalar(found.limit(1)) is None:
                return 0
        with self.database.session(writing=True) as session:
            rows = claim(session, found, now=now, lease=LEASE, limit=1)
            claimed = [(row.token, row.after) for row in rows]
        for token, after in claimed:
            return self._some(kind, token, after, now)
        return 0

    def _some(self, kind: str, token: int, after: str, now: datetime) -> int:
        """Look into the next containers, and note how far the round has come."""
        owners = self._owners(after)
        try:
            looked = [self._look(kind, owner) for owner in owners]
        except StoreUnavailable:
            log.warning("cloud_unavailable", lane="verify")
            self._settle(kind, token, {"due": now + PAUSE})
            return 0
        if not owners:
            self._settle(kind, token, {"after": "", "ended": now, "due": now + EVERY[kind]})
            return 0
        self._settle(kind, token, {"after": owners[-1], "due": now}, looked, fresh=not after)
        return len(owners)

    def _settle(
        self,
        kind: str,
        token: int,
        changes: dict[str, object],
        looked: Sequence[Looked] = (),
        *,
        fresh: bool = False,
    ) -> None:
        findings = [one for each in looked for one in each.findings]
        orphans = sum(one.what == ORPHAN for one in findings)
        told = {
            "checked": sum(one.checked for one in looked),
            "faults": len(findings) - orphans,
            "repaired": sum(one.repaired for one in findings) - orphans,
            "orphans": orphans,
        }
        figures = {
            name: count if fresh else getattr(RoundRow, name) + count
            for name, count in told.items()
        }
        values = {"attempts": 0, "state": WAITING, **figures, **changes}
        with self.database.session(writing=True) as session:
            settle(session, RoundRow, RoundRow.kind, kind, token, **values)

    def _owners(self, after: str) -> Sequence[str]:
        found = select(HeadRow.record).where(HeadRow.record > after)
        with self.database.session(writing=False) as session:
            return session.scalars(found.order_by(HeadRow.record).limit(AT_ONCE)).all()

    def _look(self, kind: str, owner: str) -> Looked:
        day = self.database.clock().toordinal()
        try:
            looked = self.repair.look(owner, everything if kind == WHOLE else part_of(day))
        except (Stale, NotFound, KeyForgotten):
            log.info("container_not_looked_at", owner=owner)  # written to just now, or erased
            return Looked()
        for one in looked.findings:
            log.error("object_not_whole", object=one.name, what=one.what, repaired=one.repaired)
        return looked
