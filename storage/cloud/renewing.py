"""Renewing a patient's key: what is older is sealed anew in the background, then the old key goes.

The key store itself says whose keys have more than one generation, so that what was cut off goes
on. Readers open with whichever key an object or a cell names; nobody waits for anybody.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from records import documents
from records.errors import NotFound, Stale
from records.people import Record
from records.services.storing import AlreadyStored
from records.tracking import RecordId
from storage.cloud.anew import Anew, seal_objects_anew
from storage.cloud.holding import hold, release
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
from storage.cloud.noting import drop, entry_of, object_row, pack_row, packs_of
from storage.cloud.places import AT_HOME, MOVED
from storage.cloud.private import PrivateCloud
from storage.cloud.safes import Safe, record_safe
from storage.families.heads import Heads
from storage.keymemory import KEPT_FOR
from storage.keytables import being_renewed
from storage.registry.people import hold_record
from storage.resealing import seal_anew
from storage.rows.cloud import HeadRow, ObjectRow
from storage.telling import key_id_of

log = structlog.get_logger()

BATCH = 200  # cells sealed anew in one transaction
SETTLED = timedelta(seconds=2 * KEPT_FOR)  # then nobody remembers the old key as the newest


@dataclass(frozen=True, slots=True)
class Renewed:
    """A month of a record was sealed anew: the head that says so."""

    owner: str
    head: Entry
    seq: int
    pages: tuple[PageRef, ...]


class KeyRenewal:
    """Seals anew what is under an older key, a little at a time; any number of workers may."""

    def __init__(self, cloud: PrivateCloud, *, settled: timedelta = SETTLED) -> None:
        self.cloud = cloud
        self.database = cloud.database
        self.keys = cloud.keys
        self._settled = settled
        self._done: set[tuple[str, str, str]] = set()  # owner, key, month
        self._kept: set[str] = set()  # owners of something that does not open any more

    def step(self) -> int:
        """Seal some of everybody's anew, destroy old keys nothing needs, and return how many.

        It begins when nobody seals under the older key any more, so that once over all is enough.
        """
        done = 0
        for owner, since in being_renewed(self.keys.engine):
            if since + self._settled <= datetime.now(UTC):
                with suppress(Stale):  # somebody syncs this record just now
                    done += self._cells(owner) or self._objects(owner) or self._finish(owner)
        return done

    def _cells(self, owner: str) -> int:
        with self.database.session(writing=True) as session:
            # Whoever files writes several cells of a record under its lock: so does this.
            hold_record(session, RecordId(owner))
            return seal_anew(session, self.database.cells, owner, BATCH)

    def _objects(self, owner: str) -> int:
        """Seal one month's objects of a record anew; 0 where none is left."""
        try:
            with self.database.begin(False) as unit:
                record = unit.records.record(RecordId(owner))
                head = unit.desk.session.get(HeadRow, owner)
        except NotFound:
            return 0
        named, _ = self.keys.key_of(owner)
        months = [one.month for one in read_pages(head.pages)] if head else []
        left = [month for month in months if (owner, named, month) not in self._done]
        if not left:
            return 0
        token = hold(self.database, owner)
        if token is None:
            raise Stale
        self._month(record, left[0], token)
        self._done.add((owner, named, left[0]))
        return 1

    def _month(self, record: Record, month: str, token: int) -> None:
        with self.database.session(writing=False) as session:
            rows = session.scalars(
                select(ObjectRow)
                .where(ObjectRow.record == record.id, ObjectRow.month == month)
                .order_by(ObjectRow.stored, ObjectRow.name)
            ).all()
            last = session.get_one(HeadRow, record.id)
        self._escrow(record)
        safe, container = self._safe(record), record.place.container
        entries = [entry_of(row) for row in rows]
        anew = self._sealed_anew(safe, entries)
        if anew.kept:
            self._kept.add(record.id)
        now_listed = [anew.replaced.get(one.name, one) for one in entries]
        with self.database.session(writing=False) as session:
            packs = (*packs_of(session, now_listed), *anew.packs)
        page = Page(record.id, month, tuple(now_listed), packs)
        renewed = self._listed(safe, page, token, last)
        with self.database.session(writing=True) as session:
            release(session, self.database, record.id, token)
            left = _note(session, container, renewed, anew, rows, self.database.clock())
        before = [(one.name, AT_HOME) for one in read_pages(last.pages) if one.month == month]
        for name, place in (*left, *before):
            self.cloud.places.remove(container, name, place)

    def _safe(self, record: Record) -> Safe:
        return record_safe(self.keys, record.id, record.place.container)

    def _escrow(self, record: Record) -> None:
        """Put the new key beside what it is to open, before anything there needs it."""
        named, _ = self.keys.key_of(record.id)
        with suppress(AlreadyStored):
            container = record.place.container
            self.cloud.store.put(container, f"key-{named}", self.keys.wrapped(record.id))

    def _sealed_anew(self, safe: Safe, entries: Sequence[Entry]) -> Anew:
        """Seal anew what lies under an older key in either place, and leave it there."""
        places, whole = self.cloud.places, Anew()
        for place in (AT_HOME, MOVED):
            mine = [one for one in entries if one.place == place]
            if mine:
                anew = seal_objects_anew(places.store(place), places.safe(safe, place), mine)
                whole.replaced |= {
                    name: replace(one, place=place) for name, one in anew.replaced.items()
                }
                whole.packs += anew.packs
                whole.kept += anew.kept
        return whole

    def _listed(self, safe: Safe, page: Page, token: int, last: HeadRow) -> Renewed:
        store = self.cloud.store
        put_page = safe.put(store, write(page))
        ref = PageRef(page.month, put_page.name, put_page.digest, put_page.length)
        pages = with_page(read_pages(last.pages), ref)
        head = write(Head(page.record, token, last.digest, pages))
        put = safe.put(store, head, name=head_name(token))
        return Renewed(page.record, put, token, pages)

    def _finish(self, owner: str) -> int:
        """Destroy the older keys here and in the cloud, with the heads only they open."""
        if owner in self._kept:
            return 0
        named, _ = self.keys.key_of(owner)
        older = self.keys.escrows(owner).keys() - {named}
        try:
            with self.database.begin(False) as unit:
                container = unit.records.record(RecordId(owner)).place.container
        except NotFound:
            container = ""
        if container:
            store = self.cloud.store
            for name in store.names(container, "head-"):
                if key_id_of(store.get(container, name)) != named:
                    store.remove(container, name)
            for one in older:
                store.remove(container, f"key-{one}")
        self.keys.retire(owner)
        log.info("key_renewed", owner=owner)
        return 1


def _note(
    session: Session,
    container: str,
    renewed: Renewed,
    anew: Anew,
    rows: Sequence[ObjectRow],
    at: datetime,
) -> list[tuple[str, str]]:
    """Note what lies in which place now; return the names of what is needed no more, and where."""
    gone = [row for row in rows if row.name in anew.replaced]
    left = drop(session, container, gone, at)
    for row in gone:
        session.add(object_row(row.record, row.month, anew.replaced[row.name], row.stored))
    session.add_all(pack_row(renewed.owner, one) for one in anew.packs)
    session.merge(
        HeadRow(
            record=renewed.owner,
            seq=renewed.seq,
            digest=renewed.head.digest,
            pages=documents.write(renewed.pages).decode(),
        )
    )
    Heads.note(session, renewed.owner)
    return left
