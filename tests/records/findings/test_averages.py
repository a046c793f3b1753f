from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from records.findings.averages import (
    PressureAverage,
    Trend,
    change,
    glucose_shares,
    pressure_average,
    rise,
    rounded,
    trend,
)
from records.series import Point
from records.tracking import ObservationId, TrackingId

ZONE = "Asia/Hong_Kong"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # 20:00 in Hong Kong


def point(days_ago: int, hour: int, *numbers: str, context: str = "") -> Point:
    at = NOW.replace(hour=hour) - timedelta(days=days_ago)
    return Point(
        at,
        tuple(Decimal(one) for one in numbers),
        context,
        False,
        ObservationId("o"),
        TrackingId("t"),
    )


def test_a_week_of_readings_is_averaged_by_hand() -> None:
    points = [point(day, hour, "140", "86") for day in range(6) for hour in (0, 10)]
    points.append(point(6, 1, "153", "99"))

    average = pressure_average(points, now=NOW, zone=ZONE)

    # 12 × 140 + 153 = 1833 / 13 = 141.0; 12 × 86 + 99 = 1131 / 13 = 87.0
    assert average == PressureAverage(141, 87, readings=13, days=7)
    assert average.enough
    assert average.numbers == "141/87"


def test_a_reading_of_the_eighth_day_back_does_not_count() -> None:
    assert pressure_average([point(7, 2, "140", "86")], now=NOW, zone=ZONE) is None


def test_the_day_is_the_patients_own() -> None:
    # 17:00 UTC seven days ago is 01:00 of the next day in Hong Kong, six days ago there
    late = point(7, 17, "140", "86")
    assert pressure_average([late], now=NOW, zone=ZONE) is not None
    assert pressure_average([late], now=NOW, zone="UTC") is None


def test_a_reading_dated_after_now_does_not_count() -> None:
    assert pressure_average([point(0, 13, "140", "86")], now=NOW, zone=ZONE) is None


@pytest.mark.parametrize(
    ("readings", "days", "enough"), [(12, 4, True), (11, 7, False), (20, 3, False)]
)
def test_twelve_readings_of_four_days_are_enough(readings: int, days: int, enough: bool) -> None:
    assert PressureAverage(130, 80, readings, days).enough is enough


def test_a_check_drops_its_first_day() -> None:
    points = [point(3, 1, "170", "100"), point(2, 1, "130", "80"), point(1, 1, "132", "82")]

    average = pressure_average(points, now=NOW, zone=ZONE, drop_first_day=True)

    assert average == PressureAverage(131, 81, readings=2, days=2)


def test_either_number_at_its_target_is_above() -> None:
    assert PressureAverage(135, 70, 12, 4).above()
    assert PressureAverage(120, 85, 12, 4).above()
    assert not PressureAverage(134, 84, 12, 4).above()
    assert PressureAverage(141, 99, 12, 4).excess() == 14


def test_the_week_before_is_averaged_for_the_change() -> None:
    week = [point(day, 1, "140", "80") for day in range(7)] * 2
    before = [point(day, 1, "133", "84") for day in range(7, 14)] * 2
    points = [*week, *before]

    now = pressure_average(points, now=NOW, zone=ZONE)
    then = pressure_average(points, now=NOW, zone=ZONE, weeks_ago=1)

    assert change(now, then) == 7
    assert rise(now, then) == 7
    assert rise(then, now) == 4
    assert change(now, None) is None


def test_few_readings_make_no_change() -> None:
    assert change(PressureAverage(150, 80, 5, 5), PressureAverage(120, 80, 20, 7)) is None


@pytest.mark.parametrize(
    ("by", "expected", "arrow"),
    [(4, Trend.STEADY, ""), (-4, Trend.STEADY, ""), (5, Trend.RISING, "↑"), (-5, "falling", "↓")],
)
def test_less_than_five_is_steady(by: int, expected: str, arrow: str) -> None:
    found = trend(by)
    assert found == expected
    assert found is not None
    assert found.arrow == arrow


def test_nobody_knows_a_trend_without_a_change() -> None:
    assert trend(None) is None


def test_glucose_is_counted_below_in_and_above_the_range() -> None:
    values = ["3.8", "3.9", "7.0", "10.0", "10.1", "12.0", "6.0", "5.0"]
    points = [
        point(n, 0, one, context="fasting" if one in ("7.0", "6.0", "3.9") else "")
        for n, one in enumerate(values)
    ]

    shares = glucose_shares(points, now=NOW, zone=ZONE)

    assert shares is not None
    assert (shares.below, shares.in_range, shares.above) == (1, 5, 2)
    assert shares.readings == 8
    assert shares.percent(shares.in_range) == 63  # 62.5, halves upward
    assert shares.fasting_median == Decimal("6.0")


def test_the_median_of_two_fasting_values_lies_between() -> None:
    points = [point(n, 0, one, context="fasting") for n, one in enumerate(["6.1", "6.4"])]
    shares = glucose_shares(points, now=NOW, zone=ZONE)
    assert shares is not None
    assert shares.fasting_median == Decimal("6.3")  # 6.25


def test_no_glucose_has_no_shares() -> None:
    assert glucose_shares([], now=NOW, zone=ZONE) is None


def test_halves_are_rounded_upward() -> None:
    assert [rounded(Decimal(one)) for one in ("134.5", "135.49", "0.5")] == [135, 135, 1]
