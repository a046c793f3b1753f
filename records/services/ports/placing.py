"""The port to where records lie, and whose must stay at home."""

from typing import Protocol

from records.placing import Whereabouts
from records.tracking import RecordId


class Placing(Protocol):
    """Where records lie."""

    def of(self, record_id: RecordId) -> Whereabouts:
        """Return how much of a record lies where, and what its patient wishes."""
        ...

    def choose(self, record_id: RecordId, *, stays: bool) -> None:
        """Keep a record in the private cloud from now on, or let old parts of it move."""
        ...
