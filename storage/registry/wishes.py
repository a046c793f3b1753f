"""Wishes to the clouds: upserts that grow a counter, so that none is lost while one is at work."""

from datetime import datetime

from sqlalchemy import Dialect, case
from sqlalchemy.dialects import postgresql, sqlite

from records.tracking import GrantId, RecordId
from storage.registry.desk import Desk
from storage.rows.base import Base
from storage.rows.cloud import SyncRow


def insert_for(dialect: Dialect, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Return the dialect's own INSERT, which knows ON CONFLICT."""
    if dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def wish_private(desk: Desk, record_id: RecordId, due: datetime) -> None:
    """Wish that a record's new versions reach the private cloud once `due` has come.

    A later wish moves the time on (ten quiet minutes), an urgent one moves it forward.
    """
    _wish(desk, "private", record_id, due)


def wish_public(desk: Desk, grant_id: GrantId, due: datetime) -> None:
    """Wish that what a release covers is published, or taken back."""
    _wish(desk, "public", grant_id, due)


def _wish(desk: Desk, lane: str, ref: str, due: datetime) -> None:
    now = desk.clock()
    insert = insert_for(desk.session.get_bind().dialect, SyncRow).values(
        lane=lane, ref=ref, due=due, state="waiting", changes=1, attempts=0, token=0, event=""
    )
    urgent_stays = case((SyncRow.due <= now, SyncRow.due), else_=insert.excluded.due)
    moved = case((SyncRow.state == "waiting", urgent_stays), else_=insert.excluded.due)
    desk.session.execute(
        insert.on_conflict_do_update(
            index_elements=["lane", "ref"],
            set_={
                "changes": SyncRow.changes + 1,
                "due": moved,
                "state": case((SyncRow.state == "done", "waiting"), else_=SyncRow.state),
            },
        )
    )
