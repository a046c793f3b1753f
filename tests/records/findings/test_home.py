"""The home average by NICE NG136, its category, mornings and evenings, moods and weeks."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from records.findings.averages import PressureAverage
from records.findings.guidelines import Guideline
from records.findings.home import category_of, halves_of, home_average
from records.findings.moods import moods_beside
from records.findings.weeks import by_week
from records.series import Point
from records.tracking import ObservationId, TrackingId
from tests.cast import ZONE

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # 20:00 in the patient's zone


def bp(days_ago: int, hour: int, systolic: int, diastolic: int) -> Point:
    """Return a reading at an hour of the patient's clock, eight hours before UTC."""
    at = NOW.replace(hour=0) - timedelta(days=days_ago) + timedelta(hours=hour - 8)
    numbers = (Decimal(systolic), Decimal(diastolic))
    return Point(at, numbers, "", False, ObservationId(""), TrackingId(""))


def test_the_first_day_does_not_count() -> None:
    first = [bp(3, 8, 190, 110), bp(3, 20, 180, 110)]
    counted = [
        bp(day, hour, systolic, diastolic)
        for day in (2, 1, 0)
        for hour, systolic, diastolic in ((7, 140, 90), (8, 142, 88), (18, 130, 80), (19, 132, 82))
    ]
    home = home_average([*first, *counted], now=NOW, zone=ZONE)
    # (140 + 142 + 130 + 132) / 4 = 136; (90 + 88 + 80 + 82) / 4 = 85; twelve of three days.
    assert home is not None
    assert home.average == PressureAverage(136, 85, 12, 3)
    assert (home.readings, home.measured, home.enough) == (12, 4, True)


def test_eleven_counted_readings_or_three_days_are_not_enough() -> None:
    eleven = [bp(day, 7, 140, 90) for day in (3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0)]
    home = home_average(eleven, now=NOW, zone=ZONE)
    assert home is not None
    assert (home.readings, home.measured, home.enough) == (11, 4, False)
    short = home_average([bp(2, 7, 1, 1), *[bp(1, 7, 1, 1)] * 14], now=NOW, zone=ZONE)
    assert short is not None
    assert (short.readings, short.measured, short.enough) == (14, 2, False)
    only = home_average([bp(0, 7, 140, 90)], now=NOW, zone=ZONE)
    assert only is not None
    assert (only.average, only.readings) == (None, 0)
    assert home_average([bp(7, 7, 140, 90)], now=NOW, zone=ZONE) is None


@pytest.mark.parametrize(
    ("systolic", "diastolic", "esc", "acc", "china"),
    [
        (119, 69, "Non-elevated", "Normal", "Below the home limit"),
        (119, 70, "Elevated", "Normal", "Below the home limit"),
        (120, 79, "Elevated", "Elevated", "Below the home limit"),
        (130, 79, "Elevated", "Hypertension, stage 1", "Below the home limit"),
        (118, 84, "Elevated", "Hypertension, stage 1", "Below the home limit"),
        (135, 70, "Hypertension", "Hypertension, stage 2", "Hypertension"),
        (110, 85, "Hypertension", "Hypertension, stage 2", "Hypertension"),
    ],
)
def test_a_category_begins_where_either_number_reaches_it(
    systolic: int, diastolic: int, esc: str, acc: str, china: str
) -> None:
    average = PressureAverage(systolic, diastolic, 12, 4)
    found = [category_of(average, one).band.name for one in Guideline]
    assert found == [esc, acc, china]


def test_mornings_and_evenings_part_at_the_patients_noon() -> None:
    points = [bp(1, 7, 150, 95), bp(0, 11, 140, 91), bp(1, 12, 130, 85), bp(0, 18, 125, 80)]
    halves = halves_of(points, ZONE)
    assert halves.morning == PressureAverage(145, 93, 2, 2)
    assert halves.evening == PressureAverage(128, 83, 2, 2)  # 127.5 and 82.5, halves upward
    assert halves.apart == 17


def test_a_mood_stands_beside_the_mean_of_its_day() -> None:
    points = [bp(1, 7, 150, 95), bp(1, 18, 130, 86), bp(0, 18, 125, 80)]
    moods = [(bp(1, 23, 0, 0).at, "tired"), (bp(2, 9, 0, 0).at, "calm")]
    found = moods_beside(moods, points, zone=ZONE, limit=14)
    assert [(one.day, one.words, one.pressure) for one in found] == [
        (date(2026, 11, 22), ("tired",), (140, 91)),  # 90.5, halves upward
        (date(2026, 11, 21), ("calm",), None),
    ]


def test_over_years_a_week_is_one_point() -> None:
    points = [bp(8, 7, 150, 95), bp(1, 7, 131, 80), bp(1, 8, 130, 81), bp(0, 7, 120, 70)]
    # 15 and 22 November are Sundays, 23 is a Monday.
    assert [one.numbers for one in by_week(points, ZONE)] == [
        (Decimal("150.0"), Decimal("95.0")),
        (Decimal("130.5"), Decimal("80.5")),
        (Decimal("120.0"), Decimal("70.0")),
    ]
