"""A whole house of real processes around a Bot API server, for tests that kill it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select

from records.chats import Chat, ChatChannel
from records.people import Person
from records.tracking import ChatId, fresh
from storage.house import StorageHouse, prepare
from storage.rows.chats import SpoolRow
from storage.settings import read_settings
from tests.cast import Cast, enter
from tests.conftest import REPOSITORY
from tests.parts.botapi import BotApi
from tests.parts.nursery import running
from tests.parts.process import clean_environment, free_ports

SECRET = "webhook-secret-of-the-tests-0123456789"
LEASE = "1"  # seconds: how long a chat waits for the process that was killed while answering it


@dataclass
class House:
    """The processes of one mode, their database seen from outside, and the server they speak to."""

    api: BotApi
    storage: StorageHouse
    cast: Cast
    environ: dict[str, str]
    folder: Path

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """Run the bot, and by webhook the site; kill all at once at the end."""
        webhook = self.environ["TELEGRAM_MODE"] == "webhook"
        with ExitStack() as stack:
            for what in ("site", "bot") if webhook else ("bot",):
                log = self.folder / f"{what}-{name}.log"
                stack.enter_context(running(what, self.environ, log))
            yield

    def link(self, number: int, person: Person, *, tells: bool = False) -> Chat:
        """Tie a Telegram chat to a person as linking would."""
        address, language = str(number), person.language
        chat = Chat(
            ChatId(fresh()), ChatChannel.TELEGRAM, address, language, person.id, tells=tells
        )
        with self.storage.begin(True) as unit:
            unit.chats.put(chat)
        return chat

    def waiting(self) -> int:
        """Return how many updates are kept and not yet answered or set aside."""
        return self._count("waiting", "claimed")

    def answered(self) -> int:
        """Return how many updates are answered."""
        return self._count("done")

    def set_aside(self) -> int:
        """Return how many updates wait for somebody to look at them."""
        return self._count("set_aside")

    def _count(self, *states: str) -> int:
        asked = select(func.count()).where(SpoolRow.state.in_(states))
        with self.storage.database.session(writing=False) as session:
            return session.scalar(asked) or 0


@contextmanager
def standing_house(
    api: BotApi, folder: Path, *, mode: str = "polling", zone: str = "Asia/Shanghai"
) -> Iterator[House]:
    """Make a migrated house with the cast in it; nothing runs yet."""
    port = free_ports(1)[0]
    environ = clean_environment() | {
        "INSTANCE_DIR": str(folder / "instance"),
        "PYTHONPATH": str(REPOSITORY),
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "TELEGRAM_BOT_TOKEN": api.token,
        "TELEGRAM_API_BASE": api.url,
        "TELEGRAM_MODE": mode,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "LEASE_SECONDS": LEASE,
    }
    read = read_settings(environ)
    prepare(read)
    storage = StorageHouse(read)
    storage.migrate()
    with storage.begin(True) as unit:
        cast = enter(unit, storage.clock())
        unit.people.put(replace(cast.amina, zone=zone))
    try:
        yield House(api, storage, cast, environ, folder)
    finally:
        storage.close()
