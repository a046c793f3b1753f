"""Mood beside the readings of the same day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from records.findings.averages import mean, rounded
from records.series import Point
from records.walltime import wall_of


@dataclass(frozen=True, slots=True)
class MoodDay:
    """One local day on which a mood was told: the words, and the mean pressure of that day."""

    day: date
    words: tuple[str, ...]
    pressure: tuple[int, int] | None


def moods_beside(
    moods: Iterable[tuple[datetime, str]], points: Sequence[Point], *, zone: str, limit: int
) -> tuple[MoodDay, ...]:
    """Return the last days on which a mood was told, newest first, each with its pressure."""
    told: dict[date, list[str]] = {}
    for at, words in moods:
        told.setdefault(wall_of(at, zone).date(), []).append(words)
    days = sorted(told, reverse=True)[:limit]
    return tuple(MoodDay(day, tuple(told[day]), _pressure(points, day, zone)) for day in days)


def _pressure(points: Sequence[Point], day: date, zone: str) -> tuple[int, int] | None:
    that_day = [one.numbers for one in points if wall_of(one.at, zone).date() == day]
    if not that_day:
        return None
    return rounded(mean([one[0] for one in that_day])), rounded(mean([one[1] for one in that_day]))
