"""Averages of home readings: a week of blood pressure, shares of glucose, and their change.

Points come in the canonical units (mm[Hg], mmol/L); a day is the patient's local day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median
from zoneinfo import ZoneInfo

from records.findings.targets import (
    GLUCOSE_DAYS,
    GLUCOSE_HIGH,
    GLUCOSE_LOW,
    HOME_TARGET,
    LEAST_DAYS,
    LEAST_READINGS,
    STEADY_BELOW,
    WEEK,
    PressureTarget,
)
from records.series import Point


@dataclass(frozen=True, slots=True)
class PressureAverage:
    """The mean of the readings of some days, in whole mm[Hg], with how many it rests on."""

    systolic: int
    diastolic: int
    readings: int
    days: int

    @property
    def enough(self) -> bool:
        """Say whether it rests on enough readings of enough days to be called an average."""
        return self.readings >= LEAST_READINGS and self.days >= LEAST_DAYS

    @property
    def least(self) -> int:
        """How many readings an average must rest on."""
        return LEAST_READINGS

    @property
    def numbers(self) -> str:
        """The pair as people write it, such as 141/87."""
        return f"{self.systolic}/{self.diastolic}"

    def above(self, target: PressureTarget = HOME_TARGET) -> bool:
        """Say whether either number reaches the target."""
        return self.excess(target) >= 0

    def excess(self, target: PressureTarget = HOME_TARGET) -> int:
        """Return by how many mm[Hg] the worse of the two numbers lies over the target."""
        return max(self.systolic - target.systolic, self.diastolic - target.diastolic)


class Trend(StrEnum):
    """Which way an average has gone."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"

    @property
    def arrow(self) -> str:
        """The arrow of this trend; steady has none."""
        return {"rising": "↑", "falling": "↓"}.get(self.value, "")


def pressure_average(
    points: Iterable[Point],
    *,
    now: datetime,
    zone: str,
    weeks_ago: int = 0,
    drop_first_day: bool = False,
) -> PressureAverage | None:
    """Return the mean of seven local days up to today, or of an earlier seven; None if none.

    During a seven-day check the first day with readings does not count (NICE NG136).
    """
    last = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=WEEK * weeks_ago)
    found = by_day(points, last - timedelta(days=WEEK - 1), last, now, zone)
    if drop_first_day and found:
        del found[min(found)]
    counted = [one.numbers for day in found.values() for one in day]
    if not counted:
        return None
    return PressureAverage(
        systolic=rounded(mean([one[0] for one in counted])),
        diastolic=rounded(mean([one[1] for one in counted])),
        readings=len(counted),
        days=len(found),
    )


def change(now: PressureAverage | None, before: PressureAverage | None) -> int | None:
    """Return the greater of the two changes in mm[Hg]; None unless both rest on enough."""
    if now is None or before is None or not (now.enough and before.enough):
        return None
    changes = (now.systolic - before.systolic, now.diastolic - before.diastolic)
    return max(changes, key=abs)


def rise(now: PressureAverage | None, before: PressureAverage | None) -> int:
    """Return by how many mm[Hg] the average rose at most; 0 if it did not or nobody can say."""
    if now is None or before is None or not (now.enough and before.enough):
        return 0
    return max(now.systolic - before.systolic, now.diastolic - before.diastolic, 0)


def trend(by: int | None) -> Trend | None:
    """Return the trend of a change in mm[Hg]; small changes are steady."""
    if by is None:
        return None
    if abs(by) < STEADY_BELOW:
        return Trend.STEADY
    return Trend.RISING if by > 0 else Trend.FALLING


@dataclass(frozen=True, slots=True)
class GlucoseShares:
    """How many glucose readings of some days were below, in and above the range."""

    below: int
    in_range: int
    above: int
    fasting_median: Decimal | None  # mmol/L, one decimal

    @property
    def readings(self) -> int:
        """How many readings there were."""
        return self.below + self.in_range + self.above

    def percent(self, part: int) -> int:
        """Return a count as a whole percentage of all readings."""
        return rounded(Decimal(100 * part) / self.readings)


def glucose_shares(
    points: Iterable[Point],
    *,
    now: datetime,
    zone: str,
    days: int = GLUCOSE_DAYS,
    days_ago: int = 0,
) -> GlucoseShares | None:
    """Return the shares of some local days up to today, or up to an earlier day; None if none."""
    last = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=days_ago)
    found = by_day(points, last - timedelta(days=days - 1), last, now, zone)
    counted = [one for day in found.values() for one in day]
    if not counted:
        return None
    below = sum(one.numbers[0] < GLUCOSE_LOW for one in counted)
    above = sum(one.numbers[0] > GLUCOSE_HIGH for one in counted)
    fasting = [one.numbers[0] for one in counted if one.context == "fasting"]
    return GlucoseShares(
        below=below,
        in_range=len(counted) - below - above,
        above=above,
        fasting_median=median(fasting).quantize(Decimal("0.1"), ROUND_HALF_UP) if fasting else None,
    )


def mean(numbers: Sequence[Decimal]) -> Decimal:
    """Return the mean of at least one number."""
    return sum(numbers, Decimal()) / len(numbers)


def rounded(number: Decimal) -> int:
    """Return the nearest whole number, halves upward, as people round."""
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def by_day(
    points: Iterable[Point], first: date, last: date, now: datetime, zone: str
) -> dict[date, list[Point]]:
    """Return the points of some local days up to now, day by day."""
    found: dict[date, list[Point]] = {}
    here = ZoneInfo(zone)
    for one in points:
        day = one.at.astimezone(here).date()
        if first <= day <= last and one.at <= now:
            found.setdefault(day, []).append(one)
    return found
