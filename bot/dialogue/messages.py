"""What comes into the dialogue and what goes out of it, whatever the channel."""

from dataclasses import dataclass
from datetime import datetime

from records.chats import Card, MessageId


@dataclass(frozen=True, slots=True)
class Text:
    """Words somebody wrote; `key` is the channel's own id of the message, unique in its chat."""

    text: str
    key: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class EditedText:
    """New words in the place of a message; `key` is the key of the message that was changed."""

    text: str
    key: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tap on a button: its one-use token, and the channel's id of the message it was on."""

    token: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """Somebody opened the chat; with a payload by a deep link, under the name the channel shows."""

    payload: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bytes:
    """Where the bytes of a message are: with the channel under its own id, or here already."""

    source: str = ""
    size: int = 0  # as the channel says
    attachment: str = ""


NO_BYTES = Bytes()


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture, with the words under it."""

    key: str
    sent: datetime
    caption: str = ""
    bytes_: Bytes = NO_BYTES


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice note, with the words under it."""

    key: str
    sent: datetime
    caption: str = ""
    bytes_: Bytes = NO_BYTES


@dataclass(frozen=True, slots=True)
class File:
    """Anything else that is not words: a file, a film, a place; with the words under it."""

    key: str
    sent: datetime
    caption: str = ""
    bytes_: Bytes = NO_BYTES


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of an earlier message are here now, or (with a reason) will never be."""

    attachment: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """Somebody stopped the bot."""


@dataclass(frozen=True, slots=True)
class Unblocked:
    """Somebody let the bot speak again."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something in a group or a channel, where the bot says that it speaks in private, once.

    `written` when people may write there; `moved_to` is the group's new address where it moved.
    """

    written: bool = False
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Strange:
    """What nobody could read; `address` is the chat it came from, as far as that could be read."""

    address: str = ""


Incoming = (
    Text
    | EditedText
    | Tapped
    | Started
    | Photo
    | Voice
    | File
    | Fetched
    | Blocked
    | Unblocked
    | Elsewhere
    | Strange
)


@dataclass(frozen=True, slots=True)
class Edit:
    """The change of a card that was sent."""

    message: MessageId
    card: Card


Reply = Card | Edit


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """What the chat must know of its house.

    `deep_link` is what a payload is put behind to open this chat, such as https://t.me/name?start=;
    without it a payload is put behind the site's own address for links.
    """

    emergency_number: str
    clinic_phone: str
    base_url: str
    deep_link: str = ""

    def link_to(self, payload: str) -> str:
        """Return the address that opens the chat with this payload."""
        return (self.deep_link or f"{self.base_url}/link/") + payload
