"""Removing what an erasure has named: keys, containers, published documents, the house's objects.

Each is one row until it is done; a cloud that is down puts it off, and any worker goes on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, delete, func, or_, select, update

from records.errors import Stale
from records.services.storing import StoreUnavailable
from records.tracking import RecordId
from storage.cloud.erasing import CannotErase, erase_by_wish
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.cloud.relisting import Relisting
from storage.families.owners import HOUSE
from storage.queue import CLAIMED, WAITING, claim, claimable
from storage.rows import removals
from storage.rows.cloud import ObjectRow, UnsyncedRow
from storage.rows.removals import KEYS, OVERFLOW, PRIVATE, PUBLIC, RECORD, RemovalRow

log = structlog.get_logger()

LEASE = timedelta(minutes=10)
ONCE_MORE = timedelta(minutes=10)  # a worker that had begun to sync may put something yet
LONGEST_PAUSE = 3600.0
PUT_OFF = "put_off"

Claimed = tuple[str, str, str, int, int]


class Removals:
    """What is still to be destroyed; any number of workers may take part."""

    def __init__(self, private: PrivateCloud, public: PublicCloud) -> None:
        self.database = private.database
        self.private = private
        self.public = public
        self.relisting = Relisting(private)

    def step(self, limit: int) -> int:
        """Destroy what is due, keys before all else, and return how many things are gone."""
        done = 0
        for one in self._claimed(limit):
            done += self._try(one)
        return done

    def put_off(self) -> int:
        """Return how many things could not be destroyed yet."""
        left = or_(RemovalRow.event == PUT_OFF, RemovalRow.due <= self.database.clock())
        with self.database.session(writing=False) as session:
            return session.scalar(select(func.count()).select_from(RemovalRow).where(left)) or 0

    def _claimed(self, limit: int) -> Sequence[Claimed]:
        now = self.database.clock()
        due = claimable(RemovalRow, now)
        with self.database.session(writing=False) as session:
            if session.scalar(select(RemovalRow.place).where(due).limit(1)) is None:
                return []
        found = select(RemovalRow).where(due).order_by(RemovalRow.place != KEYS, RemovalRow.due)
        with self.database.session(writing=True) as session:
            rows = claim(session, found, now=now, lease=LEASE, limit=limit)
            return [(row.place, row.container, row.name, row.token, row.attempts) for row in rows]

    def _try(self, one: Claimed) -> int:
        place, container, name, _, attempts = one
        try:
            again = self._remove(place, container, name)
        except (StoreUnavailable, Stale, CannotErase):
            pause = timedelta(seconds=min(2.0**attempts, LONGEST_PAUSE))
            log.warning("removal_put_off", place=place)
            self._put_back(one, self.database.clock() + pause, PUT_OFF)
            return 0
        if again is not None:
            self._put_back(one, again, "")
        else:
            self._done(one)
        return 1

    def _remove(self, place: str, container: str, name: str) -> datetime | None:
        """Destroy one thing; return when to look once more, or None where all of it is gone."""
        if place == RECORD:
            with self.database.begin(True) as unit:
                erase_by_wish(unit, RecordId(container))
        elif place == KEYS:
            self.private.keys.forget(container)
        elif place == PUBLIC:
            self.public.store.remove(container, name)
        elif place in (PRIVATE, OVERFLOW):
            return self._empty(container, place)
        else:
            self._take_off(name)
        return None

    def _empty(self, container: str, place: str) -> datetime | None:
        """Remove every object of a container; raises Stale while the ledger is not in a cloud."""
        untold = select(UnsyncedRow.ref).where(
            UnsyncedRow.owner == HOUSE, UnsyncedRow.family == "erasure"
        )
        with self.database.session(writing=False) as session:
            if session.scalar(untold.limit(1)) is not None:
                raise Stale
        places = self.private.places
        places.store(place)  # one that is not set now is waited for
        names = places.names(container, place)
        for name in names:
            places.remove(container, name, place)
        return self.database.clock() + ONCE_MORE if names else None

    def _take_off(self, name: str) -> None:
        """Take an object of the house off its page, then remove it."""
        with self.database.session(writing=False) as session:
            listed = session.get(ObjectRow, name)
        if listed is not None:
            waiting = select(RemovalRow.name).where(RemovalRow.place == removals.HOUSE)
            with self.database.session(writing=False) as session:
                names = session.scalars(waiting).all()
            self.relisting.run(HOUSE, dict.fromkeys(names))
        self.private.store.remove(self.relisting.container(HOUSE), name)

    def _put_back(self, one: Claimed, due: datetime, event: str) -> None:
        values = {"state": WAITING, "due": due, "lease_until": None, "event": event}
        with self.database.session(writing=True) as session:
            session.execute(update(RemovalRow).where(*_still_ours(one)).values(values))

    def _done(self, one: Claimed) -> None:
        with self.database.session(writing=True) as session:
            session.execute(delete(RemovalRow).where(*_still_ours(one)))


def _still_ours(one: Claimed) -> tuple[ColumnElement[bool], ...]:
    place, container, name, token, _ = one
    return (
        RemovalRow.place == place,
        RemovalRow.container == container,
        RemovalRow.name == name,
        RemovalRow.token == token,
        RemovalRow.state == CLAIMED,
    )
