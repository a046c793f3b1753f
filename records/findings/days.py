"""Readings day by day, morning apart from evening, as a sheet of paper shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from records.series import Point
from records.vocabulary import Code
from records.walltime import wall_of

NOON = time(12)


@dataclass(slots=True)
class Day:
    """One local day: the readings before noon and those after, by code, oldest first."""

    day: date
    morning: dict[Code, list[Point]] = field(default_factory=dict)
    evening: dict[Code, list[Point]] = field(default_factory=dict)


def day_by_day(
    series: Mapping[Code, Sequence[Point]], *, now: datetime, zone: str, days: int
) -> tuple[Day, ...]:
    """Return the last local days on which something was measured, today first."""
    today = wall_of(now, zone).date()
    found: dict[date, Day] = {}
    for code, points in series.items():
        for one in points:
            wall = wall_of(one.at, zone)
            if today - timedelta(days=days) < wall.date() <= today:
                day = found.setdefault(wall.date(), Day(wall.date()))
                half = day.morning if wall.time() < NOON else day.evening
                half.setdefault(code, []).append(one)
    return tuple(found[one] for one in sorted(found, reverse=True))
