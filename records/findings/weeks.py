"""The means of weeks, for what is shown over years."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from records.findings.averages import mean
from records.series import Point
from records.walltime import wall_of

TENTH = Decimal("0.1")


def by_week(points: Sequence[Point], zone: str) -> tuple[Point, ...]:
    """Return one point for each calendar week with readings: their mean, at the last of them."""
    weeks: dict[date, list[Point]] = {}
    for one in points:
        local = wall_of(one.at, zone).date()
        weeks.setdefault(date.fromisocalendar(*local.isocalendar()[:2], 1), []).append(one)
    return tuple(replace(found[-1], numbers=_means(found), context="") for found in weeks.values())


def _means(points: Sequence[Point]) -> tuple[Decimal, ...]:
    columns = zip(*(one.numbers for one in points), strict=True)
    return tuple(mean(one).quantize(TENTH, ROUND_HALF_UP) for one in columns)
