"""Updates wait, are confirmed, repeated and pushed as the real Bot API does it."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from telegram.error import BadRequest, Conflict

from tests.parts.botapi import BotApi
from tests.parts.test_botapi import AMINA, ask, updates

BELA = 102


def test_updates_come_again_until_they_are_confirmed(bot_api: BotApi) -> None:
    for line in ("one", "two", "three"):
        bot_api.say(AMINA, line)
    first = updates(bot_api)
    assert [update.update_id for update in updates(bot_api)] == bot_api.pending
    rest = updates(bot_api, offset=first[0].update_id + 1)
    assert [update.message.text for update in rest if update.message] == ["two", "three"]
    assert updates(bot_api, offset=first[-1].update_id + 1) == []
    assert bot_api.pending == []


def test_no_more_updates_than_asked_for(bot_api: BotApi) -> None:
    for number in range(5):
        bot_api.say(AMINA, str(number))
    assert len(updates(bot_api, limit=2)) == 2


def test_a_negative_offset_keeps_only_the_last(bot_api: BotApi) -> None:
    for number in range(5):
        bot_api.say(AMINA, str(number))
    (last,) = updates(bot_api, offset=-1)
    assert last.message is not None
    assert last.message.text == "4"
    assert len(bot_api.pending) == 1


def test_a_long_poll_ends_with_the_first_line(bot_api: BotApi) -> None:
    later = threading.Timer(0.2, bot_api.say, (AMINA, "128/82"))
    later.start()
    (update,) = ask(bot_api, lambda bot: bot.get_updates(timeout=10))
    later.join()
    assert update.message is not None
    assert update.message.text == "128/82"


def test_kinds_not_asked_for_are_never_queued(bot_api: BotApi) -> None:
    ask(bot_api, lambda bot: bot.get_updates(timeout=0, allowed_updates=["message"]))
    number = bot_api.say(AMINA, "128/82")
    bot_api.edit(AMINA, number, "138/82")
    assert len(bot_api.pending) == 1


def test_of_two_pollers_the_older_one_is_sent_away(bot_api: BotApi) -> None:
    with ThreadPoolExecutor(1) as thread:
        older = thread.submit(ask, bot_api, lambda bot: bot.get_updates(timeout=10))
        bot_api.wait_until(lambda: bool(bot_api.calls("getUpdates")))
        updates(bot_api)
        with pytest.raises(Conflict, match="other getUpdates"):
            older.result()


def test_each_update_is_delivered_twice_also_after_it_was_confirmed(bot_api: BotApi) -> None:
    bot_api.redeliver(every=2)
    bot_api.say(AMINA, "one")
    (first,) = updates(bot_api)
    (again,) = updates(bot_api, offset=first.update_id + 1)
    assert again.update_id == first.update_id
    assert updates(bot_api, offset=first.update_id + 1) == []
    assert bot_api.handed_out == [first.update_id] * 2


@pytest.mark.parametrize("_", range(5))
def test_after_an_idle_week_the_next_update_is_found_whatever_its_id(
    bot_api: BotApi, _: int
) -> None:
    bot_api.say(AMINA, "before")
    (before,) = updates(bot_api)
    updates(bot_api, offset=before.update_id + 1)
    bot_api.idle_week()
    bot_api.say(AMINA, "after")
    (after,) = updates(bot_api, offset=before.update_id + 1)
    assert abs(after.update_id - before.update_id) > 1_000


def test_an_update_of_any_shape_can_be_queued(bot_api: BotApi) -> None:
    number = bot_api.push({"message": {"text": 7}})
    assert bot_api.pending == [number]


class Hook(BaseHTTPRequestHandler):
    """A webhook that keeps what it hears and answers as told."""

    server: "HookServer"

    def do_POST(self) -> None:
        update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        secret = self.headers.get("X-Telegram-Bot-Api-Secret-Token")
        status, body = self.server.hears(update, secret)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


class HookServer(ThreadingHTTPServer):
    """Refuses a line the first `refusals[text]` times."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.heard: list[tuple[int, str, str | None]] = []
        self.refusals: dict[str, int] = {}
        self.reply: dict[str, Any] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/telegram/hook"

    def hears(self, update: dict[str, Any], secret: str | None) -> tuple[int, bytes]:
        chat, text = update["message"]["chat"]["id"], update["message"]["text"]
        if self.refusals.get(text):
            self.refusals[text] -= 1
            return 500, b""
        self.heard.append((chat, text, secret))
        return 200, json.dumps(self.reply).encode() if self.reply else b""


@contextmanager
def listening() -> Iterator[HookServer]:
    with HookServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def hook() -> Iterator[HookServer]:
    with listening() as server:
        yield server


def test_a_webhook_hears_every_line_with_the_secret(bot_api: BotApi, hook: HookServer) -> None:
    bot_api.say(AMINA, "before")
    ask(bot_api, lambda bot: bot.set_webhook(hook.url, secret_token="s3cret"))
    bot_api.say(AMINA, "after")
    bot_api.wait_until_confirmed()
    assert hook.heard == [(AMINA, "before", "s3cret"), (AMINA, "after", "s3cret")]


def test_a_refused_line_holds_back_only_its_own_chat(bot_api: BotApi, hook: HookServer) -> None:
    hook.refusals["one"] = 3
    ask(bot_api, lambda bot: bot.set_webhook(hook.url))
    for chat, text in ((AMINA, "one"), (AMINA, "two"), (BELA, "three")):
        bot_api.say(chat, text)
    bot_api.wait_until_confirmed()
    assert [text for _, text, _ in hook.heard] == ["three", "one", "two"]
    assert ask(bot_api, lambda bot: bot.get_webhook_info()).last_error_message is not None


def test_polling_is_refused_while_a_webhook_stands(bot_api: BotApi, hook: HookServer) -> None:
    ask(bot_api, lambda bot: bot.set_webhook(hook.url))
    with pytest.raises(Conflict, match="webhook is active"):
        updates(bot_api)
    ask(bot_api, lambda bot: bot.delete_webhook())
    assert updates(bot_api) == []
    assert ask(bot_api, lambda bot: bot.get_webhook_info()).url == ""


def test_a_webhook_is_repeated_too(bot_api: BotApi, hook: HookServer) -> None:
    bot_api.redeliver(every=2)
    ask(bot_api, lambda bot: bot.set_webhook(hook.url))
    bot_api.say(AMINA, "one")
    bot_api.wait_until_confirmed()
    assert [text for _, text, _ in hook.heard] == ["one", "one"]


def test_a_webhook_may_reply_in_its_answer(bot_api: BotApi, hook: HookServer) -> None:
    hook.reply = {"method": "sendMessage", "chat_id": AMINA, "text": "Kept"}
    ask(bot_api, lambda bot: bot.set_webhook(hook.url))
    bot_api.say(AMINA, "128/82")
    assert bot_api.wait_for(AMINA, lambda message: True).text == "Kept"


def test_a_secret_with_strange_characters_is_refused(bot_api: BotApi) -> None:
    with pytest.raises(BadRequest, match="unallowed characters"):
        ask(bot_api, lambda bot: bot.set_webhook("http://127.0.0.1:1/x", secret_token="a b"))
