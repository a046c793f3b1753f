"""Bytes that are still with a channel: claimed with a lease and a fence, as everything is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from records.attachments import Cleaned
from records.tracking import AttachmentId


@dataclass(frozen=True, slots=True)
class Wanted:
    """One claimed attachment whose bytes are to be fetched by the channel's own id of them."""

    id: AttachmentId
    source: str
    token: int
    attempts: int


class Fetches(Protocol):
    """The bytes of one channel that are still to be fetched; each method is a transaction."""

    def claim(self, limit: int) -> Sequence[Wanted]:
        """Claim the next bytes due."""
        ...

    def arrived(self, wanted: Wanted, cleaned: Cleaned) -> None:
        """Keep bytes that were fetched, and let the dialogue know."""
        ...

    def again(self, wanted: Wanted, seconds: float) -> None:
        """Put it back: the channel could not be reached; try once more after this time."""
        ...

    def lost(self, wanted: Wanted, reason: str) -> None:
        """Note that these bytes will never be here, and let the dialogue say so."""
        ...
