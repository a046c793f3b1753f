"""Everything the Bot API server remembers, behind one lock."""

import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tests.parts.botapi.chats import Chat
from tests.parts.botapi.faults import ApiError, Fault, bad_request
from tests.parts.botapi.queue import UpdateQueue


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot as it arrived, also one that was refused."""

    method: str
    parameters: dict[str, Any]
    at: float  # time.monotonic()


@dataclass(frozen=True, slots=True)
class File:
    """One file the bot may fetch or show again."""

    id: str
    path: str
    content: bytes


@dataclass(slots=True)
class Query:
    """One tap on a button, until it is answered or too old."""

    chat_id: int
    answer: str | None = None  # what the person saw; None: still spinning
    too_old: bool = False


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed; an empty URL means polling."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str = ""


@dataclass(slots=True)
class State:
    """What the server remembers; hold `changed` while reading or writing, notify after writing."""

    bot_id: int = 7_000_000_001
    username: str = "kanglu_test_bot"
    changed: threading.Condition = field(
        default_factory=lambda: threading.Condition(threading.RLock())
    )
    token: str = ""
    chats: dict[int, Chat] = field(default_factory=dict)
    queue: UpdateQueue = field(default_factory=UpdateQueue)
    files: dict[str, File] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)
    faults: dict[str, deque[Fault]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    poller: int = 0  # the number of the newest getUpdates; an older one gives way with 409
    stopping: bool = False

    def __post_init__(self) -> None:
        self.token = self.token or f"{self.bot_id}:{secrets.token_urlsafe(26)}"

    def bot(self) -> dict[str, Any]:
        """Return the User object of the bot."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": "Kanglu",
            "username": self.username,
        }

    def chat(self, chat_id: int | str) -> Chat:
        """Return a chat that a person opened, or refuse."""
        found = self.chats.get(int(chat_id)) if str(chat_id).lstrip("-").isdigit() else None
        if found is None:
            raise bad_request("chat not found")
        return found

    def push(self, kind: str, content: dict[str, Any], chat_id: int | None) -> int | None:
        """Put an update in the queue, wake whoever waits, and return its id."""
        number = self.queue.add(kind, content, chat_id)
        self.changed.notify_all()
        return number

    def keep_file(self, content: bytes, name: str) -> File:
        """Keep a file under a new id."""
        number = len(self.files) + 1
        kept = File(f"F{number}-{secrets.token_hex(8)}", f"files/{number}_{name}", content)
        self.files[kept.id] = kept
        return kept

    def take_fault(self, method: str) -> Fault | None:
        """Return the fault due for this method, if one waits, and count it as used."""
        for key in (method.lower(), "*"):
            if waiting := self.faults.get(key):
                return waiting.popleft()
        return None

    def check_token(self, given: str) -> None:
        """Refuse a token that is not ours: 401 when it looks like one, else 404."""
        if given == self.token:
            return
        looks_right = given.partition(":")[0].isdigit() and len(given.partition(":")[2]) > 20
        raise ApiError(401, "Unauthorized") if looks_right else ApiError(404, "Not Found")


def now() -> int:
    """Return the server's time in whole seconds, as the Bot API writes it."""
    return int(time.time())
