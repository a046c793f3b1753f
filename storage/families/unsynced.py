"""Noting that something has no object yet, in the transaction in which it comes to be."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.clock import machine_time
from storage.rows.cloud import UnsyncedRow

CLOCK = "clock"  # under which a session is told the time

Mark = tuple[str, str, str, int]
"""Whose container, the family, by what it is named there, and its version or 0."""


def mark(session: Session, owner: str, family: str, ref: str, version: int = 0) -> None:
    """Note that this has changed; what waits already waits since its first change."""
    mark_all(session, [(owner, family, ref, version)])


def mark_all(session: Session, marks: Iterable[Mark]) -> None:
    """Note several in one statement, always in the same order, so that no two wait crosswise."""
    since = session.info.get(CLOCK, machine_time)()
    rows = [
        {"owner": owner, "family": family, "ref": ref, "version": version, "since": since}
        for owner, family, ref, version in sorted(marks)
    ]
    session.connection().execute(_statement(session.get_bind().dialect.name), rows)


@cache
def _statement(dialect: str) -> Insert:
    made = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return (
        made(UnsyncedRow)
        .values(changes=1)
        .on_conflict_do_update(
            index_elements=["owner", "family", "ref", "version"],
            set_={"changes": UnsyncedRow.changes + 1},
        )
    )
