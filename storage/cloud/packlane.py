"""The packs' lane: whose closed months are due is claimed a record at a time, by any worker."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import structlog
from sqlalchemy import case, func, select, update

from records.errors import NotFound, Stale
from records.services.storing import StoreUnavailable
from storage.cloud.closing import next_look
from storage.cloud.packing import Packing
from storage.cloud.private import PrivateCloud
from storage.families.owners import HOUSE
from storage.keys import KeyForgotten
from storage.queue import CLAIMED, DONE, WAITING, claim, claimable
from storage.rows.cloud import HeadRow, SyncRow

log = structlog.get_logger()

LANE = "pack"
LEASE = timedelta(minutes=10)
A_MOMENT = timedelta(minutes=1)  # until a sync that is at work has come to its end
LONGEST_PAUSE = 3600.0
PATIENCE = 2.0  # seconds in one go
AT_ONCE = 500

Claimed = tuple[str, int, int, int]


class PackLane:
    """What waits to be packed, and all of it by hand."""

    def __init__(self, cloud: PrivateCloud) -> None:
        self.database = cloud.database
        self.packing = Packing(cloud)

    def step(self, limit: int) -> int:
        """Pack what is closed of the next records, and return how many packs were put.

        No further record is begun after some seconds: orders and readings do not wait for packs.
        """
        done, begun = 0, time.monotonic()
        for _ in range(limit):
            claimed = self._claimed() if time.monotonic() - begun < PATIENCE else None
            if claimed is None:
                break
            done += self._try(*claimed)
        return done

    def everything(self, progress: Callable[[int, int], None]) -> tuple[int, int]:
        """Pack what is closed of every record; return how many packs, and records put off.

        Raises StoreUnavailable, after which another run goes on.
        """
        packs = put_off = 0
        for number, (owner, total) in enumerate(self._owners(), start=1):
            try:
                packs += self.packing.pack(owner)
            except Stale:  # it is synced just now
                put_off += 1
            except (NotFound, KeyForgotten):
                log.info("record_not_packed", owner=owner)  # it was erased
            progress(min(number, total), total)
        return packs, put_off

    def _owners(self) -> Iterator[tuple[str, int]]:
        """Give every record, and how many there are."""
        mine = select(HeadRow.record).where(HeadRow.record != HOUSE)
        with self.database.session(writing=False) as session:
            total = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
        after = ""
        while True:
            some = mine.where(HeadRow.record > after).order_by(HeadRow.record).limit(AT_ONCE)
            with self.database.session(writing=False) as session:
                owners = session.scalars(some).all()
            if not owners:
                return
            yield from ((one, total) for one in owners)
            after = owners[-1]

    def _claimed(self) -> Claimed | None:
        now = self.database.clock()
        due = SyncRow.lane == LANE, claimable(SyncRow, now)
        with self.database.session(writing=False) as session:
            if session.scalar(select(SyncRow.ref).where(*due).limit(1)) is None:
                return None
        found = select(SyncRow).where(*due).order_by(SyncRow.due)
        with self.database.session(writing=True) as session:
            rows = claim(session, found, now=now, lease=LEASE, limit=1)
            told = [(row.ref, row.token, row.changes, row.attempts) for row in rows]
        return told[0] if told else None

    def _try(self, owner: str, token: int, changes: int, attempts: int) -> int:
        now = self.database.clock()
        try:
            packs = self.packing.pack(owner)
        except StoreUnavailable:
            log.warning("cloud_unavailable", lane=LANE)
            pause = timedelta(seconds=min(2.0**attempts, LONGEST_PAUSE))
            self._settle(owner, token, due=now + pause)
            return 0
        except Stale:
            self._settle(owner, token, due=now + A_MOMENT)
            return 0
        except (NotFound, KeyForgotten):
            self._settle(owner, token, state=DONE)
            return 0
        self._done(owner, token, changes, now)
        return packs

    def _done(self, owner: str, token: int, changes: int, now: datetime) -> None:
        """Wait for the next month's end, or for whatever is put next."""
        with self.database.session(writing=False) as session:
            due = next_look(session, owner, now)
        if due is not None:
            self._settle(owner, token, due=due, attempts=0)
        else:
            state = case((SyncRow.changes == changes, DONE), else_=WAITING)
            self._settle(owner, token, state=state, attempts=0)

    def _settle(self, owner: str, token: int, **changes: object) -> None:
        """Let go of a record, unless it is claimed elsewhere."""
        mine = (
            SyncRow.lane == LANE,
            SyncRow.ref == owner,
            SyncRow.token == token,
            SyncRow.state == CLAIMED,
        )
        with self.database.session(writing=True) as session:
            values = {"state": WAITING, "lease_until": None, **changes}
            session.execute(update(SyncRow).where(*mine).values(values))
