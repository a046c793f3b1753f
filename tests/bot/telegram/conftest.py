"""Telegram's channel over the local Bot API server, with everything else real."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.conversation import Conversation
from bot.telegram import reading
from bot.telegram.calls import TelegramSettings
from bot.telegram.channel import TelegramChannel
from bot.telegram.fetching import Files
from records.chats import Chat, ChatChannel
from records.people import Person
from records.services.linking import LinkPurpose, make_link
from records.tracking import ChatId, fresh
from storage.database import Database
from storage.fetches import DatabaseFetches
from storage.flood import Limits
from storage.media import clean
from storage.post import DatabasePost
from storage.spool import DatabaseSpool
from tests.bot.talking import SETTINGS
from tests.cast import Cast
from tests.parts.botapi import BotApi, Sent

AMINA, BELA, STRANGER = 101, 102, 109


@dataclass
class Phone:
    """The channel, the conversation and the hands of the people."""

    api: BotApi
    database: Database
    settings: TelegramSettings
    running: list[threading.Event] = field(default_factory=list)

    @property
    def spool(self) -> DatabaseSpool:
        return DatabaseSpool(self.database)

    @property
    def post(self) -> DatabasePost:
        # A second between two messages of a chat is Telegram's rule; here it would only be waiting.
        limits = Limits(chat_window=timedelta(seconds=0.05))
        return DatabasePost(self.database, ChatChannel.TELEGRAM, limits=limits)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Let the bot run."""
        stop = threading.Event()
        readers = {"telegram": reading.read, reading.FILES: reading.read_fetched}
        clock = self.database.clock
        talk = Conversation(self.spool, self.database.begin, readers, SETTINGS, clock)
        channel = TelegramChannel(
            self.settings,
            keep=self.spool.keep,
            post=self.post,
            named=talk.know_name,
            files=Files(DatabaseFetches(self.database, ChatChannel.TELEGRAM), clean),
        )
        talk.taken = channel.taken
        threads = [threading.Thread(target=one.run, args=(stop,)) for one in (talk, channel)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join(10)
        assert not any(thread.is_alive() for thread in threads)

    def link(self, person: Person, number: int, *, tells: bool = False) -> Chat:
        """Tie a chat to a person as linking would, and let the phone know the bot."""
        chat = Chat(
            ChatId(fresh()),
            ChatChannel.TELEGRAM,
            str(number),
            person.language,
            person.id,
            tells=tells,
        )
        with self.database.begin(True) as unit:
            unit.chats.put(chat)
        return chat

    def deep_link(self, purpose: LinkPurpose, person: Person) -> str:
        with self.database.begin(True) as unit:
            return make_link(unit, purpose, now=self.database.clock(), person=person.id)

    def sees(self, number: int, words: str, timeout: float = 10) -> Sent:
        """Return the newest message that holds these words, once it is there."""
        return self.api.wait_for(number, lambda one: words in one.text, timeout)


@pytest.fixture
def phone(bot_api: BotApi, database: Database, cast: Cast) -> Phone:
    """A phone whose bot is not running yet."""
    assert cast
    settings = TelegramSettings(bot_api.token, bot_api.url, read_seconds=1.0, poll_seconds=2)
    return Phone(bot_api, database, settings)


@pytest.fixture
def running(phone: Phone, cast: Cast) -> Iterator[Phone]:
    """The same with Amina's chat linked and the bot running."""
    phone.link(cast.amina, AMINA)
    with phone.on():
        yield phone


@pytest.fixture
def webhook_phone(phone: Phone) -> Callable[[str], Phone]:
    """A phone whose bot asks for updates to be pushed to an address."""

    def made(url: str) -> Phone:
        settings = replace(phone.settings, webhook_url=url, webhook_secret="s" * 32)
        return replace(phone, settings=settings)

    return made
