"""The dialogue: a message in, replies out; it knows no channel."""

from bot.dialogue.messages import (
    Blocked,
    ChatSettings,
    Edit,
    EditedText,
    Elsewhere,
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
    "ChatSettings",
    "Edit",
    "EditedText",
    "Elsewhere",
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
