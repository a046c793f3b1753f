"""The keys a process remembers: those used last, each for a minute."""

import threading
from collections import OrderedDict
from collections.abc import Callable

CACHED = 50_000  # owners' keys kept in memory, the least used dropped first
KEPT_FOR = 60.0  # seconds after which a key forgotten by another process is forgotten here too

Keys = tuple[tuple[str, bytes], ...]
"""An owner's keys with their ids, the newest first."""


class KeyMemory:
    """Remember owners' keys for a while; safe to share between threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Keys]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, owner: str) -> Keys:
        """Return the owner's keys; none where they are not, or no longer, remembered."""
        with self._lock:
            until, keys = self._kept.get(owner, (0.0, ()))
            if not keys or until < self._clock():
                return ()
            self._kept.move_to_end(owner)
            return keys

    def keep(self, owner: str, keys: Keys) -> None:
        """Remember the owner's keys, and drop the least used where there are too many."""
        with self._lock:
            self._kept[owner] = (self._clock() + KEPT_FOR, keys)
            self._kept.move_to_end(owner)
            while len(self._kept) > CACHED:
                self._kept.popitem(last=False)

    def forget(self, owner: str) -> None:
        """Forget the owner's keys at once."""
        with self._lock:
            self._kept.pop(owner, None)

    def forget_all(self) -> None:
        """Forget every key."""
        with self._lock:
            self._kept.clear()
