"""From the spool through the dialogue into the record, one message of a chat at a time."""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

import structlog

from bot.dialogue import (
    ChatSettings,
    Edit,
    Elsewhere,
    File,
    Incoming,
    Photo,
    Reply,
    Started,
    Strange,
    Text,
    Voice,
    respond,
)
from records.chats import Chat, ChatChannel
from records.errors import NotFound, Stale
from records.services.ports import Unit
from records.services.posting import Spool, Update
from records.tracking import ChatId, PersonId, fresh
from records.vocabulary import Language
from records.wording.linking import only_in_private_card
from records.wording.menus import sorry_card

log = structlog.get_logger(__name__)

IDLE_SECONDS = 0.2
AFTER_TROUBLE_SECONDS = 2.0
AT_ONCE = 20

Reader = Callable[[bytes], Incoming]


class NotReadableError(Exception):
    """Raised when an update is nothing the channel's reader knows."""


class Conversation:
    """Answers what lies in the spool; any number of them may work beside each other.

    `begin` opens a unit of work for what must be said outside an answer. `channels` has the reader
    of each bot's bodies, by the bot's name or by that of the channel before any hyphen in it.
    """

    def __init__(
        self,
        spool: Spool,
        begin: Callable[[bool], AbstractContextManager[Unit]],
        channels: Mapping[str, Reader],
        settings: ChatSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self.spool = spool
        self.begin = begin
        self.channels = channels
        self.settings = settings
        self.clock = clock
        self.taken: Callable[[bytes], None] = lambda _body: None

    def know_name(self, name: str) -> None:
        """Learn the bot's user name from its channel, for the links that open the chat."""
        if name and not self.settings.deep_link:
            self.settings = replace(self.settings, deep_link=f"https://t.me/{name}?start=")

    def run(self, stop: threading.Event) -> None:
        """Answer what comes until `stop` is set; trouble with the store is waited out."""
        while not stop.is_set():
            try:
                answered = self.step(AT_ONCE)
            except Exception as error:
                log.error("conversation_stalled", kind=type(error).__name__)
                stop.wait(AFTER_TROUBLE_SECONDS)
                continue
            if not answered:
                stop.wait(IDLE_SECONDS)

    def step(self, limit: int) -> int:
        """Answer up to `limit` updates and return how many were claimed."""
        for update in self.spool.crashed():
            log.error("update_set_aside", update=update.id, reason="crashed")
            self._say_sorry(update)
        answered = 0
        while answered < limit and self._answer_next():
            answered += 1
        return answered

    def _answer_next(self) -> bool:
        # One at a time: whatever kills the process is then known to be this one.
        for update in self.spool.claim(1):
            self.taken(update.body)
            try:
                self._answer(update)
            except Stale:
                log.warning("update_claimed_elsewhere", update=update.id)
            except Exception as error:
                self._put_back(update, error)
            return True
        return False

    def _answer(self, update: Update) -> None:
        message = self._read(update)
        with self.spool.answering(update) as unit:
            if isinstance(message, Elsewhere):
                self._in_a_group(unit, update, message)
                return
            chat = self._chat(unit, update, message)
            for reply in respond(unit, chat, message, now=self.clock(), settings=self.settings):
                _send(unit, chat, reply)

    def _read(self, update: Update) -> Incoming:
        read = self.channels.get(update.bot) or self.channels.get(_channel(update))
        message = read(update.body) if read else Strange()
        if isinstance(message, Strange):
            raise NotReadableError
        if isinstance(message, Text | Photo | Voice | File) and not message.key:
            return replace(message, key=str(update.id))
        return message

    def _in_a_group(self, unit: Unit, update: Update, message: Elsewhere) -> None:
        """Say once that the bot speaks in private; a group it spoke in is known by its chat."""
        channel = ChatChannel(_channel(update))
        known = unit.chats.at(channel, update.address)
        if known is not None and message.moved_to:
            if unit.chats.at(channel, message.moved_to) is None:  # it may have spoken there before
                unit.chats.put(replace(known, address=message.moved_to))
        elif known is None and message.written and not message.moved_to:
            group = Chat(ChatId(fresh()), channel, update.address, _guess(message))
            unit.chats.put(group)
            link = self.settings.deep_link.partition("?")[0]
            unit.outbox.send(group.id, only_in_private_card(link, group.language))

    def _chat(self, unit: Unit, update: Update, message: Incoming) -> Chat:
        """Return the chat of an update, making it with its first message."""
        channel = ChatChannel(_channel(update))
        found = unit.chats.at(channel, update.address)
        if found is not None:
            return found
        language = _guess(message)
        person: PersonId | None = None
        if channel is ChatChannel.WEB:
            # The site lets only the signed-in person write under the own id.
            person = PersonId(update.address)
            language = unit.people.person(person).language
        chat = Chat(ChatId(fresh()), channel, update.address, language, person)
        unit.chats.put(chat)
        return chat

    def _put_back(self, update: Update, error: Exception) -> None:
        event = "not_readable" if isinstance(error, NotReadableError) else "answer_failed"
        log.warning(event, update=update.id, kind=type(error).__name__, attempt=update.attempts)
        try:
            if self.spool.fail(update, event, for_good=isinstance(error, NotReadableError)):
                log.error("update_set_aside", update=update.id, reason=event)
                self._say_sorry(update)
        except (Stale, NotFound):
            log.warning("update_claimed_elsewhere", update=update.id)

    def _say_sorry(self, update: Update) -> None:
        """Tell the chat that one message waits for somebody to look at it."""
        with self.begin(True) as unit:
            try:
                chat = unit.chats.at(ChatChannel(_channel(update)), update.address)
            except ValueError:
                return
            if chat is not None and chat.blocked is None and not _is_group(chat):
                unit.outbox.send(chat.id, sorry_card(chat.language))


def _channel(update: Update) -> str:
    return update.bot.partition("-")[0]


def _is_group(chat: Chat) -> bool:
    """Say whether several people read this chat: Telegram's groups have addresses below zero."""
    return chat.channel is ChatChannel.TELEGRAM and chat.address.startswith("-")


def _guess(message: Incoming) -> Language:
    """Guess the language of a new chat: what the channel says, else the script of the words."""
    said = message.language if isinstance(message, Started) else ""
    words = message.text if isinstance(message, Text) else ""
    chinese = said.lower().startswith("zh") or any("\u4e00" <= one <= "\u9fff" for one in words)
    return Language.CHINESE if chinese else Language.ENGLISH


def _send(unit: Unit, chat: Chat, reply: Reply) -> None:
    if isinstance(reply, Edit):
        unit.outbox.edit(reply.message, reply.card)
    else:
        unit.outbox.send(chat.id, reply)
