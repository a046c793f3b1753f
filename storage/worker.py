"""The worker: runs what falls due and brings both clouds up to date, a claim at a time."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog
from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from records.errors import NotFound, Stale
from records.services.storing import StoreUnavailable
from records.tracking import GrantId
from storage.cloud.misplaced import Policy
from storage.cloud.moving import Moving
from storage.cloud.packlane import PackLane
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.cloud.removing import Removals
from storage.cloud.renewing import KeyRenewal
from storage.cloud.rounds import Rounds
from storage.database import Database
from storage.keys import KeyForgotten
from storage.queue import CLAIMED, DONE, WAITING, claim, claimable
from storage.rows.cloud import MOVED, SyncRow
from storage.standing import Ahead
from storage.timetable import Timetable

log = structlog.get_logger()

LEASE = timedelta(seconds=120)
EVERY = 300.0  # seconds between looks for renewed keys: it reads the whole key store
SIDE_BY_SIDE = 3  # owners synced at once
LONGEST_PAUSE = 3600.0  # seconds between tries while a cloud is down


class Worker:
    """Runs due slots, cloud work and what `also` does; any number of workers may run at once."""

    def __init__(
        self,
        database: Database,
        private: PrivateCloud,
        public: PublicCloud,
        *also: Callable[[], int],
        policy: Policy | None = None,
    ) -> None:
        self.database = database
        self.also = also
        self.private = private
        self.public = public
        self.timetable = Timetable(database)
        self.renewal = KeyRenewal(private)
        self.removals = Removals(private, public)
        self.rounds = Rounds(private)
        self.packs = PackLane(private)
        self.moving = Moving(private, policy)
        self.ahead = Ahead(database)
        self._look_at_keys = 0.0
        self._side_by_side = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="sync")
        self.stopping = threading.Event()

    def stop(self) -> None:
        """Let the work at hand finish and claim nothing more."""
        self.stopping.set()

    def tick(self) -> int:
        """Do what is due now and return how many things were done."""
        done = self.timetable.step(50) + self.sync(20) + self.publish(20) + self.sweep(50)
        return (
            done
            + self.removals.step(50)
            + self.renew()
            + self.rounds.step()
            + self.packs.step(50)
            + self.move(20)
            + self.ahead.step()
            + sum(step() for step in self.also)
        )

    def renew(self) -> int:
        """Seal anew what is under keys that were renewed; look for such keys now and then."""
        if time.monotonic() < self._look_at_keys:
            return 0
        try:
            done = self.renewal.step()
        except (StoreUnavailable, Stale):
            log.warning("renewal_put_off")
            done = 0
        if not done:
            self._look_at_keys = time.monotonic() + EVERY
        return done

    def run_due(self, limit: int) -> int:
        """Run the timetable's due slots, each in one transaction with its own claim."""
        return self.timetable.run_due(limit)

    def sync(self, limit: int) -> int:
        """Bring what has no object yet, of records and of the house, into the private cloud."""
        self.private.wish_for_what_waits(limit)
        shares = [(limit + one) // SIDE_BY_SIDE for one in range(SIDE_BY_SIDE)]
        return sum(self._side_by_side.map(self._sync_several, shares))

    def _sync_several(self, limit: int) -> int:
        """Sync owner after owner; while one's objects are on their way another's are written."""
        return sum(self._sync_one(*claimed) for claimed in self._one_by_one("private", limit))

    def move(self, limit: int) -> int:
        """Move what lies in the wrong place between the private cloud and the overflow store."""
        self.moving.wish()
        done = 0
        for ref, token, changes, attempts in self._one_by_one(MOVED, limit):
            done += self._move_one(ref, token, changes, attempts)
        return done

    def _move_one(self, owner: str, token: int, changes: int, attempts: int) -> int:
        try:
            moved = self.moving.move(owner)
            with self.database.session(writing=True) as session:
                self._settle_wish(session, MOVED, owner, token, changes, more=moved > 0)
        except (StoreUnavailable, Stale):
            self._put_back(MOVED, owner, token, attempts)
            return 0
        except (NotFound, KeyForgotten):
            log.warning("moving_overtaken", owner=owner)
            return 0
        return moved

    def sweep(self, limit: int) -> int:
        """Remove from the private cloud what no manifest has needed for a week."""
        try:
            return self.private.sweep(limit)
        except StoreUnavailable:
            log.warning("cloud_unavailable", lane="sweep")
            return 0

    def _sync_one(self, owner: str, token: int, changes: int, attempts: int) -> int:
        try:
            put = self.private.put_what_waits(owner, token)
            with self.database.session(writing=True) as session:
                if put is not None:
                    self.private.note(session, put)
                self._settle_wish(session, "private", owner, token, changes, more=bool(put))
        except StoreUnavailable:
            self._put_back("private", owner, token, attempts)
            return 0
        except (Stale, NotFound, KeyForgotten):
            log.warning("sync_overtaken", owner=owner)
            return 0
        if put is not None:
            self.private.anchor(put)
        return len(put.entries) if put else 0

    def publish(self, limit: int) -> int:
        """Bring releases up to date in the public cloud."""
        done = 0
        for ref, token, changes, attempts in self._one_by_one("public", limit):
            done += self._publish_one(GrantId(ref), token, changes, attempts)
        return done

    def _publish_one(self, grant_id: GrantId, token: int, changes: int, attempts: int) -> int:
        try:
            published = self.public.bring_up_to_date(grant_id)
            with self.database.session(writing=True) as session:
                if published is not None:
                    self.public.note(session, published)
                self._settle_wish(session, "public", grant_id, token, changes, more=False)
        except StoreUnavailable:
            self._put_back("public", grant_id, token, attempts)
            return 0
        except (Stale, NotFound, KeyForgotten):
            log.warning("publishing_overtaken", grant=grant_id)
            return 0
        return len(published.put) + len(published.gone) if published else 0

    def _one_by_one(self, lane: str, limit: int) -> Iterator[tuple[str, int, int, int]]:
        """Claim each just before it is done, so that stopping leaves nothing claimed behind."""
        for _ in range(limit):
            claimed = [] if self.stopping.is_set() else self._claimed(lane, 1)
            if not claimed:
                return
            yield claimed[0]

    def _claimed(self, lane: str, limit: int) -> list[tuple[str, int, int, int]]:
        now = self.database.clock()
        found = (
            select(SyncRow)
            .where(SyncRow.lane == lane, claimable(SyncRow, now))
            .order_by(SyncRow.due)
        )
        with self.database.session(writing=True) as session:
            rows = claim(session, found, now=now, lease=LEASE, limit=limit)
            return [(row.ref, row.token, row.changes, row.attempts) for row in rows]

    def _settle_wish(
        self, session: Session, lane: str, ref: str, token: int, changes: int, *, more: bool
    ) -> None:
        """Mark a wish as done, unless more was wished for while it was at work."""
        settled = session.execute(
            update(SyncRow)
            .where(
                SyncRow.lane == lane,
                SyncRow.ref == ref,
                SyncRow.token == token,
                SyncRow.state == CLAIMED,
            )
            .values(
                state=case(
                    (SyncRow.changes == changes, DONE if not more else WAITING), else_=WAITING
                ),
                due=self.database.clock() if more else SyncRow.due,
                attempts=0,
                lease_until=None,
            )
        )
        if not settled.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
            raise Stale

    def _put_back(self, lane: str, ref: str, token: int, attempts: int) -> None:
        pause = min(2.0**attempts, LONGEST_PAUSE)
        log.warning("cloud_unavailable", lane=lane, pause=pause)
        with self.database.session(writing=True) as session:
            session.execute(
                update(SyncRow)
                .where(SyncRow.lane == lane, SyncRow.ref == ref, SyncRow.token == token)
                .values(
                    state=WAITING,
                    due=self.database.clock() + timedelta(seconds=pause),
                    lease_until=None,
                    event="cloud_unavailable",
                )
            )
