"""Back from nothing: from the clouds and the master key into an empty database.

The house's container is found by the master key alone and tells of every record's. Each object
is opened, checked against the manifest and put back in one transaction with the row that says so:
a restore that was killed goes on where it was. What is wrong is named, and the rest comes back.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from records import documents
from records.services.storing import CannotRestore, DocumentStore, StoreUnavailable
from storage.cloud import emptiness, finding, ledger
from storage.cloud.anchors import Anchor
from storage.cloud.finding import ALTERED, MISSING, Fault, Finder, Found, Listed, find_key
from storage.cloud.manifest import Entry
from storage.cloud.noting import leave, note_packs, object_row
from storage.cloud.packs import bytes_of_group, lying_together
from storage.cloud.places import Places
from storage.cloud.safes import Safe, house_safe
from storage.database import Database
from storage.families.every import BY_NAME, FAMILIES
from storage.families.heads import KnownHead, read_heads
from storage.families.marking import RESTORING
from storage.families.owners import HOUSE
from storage.families.people import PEOPLE, stand_in
from storage.keys import KeyForgotten, KeyStore
from storage.queue import DONE
from storage.rows.cloud import HeadRow, ObjectRow, SyncRow
from storage.rows.people import RecordRow

GETS_AT_ONCE = 8
RECORDS_AHEAD = 16  # whose manifests are read while another's objects come
WINDOW = 200  # objects in one transaction …
WINDOW_BYTES = 32 * 1024 * 1024  # … and what they may hold: all of it is in memory
RANK = {family.name: rank for rank, family in enumerate(FAMILIES)}


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what is wrong with the clouds."""

    records: int
    objects: int
    erased: int
    faults: tuple[Fault, ...]


class Restoring:
    """One restore into one database."""

    def __init__(
        self,
        database: Database,
        keys: KeyStore,
        store: DocumentStore,
        anchors: Sequence[Anchor] = (),
        overflow: DocumentStore | None = None,
    ) -> None:
        self.places = Places(keys, store, overflow)
        self.database = database
        self.keys = keys
        self.store = store
        self.anchors = anchors
        self.objects = 0
        self.faults: list[Fault] = []
        self._known: dict[str, KnownHead] = {}
        self._gets = ThreadPoolExecutor(GETS_AT_ONCE, thread_name_prefix="get")
        self._ahead = ThreadPoolExecutor(GETS_AT_ONCE, thread_name_prefix="ahead")

    def run(self, progress: Callable[[int, int], None]) -> Restored:
        """Bring everything back; `progress` is told the containers done and how many there are.

        Raises CannotRestore, and StoreUnavailable, after which another run goes on.
        """
        with self._session() as session:
            done = emptiness.begin(session, self.database.clock())
        self._restore_house(done)
        with self._session() as session:
            erased = ledger.replay(session, self.keys)
            records = session.execute(select(RecordRow.id, RecordRow.container)).all()
        total = len(records) + 1
        progress(1, total)
        for number, found in enumerate(self._found(records, done), start=2):
            if found is not None:
                self._restore(found)
            progress(number, total)
        with self._session() as session:
            emptiness.end(session)
        return Restored(len(records), self.objects, erased, tuple(self.faults))

    def close(self) -> None:
        """Let go of the threads."""
        self._gets.shutdown(cancel_futures=True)
        self._ahead.shutdown(cancel_futures=True)

    def _restore_house(self, done: frozenset[str]) -> None:
        safe = house_safe(self.keys)
        found = Finder(self.store, safe).find(self._anchored())
        if found.head is None:
            raise CannotRestore(
                "The private store holds no house that opens with this master key; "
                "correct PRIVATE_STORE and MASTER_KEY_FILE, then run restore again."
            )
        self._read_known_heads(found)
        if HOUSE not in done:
            self._restore(found)

    def _anchored(self) -> KnownHead | None:
        """Return the newest head of the house that is remembered anywhere."""
        marks = []
        for anchor in self.anchors:
            try:
                marks.append(anchor.read())
            except StoreUnavailable:
                self._fault(Fault(anchor.name, "", "cannot be asked"))
        newest = max((one for one in marks if one), key=lambda one: one.seq, default=None)
        return KnownHead(HOUSE, newest.seq, newest.digest) if newest else None

    def _read_known_heads(self, found: Found) -> None:
        mine = [one for one in found.listed if one.entry.family == "head"]
        for _, content in self._opened(found.safe, mine):
            self._known |= {one.record: one for one in read_heads(content)}

    def _found(
        self, records: Iterable[tuple[str, str]], done: frozenset[str]
    ) -> Iterator[Found | None]:
        """Give what each record's container holds, the next ones being read meanwhile."""
        waiting = [one for one in records if one[0] not in done]
        yield from (None for one in records if one[0] in done)
        for start in range(0, len(waiting), RECORDS_AHEAD):
            yield from self._ahead.map(self._find, waiting[start : start + RECORDS_AHEAD])

    def _find(self, record: tuple[str, str]) -> Found | None:
        owner, container = record
        try:
            safe = find_key(self.store, self.keys, owner, container)
        except KeyForgotten:
            return None
        known = self._known.get(owner)
        if safe is not None:
            return Finder(self.store, safe).find(known)
        if known is not None:
            self._fault(Fault(container, "key", MISSING))
        return None  # nothing of it was ever put

    def _restore(self, found: Found) -> None:
        owner = found.safe.owner
        for fault in found.faults:
            self._fault(fault)
        before = len(self.faults) - len(found.faults)
        with self._session() as session:
            here = set(session.scalars(select(ObjectRow.name).where(ObjectRow.record == owner)))
        waiting = [one for one in found.listed if one.entry.name not in here]
        waiting.sort(key=lambda one: RANK.get(one.entry.family, 0))  # of one rank, the oldest first
        for window in _windows(waiting):
            opened = list(self._opened(found.safe, window))
            with self._session() as session:
                self._put_back(session, found.safe, opened)
        with self._session() as session:
            self._finish(session, found, whole=len(self.faults) == before)

    def _put_back(
        self, session: Session, safe: Safe, opened: Iterable[tuple[Listed, bytes]]
    ) -> None:
        unit = self.database.unit_in(session)
        for listed, content in opened:
            entry = listed.entry
            try:
                BY_NAME[entry.family].restore(unit, safe.owner, entry.ref, entry.version, content)
            except KeyForgotten:
                continue  # of somebody who was erased
            except (ValueError, TypeError, LookupError):
                self._fault(Fault(safe.container, entry.name, ALTERED))
                continue
            session.add(object_row(safe.owner, listed.month, entry, self.database.clock()))
            self.objects += 1

    def _opened(self, safe: Safe, window: Sequence[Listed]) -> Iterator[tuple[Listed, bytes]]:
        """Give the content of each object that is there and whole; the others are named."""
        groups = lying_together(one.entry for one in window)
        found: dict[str, bytes | Fault] = {}
        for contents in self._gets.map(lambda group: self._get(safe, group), groups):
            found |= contents
        for listed in window:
            content = found[listed.entry.name]
            if isinstance(content, Fault):
                self._fault(content)
            else:
                yield listed, content

    def _get(self, safe: Safe, group: Sequence[Entry]) -> dict[str, bytes | Fault]:
        place = group[0].place
        safe, store = self.places.safe(safe, place), self.places.store(place)
        sealed = bytes_of_group(store, safe.container, group)
        return {one.name: finding.opened_or_fault(safe, one, sealed[one.name]) for one in group}

    def _finish(self, session: Session, found: Found, *, whole: bool) -> None:
        """Derive what is derived, and let the sync go on after the head that was found."""
        owner, now = found.safe.owner, self.database.clock()
        unit = self.database.unit_in(session)
        for one in found.listed:
            if one.entry.family == PEOPLE:
                stand_in(unit, one.entry.ref)
        for family in FAMILIES:
            family.revive(unit, owner)
        if found.head is not None:
            pages = documents.write(found.head.pages).decode()
            head = HeadRow(record=owner, seq=found.head.seq, digest=found.digest, pages=pages)
            session.merge(head)
            session.merge(SyncRow(lane="private", ref=owner, token=found.top, state=DONE, due=now))
            note_packs(session, owner, found.packs.values(), now)
            leave(session, found.safe.container, found.older, now)
        if whole:
            emptiness.note_done(session, owner, now)

    def _fault(self, fault: Fault) -> None:
        if fault not in self.faults:
            self.faults.append(fault)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """Give a writing session in which nothing counts as new."""
        with self.database.session(writing=True) as session:
            session.info[RESTORING] = True
            yield session


def _windows(listed: Sequence[Listed]) -> Iterator[list[Listed]]:
    window: list[Listed] = []
    held = 0
    for one in listed:
        length = one.entry.length
        if window and (len(window) == WINDOW or held + length > WINDOW_BYTES):
            yield window
            window, held = [], 0
        window.append(one)
        held += length
    if window:
        yield window
