"""A SQLite file with a log of writes ahead, also where several processes make it at once."""

import time
from sqlite3 import OperationalError
from typing import Protocol

PATIENCE = 15.0  # seconds
PAUSE = 0.02


class Executes(Protocol):
    """A cursor, of the driver or as SQLAlchemy hands it on."""

    def execute(self, statement: str, /) -> object:
        """Run one statement."""
        ...


def write_ahead(cursor: Executes) -> None:
    """Turn the log of writes ahead on, waiting while another connection is turning it on.

    SQLite calls no busy handler for this one change and says at once that the file is locked.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE)
