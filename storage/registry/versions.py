"""Keeping the next version of a document, and calling only that one the newest."""

from typing import Any

from sqlalchemy import update

from storage.registry.desk import Desk
from storage.rows.base import Versioned


def keep_version(desk: Desk, row: Versioned) -> None:
    """Keep a version as the newest; the one before stays, and is the newest no more."""
    table: Any = type(row)
    desk.session.execute(update(table).where(table.id == row.id, table.newest).values(newest=False))
    desk.session.add(row)
    desk.session.flush()
