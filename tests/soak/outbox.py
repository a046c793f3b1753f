"""Four couriers against a misbehaving Bot API: limits kept, nothing lost, only marked repeats.

`python -m tests.soak.outbox --count 10000`, in about seven minutes. What the server saw is what
counts: in no second more than 30 messages, in none more than one into a chat, in no minute more
than 20 into a group, and of what was sent twice every second copy says so. Of the first messages
every tenth goes into one of a few groups, which so want twice what they may have.
"""

import argparse
import asyncio
import logging
import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, pairwise

from sqlalchemy import func, select

from bot.telegram.calls import TelegramSettings, open_bot
from bot.telegram.courier import Courier
from records.chats import Card, Chat, ChatChannel
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from storage.database import Database
from storage.flood import Limits
from storage.house import StorageHouse, prepare
from storage.logs import quiet_logs
from storage.post import DatabasePost
from storage.rows.chats import OutboxRow
from storage.settings import read_settings
from tests.parts.botapi import BotApi, Fault

WORKERS = 4
MOODS = (
    (Fault.too_many_requests(1), 0.001),  # every courier waits as long as it says
    (Fault.server_error(), 0.01),
    (Fault.silent_before(), 0.004),
    (Fault.silent_after(), 0.004),
    (Fault.garbled(), 0.004),
)
GROUPS = 4
TO_A_GROUP = 10  # of so many messages one, in the first two fifths of them
NUMBER = re.compile(r"(order|note) (\d+)")


@dataclass
class Figures:
    """What the server saw of the messages, and what the outbox says became of them."""

    messages: int = 0
    seconds: float = 0.0
    most_in_a_second: int = 0
    closest_in_a_chat: float = 0.0
    most_in_a_group: int = 0
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
            and self.most_in_a_group <= limits.group
            and not (self.orders_lost or self.lost or self.unmarked)
        )


def soak(
    messages: int, *, limits: Limits, chats: int, groups: int = GROUPS, seed: int = 1
) -> Figures:
    """Queue so many messages, let the couriers carry them, and count what the server saw."""
    with tempfile.TemporaryDirectory() as folder, BotApi() as api:
        settings = read_settings({"INSTANCE_DIR": folder})
        prepare(settings)
        house = StorageHouse(settings)
        house.migrate()
        _queue(house, api, _addresses(messages, chats, groups))
        began = time.monotonic()
        with _couriers(house.database, api, limits), _moods(api, seed):
            while _outgoing(house):
                time.sleep(0.2)
        figures = _count(house, api, limits)
        figures.seconds = time.monotonic() - began
        house.close()
    return figures


def _addresses(messages: int, chats: int, groups: int) -> Iterator[int]:
    """Name the chat of each message; those of groups are below zero."""
    private, group = cycle(range(5000, 5000 + chats)), cycle(range(-groups, 0))
    for place in range(messages):
        in_a_group = place % TO_A_GROUP == 0 and place < messages * 2 // 5
        yield next(group if in_a_group else private)


def _queue(house: StorageHouse, api: BotApi, addresses: Iterable[int]) -> None:
    """Every third message is an order; each goes to the next of the addresses."""
    made: dict[int, ChatId] = {}
    with house.begin(True) as unit:
        for number, address in enumerate(addresses):
            if address not in made:
                chat = Chat(ChatId(fresh()), ChatChannel.TELEGRAM, str(address), Language.ENGLISH)
                unit.chats.put(chat)
                with api.state.changed:
                    api._chat(address, None)
                made[address] = chat.id
            kind = "order" if number % 3 == 0 else "note"
            about = f"o{number}" if kind == "order" else ""
            unit.outbox.send(made[address], Card(f"{kind} {number}"), about=about)


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
    by_chat: dict[int, list[float]] = {}
    for one in calls:
        by_chat.setdefault(int(str(one.parameters["chat_id"])), []).append(one.at)
    figures.closest_in_a_chat = min(map(_closest, by_chat.values()), default=0.0)
    span = limits.group_window.total_seconds()
    figures.most_in_a_group = max(
        (_densest(moments, span) for chat, moments in by_chat.items() if chat < 0), default=0
    )
    seen: Counter[str] = Counter()
    for chat in by_chat:
        for sent in api.sent(chat):
            found = NUMBER.search(sent.text)
            if found:
                seen[found[0]] += 1
                figures.repeated += "Repeat of #" in sent.text
                figures.unmarked += seen[found[0]] > 1 and "Repeat of #" not in sent.text
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


def _closest(moments: Sequence[float]) -> float:
    """Return the shortest time between two of these moments."""
    return min((later - one for one, later in pairwise(moments)), default=float("inf"))


def main(argv: Sequence[str]) -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    given = parser.parse_args(argv)
    quiet_logs(logging.CRITICAL)  # what is provoked here need not be read
    logging.disable(logging.CRITICAL)
    limits = Limits()
    figures = soak(given.count, limits=limits, chats=max(100, given.count // 20))
    print(f"   outbox: {figures}, {figures.rate:.1f} a second", flush=True)
    return 0 if figures.keeps(limits) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
