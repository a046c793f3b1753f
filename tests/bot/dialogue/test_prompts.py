"""Prompts from beginning to end: chosen by taps and words, asked once, nudged once, left alone."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from records.observations import Channel, pressure
from records.people import Scope, Tie
from records.prompts import Topic
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.intake import Draft, file_observations
from records.services.prompting import choose_hours, reminders_of
from records.vocabulary import Code, Language
from storage.database import Database
from storage.timetable import Timetable
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk, labels
from tests.cast import ZONE, Cast, Clock, enter

ASKED = "Good morning. Your two numbers, please – like 128 82."
EIGHT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # 08:00 the next day in Amina's zone


class House:
    """The worker's timetable and the clock it goes by."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.timetable = Timetable(database)
        self.clock = clock

    def at(self, moment: datetime) -> None:
        """Let it be this moment, and what is due happen."""
        self.clock.now = moment
        while self.timetable.step(50):
            pass


@pytest.fixture
def database_url(tmp_path: object) -> str:
    """One database is enough here: the timetable has its own tests on both."""
    return f"sqlite:///{tmp_path}/kanglu.sqlite"


@pytest.fixture
def house(database: Database, clock: Clock) -> House:
    return House(database, clock)


def texts(talk: Talk, since: int = 0) -> list[str]:
    return [line.text for line in talk.lines][since:]


def choose_eight(amina: Talk) -> None:
    amina.say("remind me at 8")
    amina.tap("No")


def test_hours_are_chosen_by_taps(amina: Talk, database: Database, cast: Cast) -> None:
    shown = amina.say("/remind")
    assert shown.text == "🔔 I ask for nothing yet."
    assert amina.tap("🩺 Blood pressure").text == "When shall I remind you?"
    assert labels(amina.last) == ["07:00", "08:00", "09:00", "No reminder"]
    assert amina.tap("08:00").text == "And in the evening?"
    amina.tap("20:00")
    assert "👌 I will ask at 08:00, 20:00." in texts(amina)
    assert amina.last.text == "If I hear nothing three times in a row, may I tell Bela?"
    assert amina.tap("Yes").text == "👌 I will tell them if you are silent."
    with database.begin(False) as unit:
        (reminder,) = reminders_of(unit, cast.amina.id)
        assert [f"{one:%H:%M}" for one in reminder.hours] == ["08:00", "20:00"]
        assert unit.prompting.of(cast.amina.id).family is True
    assert amina.say("/remind").text == "🔔 I ask for:\n🩺 Blood pressure: 08:00, 20:00"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("remind me at 8", "👌 I will ask at 08:00."),
        ("remind me at 8pm to take my medicine", "👌 I will ask at 20:00."),
        ("提醒我早上8点", "👌 I will ask at 08:00."),
        ("remind me at 22:00", "I am quiet from 21:30 to 07:00. Shall I ask at another time?"),
        ("pause", "⏸ For how long shall I be quiet?"),
    ],
)
def test_words_do_what_taps_do(amina: Talk, words: str, answer: str) -> None:
    amina.say(words)
    assert answer in texts(amina)
    assert labels(amina.last)


def test_a_prompt_comes_at_its_hour_and_a_nudge_once_without_a_sound(
    amina: Talk, house: House
) -> None:
    choose_eight(amina)
    before = len(amina.lines)
    house.at(EIGHT - timedelta(minutes=1))
    assert len(amina.lines) == before
    house.at(EIGHT)
    assert amina.last.text == ASKED
    assert labels(amina.last) == ["Later", "Skip today"]
    for minutes in range(30, 600, 30):
        house.at(EIGHT + timedelta(minutes=minutes))
    assert texts(amina, before) == [ASKED, "No hurry – your numbers when you can."]


def test_a_reading_before_its_hour_clears_the_prompt(amina: Talk, house: House) -> None:
    choose_eight(amina)
    house.clock.now = EIGHT - timedelta(minutes=89)
    amina.say("128/82")
    before = len(amina.lines)
    house.at(EIGHT)
    house.at(EIGHT + timedelta(minutes=95))
    assert len(amina.lines) == before


def test_an_answer_ends_the_asking_and_a_bare_pair_is_one(amina: Talk, house: House) -> None:
    choose_eight(amina)
    house.at(EIGHT)
    assert amina.say("128 82").text == "✅ 128/82 noted, 08:00. On target."
    before = len(amina.lines)
    house.at(EIGHT + timedelta(minutes=95))
    assert len(amina.lines) == before


def test_later_asks_once_more_and_skip_not_at_all(amina: Talk, house: House) -> None:
    choose_eight(amina)
    house.at(EIGHT)
    assert amina.tap("Later").text == "👌 I will ask again at 09:00."
    before = len(amina.lines)
    house.at(EIGHT + timedelta(minutes=61))
    assert texts(amina, before) == [ASKED]
    amina.tap("Skip today")
    house.at(EIGHT + timedelta(hours=5))
    assert len(amina.lines) == before + 1


def test_skip_today_may_be_typed(amina: Talk, house: House) -> None:
    choose_eight(amina)
    assert amina.say("skip today").text == "👌 OK."
    house.at(EIGHT)
    assert amina.say("skip today").text == "👌 Nothing more for now."
    before = len(amina.lines)
    house.at(EIGHT + timedelta(hours=5))
    assert len(amina.lines) == before


def test_a_morning_that_the_house_slept_through_is_dropped(amina: Talk, house: House) -> None:
    choose_eight(amina)
    before = len(amina.lines)
    house.at(EIGHT + timedelta(hours=4))
    assert len(amina.lines) == before


def test_a_pause_is_quiet_and_nothing_is_made_up_for(amina: Talk, house: House) -> None:
    choose_eight(amina)
    amina.say("/pause")
    assert amina.tap("1 week").text == "👌 I am quiet until Mon 30 Nov."
    before = len(amina.lines)
    for day in range(6):
        house.at(EIGHT + timedelta(days=day))
    assert len(amina.lines) == before
    house.at(EIGHT + timedelta(days=7))
    assert texts(amina, before) == [ASKED]


def test_a_pause_ends_when_the_person_says(amina: Talk, house: House) -> None:
    choose_eight(amina)
    amina.say("pause")
    assert amina.tap("Until I say").text == "👌 I am quiet until you say."
    house.at(EIGHT + timedelta(days=40))
    assert amina.tap("▶️ Ask again").text == "👌 I will ask again."
    house.at(EIGHT + timedelta(days=41))
    assert amina.last.text == ASKED


def test_stop_can_mean_the_reminders_only(amina: Talk, house: House) -> None:
    choose_eight(amina)
    amina.say("stop")
    assert amina.tap("Only reminders").text == "👌 I am quiet until you say."
    before = len(amina.lines)
    house.at(EIGHT)
    assert len(amina.lines) == before


def test_a_clock_that_shows_another_time_moves_the_prompts(
    amina: Talk, house: House, database: Database, cast: Cast
) -> None:
    choose_eight(amina)
    amina.say("/remind")
    assert amina.tap("🕐 My clock").text == "What time is it for you now?"
    assert labels(amina.last) == ["12:00", "13:00", "11:00", "Other"]
    amina.tap("Other")
    assert amina.say("04:00").text == "👌 It is 04:00 for you."
    with database.begin(False) as unit:
        assert unit.people.person(cast.amina.id).zone == "Europe/London"
    before = len(amina.lines)
    house.at(EIGHT)
    assert len(amina.lines) == before
    house.at(EIGHT + timedelta(hours=8))
    assert texts(amina, before) == [ASKED]


def test_three_missed_slots_tell_the_family_once_where_the_patient_allows_it(
    amina: Talk, bela: Talk, house: House
) -> None:
    bela.start()
    amina.say("128/82")
    amina.say("remind me at 8")
    amina.tap("Yes")
    before = len(bela.lines)
    for hours in range(24 * 6):
        house.at(EIGHT + timedelta(hours=hours))
    assert texts(bela, before) == ["Amina has not sent numbers since Mon 23 Nov."]
    assert labels(bela.last) == ["I'll ask", "Mute 1 week"]
    assert bela.tap("Mute 1 week").text == "👌 I am quiet about this for a week."


def test_the_family_hears_nothing_unless_it_was_allowed(
    amina: Talk, bela: Talk, house: House
) -> None:
    bela.start()
    choose_eight(amina)
    before = len(bela.lines)
    for hours in range(0, 24 * 5, 6):
        house.at(EIGHT + timedelta(hours=hours))
    assert len(bela.lines) == before


def test_the_same_words_are_not_said_again_and_again(
    amina: Talk, house: House, database: Database, cast: Cast, clock: Clock
) -> None:
    amina.start()
    with database.begin(True) as unit:
        for minute in range(8):
            rule_time = (datetime(2026, 11, 24, 8, 0) + timedelta(minutes=minute)).time()  # noqa: DTZ001
            choose_hours(unit, Topic.PRESSURE, [rule_time], by=cast.amina, now=clock())
            for one in unit.timetable.rules_of(cast.amina.id):
                unit.timetable.put_rule(replace(one, ended=False))
    before = len(amina.lines)
    for minute in range(9):
        house.at(EIGHT + timedelta(minutes=minute))
    assert texts(amina, before).count(ASKED) == 5


def two_weeks(amina: Talk, house: House, numbers: tuple[int, int]) -> datetime:
    """Tell the same every morning for two weeks; return the Sunday evening after them."""
    with amina.desk.database.begin(True) as unit:
        record = unit.records.of_patient(amina.person.id)
        assert record is not None
        mornings = [EIGHT + timedelta(days=day) for day in range(13)]
        drafts = [Draft(Code.BLOOD_PRESSURE, at, components=pressure(*numbers)) for at in mornings]
        house.clock.now = mornings[-1]
        file_observations(
            unit,
            drafts,
            record_id=record.id,
            by=amina.person,
            channel=Channel.FORM,
            now=mornings[-1],
        )
    return datetime(2026, 12, 6, 10, 0, tzinfo=UTC)


def test_the_week_is_summed_up_with_a_chart_and_thanks(amina: Talk, house: House) -> None:
    choose_eight(amina)
    for day in range(5):
        house.at(EIGHT + timedelta(days=day))
        amina.say("134/83")
    before = len(amina.lines)
    house.at(datetime(2026, 11, 29, 10, 0, tzinfo=UTC))
    (line,) = amina.lines[before:]
    assert line.text == "5 of 7 days. Average 134/83, on target. Well done."
    assert line.picture
    assert labels(line) == ["See all"]
    assert amina.tap("See all").text.startswith("📋")


def test_two_weeks_on_target_offer_three_days_a_week(
    amina: Talk, house: House, database: Database, cast: Cast
) -> None:
    choose_eight(amina)
    house.at(two_weeks(amina, house, (128, 82)))
    assert amina.last.text == "You are doing well. Shall I ask only 3 days a week?"
    amina.tap("Yes")
    with database.begin(False) as unit:
        (reminder,) = reminders_of(unit, cast.amina.id)
    assert not reminder.daily
    before = len(amina.lines)
    for day in range(13, 20):
        house.at(EIGHT + timedelta(days=day))
    assert texts(amina, before).count(ASKED) == 3


def test_two_weeks_above_target_offer_nothing(amina: Talk, house: House) -> None:
    choose_eight(amina)
    house.at(two_weeks(amina, house, (142, 88)))
    assert amina.last.text == ("7 of 7 days. Average 142/88. That is above your target (135/85).")


def test_only_the_patient_chooses(bela: Talk, database: Database, cast: Cast) -> None:
    assert bela.say("remind me at 8").text.endswith(
        "Reminders are chosen in the patient's own chat."
    )
    with database.begin(False) as unit:
        assert unit.timetable.rules_of(cast.bela.id) == ()


@pytest.fixture
def helping(amina: Talk, database: Database, cast: Cast, clock: Clock) -> Talk:
    """Amina, who also helps Omar and last spoke of him."""
    with database.begin(True) as unit:
        _, record = enrol_patient(unit, "Omar", language=Language.ENGLISH, zone=ZONE, now=clock())
        offered = offer_care(
            unit,
            record_id=record.id,
            person=cast.amina,
            tie=Tie.CAREGIVER,
            now=clock(),
            scopes=tuple(Scope),
            by_patient=True,
        )
        confirm_care(unit, offered, by=cast.amina, now=clock())
        choose_hours(unit, Topic.PRESSURE, [time(8)], by=cast.amina, now=clock())
        choose_hours(unit, Topic.MEDICINE, [time(9)], by=cast.amina, now=clock())
    assert amina.say("Omar 131/81").text.startswith("👤 Omar ✅ 131/81")
    return amina


def test_the_answer_to_ones_own_prompt_is_ones_own(
    helping: Talk, house: House, filed: Filed
) -> None:
    house.at(EIGHT)
    assert "Not me?" in labels(helping.say("128 82"))
    house.at(EIGHT + timedelta(minutes=30))
    assert helping.say("Omar 130/80").text.startswith("👤 Omar ✅")
    house.at(EIGHT + timedelta(minutes=61))
    assert labels(helping.last)[:2] == ["Taken", "Not taken"]
    helping.tap("Taken")
    assert set(filed.standing()) == {"128/82", "medication_taken Taken"}


@pytest.fixture
def mei(database: Database, clock: Clock) -> Talk:
    """Amina, speaking Chinese."""
    with database.begin(True) as unit:
        return Desk(database, clock).talk(enter(unit, clock(), Language.CHINESE).amina)


def test_the_same_in_chinese(mei: Talk, house: House) -> None:
    assert mei.say("提醒我早上8点").text == "如果连续三次没有您的消息，我可以告诉Bela吗？"
    mei.tap("不是")
    house.at(EIGHT)
    assert mei.last.text == "早上好，请发两个数字，例如 128 82。"
    assert labels(mei.last) == ["稍后", "今天不量"]
    house.at(EIGHT + timedelta(minutes=91))
    assert mei.last.text == "不急，方便时发给我。"
    for day in range(1, 6):
        house.at(EIGHT + timedelta(days=day))
        mei.say("134/83")
    house.at(datetime(2026, 11, 29, 10, 0, tzinfo=UTC))
    assert mei.last.text == "本周 5/7 天，平均 134/83，达标，真棒。"
    assert labels(mei.last) == ["查看全部"]
