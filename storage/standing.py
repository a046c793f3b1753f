"""Where patients stand on lists, worked out ahead of who will look: the day begins for all at once.

A list is right without it, and only slower: what nobody worked out ahead is worked out when asked.
"""

import time

from records.services.standing import renew
from storage.database import Database

A_TIME = 200
EVERY = 60.0  # seconds between looks when there was nothing to do


class Ahead:
    """Works out what no longer counts, a few patients at a time."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._look = 0.0

    def step(self) -> int:
        """Work out some of what no longer counts and return how many; nothing between looks."""
        if time.monotonic() < self._look:
            return 0
        with self.database.begin(False) as unit:
            done = renew(unit, now=self.database.clock(), limit=A_TIME)
        if not done:
            self._look = time.monotonic() + EVERY
        return done
