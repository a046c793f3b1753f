"""Into the private cloud: seal, put under a random name, manifest, mark as synced."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.people import Record
from records.services.storing import AlreadyStored, DocumentStore
from records.tracking import RecordId
from storage.cloud.anchors import Anchor, Mark
from storage.cloud.manifest import (
    Entry,
    Head,
    Page,
    PageRef,
    head_name,
    read_pages,
    with_page,
    write,
)
from storage.cloud.noting import Put, entry_of, note, packs_of
from storage.cloud.places import AT_HOME, MOVED, Places
from storage.cloud.safes import Safe, record_safe, safe_of
from storage.database import Database
from storage.families.every import BY_NAME, FAMILIES
from storage.families.family import Copy
from storage.families.members import unpack
from storage.families.owners import HOUSE
from storage.keys import KeyStore
from storage.queue import DONE
from storage.registry.wishes import wish_private
from storage.rows.cloud import HeadRow, LeftoverRow, ObjectRow, SyncRow, UnsyncedRow
from storage.unit import StorageUnit

AT_ONCE = 50  # things in one go: bounds memory and the length of a claim
FILES_AT_ONCE = 5  # attachments in one go: each may have ten megabytes
PUTS_AT_ONCE = 8
WEEK = timedelta(days=7)
LOOK_EVERY = timedelta(seconds=5)  # while a cloud is down much waits, and looking is not free


T = TypeVar("T")
U = TypeVar("U")


class PrivateCloud:
    """Everything that must survive, as sealed objects: a container a patient, one for the house."""

    def __init__(
        self,
        database: Database,
        keys: KeyStore,
        store: DocumentStore,
        anchors: Sequence[Anchor] = (),
        overflow: DocumentStore | None = None,
    ) -> None:
        self.anchors = anchors
        self.overflow = overflow
        self.database = database
        self.keys = keys
        self.store = store
        self._pool = ThreadPoolExecutor(PUTS_AT_ONCE, thread_name_prefix="put")
        self._escrowed: set[str] = set()
        self._lock = threading.Lock()
        self._looked: datetime | None = None

    @property
    def places(self) -> Places:
        """Return where the objects lie that manifests list."""
        return Places(self.keys, self.store, self.overflow)

    def put_what_waits(self, owner: str, token: int) -> Put | None:
        """Put what has no object yet of a record or of the house, the month's page and a head.

        Returns None if nothing waits.

        The claim's token numbers the head: a stalled worker's head is never the highest, so what
        it wrote late is never taken for the newest.
        """
        with self.database.begin(False) as unit:
            session = unit.desk.session
            safe = safe_of(self.keys, session, owner)
            copies = _copies(unit, owner)
            month = self.database.clock().strftime("%Y-%m")
            last = session.get(HeadRow, owner)
            listed = _listed(session, owner, month, copies) if copies else ()
            packs = packs_of(session, listed)
        if not copies:
            return None
        covered = tuple(row for copy in copies for row in copy.covers)
        contents = [one for one in copies if one.content is not None]
        pages = read_pages(last.pages if last else "")
        at = self.database.clock()
        if not contents:
            return Put(safe, month, at, (), covered, None, token, pages)
        self._escrow(safe)
        new = tuple(self._pool.map(lambda one: self._put(safe, one), contents))
        page = safe.put(self.store, write(Page(owner, month, (*listed, *new), packs)))
        pages = with_page(pages, PageRef(month, page.name, page.digest, page.length))
        head = Head(owner, token, last.digest if last else "", pages)
        put = safe.put(self.store, write(head), name=head_name(token))
        return Put(safe, month, at, new, covered, put, token, pages)

    def note(self, session: Session, put: Put) -> None:
        """Note in the database what was put; the caller's transaction checks the claim."""
        note(session, put)

    def anchor(self, put: Put) -> None:
        """Keep the house's newest head also where this cloud cannot reach."""
        if put.safe.owner == HOUSE and put.head is not None:
            for anchor in self.anchors:
                anchor.keep(Mark(put.seq, put.head.digest))

    def open(self, record: Record, entry: Entry) -> tuple[bytes, ...]:
        """Return the members of a record's object, or raise CannotOpen.

        The first says what the row says; a segment's last is its CDA document.
        """
        safe = record_safe(self.keys, record.id, record.place.container)
        return unpack(self.places.content(safe, entry))

    def at_once(self, act: Callable[[T], U], things: Iterable[T]) -> Sequence[U]:
        """Do the same with several things at once; the first failure is raised."""
        return list(self._pool.map(act, things))

    def wish_for_what_waits(self, limit: int) -> int:
        """Wish for whatever waits past its quiet time although nobody wished for it."""
        now = self.database.clock()
        if self._looked is not None and abs(now - self._looked) < LOOK_EVERY:
            return 0
        self._looked = now
        asked = (
            select(SyncRow.ref)
            .where(
                SyncRow.lane == "private", SyncRow.ref == UnsyncedRow.owner, SyncRow.state != DONE
            )
            .exists()
        )
        found = (
            select(UnsyncedRow.owner)
            .where(UnsyncedRow.since <= now - timedelta(seconds=self.database.quiet), ~asked)
            .distinct()
            .limit(limit)
        )
        with self.database.session(writing=False) as session:
            owners = session.scalars(found).all()
        if owners:
            with self.database.begin(True) as unit:
                for owner in sorted(owners):
                    wish_private(unit.desk, RecordId(owner), now)
        return len(owners)

    def sweep(self, limit: int) -> int:
        """Remove objects that no manifest has needed for a week, and return how many."""
        return sum(self._sweep(place, limit) for place in (AT_HOME, MOVED))

    def _sweep(self, place: str, limit: int) -> int:
        old = select(LeftoverRow).where(
            LeftoverRow.place == place, LeftoverRow.since <= self.database.clock() - WEEK
        )
        with self.database.session(writing=False) as session:
            # Heads go first: none is ever left that names what is gone.
            first = old.order_by(LeftoverRow.since, LeftoverRow.name.desc())
            rows = session.scalars(first.limit(limit)).all()
        for row in rows:
            self.places.remove(row.container, row.name, place)
        if rows:
            with self.database.session(writing=True) as session:
                for row in rows:
                    session.delete(session.merge(row, load=False))
        return len(rows)

    def _put(self, safe: Safe, copy: Copy) -> Entry:
        return safe.put(
            self.store,
            copy.content or b"",
            family=copy.family,
            ref=copy.ref,
            version=copy.version,
        )

    def _escrow(self, safe: Safe) -> None:
        """Put the wrapped key beside what it opens: with the master key it brings all back."""
        if safe.owner == HOUSE or safe.key_id in self._escrowed:
            return
        with suppress(AlreadyStored):  # the same key, wrapped under another master key
            self.store.put(safe.container, f"key-{safe.key_id}", self.keys.wrapped(safe.owner))
        with self._lock:
            self._escrowed.add(safe.key_id)


def _copies(unit: StorageUnit, owner: str) -> list[Copy]:
    waiting = unit.desk.session.scalars(
        select(UnsyncedRow)
        .where(UnsyncedRow.owner == owner)
        .order_by(UnsyncedRow.since, UnsyncedRow.family, UnsyncedRow.ref, UnsyncedRow.version)
        .limit(AT_ONCE)
    ).all()
    copies: list[Copy] = []
    for family in FAMILIES:
        mine = [one for one in waiting if one.family == family.name]
        most = FILES_AT_ONCE if family.name == "attachment" else AT_ONCE
        copies += family.copies(unit, owner, mine[:most])
    return copies


def _listed(session: Session, owner: str, month: str, copies: Sequence[Copy]) -> tuple[Entry, ...]:
    """Return what the month's page lists already, without what now gets a newer object."""
    replaced = {(one.family, one.ref) for one in copies if not BY_NAME[one.family].stays}
    rows = session.scalars(
        select(ObjectRow)
        .where(ObjectRow.record == owner, ObjectRow.month == month)
        .order_by(ObjectRow.stored, ObjectRow.name)
    )
    return tuple(entry_of(row) for row in rows if (row.family, row.ref) not in replaced)
