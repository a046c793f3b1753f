"""Four couriers against a misbehaving Bot API: limits kept, nothing lost, only marked repeats.

`python -m tests.soak.outbox --count 10000`. What the server saw is what counts: in no second more
than 30 messages, in none more than one into a chat, and of what was sent twice every second copy
says so.
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from bot.telegram.calls import TelegramSettings, open_bot
from bot.telegram.courier import Courier
from records.chats import Card, Chat, ChatChannel
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from storage.database import Database
from storage.flood import Limits
from storage.house import StorageHouse, prepare
from storage.post import DatabasePost
from storage.rows.chats import OutboxRow
from storage.settings import read_settings
from tests.parts.botapi import BotApi, Fault

WORKERS = 4
MOODS = (
    (Fault.too_many_requests(1), 0.006),
    (Fault.server_error(), 0.01),
    (Fault.silent_before(), 0.004),
    (Fault.silent_after(), 0.004),
    (Fault.garbled(), 0.004),
)
NUMBER = re.compile(r"(order|note) (\d+)")


@dataclass
class Figures:
    """What the server saw of the messages, and what the outbox says became of them."""

    messages: int = 0
    seconds: float = 0.0
    most_in_a_second: int = 0
    closest_in_a_chat: float = 0.0
    orders_lost: int = 0
    orders_unknown: int = 0
    lost: int = 0
    unknown: int = 0
    repeated: int = 0
    unmarked: int = 0

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds

    def keeps(self, limits: Limits) -> bool:
        """Say whether everything is as it must be."""
        apart = limits.chat_window.total_seconds() - 0.001
        return (
            self.most_in_a_second <= limits.at_once
            and self.closest_in_a_chat >= apart
            and not (self.orders_lost or self.lost or self.unmarked)
        )


def soak(count: int, *, limits: Limits, chats: int, seed: int = 1) -> Figures:
    """Queue so many messages, let the couriers carry them, and count what the server saw."""
    with tempfile.TemporaryDirectory() as folder, BotApi() as api:
        settings = read_settings({"INSTANCE_DIR": folder})
        prepare(settings)
        house = StorageHouse(settings)
        house.migrate()
        _queue(house, api, count, chats)
        began = time.monotonic()
        with _couriers(house.database, api, limits), _moods(api, seed):
            while _outgoing(house):
                time.sleep(0.2)
        figures = _count(house, api, limits)
        figures.seconds = time.monotonic() - began
        house.close()
    return figures


def _queue(house: StorageHouse, api: BotApi, count: int, chats: int) -> None:
    """Every third message is an order; each goes into the next of the chats."""
    with house.begin(True) as unit:
        made = [
            Chat(ChatId(fresh()), ChatChannel.TELEGRAM, str(5000 + number), Language.ENGLISH)
            for number in range(chats)
        ]
        for chat in made:
            unit.chats.put(chat)
            with api.state.changed:
                api._chat(int(chat.address), None)
        for number in range(count):
            kind = "order" if number % 3 == 0 else "note"
            about = f"o{number}" if kind == "order" else ""
            unit.outbox.send(made[number % chats].id, Card(f"{kind} {number}"), about=about)


@contextmanager
def _couriers(database: Database, api: BotApi, limits: Limits) -> Iterator[None]:
    stop = threading.Event()
    told = TelegramSettings(api.token, api.url, read_seconds=1.0)

    def work() -> None:
        post = DatabasePost(
            database, ChatChannel.TELEGRAM, limits=limits, lease=timedelta(seconds=20)
        )

        async def carry() -> None:
            async with open_bot(told) as bot:
                await Courier(bot, post).run(stop)

        asyncio.run(carry())

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(15)


@contextmanager
def _moods(api: BotApi, seed: int) -> Iterator[None]:
    """Let the server misbehave now and then, in every way it can."""
    chance = random.Random(seed)
    stop = threading.Event()

    def work() -> None:
        seen = 0
        while not stop.wait(0.05):
            now = len(api.calls("sendMessage"))
            for _ in range(now - seen):
                for fault, likely in MOODS:
                    if chance.random() < likely:
                        api.next("sendMessage", fault)
            seen = now

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(5)


def _outgoing(house: StorageHouse) -> int:
    asked = select(func.count()).where(OutboxRow.state.in_(("waiting", "claimed")))
    with house.database.session(writing=False) as session:
        return session.scalar(asked) or 0


def _count(house: StorageHouse, api: BotApi, limits: Limits) -> Figures:
    figures = Figures()
    calls = sorted(api.calls("sendMessage"), key=lambda one: one.at)
    figures.most_in_a_second = _densest([one.at for one in calls], limits.window.total_seconds())
    figures.closest_in_a_chat = _closest([(one.at, one.parameters["chat_id"]) for one in calls])
    seen: Counter[str] = Counter()
    for chat in {str(one.parameters["chat_id"]) for one in calls}:
        for one in api.sent(int(chat)):
            found = NUMBER.search(one.text)
            if found:
                seen[found[0]] += 1
                figures.repeated += "Repeat of #" in one.text
                figures.unmarked += seen[found[0]] > 1 and "Repeat of #" not in one.text
    with house.database.session(writing=False) as session:
        for row in session.scalars(select(OutboxRow)):
            card = house.database.cells.read(row.sealed_for, f"card:{row.id}", row.card, Card)
            figures.messages += 1
            unknown = row.state == "unknown"
            lost = not seen[card.text] and not unknown
            order = bool(row.about)
            figures.orders_lost += order and lost
            figures.orders_unknown += order and unknown
            figures.lost += lost
            figures.unknown += unknown
    return figures


def _densest(moments: Sequence[float], window: float) -> int:
    """Return the most of these moments that lie within one window, wherever it begins."""
    first, most = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - window:
            first += 1
        most = max(most, last - first + 1)
    return most


def _closest(calls: Sequence[tuple[float, object]]) -> float:
    """Return the shortest time between two messages into one chat."""
    before: dict[object, float] = {}
    closest = float("inf")
    for moment, chat in calls:
        closest = min(closest, moment - before.get(chat, -1e9))
        before[chat] = moment
    return closest


def main(argv: Sequence[str]) -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    given = parser.parse_args(argv)
    limits = Limits()
    figures = soak(given.count, limits=limits, chats=max(100, given.count // 20))
    print(f"   outbox: {figures}, {figures.rate:.1f} a second", flush=True)
    return 0 if figures.keeps(limits) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
