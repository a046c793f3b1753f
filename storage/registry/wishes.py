"""Wishes to the clouds: upserts that grow a counter, so that none is lost while one is at work."""

from datetime import datetime

from sqlalchemy import Dialect, case
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from records.tracking import GrantId, RecordId
from storage.queue import DONE, WAITING
from storage.registry.desk import Desk
from storage.rows.base import Base
from storage.rows.cloud import MOVED, SyncRow


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


def wish_move(desk: Desk, record_id: RecordId, due: datetime) -> None:
    """Wish that what of a record lies in the wrong place is moved."""
    _wish(desk, MOVED, record_id, due)


def wish_pack(session: Session, record: str, due: datetime) -> None:
    """Wish that what is closed of a record is packed once `due` has come, or sooner."""
    insert = insert_for(session.get_bind().dialect, SyncRow).values(
        lane="pack", ref=record, due=due, state=WAITING, changes=1, attempts=0, token=0, event=""
    )
    asked = insert.excluded.due
    moved = case((SyncRow.state == DONE, asked), (SyncRow.due > asked, asked), else_=SyncRow.due)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["lane", "ref"],
            set_={
                "changes": SyncRow.changes + 1,
                "due": moved,
                "state": case((SyncRow.state == DONE, WAITING), else_=SyncRow.state),
            },
        )
    )


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
