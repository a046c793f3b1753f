"""Noting what was put: the objects' rows, the head, what waits no longer and what is left over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select, tuple_
from sqlalchemy.orm import Session

from records import documents
from storage.cloud.manifest import Entry, PageRef, head_name, read_pages
from storage.cloud.safes import Safe
from storage.families.every import BY_NAME
from storage.families.heads import Heads
from storage.families.owners import HOUSE
from storage.registry.wishes import insert_for
from storage.rows.cloud import HeadRow, LeftoverRow, ObjectRow, UnsyncedRow


@dataclass(frozen=True, slots=True)
class Put:
    """What one claim has put into the cloud, before the database knows of it.

    There is no head where nothing was put and something only waits no longer.
    """

    safe: Safe
    month: str
    at: datetime
    entries: tuple[Entry, ...]
    covered: tuple[UnsyncedRow, ...]
    head: Entry | None
    seq: int
    pages: tuple[PageRef, ...]


def note(session: Session, put: Put) -> None:
    """Note what was put, in the transaction that checks the claim."""
    _cover(session, put.covered)
    if put.head is None:
        return
    for entry in put.entries:
        if not BY_NAME[entry.family].stays:
            _take_the_place(session, put, entry)
        session.add(object_row(put.safe.owner, put.month, entry, put.at))
    note_head(session, put, put.head)


def object_row(owner: str, month: str, entry: Entry, at: datetime) -> ObjectRow:
    """Return the row of an object that lies in a container."""
    return ObjectRow(
        name=entry.name,
        record=owner,
        family=entry.family,
        ref=entry.ref,
        version=entry.version,
        month=month,
        digest=entry.digest,
        length=entry.length,
        stored=at,
    )


def leave(session: Session, container: str, names: Iterable[str], at: datetime) -> None:
    """Note objects that no manifest needs from now on."""
    rows = [{"container": container, "name": one, "since": at} for one in names]
    if rows:
        insert = insert_for(session.get_bind().dialect, LeftoverRow)
        session.execute(insert.values(rows).on_conflict_do_nothing())


def _cover(session: Session, rows: Iterable[UnsyncedRow]) -> None:
    """Take off what waited, unless it has changed again since it was read."""
    told = (
        UnsyncedRow.owner,
        UnsyncedRow.family,
        UnsyncedRow.ref,
        UnsyncedRow.version,
        UnsyncedRow.changes,
    )
    seen = [tuple(getattr(row, one.key) for one in told) for row in rows]
    if seen:
        session.execute(delete(UnsyncedRow).where(tuple_(*told).in_(seen)))


def _take_the_place(session: Session, put: Put, entry: Entry) -> None:
    """Let the new object be the only one of what changes; the older is left over."""
    older = and_(
        ObjectRow.family == entry.family,
        ObjectRow.ref == entry.ref,
        ObjectRow.record == put.safe.owner,
    )
    leave(session, put.safe.container, session.scalars(select(ObjectRow.name).where(older)), put.at)
    session.execute(delete(ObjectRow).where(older))


def note_head(session: Session, put: Put, head: Entry) -> None:
    """Note the newest head; the one before and pages it names no more are left over."""
    owner, container = put.safe.owner, put.safe.container
    last = session.get(HeadRow, owner)
    if last is not None:
        still = {one.name for one in put.pages}
        pages = [one.name for one in read_pages(last.pages) if one.name not in still]
        leave(session, container, [head_name(last.seq), *pages], put.at)
    pages_now = documents.write(put.pages).decode()
    session.merge(HeadRow(record=owner, seq=put.seq, digest=head.digest, pages=pages_now))
    if owner != HOUSE:
        Heads.note(session, owner)
