"""The port to who wants to be told when somebody looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from records.tracking import RecordId


class Often(StrEnum):
    """How often a patient is told of looks at the own record."""

    NEVER = "never"
    EACH = "each"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class LookNotice:
    """A patient's wish to be told of looks; `told` is up to when that was done."""

    record: RecordId
    often: Often = Often.NEVER
    told: datetime | None = None


class LookNotices(Protocol):
    """Who wants to be told of looks."""

    def of(self, record_id: RecordId) -> LookNotice:
        """Return the wish for a record; never, where nothing was wished."""
        ...

    def wished(self, record_ids: Iterable[RecordId]) -> tuple[LookNotice, ...]:
        """Return the wishes to be told, of those among these records."""
        ...

    def put(self, notice: LookNotice) -> None:
        """Keep a wish."""
        ...
