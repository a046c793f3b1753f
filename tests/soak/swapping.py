"""Ids of others swapped into every address, form, button and device's body: nothing foreign comes.

    python -m tests.soak.swapping --count 50000

Amina and Zoe have told the same kinds of things, each in words of her own. Everybody of the rules
asks for every address with any id of the house in any place of it; no answer may hold a word of a
patient's that the reader may not see, and nothing may be allowed about Zoe's record but to Zoe.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import inspect, text
from werkzeug.test import TestResponse

from tests.webapp.addresses import SENT
from tests.webapp.cells import FEW_WORDS, Asked, Cell, shown_in
from tests.webapp.conftest import furnish
from tests.webapp.peopling import Peopled, Scene, in_state, people_house
from tests.webapp.rules import PERSONS, sees

ID = re.compile(r"[0-9a-f]{32}|[A-Za-z0-9_-]{43}")
STATES = ("granted", "hidden", "withdrawn", "team", "emergency")
TAPPED = 40  # of so many requests one is a tap on somebody's button
OF_A_DEVICE = 60  # of so many requests one is a device's


@dataclass(slots=True)
class Figures:
    """What was asked, how it was answered, and what came that should not have come."""

    asked: int = 0
    answered: Counter[int] = field(default_factory=Counter)
    foreign: list[str] = field(default_factory=list)


class Swapper:
    """Asks for anything with the ids of anybody."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.asked, self.scene = Asked(scene), scene
        self.chance = random.Random(seed)
        self.cells = [one for one in self.asked.cells() if PERSONS[one.who]["role"]]
        self.ids, self.tokens = _ids_of(scene)
        self.fields = ["for", "segment", "change", "entry", "kind", "grantee", "person", "whom"]
        self.figures = Figures()

    def run(self, count: int) -> Figures:
        """Ask this many times."""
        for number in range(count):
            cell = self.chance.choice(self.cells)
            if number % TAPPED == 0:
                answer = self._tap(cell)
            elif number % OF_A_DEVICE == 0:
                answer = self._as_device(cell)
            else:
                answer = self._swapped(cell)
            self._judge(cell, answer)
        return self.figures

    def _swapped(self, cell: Cell) -> TestResponse:
        """Ask for an address with swapped ids in its places, behind it and in its form."""
        filled = {
            name: self._any() if self.chance.random() < 0.7 else value
            for name, value in self.scene.filled.items()
        }
        filled |= {one: self.scene.filled[one] for one in FEW_WORDS}
        client = self.asked.client(cell.who)
        place = self.asked.place(cell, filled)
        if cell.method == "GET":
            return client.get(place + ("&" if "?" in place else "?") + self._query())
        sent = {name: self._any() for name in self.chance.sample(self.fields, 3)}
        return client.post(place, data={**SENT.get(cell.rule.endpoint, {}), **sent})

    def _query(self) -> str:
        named = self.chance.sample(self.fields, 2)
        return "&".join(f"{name}={self._any()}" for name in named)

    def _any(self) -> str:
        return self.chance.choice(self.ids)

    def _tap(self, cell: Cell) -> TestResponse:
        """Tap a button that was shown to anybody."""
        client = self.asked.client(cell.who)
        client.post("/chat", data={"token": self.chance.choice(self.tokens)})
        return client.get("/chat/lines")

    def _as_device(self, cell: Cell) -> TestResponse:
        """Send a reading with a token that is none of the sender's."""
        told = {"items": [{"id": self._any(), "code": "bp", "value": self._any()}]}
        return self.asked.client(cell.who).post(
            "/api/v1/observations",
            data=json.dumps(told),
            headers={"Authorization": f"Bearer {self.chance.choice([*self.ids, *self.tokens])}"},
            content_type="application/json",
        )

    def _judge(self, cell: Cell, answer: TestResponse) -> None:
        self.figures.asked += 1
        self.figures.answered[answer.status_code] += 1
        of_zoe = set() if cell.who == "zoe" else shown_in(answer, of="zoe")
        of_amina = shown_in(answer) - sees(cell.who, cell.state)
        if of_zoe or of_amina:
            self.figures.foreign.append(f"{cell}: {answer.request.full_path} {of_zoe | of_amina}")
        for note in self.asked.taken_notes():
            zoe = self.scene.people["zoe"].id
            if note.allowed and note.record == self.scene.filled["zoe_record"] and note.by != zoe:
                self.figures.foreign.append(f"{cell}: {note.action} of Zoe's by {note.rule}")


def _ids_of(scene: Scene) -> tuple[list[str], list[str]]:
    """Return every id of the house, and every token of a button that was shown."""
    found: set[str] = {*scene.filled.values()}
    engine = scene.site.database.engine
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                found |= {one for one in row if isinstance(one, str) and ID.fullmatch(one)}
        tokens = [str(one) for (one,) in connection.execute(text("SELECT token FROM buttons"))]
    return sorted(found), tokens or ["none"]


def swap(folder: Path, house: Peopled, count: int, *, seed: int, state: str) -> Figures:
    """Ask this many times in one state of consent."""
    with in_state(folder, house, state) as scene:
        return Swapper(scene, seed).run(count)


def soak(folder: Path, count: int, *, states: Sequence[str] = STATES, seed: int = 8) -> Figures:
    """Ask in each of these states, and return what came of it all."""
    (folder / "furnished").mkdir()
    house = people_house(folder / "people", furnish(folder / "furnished"))
    every = Figures()
    for number, state in enumerate(states):
        each = count // len(states)
        one = swap(folder / state, house, each, seed=seed + number, state=state)
        every.asked += one.asked
        every.answered += one.answered
        every.foreign += one.foreign
        print(f"   {state:<12}{one.asked:>8,} requests {len(one.foreign):>4} foreign", flush=True)
    return every


def main(arguments: Sequence[str]) -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=50_000)
    with tempfile.TemporaryDirectory() as folder:
        found = soak(Path(folder), parser.parse_args(arguments).count)
    print(f"   {found.asked:,} requests, {dict(found.answered)}", flush=True)
    for one in found.foreign[:20]:
        print(f"   {one}", flush=True)
    return len(found.foreign)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
