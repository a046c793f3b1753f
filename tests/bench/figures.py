"""A measurement: a name, a value with its unit, and what it is held against."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: `ratio` is ours to theirs and `aim` the least it should be; `failed` says why none.

    A peer that could not be installed or run is a failed row, never one left out.
    """

    name: str
    value: float | None = None
    unit: str = ""
    against: str = ""
    ratio: float | None = None
    aim: float | None = None
    failed: str = ""

    @property
    def missed(self) -> bool:
        """Say whether the row fails: nothing measured, or less than was aimed at."""
        below = self.ratio is not None and self.aim is not None and self.ratio < self.aim
        return bool(self.failed) or below


def show(figures: Sequence[Figure]) -> None:
    """Print the figures as a table."""
    for one in figures:
        mark = "✖" if one.missed else "✔"
        value = one.failed or f"{one.value:,.1f} {one.unit}"
        ratio = f"{one.ratio:.2f}×" if one.ratio is not None else ""
        aim = f"(aim {one.aim:.2f}×)" if one.aim is not None else ""
        print(f"{mark} {one.name:<34} {value:<26} {one.against:<24} {ratio} {aim}".rstrip())


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures as JSON: name → value, unit, against what, ratio."""
    told = {
        one.name: {
            "value": one.value,
            "unit": one.unit,
            "against": one.against,
            "ratio": one.ratio,
            **({"failed": one.failed} if one.failed else {}),
        }
        for one in figures
    }
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
