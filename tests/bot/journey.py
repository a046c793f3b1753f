"""A journey of one person through the chat, and what it cost: messages typed and buttons tapped."""

from dataclasses import dataclass, field

from records.services.posting import Line
from tests.bot.talking import Desk, Talk, labels


@dataclass
class Journey:
    """A person's way through a journey; every step goes to a conversation made anew."""

    talk: Talk
    typed: int = 0
    tapped: int = 0
    begun: int = field(init=False)

    def __post_init__(self) -> None:
        self.begun = len(self.talk.lines)

    def say(self, words: str) -> list[str]:
        """Type a line and return the new messages."""
        before = len(self.talk.lines)
        self.typed += 1
        self.restarted().say(words)
        return [one.text for one in self.talk.lines[before:]]

    def tap(self, label: str) -> list[str]:
        """Tap a button and return the new messages."""
        before = len(self.talk.lines)
        self.tapped += 1
        self.restarted().tap(label)
        return [one.text for one in self.talk.lines[before:]]

    def restarted(self) -> Talk:
        """Return the same chat after everything in memory is gone: only the database is left."""
        desk = Desk(self.talk.desk.database, self.talk.desk.clock)
        return Talk(desk, self.talk.person)

    @property
    def last(self) -> Line:
        """The newest message."""
        return self.talk.last

    @property
    def buttons(self) -> list[str]:
        """The buttons under the newest message."""
        return labels(self.talk.last)

    @property
    def cost(self) -> tuple[int, int]:
        """Messages typed and buttons tapped so far."""
        return self.typed, self.tapped

    @property
    def answered(self) -> int:
        """Messages the house sent in this journey."""
        return len(self.talk.lines) - self.begun
