"""From a chat line to readings or a question, in English and Chinese."""

from records.language.grammar import amends, keeps_private, understand
from records.language.understanding import (
    Command,
    Context,
    Expect,
    Reading,
    Reason,
    Stated,
    Understanding,
)

__all__ = [
    "Command",
    "Context",
    "Expect",
    "Reading",
    "Reason",
    "Stated",
    "Understanding",
    "amends",
    "keeps_private",
    "understand",
]
