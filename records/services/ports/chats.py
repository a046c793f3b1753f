"""Chats: what is sent, what was asked and tapped, what waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from records.chats import Card, Chat, ChatChannel, MessageId, Tap
from records.tracking import ChatId, PersonId


class Outbox(Protocol):
    """What is to be said in chats because of this change."""

    def send(
        self, chat: ChatId, card: Card, *, about: str = "", useful_until: datetime | None = None
    ) -> MessageId:
        """Queue a card; `about` is the id of the thing it speaks of."""
        ...

    def edit(self, message: MessageId, card: Card) -> None:
        """Queue the change of a card that was sent."""
        ...

    def about(self, ref: str) -> tuple[tuple[ChatId, MessageId], ...]:
        """Return the cards that speak of this thing."""
        ...

    def text(self, message: MessageId) -> str:
        """Return the words of a card as it was sent."""
        ...

    def repeats(self, chat: ChatId, text: str, since: datetime) -> int:
        """Return how often this text has been said in this chat since a moment."""
        ...


class Chats(Protocol):
    """Chats, their open questions and buttons."""

    def chat(self, chat_id: ChatId) -> Chat:
        """Return the chat, or raise NotFound."""
        ...

    def at(self, channel: ChatChannel, address: str) -> Chat | None:
        """Return the chat at this address."""
        ...

    def of_person(self, person_id: PersonId) -> tuple[Chat, ...]:
        """Return the chats of a person that are not blocked."""
        ...

    def off_since(self, person_id: PersonId) -> datetime | None:
        """Return since when none of a person's phone chats can be reached; None while one can."""
        ...

    def put(self, chat: Chat) -> None:
        """Keep a chat, new or changed."""
        ...


class Taps(Protocol):
    """Buttons that were shown: one-use tokens, bound to a chat."""

    def take(self, chat: ChatId, token: str) -> tuple[Tap, MessageId] | None:
        """Return what this button means and the card it is on, once; None if used or strange."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot last asked in a chat: helps to read a bare answer, never blocks other input."""

    asked: str
    ref: str
    expires: datetime


class Questions(Protocol):
    """The open question of a chat."""

    def open(self, chat: ChatId, now: datetime) -> Question | None:
        """Return the open question, if it has not expired."""
        ...

    def ask(self, chat: ChatId, question: Question) -> None:
        """Open a question in the place of the one before."""
        ...

    def close(self, chat: ChatId) -> None:
        """Close the open question."""
        ...


class WaitingLines(Protocol):
    """Lines that wait until their chat knows of whom they speak; none is ever lost."""

    def keep(self, chat: ChatId, key: str, line: str) -> None:
        """Keep a line under its message's key, in the place of the same message's older words."""
        ...

    def of_chat(self, chat: ChatId) -> tuple[str, ...]:
        """Return the lines that wait in a chat, oldest first."""
        ...

    def clear(self, chat: ChatId) -> None:
        """Forget the lines that waited in a chat: they are filed, or not wanted."""
        ...
