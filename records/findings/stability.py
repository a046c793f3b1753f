"""Whether the numbers of the last weeks are so steady that fewer of them will do."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from records.findings.averages import glucose_shares, pressure_average
from records.findings.targets import (
    LEAST_DAYS,
    STABLE_BELOW,
    STABLE_IN_RANGE,
    STABLE_WEEKS,
    WEEK,
)
from records.series import Point


def is_pressure_stable(points: Iterable[Point], *, now: datetime, zone: str) -> bool:
    """Say whether each of the last weeks has enough days and a mean below the target."""
    told = tuple(points)
    weeks = [
        pressure_average(told, now=now, zone=zone, weeks_ago=ago) for ago in range(STABLE_WEEKS)
    ]
    return all(one is not None and one.days >= LEAST_DAYS and not one.above() for one in weeks)


def is_glucose_stable(points: Iterable[Point], *, now: datetime, zone: str) -> bool:
    """Say whether each of the last weeks has enough days, most in range and none below it."""
    told = tuple(points)
    return all(_is_week_stable(told, WEEK * ago, now, zone) for ago in range(STABLE_WEEKS))


def _is_week_stable(points: tuple[Point, ...], days_ago: int, now: datetime, zone: str) -> bool:
    last = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=days_ago)
    days = {one.at.astimezone(ZoneInfo(zone)).date() for one in points if one.at <= now}
    week = sum(last - timedelta(days=WEEK) < one <= last for one in days)
    shares = glucose_shares(points, now=now, zone=zone, days=WEEK, days_ago=days_ago)
    if shares is None or week < LEAST_DAYS or shares.below > STABLE_BELOW:
        return False
    return shares.in_range * 100 > STABLE_IN_RANGE * shares.readings
