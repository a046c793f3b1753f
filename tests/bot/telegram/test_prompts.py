"""Prompts through the local Bot API server: asked, nudged silently, the week with a chart."""

from datetime import UTC, datetime, time, timedelta

import pytest

from records.prompts import Topic
from records.services.prompting import choose_hours
from storage.timetable import Timetable
from tests.bot.telegram.conftest import AMINA, Phone
from tests.cast import Cast, Clock

EIGHT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
PNG = b"\x89PNG"


@pytest.fixture
def database_url(tmp_path: object) -> str:
    """One database is enough here: the timetable has its own tests on both."""
    return f"sqlite:///{tmp_path}/kanglu.sqlite"


def test_a_week_of_prompts_ends_with_a_picture(phone: Phone, cast: Cast, clock: Clock) -> None:
    phone.link(cast.amina, AMINA, tells=True)
    phone.api.start(AMINA)
    timetable = Timetable(phone.database)
    with phone.database.begin(True) as unit:
        choose_hours(unit, Topic.PRESSURE, [time(8)], by=cast.amina, now=clock())

    def it_is(moment: datetime) -> None:
        clock.now = moment
        timetable.step(50)

    with phone.on():
        it_is(EIGHT)
        asked = phone.sees(AMINA, "Good morning. Your two numbers, please")
        assert asked.labels == ["Later", "Skip today"]
        it_is(EIGHT + timedelta(minutes=90))
        assert phone.sees(AMINA, "No hurry").silent
        for day in range(1, 6):
            clock.now = EIGHT + timedelta(days=day)
            phone.api.say(AMINA, f"13{day} 8{day}", date=clock.now)
            phone.sees(AMINA, f"13{day}/8{day} noted")
        it_is(datetime(2026, 11, 29, 10, 0, tzinfo=UTC))
        week = phone.sees(AMINA, "5 of 7 days. Average 133/83, on target. Well done.")
        assert week.content is not None
        assert week.content.startswith(PNG)
        phone.api.tap(AMINA, week, "See all")
        phone.sees(AMINA, "📋")


def test_a_chat_that_may_only_echo_is_not_told_the_average(
    phone: Phone, cast: Cast, clock: Clock
) -> None:
    phone.link(cast.amina, AMINA)
    phone.api.start(AMINA)
    with phone.database.begin(True) as unit:
        choose_hours(unit, Topic.PRESSURE, [time(8)], by=cast.amina, now=clock())
    with phone.on():
        phone.api.say(AMINA, "134 83", date=clock.now)
        phone.sees(AMINA, "134/83 noted")
        clock.now = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
        Timetable(phone.database).step(50)
        week = phone.sees(AMINA, "Your week is ready on your page.")
        assert week.content is None
        assert week.labels == ["🌐 Open the site", "Yes, here"]
