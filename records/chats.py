"""Chats, and the cards that go into them: text and buttons as data, whatever the channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from records.tracking import ChatId, PersonId, RecordId
from records.vocabulary import Code, Language

MessageId = NewType("MessageId", str)


class ChatChannel(StrEnum):
    """Through what a chat runs."""

    WEB = "web"
    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat of one person with the house.

    `address` is the channel's own id of the chat. `subject` is the record a caregiver is now
    speaking of, `spoken` when it last did. `tells` is the person's leave to say more than
    an echo in this chat.
    """

    id: ChatId
    channel: ChatChannel
    address: str
    language: Language
    person: PersonId | None = None
    subject: RecordId | None = None
    tells: bool = False
    blocked: datetime | None = None
    spoken: datetime | None = None


class TapName(StrEnum):
    """What a tap on a button asks for."""

    UNDO = "undo"
    PUT_BACK = "put_back"
    CONFIRM = "confirm"  # a provisional reading counts
    REJECT = "reject"  # a provisional reading does not count
    CHOOSE = "choose"  # the answer to an open question; ref holds the choice
    MENU = "menu"
    ORDER_DONE = "order_done"
    ORDER_LATER = "order_later"
    ORDER_QUESTION = "order_question"
    GRANT_GIVE = "grant_give"
    GRANT_WITHDRAW = "grant_withdraw"
    REQUEST = "request"  # somebody asks for leave
    LEAVE = "leave"  # a wish about who may see what, step by step
    LANGUAGE = "language"
    LINK_CONFIRM = "link_confirm"
    LINK_REFUSE = "link_refuse"
    TELLS = "tells"
    SUBJECT = "subject"
    FEEL = "feel"
    REVEAL = "reveal"
    ACCEPT_HELP = "accept_help"
    HELP = "help"  # who helps, and what they may do
    MANAGE = "manage"  # a profile for somebody without a phone
    NOTE = "note"  # a doctor's note, and the patient's words to it
    PROMPT = "prompt"  # the settings of prompts, and the answers to one


@dataclass(frozen=True, slots=True)
class Tap:
    """What one button means; `ref` is an id or a choice, never a name or a value."""

    name: TapName
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what a tap on it asks for."""

    label: str
    tap: Tap


@dataclass(frozen=True, slots=True)
class Picture:
    """What to draw above a card's text: a record's chart of some days, drawn when it is shown.

    The card's text says what the picture shows.
    """

    record: RecordId
    code: Code
    until: datetime
    days: int


@dataclass(frozen=True, slots=True)
class Card:
    """One message to a person: the text, rows of buttons, and the keys that stay below the chat."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    silent: bool = False
    picture: Picture | None = None
