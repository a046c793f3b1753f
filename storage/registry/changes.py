"""Counting the changes of each record that lists of patients look at, as they are written.

Whatever names a record counts, but for what is listed here: so no table can be forgotten, and one
too many costs only a standing worked out once more. Statements that change many rows at once pass
by unseen; what they change must be counted by hand.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from sqlalchemy import Insert, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, UOWTransaction

from storage.rows.base import Base
from storage.rows.people import PersonRow, RecordRow
from storage.rows.standings import ChangesRow

COUNTED = func.coalesce(ChangesRow.count, 0)
"""How often something of a record has changed, where changes are joined to it."""

CHANGED = "changed records"  # under which a session keeps whose they are
INDIFFERENT = frozenset(
    {
        *("attachments", "devices", "links", "look_notices", "requests", "walks"),
        *("segments", "series"),  # lists read the summaries derived beside them
        *("audit", "erasures", "heads", "objects", "packs", "publications", "stays"),
        *("changes", "standings"),
    }
)
"""Tables that name a record and hold nothing by which a patient's place on a list is found."""


@event.listens_for(Session, "after_flush")
def _see_whose(session: Session, _context: UOWTransaction) -> None:
    seen: set[str] = session.info.setdefault(CHANGED, set())
    for row in (*session.new, *session.dirty, *session.deleted):
        seen.update(_records_of(session, row))


@event.listens_for(Session, "before_commit")
def _count(session: Session) -> None:
    session.flush()
    count_changes(session, session.info.pop(CHANGED, ()))


def count_changes(session: Session, records: Iterable[str]) -> None:
    """Count one change more of each of these, always in the same order."""
    rows = [{"record": one} for one in sorted(set(records))]
    if rows:
        session.connection().execute(_statement(session.get_bind().dialect.name), rows)


def _records_of(session: Session, row: Base) -> Iterator[str]:
    """Give whose row this is: a record's own, its patient's, or one that names it."""
    if isinstance(row, RecordRow):
        yield row.id
    elif isinstance(row, PersonRow):
        yield from session.scalars(select(RecordRow.id).where(RecordRow.patient == row.id))
    elif row.__tablename__ not in INDIFFERENT:
        named = getattr(row, "record", None)
        if isinstance(named, str):
            yield named


@cache
def _statement(dialect: str) -> Insert:
    made = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return (
        made(ChangesRow)
        .values(count=1)
        .on_conflict_do_update(index_elements=["record"], set_={"count": ChangesRow.count + 1})
    )
