"""The second wall beneath the policy: what a transaction is held to once something is decided."""

from collections.abc import Iterable
from typing import Protocol

from records.people import Person
from records.tracking import RecordId


class Wall(Protocol):
    """Holds the rest of a transaction to the records the decision admitted."""

    def asks(self, person: Person) -> None:
        """Say who asks: of the papers the own ones stay in sight."""
        ...

    def admit(self, record_ids: Iterable[RecordId]) -> None:
        """Say which records a decision has admitted."""
        ...

    def refuse(self, record_id: RecordId) -> None:
        """Say that a decision refused a record."""
        ...
