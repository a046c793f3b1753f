"""The dialogue: a message in, replies out; it knows no channel."""

from bot.dialogue.messages import (
    Blocked,
    Bytes,
    ChatSettings,
    Edit,
    EditedText,
    Elsewhere,
    Fetched,
    File,
    Incoming,
    Photo,
    Reply,
    Started,
    Strange,
    Tapped,
    Text,
    Unblocked,
    Voice,
)
from bot.dialogue.responding import respond

__all__ = [
    "Blocked",
    "Bytes",
    "ChatSettings",
    "Edit",
    "EditedText",
    "Elsewhere",
    "Fetched",
    "File",
    "Incoming",
    "Photo",
    "Reply",
    "Started",
    "Strange",
    "Tapped",
    "Text",
    "Unblocked",
    "Voice",
    "respond",
]
