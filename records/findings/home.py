"""The home average by the cited rule, its category, and mornings against evenings.

NICE NG136: measure for 4 to 7 days, twice a day, two readings each; the first day does not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from records.findings.averages import PressureAverage, by_day, mean, rounded
from records.findings.days import NOON
from records.findings.guidelines import (
    HOME_CATEGORIES,
    HOME_DAYS_DROPPED,
    Band,
    Categories,
    Guideline,
)
from records.findings.targets import LEAST_DAYS, LEAST_READINGS, WEEK
from records.series import Point
from records.walltime import wall_of


@dataclass(frozen=True, slots=True)
class HomeAverage:
    """The mean of the counted readings of the last week, and what is still missing of it."""

    average: PressureAverage | None
    readings: int
    measured: int  # days with a reading, those that do not count too

    @property
    def least(self) -> int:
        """How many readings must count."""
        return LEAST_READINGS

    @property
    def least_days(self) -> int:
        """On how many days there must be readings, the first included."""
        return LEAST_DAYS

    @property
    def enough(self) -> bool:
        """Say whether it rests on as many readings and days as the rule asks for."""
        return self.readings >= LEAST_READINGS and self.measured >= LEAST_DAYS


def home_average(points: Iterable[Point], *, now: datetime, zone: str) -> HomeAverage | None:
    """Return the average of the last seven local days without the first one; None if no reading."""
    today = wall_of(now, zone).date()
    found = by_day(points, today - timedelta(days=WEEK - 1), today, now, zone)
    if not found:
        return None
    counted = [one for day in sorted(found)[HOME_DAYS_DROPPED:] for one in found[day]]
    return HomeAverage(_average(counted, len(found) - HOME_DAYS_DROPPED), len(counted), len(found))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an average stands among the categories of a guideline."""

    categories: Categories
    band: Band
    step: int  # from 1

    @property
    def steps(self) -> int:
        """How many categories there are."""
        return len(self.categories.bands)


def category_of(average: PressureAverage, guideline: Guideline) -> Placed:
    """Return the highest category that either number reaches."""
    categories = HOME_CATEGORIES[guideline]
    reached = [
        step
        for step, one in enumerate(categories.bands, start=1)
        if average.systolic >= one.systolic
        or (one.diastolic is not None and average.diastolic >= one.diastolic)
    ]
    return Placed(categories, categories.bands[reached[-1] - 1], reached[-1])


@dataclass(frozen=True, slots=True)
class Halves:
    """The mean of the readings before noon and of those after, of some days."""

    morning: PressureAverage | None
    evening: PressureAverage | None

    @property
    def apart(self) -> int | None:
        """By how many mm[Hg] the mornings' systolic mean lies above the evenings'."""
        if self.morning is None or self.evening is None:
            return None
        return self.morning.systolic - self.evening.systolic


def halves_of(points: Sequence[Point], zone: str) -> Halves:
    """Return mornings against evenings, by the patient's clock."""
    morning = [one for one in points if wall_of(one.at, zone).time() < NOON]
    evening = [one for one in points if wall_of(one.at, zone).time() >= NOON]
    return Halves(_average(morning, _days(morning, zone)), _average(evening, _days(evening, zone)))


def _average(points: Sequence[Point], days: int) -> PressureAverage | None:
    if not points:
        return None
    return PressureAverage(
        systolic=rounded(mean([one.numbers[0] for one in points])),
        diastolic=rounded(mean([one.numbers[1] for one in points])),
        readings=len(points),
        days=days,
    )


def _days(points: Sequence[Point], zone: str) -> int:
    return len({wall_of(one.at, zone).date() for one in points})
