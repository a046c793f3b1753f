"""The updates that wait for the bot, and how getUpdates hands them out and confirms them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Left out unless asked for by name: https://core.telegram.org/bots/api#getupdates
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}

# An offset this far past the last update is taken as "from the start", as the real server does:
# after an idle week the next id may lie far below what the bot confirmed last.
FUTURE = 10


@dataclass(slots=True)
class Waiting:
    """One update that is not confirmed yet."""

    update: dict[str, Any]
    chat_id: int | None
    deliveries: int = 0

    @property
    def id(self) -> int:
        """The update id."""
        return int(self.update["update_id"])


class UpdateQueue:
    """The pending updates in order; whoever calls holds the server's lock."""

    def __init__(self) -> None:
        self._numbers = random.Random()
        self.next_id = self._numbers.randrange(100_000_000, 900_000_000)
        self.pending: list[Waiting] = []
        self.echoes: list[Waiting] = []  # confirmed, yet due to be delivered again
        self.deliveries_wanted = 1
        self.allowed: Sequence[str] | None = None
        self.handed_out: list[int] = []
        self._used: set[int] = set()

    def add(self, kind: str, content: dict[str, Any], chat_id: int | None) -> int | None:
        """Append an update and return its id; None where the bot did not ask for this kind."""
        if not (kind in self.allowed if self.allowed else kind not in UNASKED):
            return None
        number = self.next_id
        self.next_id += 1
        self._used.add(number)
        self.pending.append(Waiting({"update_id": number, kind: content}, chat_id))
        return number

    def jump(self) -> None:
        """Choose the next id at random, far from any before, as after a week without updates."""
        while True:
            chosen = self._numbers.randrange(1_000, 1_000_000_000)
            if abs(chosen - self.next_id) > 1_000_000 and not self._near_used(chosen):
                self.next_id = chosen
                return

    def _near_used(self, number: int) -> bool:
        return any(abs(number - used) < 1_000_000 for used in self._used)

    def confirm_below(self, offset: int) -> None:
        """Forget what lies below the offset; negative counts from the end, 0 forgets nothing."""
        if offset < 0:
            self._forget([w for w in self.pending if w not in self.pending[offset:]])
        elif offset <= self.next_id + FUTURE:
            self._forget([waiting for waiting in self.pending if waiting.id < offset])

    def _forget(self, confirmed: list[Waiting]) -> None:
        for waiting in confirmed:
            self.pending.remove(waiting)
            if 0 < waiting.deliveries < self.deliveries_wanted:
                self.echoes.append(waiting)

    def hand_out(self, limit: int) -> list[dict[str, Any]]:
        """Return up to this many updates, repeated ones first, and count the delivery."""
        given = (self.echoes + self.pending)[:limit]
        for waiting in given:
            self.delivered(waiting)
        return [waiting.update for waiting in given]

    def delivered(self, waiting: Waiting) -> None:
        """Count one delivery of an update, and drop it where it was a repetition."""
        waiting.deliveries += 1
        self.handed_out.append(waiting.id)
        if waiting in self.echoes and waiting.deliveries >= self.deliveries_wanted:
            self.echoes.remove(waiting)

    def clear(self) -> None:
        """Drop everything that waits."""
        self.pending.clear()
        self.echoes.clear()
