"""What can be wrong with the log, and what verifying it says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MOST = 20  # faults that are named


class Wrong(StrEnum):
    """What can be wrong with the log."""

    ALTERED = "altered, or swapped with another"
    MISSING = "missing"
    INSERTED = "not written by this house"
    DOUBLED = "a copy of another line"
    UNSEALED = "never sealed, and not waiting to be"
    CUT = "cut off"
    FORKED = "not of one log with the rest: forked"
    NOT_OURS = "not as this house wrote it"
    UNREACHABLE = "cannot be asked now"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where it shows first."""

    where: str
    wrong: Wrong

    def __str__(self) -> str:
        return f"{self.where}: {self.wrong}"


@dataclass(slots=True)
class Report:
    """What verifying found: how many lines are sealed, until when, and what is not sealed yet."""

    lines: int = 0
    until: datetime | None = None
    waiting: int = 0
    oldest: datetime | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def add(self, where: str, wrong: Wrong) -> None:
        """Name one more fault, as long as there are few."""
        if len(self.faults) < MOST:
            self.faults.append(Fault(where, wrong))

    def said(self) -> Iterator[str]:
        """Give what was found in plain sentences: what is sealed, then what is not yet."""
        until = f", the last of {self.until:%Y-%m-%d %H:%M:%S} UTC" if self.until else ""
        yield f"{self.lines} lines are sealed{until}."
        if not self.waiting:
            yield "No line waits to be sealed."
        elif self.oldest:
            since = f"{self.oldest:%Y-%m-%d %H:%M:%S} UTC"
            yield f"{self.waiting} lines wait to be sealed, the oldest since {since}."
