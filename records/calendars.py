"""The address under which a patient's own calendar fetches what is to come."""

from datetime import datetime
from typing import Protocol

from records.tracking import RecordId


class Calendars(Protocol):
    """Addresses of calendars; only the digest of a token is kept."""

    def make(self, record_id: RecordId, now: datetime) -> str:
        """Return the token of a new address of a record; the one before opens nothing any more."""
        ...

    def revoke(self, record_id: RecordId) -> None:
        """Let the address of a record open nothing any more."""
        ...

    def since(self, record_id: RecordId) -> datetime | None:
        """Return since when a record has an address; None where it has none."""
        ...

    def record_at(self, token: str) -> RecordId:
        """Return the record a token is of, or raise NotFound."""
        ...
