"""Running the timetable: rules become slots, slots that are due become what they were set for.

Any number of workers may do this at once. A slot's key is its rule and its wall time, inserted
where it is not there yet; what a slot does and that it was done commit together, under the claim's
token. Time is the database's, and may be put forward or back: then a slot once called too late
that is not, by the clock as it now stands, waits again.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from records.errors import NotFound, Stale
from records.recurring import next_slot, slots
from storage.database import Database
from storage.jobs import JOBS
from storage.queue import CLAIMED, DONE, WAITING, claim, claimable, settle
from storage.registry.timetable import TOO_LATE, TimetableRegistry, read_rule
from storage.rows.orders import RuleRow, SlotRow
from storage.unit import StorageUnit

log = structlog.get_logger()

LEASE = timedelta(seconds=120)
LOOK_BACK = timedelta(days=1)  # looked at again, in case a rule's mark ran ahead of its slots
TRIES = 5
SET_ASIDE = "set_aside"

Claimed = tuple[str, str, str, int, int, datetime | None]


class Timetable:
    """Puts due slots on the timetable and runs them; `jobs` says what each does."""

    def __init__(
        self,
        database: Database,
        jobs: Mapping[str, Callable[[StorageUnit, str], None]] = JOBS,
    ) -> None:
        self.database = database
        self.jobs = jobs

    def step(self, limit: int) -> int:
        """Insert what has fallen due and run it; return how many slots were run or dropped."""
        self.insert_due(limit)
        return self.run_due(limit)

    def insert_due(self, limit: int) -> int:
        """Put the slots of up to `limit` rules on the timetable, and return how many rules."""
        now = self.database.clock()
        found = (
            select(RuleRow)
            .where(RuleRow.next_due <= now)
            .order_by(RuleRow.next_due)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        if not self._anything(now):
            return 0
        with self.database.session(writing=True) as session:
            _let_come_back(session, now)
            rows = session.scalars(found).all()
            timetable = self.database.unit_in(session).timetable
            for row in rows:
                _insert(timetable, row, now)
        return len(rows)

    def _anything(self, now: datetime) -> bool:
        """Say whether there is anything to insert, without holding up whoever writes."""
        due = select(RuleRow.id).where(RuleRow.next_due <= now).limit(1)
        back = select(SlotRow.key).where(_come_back(now)).limit(1)
        with self.database.session(writing=False) as session:
            return bool(session.scalar(due) or session.scalar(back))

    def run_due(self, limit: int) -> int:
        """Run due slots, each in one transaction with its own claim, and return how many."""
        now = self.database.clock()
        with self.database.session(writing=False) as session:
            if session.scalar(select(SlotRow.key).where(_due(now)).limit(1)) is None:
                return 0
        found = select(SlotRow).where(_due(now)).order_by(SlotRow.due, SlotRow.key)
        with self.database.session(writing=True) as session:
            claimed: list[Claimed] = [
                (row.key, row.job, row.ref, row.token, row.attempts, row.useful_until)
                for row in claim(session, found, now=now, lease=LEASE, limit=limit)
            ]
        for one in claimed:
            self._run(*one)
        return len(claimed)

    def _run(
        self, key: str, job: str, ref: str, token: int, attempts: int, until: datetime | None
    ) -> None:
        try:
            if until is not None and until <= self.database.clock():
                self._settle(key, token, TOO_LATE)
                log.warning("slot_too_late", job=job, slot=key)
                return
            with self.database.begin(True) as unit:
                self.jobs[job](unit, ref)
                settle(unit.desk.session, SlotRow, SlotRow.key, key, token, state=DONE)
        except Stale:
            log.warning("slot_claimed_elsewhere", job=job, slot=key)
        except NotFound:
            log.warning("slot_of_nothing", job=job, slot=key)
            self._give_up(key, token, SET_ASIDE)
        except Exception as error:  # one slot's trouble must not hold up the others
            log.error("slot_failed", job=job, slot=key, kind=type(error).__name__)
            if attempts >= TRIES:
                self._give_up(key, token, SET_ASIDE)

    def _give_up(self, key: str, token: int, state: str) -> None:
        try:
            self._settle(key, token, state)
        except Stale:
            log.warning("slot_claimed_elsewhere", slot=key)

    def _settle(self, key: str, token: int, state: str) -> None:
        with self.database.session(writing=True) as session:
            settle(session, SlotRow, SlotRow.key, key, token, state=state)


def _due(now: datetime) -> ColumnElement[bool]:
    """Return what may be claimed, also when the clock was put back while it was claimed."""
    put_back = and_(SlotRow.state == CLAIMED, SlotRow.lease_until > now + 2 * LEASE)
    return or_(claimable(SlotRow, now), put_back)


def _come_back(now: datetime) -> ColumnElement[bool]:
    return and_(SlotRow.state == TOO_LATE, SlotRow.useful_until > now)


def _let_come_back(session: Session, now: datetime) -> None:
    session.execute(update(SlotRow).where(_come_back(now)).values(state=WAITING))


def _insert(timetable: TimetableRegistry, row: RuleRow, now: datetime) -> None:
    rule = read_rule(row)
    first = min(row.next_due or now, now) - LOOK_BACK
    for one in slots(rule, first, now):
        timetable.set(
            one.key,
            one.due,
            rule.job,
            one.key,
            rule=rule.id,
            useful_until=one.due + rule.useful,
        )
    following = next_slot(rule, now)
    row.next_due = following.due if following else None
