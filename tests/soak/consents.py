"""Deeds about one record in any order, the house beside the plain ledger; then the ledger wrong.

    python -m tests.soak.consents --sequences 20000 --mutants

With `--mutants` each rule of the law is turned round, one at a time, and a difference must be seen.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.records.services.consent_house import Furnished, furnished_house
from tests.records.services.consent_machine import run
from tests.soak.bending import bent, mutants

AT_ONCE = 500  # sequences of one seed
TRIES = 600  # sequences in which a mutant must show


def soak(house: Furnished, sequences: int, *, seed: int = 6) -> None:
    """Run this many sequences; an AssertionError names the first difference."""
    for done in range(0, sequences, AT_ONCE):
        run(house, min(AT_ONCE, sequences - done), seed=seed + done)
        print(f"   {min(done + AT_ONCE, sequences):>7,} sequences, 0 differences", flush=True)


def survivors(house: Furnished, *, seed: int = 6) -> tuple[int, list[str]]:
    """Return how many rules were turned round, and which of them nobody noticed."""
    names = list(mutants())
    return len(names), [one for one in names if not _is_seen(house, one, seed)]


def _is_seen(house: Furnished, mutant: str, seed: int) -> bool:
    with bent(mutant):
        try:
            run(house, TRIES, seed=seed)
        except AssertionError:
            return True
    print(f"   not seen: {mutant}", flush=True)
    return False


def main(arguments: Sequence[str]) -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sequences", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--mutants", action="store_true")
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, furnished_house(Path(folder)) as house:
        soak(house, told.sequences, seed=told.seed)
        if not told.mutants:
            return 0
        made, alive = survivors(house)
    print(f"   {made - len(alive)} of {made} mutants of the law seen", flush=True)
    return len(alive)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
