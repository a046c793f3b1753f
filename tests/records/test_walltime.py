"""Wall times in zones: every hole and every hour that comes twice, against the zone's own data."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from records.walltime import moment_of, wall_of

ZONES = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Europe/London",
    "Europe/Lisbon",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Pyongyang",
    "America/Caracas",
    "Antarctica/Troll",
    "UTC",
)
STEADY = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Kathmandu", "UTC")
STEP = timedelta(minutes=15)


def changes(zone: str, first: int, last: int) -> list[datetime]:
    """Return, to the quarter of an hour, the moments at which a zone's clock was put."""
    there, found = ZoneInfo(zone), []
    moment = datetime(first, 1, 1, tzinfo=UTC)
    while moment.year <= last:
        later = moment + timedelta(days=1)
        if moment.astimezone(there).utcoffset() != later.astimezone(there).utcoffset():
            quarter = moment
            while quarter.astimezone(there).utcoffset() == moment.astimezone(there).utcoffset():
                quarter += STEP
            found.append(quarter)
        moment = later
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_around_every_change_a_wall_time_is_the_first_moment_that_shows_it_or_later(
    zone: str,
) -> None:
    for change in changes(zone, 2008, 2030):
        shown = [wall_of(change + STEP * n, zone) for n in range(-120, 120)]
        quarters = [change + STEP * n for n in range(-120, 120)]
        lowest = min(shown[:4]) + timedelta(hours=2)
        for n in range(96):
            wall = lowest + STEP * n
            expected = next(q for q, one in zip(quarters, shown, strict=True) if one >= wall)
            assert moment_of(wall, zone) == expected, (zone, wall)
    assert zone in STEADY or changes(zone, 2008, 2030)


def test_a_moment_comes_back_from_its_wall_time_but_in_an_hour_that_comes_twice() -> None:
    chance = random.Random(3)
    for _ in range(4000):
        zone = chance.choice(ZONES)
        moment = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(25_000_000))
        back = moment_of(wall_of(moment, zone), zone)
        assert back <= moment
        assert wall_of(back, zone) == wall_of(moment, zone)
        assert moment - back < timedelta(days=2)


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        ("Europe/London", "2026-03-29T01:30", "2026-03-29T01:00"),  # the hole begins at 01:00
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30"),  # 01:30 comes twice
        ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03T15:30"),  # half an hour left out
        ("Pacific/Apia", "2011-12-30T08:00", "2011-12-30T10:00"),  # a whole day left out
        ("Asia/Shanghai", "2028-02-29T08:00", "2028-02-29T00:00"),
    ],
)
def test_the_known_cases(zone: str, wall: str, moment: str) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert moment_of(datetime.fromisoformat(wall), zone) == expected
