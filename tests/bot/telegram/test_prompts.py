"""Prompts through the local Bot API server: asked, nudged silently, the week with a chart."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from records.prompts import Topic
from records.services.linking import LinkPurpose
from records.services.prompting import choose_hours, reminders_of
from records.vocabulary import Language
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


def test_the_first_minute_in_chinese(phone: Phone, cast: Cast) -> None:
    amina = replace(cast.amina, language=Language.CHINESE)
    with phone.database.begin(True) as unit:
        unit.people.put(amina)
    payload = phone.deep_link(LinkPurpose.INVITATION, amina)
    with phone.on():
        phone.api.start(AMINA, payload, user={"first_name": "美", "language_code": "zh-hans"})
        phone.api.tap(AMINA, phone.sees(AMINA, "请选择语言"), "中文")
        phone.api.tap(AMINA, phone.sees(AMINA, "诊所的邀请"), "是，开始")
        phone.api.tap(AMINA, phone.sees(AMINA, "您那里现在几点？"), "12:00")
        phone.api.tap(AMINA, phone.sees(AMINA, "每天什么时候提醒您？"), "08:00")
        phone.api.tap(AMINA, phone.sees(AMINA, "晚上呢？"), "不用提醒")
        phone.sees(AMINA, "👌 我会在 08:00 提醒您。")
        phone.api.tap(AMINA, phone.sees(AMINA, "我可以告诉Bela吗？"), "好的")
        assert phone.sees(AMINA, "例如 128 82").keyboard
    with phone.database.begin(False) as unit:
        (reminder,) = reminders_of(unit, amina.id)
        assert reminder.hours == (time(8),)
        assert unit.prompting.of(amina.id).family


def test_the_first_minute_may_be_typed(phone: Phone, cast: Cast) -> None:
    payload = phone.deep_link(LinkPurpose.INVITATION, cast.amina)
    with phone.on():
        phone.api.start(AMINA, payload, user={"first_name": "Mina"})
        phone.api.tap(AMINA, phone.sees(AMINA, "Choose your language."), "English")
        phone.api.tap(AMINA, phone.sees(AMINA, "clinic invited you"), "Yes, start")
        phone.api.tap(AMINA, phone.sees(AMINA, "What time is it for you now?"), "Other")
        phone.sees(AMINA, "Tap what your clock shows, or type it, like 15:10.")
        phone.api.say(AMINA, "4:00")
        phone.sees(AMINA, "When shall I remind you?")
        phone.api.say(AMINA, "7:30")
        phone.sees(AMINA, "I will ask at 07:30.")
        phone.sees(AMINA, "may I tell Bela?")
    with phone.database.begin(False) as unit:
        assert unit.people.person(cast.amina.id).zone == "Europe/London"
        (reminder,) = reminders_of(unit, cast.amina.id)
        assert reminder.hours == (time(7, 30),)
