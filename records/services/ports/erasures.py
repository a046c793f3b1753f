"""The port to which records are to be erased."""

from datetime import datetime
from typing import Protocol

from records.tracking import RecordId


class ErasureWishes(Protocol):
    """Which records are to be erased, and when."""

    def of(self, record_id: RecordId) -> datetime | None:
        """Return when a record is to be erased, or None."""
        ...

    def put(self, record_id: RecordId, due: datetime) -> None:
        """Let a record be erased at this time; one that is wished already keeps its time."""
        ...

    def withdraw(self, record_id: RecordId) -> None:
        """Take a wish back."""
        ...
