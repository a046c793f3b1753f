"""A person at the web chat: types, taps, and reads what the house answers, all parts real."""

import json
from dataclasses import dataclass
from datetime import datetime

from bot import web
from bot.conversation import Conversation
from bot.dialogue import ChatSettings, EditedText, Incoming
from records.chats import ChatChannel
from records.people import Person
from records.services.posting import Line
from records.tracking import fresh
from storage.database import Database
from storage.lines import web_lines
from storage.spool import DatabaseSpool
from tests.cast import Clock

SETTINGS = ChatSettings("999", "555 0100", "https://care.example")


@dataclass(frozen=True)
class Desk:
    """The conversation over one database."""

    database: Database
    clock: Clock

    @property
    def spool(self) -> DatabaseSpool:
        return DatabaseSpool(self.database)

    @property
    def conversation(self) -> Conversation:
        readers = {"web": read}
        return Conversation(self.spool, self.database.begin, readers, SETTINGS, self.clock)

    def work(self) -> None:
        """Answer until nothing is left."""
        while self.conversation.step(10):
            pass

    def talk(self, person: Person) -> "Talk":
        return Talk(self, person)


@dataclass(frozen=True)
class Talk:
    """One person's web chat."""

    desk: Desk
    person: Person

    def post(self, body: dict[str, object], update_id: str = "") -> None:
        content = json.dumps(body).encode()
        self.desk.spool.keep("web", update_id or fresh(), self.person.id, content)

    def say(
        self, text: str, sent: datetime | None = None, update_id: str = "", key: str = ""
    ) -> Line:
        """Type a line and return the newest answer."""
        moment = (sent or self.desk.clock()).isoformat()
        self.post({"kind": "text", "text": text, "sent": moment, "key": key}, update_id)
        self.desk.work()
        self.desk.clock.pass_(seconds=5)
        return self.last

    def edit(self, key: str, text: str, sent: datetime | None = None) -> Line:
        """Change the words of a line that was typed under a key; return the newest answer."""
        moment = (sent or self.desk.clock()).isoformat()
        self.post({"kind": "edit", "text": text, "sent": moment, "key": key})
        self.desk.work()
        self.desk.clock.pass_(seconds=5)
        return self.last

    def start(self) -> Line:
        self.post({"kind": "start"})
        self.desk.work()
        self.desk.clock.pass_(seconds=5)
        return self.last

    def tap(self, label: str) -> Line:
        """Tap the newest button with this label and return the newest answer."""
        for line in reversed(self.lines):
            for row in line.rows:
                for button in row:
                    if button.label == label:
                        self.post({"kind": "tap", "token": button.token})
                        self.desk.work()
                        self.desk.clock.pass_(seconds=5)
                        return self.last
        raise AssertionError(f"no button {label!r}; there are {labels(self.last)}")

    @property
    def lines(self) -> list[Line]:
        found = web_lines(self.desk.database, self.person.id, 200)
        return [one for one in found if not one.mine]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def channel(self) -> ChatChannel:
        return ChatChannel.WEB


def read(body: bytes) -> Incoming:
    """Read a body as the web chat does, and an edited line as a channel with edits would."""
    said = json.loads(body)
    if said["kind"] == "edit":
        return EditedText(said["text"], said["key"], datetime.fromisoformat(said["sent"]))
    return web.read(body)


def labels(line: Line) -> list[str]:
    """Return the words on a line's buttons."""
    return [button.label for row in line.rows for button in row]
