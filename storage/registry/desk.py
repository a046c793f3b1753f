"""What every part of the registry works with: one session, the cells, the time, the channels."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from storage.cells import Cells
from storage.wall import Wall, wall_of


@dataclass(frozen=True, slots=True)
class Desk:
    """One transaction's session with what seals and what tells the time (aware, UTC)."""

    session: Session
    cells: Cells
    clock: Callable[[], datetime]
    quiet: float  # seconds a record must be quiet before it is synced

    @property
    def wall(self) -> Wall:
        """What this transaction is confined to."""
        return wall_of(self.session)
