"""The policy and consent with one thing wrong in them: which of it do the fast tests notice?

    python -m tests.soak.mutants --share 1

Cosmic Ray's operators change one place of a copy of the house at a time. What cannot even be
imported, such as an annotation that adds types, is counted by itself and not as noticed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.conftest import REPOSITORY

MUTATED = (
    "records/consent.py",
    *(f"records/policy/{name}.py" for name in ("reading", "relations", "table", "asking")),
)
ALIVE, NOTICED, NOT_IMPORTABLE = "alive", "noticed", 3
QUICK = f"""
try:
    import records.policy, records.consent
except Exception:
    raise SystemExit({NOT_IMPORTABLE})
from tests.records.policy.matrix import first_difference
raise SystemExit(first_difference() is not None)
"""
FAST = ("tests/records/policy", "tests/records/test_consent.py")
LONGEST = 600.0  # seconds: a mutant that runs for ever is noticed


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file."""

    path: str
    operator: str
    occurrence: int

    def __str__(self) -> str:
        return f"{self.path} {self.operator.removeprefix('core/')} {self.occurrence}"


@dataclass(slots=True)
class Figures:
    """What became of the mutants."""

    became: Counter[str] = field(default_factory=Counter)
    alive: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        """How many of a hundred that can be imported were noticed."""
        tried = self.became[NOTICED] + self.became[ALIVE]
        return 100 * self.became[NOTICED] / max(tried, 1)


def mutants() -> Iterator[Mutant]:
    """Return every change there is; operators that want to be told more are none of ours."""
    for path in MUTATED:
        tree = get_ast((REPOSITORY / path).read_text())
        for name in operator_names():
            kind = get_operator(name)
            if kind.arguments():
                continue
            operator = kind()
            places = (
                place for node in ast_nodes(tree) for place in operator.mutation_positions(node)
            )
            for occurrence, _ in enumerate(places):
                yield Mutant(path, name, occurrence)


class Copy:
    """A copy of the house in which one file at a time is wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("records", "tests", "storage", "bot", "webapp"):
            shutil.copytree(REPOSITORY / name, folder / name)
        shutil.copy(REPOSITORY / "pyproject.toml", folder)

    def became(self, mutant: Mutant) -> str:
        """Say whether the fast tests notice a mutant."""
        file, right = self.folder / mutant.path, (REPOSITORY / mutant.path).read_text()
        file.write_text(mutate_code(right, get_operator(mutant.operator)(), mutant.occurrence))
        try:
            return self.passes()
        finally:
            file.write_text(right)

    def passes(self) -> str:
        """Say what the fast tests make of the copy as it is now."""
        ended = self._ends("-c", QUICK)
        if ended == 0:
            ended = self._ends("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *FAST)
        return {0: ALIVE, NOT_IMPORTABLE: "not importable"}.get(ended, NOTICED)

    def _ends(self, *command: str) -> int:
        """Return with what a command ends; one that does not end has noticed something."""
        try:
            done = subprocess.run(
                [sys.executable, "-B", *command],
                cwd=self.folder,
                capture_output=True,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return 1
        return 1 if done.returncode == NOT_IMPORTABLE and "-m" in command else done.returncode


def soak(folder: Path, *, share: int) -> Figures:
    """Try one of so many mutants, and return what became of them."""
    copy, figures = Copy(folder), Figures()
    assert copy.passes() == ALIVE, "the house as it is passes"
    for mutant in list(mutants())[::share]:
        became = copy.became(mutant)
        figures.became[became] += 1
        if became == ALIVE:
            figures.alive.append(str(mutant))
            print(f"   alive: {mutant}", flush=True)
    return figures


def main(arguments: Sequence[str]) -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=int, default=1)
    share = parser.parse_args(arguments).share
    with tempfile.TemporaryDirectory() as folder:
        figures = soak(Path(folder), share=share)
    print(f"   {dict(figures.became)}: {figures.score:.1f} % noticed", flush=True)
    return int(figures.score < 90)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
