"""Noting what was put: the objects' rows, the head, what waits no longer and what is left over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select, tuple_
from sqlalchemy.orm import Session

from records import documents
from storage.cloud.closing import closes
from storage.cloud.manifest import Entry, PackRef, PageRef, head_name, read_pages
from storage.cloud.safes import Safe
from storage.families.every import BY_NAME
from storage.families.heads import Heads
from storage.families.owners import HOUSE
from storage.registry.wishes import insert_for, wish_pack
from storage.rows.cloud import AT_HOME, HeadRow, LeftoverRow, ObjectRow, PackRow, UnsyncedRow


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
    if put.safe.owner != HOUSE:
        wish_pack(session, put.safe.owner, closes(put.month))


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
        pack=entry.pack,
        start=entry.start,
        place=entry.place,
    )


def entry_of(row: ObjectRow) -> Entry:
    """Return what the manifest says of an object's row."""
    return Entry(
        row.name,
        row.family,
        row.ref,
        row.version,
        row.digest,
        row.length,
        pack=row.pack,
        start=row.start,
        place=row.place,
    )


def packs_of(session: Session, entries: Iterable[Entry]) -> tuple[PackRef, ...]:
    """Return the packs in which these objects lie, as their page lists them."""
    named = {one.pack for one in entries if one.pack}
    if not named:
        return ()
    rows = session.scalars(select(PackRow).where(PackRow.name.in_(named)).order_by(PackRow.name))
    return tuple(PackRef(row.name, row.digest, row.length) for row in rows)


def leave(
    session: Session, container: str, names: Iterable[str], at: datetime, *, place: str = AT_HOME
) -> None:
    """Note objects that no manifest needs from now on."""
    rows = [{"container": container, "name": one, "since": at, "place": place} for one in names]
    if rows:
        insert = insert_for(session.get_bind().dialect, LeftoverRow)
        session.execute(insert.values(rows).on_conflict_do_nothing())


def pack_row(owner: str, pack: PackRef) -> PackRow:
    """Return the row of a pack that lies in a container."""
    return PackRow(name=pack.name, record=owner, digest=pack.digest, length=pack.length)


def note_packs(session: Session, owner: str, packs: Iterable[PackRef], at: datetime) -> None:
    """Note those of these packs in which something of a record lies, and let it be packed on."""
    needed = select(ObjectRow.pack).where(ObjectRow.record == owner, ObjectRow.pack != "")
    here = set(session.scalars(needed.distinct()))
    for one in packs:
        if one.name in here:
            session.merge(pack_row(owner, one))
    if owner != HOUSE:
        wish_pack(session, owner, at)


def drop(
    session: Session, container: str, rows: Sequence[ObjectRow], at: datetime
) -> list[tuple[str, str]]:
    """Take objects off; return what is left over: loose ones, and packs with nothing needed."""
    session.execute(delete(ObjectRow).where(ObjectRow.name.in_([row.name for row in rows])))
    return leave_places(session, container, rows, at)


def leave_places(
    session: Session, container: str, rows: Sequence[ObjectRow], at: datetime
) -> list[tuple[str, str]]:
    """Note where these lay as left over, a pack only if nothing in it is needed.

    Returns the names of that, each with its place.
    """
    left = [(row.name, row.place) for row in rows if not row.pack]
    packs = {row.pack for row in rows if row.pack}
    if packs:
        owners = {row.record for row in rows}
        needed = select(ObjectRow.pack).where(
            ObjectRow.record.in_(owners), ObjectRow.pack.in_(packs)
        )
        empty = packs - set(session.scalars(needed.distinct()))
        session.execute(delete(PackRow).where(PackRow.name.in_(empty)))
        left += [(one, AT_HOME) for one in sorted(empty)]
    for place in {place for _, place in left}:
        leave(session, container, [name for name, one in left if one == place], at, place=place)
    return left


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
    rows = session.scalars(select(ObjectRow).where(older)).all()
    if rows:
        drop(session, put.safe.container, rows, put.at)


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
