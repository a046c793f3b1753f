"""One-time links, and the wrong ones."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from records.tracking import ChatId, PersonId, RecordId


@dataclass(frozen=True, slots=True)
class Link:
    """What a one-time link stands for; only the digest of its token is kept."""

    purpose: str
    person: PersonId | None
    record: RecordId | None
    expires: datetime
    ref: str = ""


class Links(Protocol):
    """One-time links."""

    def make(self, link: Link) -> str:
        """Keep a link and return its token: 43 characters of A-Za-z0-9_-."""
        ...

    def look(self, token: str, now: datetime) -> Link:
        """Return what the token stands for, or raise LinkUsed or LinkExpired."""
        ...

    def use(self, token: str, now: datetime) -> Link:
        """Return what the token stands for and use it up, or raise LinkUsed or LinkExpired."""
        ...

    def at(self, digest: str) -> Link:
        """Return the unused link with this digest, or raise NotFound."""
        ...

    def change(self, digest: str, ref: str) -> None:
        """Change what an unused link refers to."""
        ...


class WrongLinks(Protocol):
    """Tries with links that stand for nothing."""

    def note(self, chat: ChatId, now: datetime) -> None:
        """Remember that a chat tried one."""
        ...

    def since(self, chat: ChatId, moment: datetime) -> int:
        """Return how often a chat tried one since then."""
        ...
