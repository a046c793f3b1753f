"""Mutated updates through the webhook's door, the spool and the conversation.

`python -m tests.soak.updates --count 100000`: no crash, no 5xx, none lost: each is answered or set
aside. The site answers in this process; a house is made anew every few thousand.
"""

import argparse
import itertools
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import func, select

from bot.conversation import Conversation, NotReadableError
from bot.telegram import reading
from bot.telegram.keeping import keep_body
from records.chats import Chat, ChatChannel
from records.services.posting import Update
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from storage.database import Database
from storage.logs import quiet_logs
from storage.rows.chats import ButtonRow, SpoolRow
from storage.spool import DatabaseSpool
from tests.bot.talking import SETTINGS
from tests.cast import Cast
from tests.soak.mutating import mutated, update_of
from tests.webapp.conftest import Site, furnish, make_site
from webapp.views.machine import LARGEST

HEADERS = {"X-Telegram-Bot-Api-Secret-Token": "w" * 32}
A_HOUSE = 2_000  # updates of one house
AT_ONCE = 50
CHATS = tuple(range(301, 313))


@dataclass
class Figures:
    """What became of the updates."""

    posted: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    kept: int = 0
    answered: int = 0
    set_aside: int = 0
    lost: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def good(self) -> bool:
        """Whether nothing crashed, nothing was lost, and the door never said 5xx."""
        return not self.lost and not self.failures and set(self.statuses) <= {200, 413}


class Watched(Conversation):
    """A conversation that remembers what it stumbled over."""

    stumbled: Counter[str]

    def _put_back(self, update: Update, error: Exception) -> None:
        if not isinstance(error, NotReadableError):
            self.stumbled[f"{type(error).__name__}: {str(error)[:80]}"] += 1
        super()._put_back(update, error)


def fuzz(count: int, seed: int) -> Figures:
    """Send so many mutated updates through and count."""
    figures = Figures()
    chance = random.Random(seed)
    numbers = itertools.count(1_000)
    with _memory() as folder:
        furnished = furnish(Path(folder))
        while figures.posted < count:
            with _memory() as house:
                for site in make_site(Path(house) / "house", furnished):
                    site.app.config.update(PROPAGATE_EXCEPTIONS=False, TESTING=False)
                    _link(site.database, site.cast)
                    _through(site, chance, numbers, count, figures)
            if figures.posted % (10 * A_HOUSE) == 0:
                print(f"   updates: {figures.posted} so far", flush=True)
    return figures


def _memory() -> tempfile.TemporaryDirectory[str]:
    """Return a folder in memory where the machine has one: the disk is not what is tried."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)


def _through(
    site: Site, chance: random.Random, numbers: Iterator[int], count: int, figures: Figures
) -> None:
    database, clock, client = site.database, site.clock, site.app.test_client()
    talk = Watched(
        DatabaseSpool(database), database.begin, {"telegram": reading.read}, SETTINGS, clock
    )
    talk.stumbled = figures.failures
    wanted: set[str] = set()
    for _ in range(min(A_HOUSE, count - figures.posted) // AT_ONCE or 1):
        tokens = _tokens(database) or ["none"]
        for _ in range(AT_ONCE):
            number = next(numbers)
            chat = chance.choice(CHATS)
            moment = int(clock().timestamp())
            update = update_of(chance, number, chat, moment, chance.choice(tokens))
            body = mutated(chance, update)
            status = _post(client, body)
            figures.posted += 1
            figures.statuses[status] += 1
            if status == 200:
                wanted.add(_name(body))
            clock.pass_(minutes=3)
        while talk.step(AT_ONCE):
            clock.pass_(seconds=1)
    clock.pass_(minutes=10)
    while talk.step(AT_ONCE):
        clock.pass_(minutes=1)
    _count(database, wanted, figures)


def _post(client: object, body: bytes) -> int:
    answer = client.post(  # type: ignore[attr-defined]
        "/telegram/hook", data=body, headers=HEADERS, content_type="application/json"
    )
    assert answer.status_code != 413 or len(body) > LARGEST
    return int(answer.status_code)


def _name(body: bytes) -> str:
    """Return the id an update must be kept under: its own, or what stands for none."""
    names: list[str] = []

    def keep(_bot: str, update_id: str, _address: str, _body: bytes) -> bool:
        names.append(update_id)
        return True

    keep_body(keep, body)
    return names[0]


def _count(database: Database, wanted: set[str], figures: Figures) -> None:
    with database.session(writing=False) as session:
        rows = session.execute(select(SpoolRow.update_id, SpoolRow.state, SpoolRow.body)).all()
    states = Counter(state for _, state, _ in rows)
    figures.kept += len(rows)
    figures.answered += states["done"]
    figures.set_aside += states["set_aside"]
    without = sum(1 for _, state, body in rows if state == "set_aside" and not body)
    figures.lost += len(wanted ^ {name for name, _, _ in rows}) + without
    figures.lost += len(rows) - states["done"] - states["set_aside"]


def _tokens(database: Database) -> list[str]:
    asked = select(ButtonRow.token).where(ButtonRow.used.is_(None)).order_by(func.random())
    with database.session(writing=False) as session:
        return list(session.scalars(asked.limit(40)))


def _link(database: Database, cast: Cast) -> None:
    """Tie some of the chats to people; the others are strangers'."""
    owners = [cast.amina, cast.bela, cast.amina, cast.chen, cast.bela]
    with database.begin(True) as unit:
        for chat, person in zip(CHATS, owners, strict=False):
            language = Language.CHINESE if chat % 2 else Language.ENGLISH
            made = Chat(ChatId(fresh()), ChatChannel.TELEGRAM, str(chat), language, person.id)
            unit.chats.put(replace(made, tells=chat % 3 == 0))


def main(argv: Sequence[str]) -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20261124)
    given = parser.parse_args(argv)
    quiet_logs(logging.CRITICAL)
    began = time.monotonic()
    figures = fuzz(given.count, given.seed)
    print(f"   updates: {figures}, {time.monotonic() - began:.0f} s", flush=True)
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
