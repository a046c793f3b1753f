"""Addresses of calendars over one session."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select

from records.errors import NotFound
from records.tracking import RecordId
from storage.registry.desk import Desk
from storage.rows.calendars import CalendarRow


class CalendarRegistry:
    """Addresses of calendars; only the digest of a token is kept."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def make(self, record_id: RecordId, now: datetime) -> str:
        """Return the token of a new address of a record; the one before opens nothing any more."""
        token = secrets.token_urlsafe(32)
        self.desk.session.merge(CalendarRow(record=record_id, digest=_digest(token), made=now))
        self.desk.session.flush()
        return token

    def revoke(self, record_id: RecordId) -> None:
        """Let the address of a record open nothing any more."""
        self.desk.session.execute(delete(CalendarRow).where(CalendarRow.record == record_id))

    def since(self, record_id: RecordId) -> datetime | None:
        """Return since when a record has an address; None where it has none."""
        row = self.desk.session.get(CalendarRow, record_id)
        return row.made if row else None

    def record_at(self, token: str) -> RecordId:
        """Return the record a token is of, or raise NotFound."""
        found = select(CalendarRow.record).where(CalendarRow.digest == _digest(token))
        record = self.desk.session.scalar(found)
        if record is None:
            raise NotFound
        return RecordId(record)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
