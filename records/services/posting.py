"""What comes in and what goes out: the spool and the post, claimed with a lease and a fence.

A claim lasts as long as its lease; every later write must carry its token, and is refused with
`Stale` when somebody else has claimed in the meantime. Each method here is its own transaction.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from records.chats import Card, MessageId
from records.services.ports import Unit
from records.tracking import ChatId
from records.vocabulary import Language, Role


@dataclass(frozen=True, slots=True)
class Update:
    """One claimed update: the channel's bot, the address of the chat and the body as it came."""

    id: int
    bot: str
    address: str
    body: bytes
    token: int
    attempts: int
    received: datetime


class Spool(Protocol):
    """Updates, kept before they are acknowledged and answered one chat at a time."""

    def keep(self, bot: str, update_id: str, address: str, body: bytes) -> bool:
        """Keep an update under its exact (bot, update_id); False if it was there before."""
        ...

    def claim(self, limit: int) -> Sequence[Update]:
        """Claim the oldest waiting update of each chat that nobody is answering."""
        ...

    def answering(self, update: Update) -> AbstractContextManager[Unit]:
        """Begin the one transaction in which an update is answered and marked done."""
        ...

    def crashed(self) -> Sequence[Update]:
        """Set aside what a process died over three times, and return it; never a crash loop."""
        ...

    def fail(self, update: Update, event: str, *, for_good: bool = False) -> bool:
        """Put an update back, or aside after three tries or for good; True if it was set aside."""
        ...


@dataclass(frozen=True, slots=True)
class ShownButton:
    """A button as it goes out: the label, and the one-use token that stands for what it means."""

    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One claimed message: a new card, or (with `edits`) the change of one that was sent."""

    id: MessageId
    chat: ChatId
    address: str
    card: Card
    buttons: tuple[tuple[ShownButton, ...], ...]
    token: int
    attempts: int
    about: str
    edits: str | None  # the channel's own id of the message to change
    number: int = 0  # by which a person and the house speak of this message
    repeats: bool = False  # it went out before, and nobody knows whether it arrived
    language: Language = Language.ENGLISH
    roles: frozenset[Role] = frozenset()  # of whom the chat belongs to
    photo: bytes | None = None  # the card's picture, drawn


class Post(Protocol):
    """Messages on their way to one channel."""

    def claim(self, limit: int) -> Sequence[Letter]:
        """Claim the next letters due, one a chat; what is too late to be useful is dropped."""
        ...

    def sent(self, letter: Letter, external_id: str) -> None:
        """Note that the channel took the letter, under its own id."""
        ...

    def again(self, letter: Letter, seconds: float) -> None:
        """Put the letter back: it was certainly not delivered; try once more after this time."""
        ...

    def pause(self, letter: Letter, seconds: float) -> None:
        """Put the letter back and let every courier of this channel wait, as it was told to."""
        ...

    def unknown(self, letter: Letter) -> None:
        """Note that nobody can say whether it was delivered; orders go out once more, marked."""
        ...

    def unreachable(self, letter: Letter, event: str) -> None:
        """Note that the chat cannot be reached: it is off, and what waits for it is dead."""
        ...

    def moved(self, letter: Letter, address: str) -> None:
        """Follow a chat to its new address, and put the letter back, in one."""
        ...

    def dead(self, letter: Letter, event: str) -> None:
        """Note that the channel refuses this letter for good, though not the chat."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chat as its page shows it; `mine` when the person wrote it."""

    id: str
    at: datetime
    mine: bool
    text: str
    rows: tuple[tuple[ShownButton, ...], ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    waiting: bool = False
    picture: bool = False  # whether a picture belongs to it, to be asked for by its id
