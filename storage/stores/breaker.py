"""A circuit breaker: a cloud that is down is left alone for a while, then asked once.

The libraries to be had hold a lock over the whole call, so that puts would wait for one another.
"""

import random
import threading
import time
from collections.abc import Callable

FAILURES = 5  # in a row, until the circuit opens
PAUSE = 15.0  # seconds it stays open; up to twice as long, so that workers do not return together


class Breaker:
    """Counts failures in a row; safe to share between threads."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, pause: float = PAUSE
    ) -> None:
        self._clock = clock
        self._pause = pause
        self._failures = 0
        self._until = 0.0
        self._lock = threading.Lock()

    def lets_through(self) -> bool:
        """Say whether a call may be made: always while closed, one at a time to try again."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._clock() < self._until:
                return False
            self._open_again()  # for everybody but the caller, who finds out
            return True

    def succeeded(self) -> None:
        """Close the circuit."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Count a failure, and open the circuit at the last of too many."""
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._open_again()

    def _open_again(self) -> None:
        self._until = self._clock() + self._pause * random.uniform(1, 2)  # noqa: S311 – no secret
