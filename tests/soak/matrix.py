"""The access matrix, whole: each cell of the decision beside the law written by hand.

    python -m tests.soak.matrix --whole

Without `--whole` every who, relation and state of consent is asked about one kind of the ten.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.records.policy.matrix import CELLS, Cell, Scene, differences, scenes, some_scenes


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


def main(arguments: Sequence[str]) -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--whole", action="store_true")
    whole = parser.parse_args(arguments).whole
    found = decisions(scenes() if whole else some_scenes())
    print(f"   decisions {found.asked:>12,} cells {len(found.wrong):>6} wrong", flush=True)
    for one in found.wrong[:20]:
        print(f"   {one}", flush=True)
    return len(found.wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
