"""A zone is found from what a clock shows, whatever the hour and the season."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from records.vocabulary import Language
from records.zones import all_choices, choices_near, zone_from_clock

WINTER = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 7, 10, tzinfo=UTC)
EN, ZH = Language.ENGLISH, Language.CHINESE


@pytest.mark.parametrize(
    ("shown", "now", "near", "language", "zone"),
    [
        (time(15, 10), WINTER, "Asia/Hong_Kong", ZH, "Asia/Hong_Kong"),
        (time(15, 10), WINTER, "Europe/London", ZH, "Asia/Shanghai"),
        (time(15, 10), WINTER, "Europe/London", EN, "Asia/Hong_Kong"),
        (time(7, 10), WINTER, "Asia/Hong_Kong", EN, "Europe/London"),
        (time(8, 10), SUMMER, "Asia/Hong_Kong", EN, "Europe/London"),
        (time(2, 10), WINTER, "Asia/Hong_Kong", ZH, "America/Toronto"),
        (time(12, 40), WINTER, "Asia/Hong_Kong", EN, "Asia/Kolkata"),
        (time(12, 55), WINTER, "Asia/Hong_Kong", EN, "Asia/Kathmandu"),
        (time(15, 13), WINTER, "Asia/Hong_Kong", EN, "Asia/Hong_Kong"),
        (time(20, 10), WINTER, "Pacific/Auckland", EN, "Pacific/Auckland"),
        (time(7, 25), WINTER, "Asia/Hong_Kong", EN, None),
    ],
)
def test_a_clock_gives_a_zone(
    shown: time, now: datetime, near: str, language: Language, zone: str | None
) -> None:
    assert zone_from_clock(shown, now, near=near, language=language) == zone


def test_every_whole_hour_of_every_hour_of_a_year_gives_a_zone_that_shows_it() -> None:
    for hours in range(0, 365 * 24, 97):
        now = datetime(2026, 1, 1, 0, 10, tzinfo=UTC) + timedelta(hours=hours)
        found = all_choices(now, "Asia/Hong_Kong", ZH)
        assert len(found) == 24
        for shown, zone in found:
            there = now.astimezone(ZoneInfo(zone))
            assert (there.hour, there.minute) == (shown.hour, shown.minute)


def test_the_first_choice_is_the_clinics_time() -> None:
    found = choices_near(WINTER, "Asia/Hong_Kong", ZH)
    assert [f"{at:%H:%M}" for at, _ in found] == ["15:10", "16:10", "14:10"]
    assert found[0][1] == "Asia/Hong_Kong"
