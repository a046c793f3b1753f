"""Where a restore may begin, how far one has come, and its end."""

from datetime import datetime

from sqlalchemy import delete, inspect, select, text
from sqlalchemy.orm import Session

from records.services.storing import CannotRestore
from storage.families.every import FAMILIES
from storage.families.owners import HOUSE
from storage.queue import DONE, WAITING
from storage.rows import Base
from storage.rows.cloud import SyncRow

LANE = "restore"  # rows of the sync table that no worker claims: how far each container is
NOT_EMPTY = (
    "This database is not empty, and a restore would mix two houses. "
    "Set DATABASE_URL to an empty database, or move the old file away, then run restore again."
)
LEFT_BY_STARTING = frozenset({"lanes", "audit_work", "audit_roots"})
"""Tables into which the schema itself or a process writes as soon as it starts."""


def require_empty(session: Session) -> None:
    """Raise CannotRestore where something is here that no restore has put here; change nothing."""
    here = set(inspect(session.connection()).get_table_names())
    if SyncRow.__tablename__ in here and is_unfinished(session):
        return
    tables = [Base.metadata.tables[one] for one in Base.metadata.tables.keys() & here]
    kept = [one for one in tables if one.name not in LEFT_BY_STARTING]
    rows = (session.execute(select(text("1")).select_from(one).limit(1)).first() for one in kept)
    if any(row is not None for row in rows):
        raise CannotRestore(NOT_EMPTY)


def begin(session: Session, now: datetime) -> frozenset[str]:
    """Begin, or go on; return which containers are done. Raises CannotRestore if not empty."""
    require_empty(session)
    mine = session.scalars(select(SyncRow).where(SyncRow.lane == LANE)).all()
    if not mine:
        session.add(SyncRow(lane=LANE, ref=HOUSE, state=WAITING, due=now))
    return frozenset(row.ref for row in mine if row.state == DONE)


def is_unfinished(session: Session) -> bool:
    """Say whether a restore was begun and has not come to its end."""
    return session.scalar(select(SyncRow.ref).where(SyncRow.lane == LANE).limit(1)) is not None


def note_done(session: Session, owner: str, now: datetime) -> None:
    """Note that everything of a container is back."""
    session.merge(SyncRow(lane=LANE, ref=owner, state=DONE, due=now))


def end(session: Session) -> None:
    """Come to the end: what is numbered goes on after what came back."""
    session.execute(delete(SyncRow).where(SyncRow.lane == LANE))
    if session.get_bind().dialect.name == "postgresql":
        for family in FAMILIES:
            _go_on_numbering(session, family.rows)


def _go_on_numbering(session: Session, rows: type[Base]) -> None:
    table = Base.metadata.tables[rows.__tablename__]
    number = table.autoincrement_column
    if number is None:
        return
    # Names of our own tables, never anything from outside.
    session.execute(
        text(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', '{number.name}'),"  # noqa: S608
            f" (SELECT max({number.name}) FROM {table.name}))"
        )
    )
