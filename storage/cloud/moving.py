"""Moving sealed segments between the private cloud and the overflow store, so that none is lost.

A copy is noted as left over before it is put: if the mover dies, it is swept. It is put, read back
and opened; then the manifest says where it lies, which takes that note away; only then the source
is removed, and until it is, it is itself noted as left over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import structlog
from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from records.errors import Stale
from records.services.storing import NoSuchDocument, StoreUnavailable
from records.tracking import RecordId, fresh
from storage.cloud.holding import hold, release
from storage.cloud.manifest import Entry
from storage.cloud.misplaced import Held, Policy, may_go, may_have_to_return, misplaced, owners
from storage.cloud.noting import entry_of, leave
from storage.cloud.places import AT_HOME, MOVED
from storage.cloud.private import PrivateCloud
from storage.cloud.relisting import Relisting
from storage.cloud.safes import Safe, safe_of
from storage.queue import DONE
from storage.registry.wishes import wish_move
from storage.rows.cloud import LeftoverRow, ObjectRow, SyncRow
from storage.sealing import CannotOpen

log = structlog.get_logger()

AT_ONCE = 50  # objects of a record in one go: bounds how long its container is held
RECORDS = 200  # wished for in one look
LOOK_EVERY = timedelta(hours=1)  # a look reads all objects; a wish of a patient goes at once
AGAIN = timedelta(days=1)  # until a record is looked at once more: labels must be opened
UNLIKE = "The store gave back other bytes than were put; do not use it."


@dataclass(frozen=True, slots=True)
class Draft:
    """One object and what it becomes: its place, and its name there."""

    row: ObjectRow
    place: str
    name: str


class Moving:
    """Moves a record's objects; any number of workers may take part."""

    def __init__(self, cloud: PrivateCloud, policy: Policy | None = None) -> None:
        self.cloud = cloud
        self.database = cloud.database
        self.policy = policy or Policy()
        self.relisting = Relisting(cloud)
        self._looked: datetime | None = None

    def wish(self, *, at_once: bool = False) -> int:
        """Wish for the records of which something lies in the wrong place; return how many.

        It looks now and then, and at a record once a day; `at_once` now and at each.
        """
        now = self.database.clock()
        lately = self._looked is not None and abs(now - self._looked) < LOOK_EVERY
        if self.cloud.overflow is None or (lately and not at_once):
            return 0
        self._looked = now
        back, out = self.records(at_once=at_once)
        wished = dict.fromkeys(owner for owner, _, _ in (*back, *out))
        with self.database.begin(True) as unit:
            for owner in wished:
                wish_move(unit.desk, RecordId(owner), now)
        return len(wished)

    def records(self, *, at_once: bool = False) -> tuple[Sequence[Held], Sequence[Held]]:
        """Return of which records something may have to come back, and of which may go."""
        now = self.database.clock()
        seen = select(SyncRow.ref).where(
            SyncRow.lane == MOVED,
            SyncRow.ref == ObjectRow.record,
            or_(SyncRow.state != DONE, SyncRow.due > now - AGAIN),
        )
        untouched = ObjectRow.name.is_not(None) if at_once else ~seen.exists()
        limit = None if at_once else RECORDS
        with self.database.session(writing=False) as session:
            back = owners(session, may_have_to_return() & untouched, limit)
            out = owners(session, may_go(self.policy, now) & untouched, limit)
            return back, _enough(out, self._excess(session))

    def move(self, owner: str) -> int:
        """Move some of what of a record lies in the wrong place, and return how many objects.

        Raises Stale where somebody else writes its manifest, and StoreUnavailable.
        """
        if self.cloud.overflow is None:
            return 0
        with self.database.session(writing=False) as session:
            safe = safe_of(self.cloud.keys, session, owner)  # of somebody who is not erased
        token = hold(self.database, owner)
        if token is None:
            raise Stale
        try:
            return self._move(safe, token)
        except StoreUnavailable:
            self._release(owner, token)
            raise

    def _move(self, safe: Safe, token: int) -> int:
        owner = safe.owner
        with self.database.begin(False) as unit:
            out = self._excess(unit.desk.session) != 0
            found = misplaced(unit, owner, self.policy, self.database.clock(), out=out)
            drafts = [Draft(row, place, fresh()) for row, place in islice(found, AT_ONCE)]
        self._note_drafts(safe.container, drafts)
        copied = self.cloud.at_once(lambda one: self._copy(safe, one), drafts)
        moved = [(one, put) for one, put in zip(drafts, copied, strict=True) if put is not None]
        if not moved:
            self._release(owner, token)
            return 0
        self.relisting.run(owner, {one.row.name: put for one, put in moved}, token=token)
        self._remove(safe.container, [one.row for one, _ in moved])
        log.debug("objects_moved", owner=owner, count=len(moved))
        return len(moved)

    def _excess(self, session: Session) -> int | None:
        """Return how many bytes have to go, or None where all may that may."""
        quota = self.policy.quota
        return None if quota is None else max(0, (session.scalar(_AT_HOME) or 0) - quota)

    def _note_drafts(self, container: str, drafts: Iterable[Draft]) -> None:
        with self.database.session(writing=True) as session:
            for place in (AT_HOME, MOVED):
                names = [one.name for one in drafts if one.place == place]
                leave(session, container, names, self.database.clock(), place=place)

    def _copy(self, safe: Safe, draft: Draft) -> Entry | None:
        """Put the copy and read it back; None where the source is not whole, for repair to mend."""
        places, entry = self.cloud.places, entry_of(draft.row)
        try:
            content = places.content(safe, entry)
        except (NoSuchDocument, CannotOpen):
            log.error("object_not_moved", object=entry.name)
            return None
        put = places.put(safe, entry, content, place=draft.place, name=draft.name)
        try:
            alike = places.content(safe, put) == content
        except (NoSuchDocument, CannotOpen):
            alike = False
        if not alike:
            raise StoreUnavailable(UNLIKE)
        return put

    def _remove(self, container: str, rows: Sequence[ObjectRow]) -> None:
        """Remove the sources that lie loose; what a cloud that is down keeps is swept in a week."""
        rows = [row for row in rows if not row.pack]  # an emptied pack is left over for a week
        try:
            for row in rows:
                self.cloud.places.remove(container, row.name, row.place)
        except StoreUnavailable:
            log.warning("cloud_unavailable", lane=MOVED)
            return
        with self.database.session(writing=True) as session:
            gone = LeftoverRow.name.in_([row.name for row in rows])
            session.execute(delete(LeftoverRow).where(LeftoverRow.container == container, gone))

    def _release(self, owner: str, token: int) -> None:
        with self.database.session(writing=True) as session:
            release(session, self.database, owner, token)


_AT_HOME = select(func.sum(ObjectRow.length)).where(ObjectRow.place == AT_HOME)


def _enough(found: Sequence[Held], excess: int | None) -> Sequence[Held]:
    """Return as many of these records as must go until so many bytes have gone."""
    if excess is None:
        return found
    chosen = []
    for owner, count, length in found:
        if excess <= 0:
            break
        chosen.append((owner, count, length))
        excess -= length
    return chosen
