"""Listing months anew: pages without what is gone, or with new objects in the place of others."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from records.errors import Stale
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
from storage.cloud.noting import Put, drop, entry_of, note_head, object_row, packs_of
from storage.cloud.private import PrivateCloud
from storage.cloud.safes import Safe, safe_of
from storage.database import Database
from storage.rows.cloud import HeadRow, LeftoverRow, ObjectRow

Replaced = Mapping[str, Entry | None]
"""Objects by their names: each with what takes its place, or with nothing."""


class Relisting:
    """Writes the pages of a container anew, under the same claim as the sync."""

    def __init__(self, cloud: PrivateCloud) -> None:
        self.cloud = cloud
        self.database: Database = cloud.database

    def container(self, owner: str) -> str:
        """Return the name of an owner's container."""
        return self._safe(owner).container

    def run(
        self, owner: str, replaced: Replaced, months: Iterable[str] = (), token: int | None = None
    ) -> None:
        """Put new pages for these months and those of what is replaced, and a head.

        Raises Stale where somebody else writes this manifest just now; `token` is of who holds it.
        """
        token = token or hold(self.database, owner)
        if token is None:
            raise Stale
        safe = self._safe(owner)
        with self.database.session(writing=False) as session:
            last = session.get_one(HeadRow, owner)
            rows = _of_months(session, owner, replaced, months)
        pages = read_pages(last.pages)
        for month in sorted({*months, *rows}):
            entries = _entries(rows.get(month, ()), replaced)
            with self.database.session(writing=False) as session:
                packs = packs_of(session, entries)
            page = safe.put(self.cloud.store, write(Page(owner, month, entries, packs)))
            pages = with_page(pages, PageRef(month, page.name, page.digest, page.length))
        head = write(Head(owner, token, last.digest, pages))
        put = safe.put(self.cloud.store, head, name=head_name(token))
        now = self.database.clock()
        done = Put(safe, "", now, (), (), put, token, pages)
        with self.database.session(writing=True) as session:
            release(session, self.database, owner, token)
            self._note(session, done, rows, replaced)
            note_head(session, done, put)
        self.cloud.anchor(done)

    def _note(
        self, session: Session, put: Put, rows: Mapping[str, list[ObjectRow]], replaced: Replaced
    ) -> None:
        gone = [row for listed in rows.values() for row in listed if row.name in replaced]
        drop(session, put.safe.container, gone, put.at)
        come = [one.name for row in gone if (one := replaced[row.name])]
        session.execute(delete(LeftoverRow).where(LeftoverRow.name.in_(come)))
        for row in gone:
            if entry := replaced[row.name]:
                session.add(object_row(put.safe.owner, row.month, entry, row.stored))

    def _safe(self, owner: str) -> Safe:
        with self.database.session(writing=False) as session:
            return safe_of(self.cloud.keys, session, owner)


def _of_months(
    session: Session, owner: str, replaced: Replaced, months: Iterable[str]
) -> dict[str, list[ObjectRow]]:
    named = select(ObjectRow.month).where(
        ObjectRow.record == owner, ObjectRow.name.in_(list(replaced))
    )
    wanted = {*months, *session.scalars(named)}
    found = select(ObjectRow).where(ObjectRow.record == owner, ObjectRow.month.in_(wanted))
    listed: dict[str, list[ObjectRow]] = {}
    for row in session.scalars(found.order_by(ObjectRow.stored, ObjectRow.name)):
        listed.setdefault(row.month, []).append(row)
    return listed


def _entries(rows: Iterable[ObjectRow], replaced: Replaced) -> tuple[Entry, ...]:
    same = (replaced[row.name] if row.name in replaced else entry_of(row) for row in rows)
    return tuple(one for one in same if one is not None)
