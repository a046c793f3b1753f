"""An update of the Bot API, as it came, to what the dialogue takes in; pure and tolerant.

Whatever is not as the Bot API says it is comes back as Strange, never as an exception.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.dialogue import (
    Blocked,
    Bytes,
    EditedText,
    Elsewhere,
    Fetched,
    File,
    Incoming,
    Photo,
    Started,
    Strange,
    Tapped,
    Text,
    Unblocked,
    Voice,
)

BOT = "telegram"
FILES = f"{BOT}-files"  # whose updates say what became of the bytes of an earlier one
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
WITH_BYTES = ("document", "video", "video_note", "audio", "animation", "sticker")
WITHOUT = (
    "location",
    "contact",
    "venue",
    "poll",
    "dice",
)
Shape = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Received:
    """What must be known of an update before it is kept: its id and the chat it belongs to."""

    update_id: int
    address: str
    query: str | None  # the id of a callback query, which wants an answer at once


def envelope(update: object) -> Received | None:
    """Return the envelope of a decoded update, or None where it has not even an id."""
    if not isinstance(update, dict) or not _is_id(update.get("update_id")):
        return None
    query = _part(update, "callback_query")
    query_id = query.get("id")
    return Received(
        update["update_id"],
        _address(update),
        query_id if isinstance(query_id, str) else None,
    )


def query_of(body: bytes) -> str | None:
    """Return the id of the callback query in an update as it was kept, if it is one."""
    try:
        found = envelope(json.loads(body))
    except (ValueError, RecursionError):
        return None
    return found.query if found else None


def read(body: bytes) -> Incoming:
    """Read one update, as it was kept."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return Strange()
    if not isinstance(update, dict):
        return Strange()
    address = _address(update)
    try:
        return _read(update) or Strange(address)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):  # OSError: a date too far
        return Strange(address)


def read_fetched(body: bytes) -> Incoming:
    """Read what became of the bytes of an earlier message."""
    try:
        told = json.loads(body)
        return Fetched(_word(told, "attachment"), str(told.get("reason", "")))
    except (ValueError, KeyError, TypeError):
        return Strange()


def _read(update: Shape) -> Incoming | None:
    content = _part(update, *ALLOWED)
    chat = _part(_part(content, "message") if "callback_query" in update else content, "chat")
    if chat.get("type") in ("group", "supergroup", "channel"):
        return _elsewhere(content, chat, written="message" in update)
    if "message" in update:
        return _message(content)
    if "edited_message" in update:
        return _edited(content)
    if "callback_query" in update:
        return Tapped(_word(content, "data"), str(_part(content, "message").get("message_id", "")))
    if "my_chat_member" in update:
        status = _word(_part(content, "new_chat_member"), "status")
        return Blocked() if status in ("kicked", "left") else Unblocked()
    return None


def _elsewhere(content: Shape, chat: Shape, *, written: bool) -> Elsewhere:
    moved = content.get("migrate_to_chat_id")
    group = chat.get("type") in ("group", "supergroup")
    return Elsewhere(written and group, str(moved) if _is_id(moved) else "")


def _message(content: Shape) -> Incoming | None:
    key, sent = str(_number(content, "message_id")), _moment(content)
    caption = content.get("caption")
    words = _whole(caption) if isinstance(caption, str) else ""
    if "text" in content:
        text = _word(content, "text")
        return _started(content, text) if _is_start(text) else Text(text, key, sent)
    if "photo" in content:
        return Photo(key, sent, words, _largest(content["photo"]))
    if "voice" in content:
        return Voice(key, sent, words, _bytes(_part(content, "voice")))
    if any(one in content for one in (*WITH_BYTES, *WITHOUT)):
        return File(key, sent, words, _bytes(_part(content, *WITH_BYTES)))
    return None


def _bytes(part: Shape) -> Bytes:
    source, size = part.get("file_id"), part.get("file_size")
    return Bytes(
        _whole(source) if isinstance(source, str) else "", size if type(size) is int else 0
    )


def _largest(sizes: object) -> Bytes:
    """Return the largest of the sizes in which Telegram offers a photo."""
    offered = [one for one in sizes if isinstance(one, dict)] if isinstance(sizes, list) else []
    return max((_bytes(one) for one in offered), key=lambda one: one.size, default=Bytes())


def _edited(content: Shape) -> Incoming | None:
    for field in ("text", "caption"):
        if field in content:
            key = str(_number(content, "message_id"))
            return EditedText(_word(content, field), key, _moment(content))
    return None


def _is_start(text: str) -> bool:
    return text.split(" ")[0].split("@")[0] == "/start"


def _started(content: Shape, text: str) -> Started:
    person = _part(content, "from")
    names = (person.get("first_name"), person.get("last_name"))
    language = person.get("language_code")
    return Started(
        payload=text.partition(" ")[2].strip(),
        name=_whole(" ".join(one for one in names if isinstance(one, str))),
        language=_whole(language) if isinstance(language, str) else "",
    )


def _address(update: Shape) -> str:
    content = _part(update, *ALLOWED)
    message = _part(content, "message") if "callback_query" in update else content
    for part in (_part(message, "chat"), _part(content, "from")):
        if _is_id(part.get("id")):
            return str(part["id"])
    return ""


def _is_id(value: object) -> bool:
    """Say whether this can be an id of the Bot API: a whole number of 64 bits."""
    return type(value) is int and -(2**63) <= value < 2**63


def _part(whole: Shape, *names: str) -> Shape:
    for name in names:
        part = whole.get(name)
        if isinstance(part, dict):
            return part
    return {}


def _word(part: Shape, name: str) -> str:
    word = part[name]
    if not isinstance(word, str) or not word:
        raise TypeError
    return _whole(word)


def _whole(text: str) -> str:
    """Return a text every store can keep: half characters and NUL become the sign for "lost"."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\x00", "\ufffd")


def _number(part: Shape, name: str) -> int:
    number = part[name]
    if type(number) is not int:
        raise TypeError
    return number


def _moment(content: Shape) -> datetime:
    return datetime.fromtimestamp(_number(content, "date"), UTC)
