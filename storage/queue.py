"""Claim, lease, fence: the one mechanism under spool, outbox, timetable and sync.

A worker claims rows for the length of a lease and gets each row's token, which only grows. Every
later write names the token; when somebody else has claimed the row meanwhile (the worker stalled,
or was stopped longer than its lease), the write changes nothing and the worker's work is undone.
A lease alone gives doubled effects: SAFETY.md §0.6.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from records.errors import Stale
from storage.rows.base import Claimable

Row = TypeVar("Row", bound=Claimable)

WAITING, CLAIMED, DONE = "waiting", "claimed", "done"


def claimable(rows: type[Claimable], now: datetime) -> ColumnElement[bool]:
    """Return what may be claimed: due and waiting, or claimed by somebody whose lease ran out."""
    return or_(
        and_(rows.state == WAITING, rows.due <= now),
        and_(rows.state == CLAIMED, rows.lease_until <= now),
    )


def claim(
    session: Session, found: Select[Row], *, now: datetime, lease: timedelta, limit: int
) -> Sequence[Row]:
    """Claim up to `limit` of the rows found, past those another worker is claiming right now."""
    rows = session.scalars(found.limit(limit).with_for_update(skip_locked=True)).all()
    for row in rows:
        row.state = CLAIMED
        row.token += 1
        row.attempts += 1
        row.lease_until = now + lease
    session.flush()
    return rows


def settle(
    session: Session,
    rows: type[Claimable],
    key: InstrumentedAttribute[Any],
    ref: object,
    token: int,
    **changes: object,
) -> None:
    """Change a claimed row, or raise Stale when the claim is no longer ours."""
    changed = session.execute(
        update(rows)
        .where(key == ref, rows.token == token, rows.state == CLAIMED)
        .values(lease_until=None, **changes)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise Stale
