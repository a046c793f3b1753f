"""Holding a container: whoever writes its manifest has claimed it, and numbers the head by that."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from records.errors import Stale
from records.tracking import RecordId
from storage.database import Database
from storage.queue import CLAIMED, WAITING, claim, claimable
from storage.registry.wishes import wish_private
from storage.rows.cloud import SyncRow

LEASE = timedelta(minutes=10)


def hold(database: Database, owner: str) -> int | None:
    """Claim a container as the sync does; return the token, or None if somebody else has it."""
    now = database.clock()
    with database.begin(True) as unit:
        wish_private(unit.desk, RecordId(owner), now)
        found = select(SyncRow).where(
            SyncRow.lane == "private", SyncRow.ref == owner, claimable(SyncRow, now)
        )
        rows = claim(unit.desk.session, found, now=now, lease=LEASE, limit=1)
        return rows[0].token if rows else None


def release(session: Session, database: Database, owner: str, token: int) -> None:
    """Let go of a container, in the transaction that notes its head; raise Stale if it is lost."""
    released = session.execute(
        update(SyncRow)
        .where(
            SyncRow.lane == "private",
            SyncRow.ref == owner,
            SyncRow.token == token,
            SyncRow.state == CLAIMED,
        )
        .values(state=WAITING, due=database.clock(), attempts=0, lease_until=None)
    )
    if not released.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise Stale
