"""The access matrix, whole: each cell beside the law and the rules written by hand.

    python -m tests.soak.matrix --whole

Without `--whole` every who, relation and state of consent is asked about one kind of the ten.
Then everybody asks for every address in every state, and says everything in the chat.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.records.policy.matrix import CELLS, Cell, Scene, differences, scenes, some_scenes
from tests.webapp.cells import Asked
from tests.webapp.chats import told_wrongly
from tests.webapp.conftest import furnish
from tests.webapp.peopling import in_state, people_house
from tests.webapp.rules import CONSENTS


@dataclass(slots=True)
class Decisions:
    """How many cells were asked, and in which the house says something else."""

    asked: int = 0
    wrong: list[tuple[Scene, Cell]] = field(default_factory=list)


def decisions(asked: Iterable[Scene]) -> Decisions:
    """Ask every cell of these scenes."""
    found = Decisions()
    for scene in asked:
        found.asked += len(CELLS)
        found.wrong += differences(scene, CELLS)
    return found


@dataclass(slots=True)
class Faces:
    """How many requests and messages there were, and which were answered wrongly."""

    requests: int = 0
    messages: int = 0
    wrong: list[str] = field(default_factory=list)


def faces(folder: Path, *, states: Sequence[str] = tuple(CONSENTS), each: int = 1) -> Faces:
    """Ask one of so many requests, and say every line, in each state of consent."""
    (folder / "furnished").mkdir()
    house, found = people_house(folder / "people", furnish(folder / "furnished")), Faces()
    for place, state in enumerate(states):
        with in_state(folder / state, house, state) as scene:
            asked = Asked(scene)
            cells = list(asked.cells())[place % each :: each]
            found.requests += len(cells)
            found.wrong += filter(None, map(asked.wrong, cells))
        with in_state(folder / f"chat-{state}", house, state) as scene:
            for said, foreign in told_wrongly(scene):
                found.messages += 1
                found.wrong += [f"{said}: {foreign}"] if foreign else []
        print(f"   {state:<12}{found.requests:>8,} requests {len(found.wrong)} wrong", flush=True)
    return found


def main(arguments: Sequence[str]) -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--each", type=int, default=1)
    told = parser.parse_args(arguments)
    found = decisions(scenes() if told.whole else some_scenes())
    print(f"   decisions {found.asked:>12,} cells {len(found.wrong):>6} wrong", flush=True)
    for one in found.wrong[:20]:
        print(f"   {one}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        shown = faces(Path(folder), each=told.each)
    print(f"   faces {shown.requests:,} requests {shown.messages:,} messages", flush=True)
    for wrong in shown.wrong:
        print(f"   {wrong}", flush=True)
    return len(found.wrong) + len(shown.wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
