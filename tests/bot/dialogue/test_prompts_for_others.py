"""Who decides for a patient without a phone is asked for that patient, by the name."""

from datetime import UTC, datetime, timedelta

import pytest

from records.chats import Chat, ChatChannel
from records.errors import NotPermitted
from records.people import Basis, Person, Record
from records.prompts import Topic
from records.services.managing import Profile, open_profile
from records.services.prompting import choose_hours, reminders_of
from records.tracking import ChatId
from records.vocabulary import Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.dialogue.test_prompts import EIGHT, House, texts
from tests.bot.talking import Desk, Talk, labels
from tests.cast import Cast, Clock, enter

ASKED = "👤 Mei Good morning. The two numbers, please – like 128 82."


@pytest.fixture
def database_url(tmp_path: object) -> str:
    """One database is enough here: the timetable has its own tests on both."""
    return f"sqlite:///{tmp_path}/kanglu.sqlite"


@pytest.fixture
def house(database: Database, clock: Clock) -> House:
    return House(database, clock)


@pytest.fixture
def mei(database: Database, cast: Cast) -> tuple[Person, Record]:
    """Mei, who has no phone; Bela, who also helps Amina, decides for her."""
    return begin(database, cast, "Mei")


def begin(database: Database, cast: Cast, name: str) -> tuple[Person, Record]:
    with database.begin(True) as unit:
        patient, record, _ = open_profile(
            unit, Profile(name), basis=Basis.ASKED, by=cast.bela, now=database.clock()
        )
    return patient, record


@pytest.fixture
def meis(database: Database, mei: tuple[Person, Record], cast: Cast) -> Filed:
    other = Filed(database, cast)
    other.record = mei[1].id
    return other


def remind_at_eight(bela: Talk, name: str = "Mei") -> None:
    bela.say(name)
    assert bela.say("remind me at 8").text.startswith(f"👤 {name} ")


def test_the_guardian_is_asked_and_answers_by_one_line(
    bela: Talk, house: House, mei: tuple[Person, Record], meis: Filed, filed: Filed
) -> None:
    remind_at_eight(bela)
    with bela.desk.database.begin(False) as unit:
        assert reminders_of(unit, mei[0].id)
        assert not reminders_of(unit, bela.person.id)
    bela.say("Amina")
    before = len(bela.lines)
    house.at(EIGHT)
    assert texts(bela, before) == [ASKED]
    assert labels(bela.last) == ["Later", "Skip today"]
    assert bela.say("128/82").text.startswith("👤 Mei ✅ 128/82 noted")
    assert meis.standing() == ["128/82"]
    assert filed.standing() == []


def test_the_guardian_is_asked_in_chinese(
    database: Database, clock: Clock, desk: Desk, house: House
) -> None:
    with database.begin(True) as unit:
        cast = enter(unit, clock(), Language.CHINESE)
    begin(database, cast, "美玲")
    bela = desk.talk(cast.bela)
    bela.say("美玲")
    bela.say("每天8点提醒我量血压")
    house.at(EIGHT)
    assert bela.last.text == "👤 美玲 早上好，请发两个数字，例如 128 82。"
    assert bela.say("128/82").text.startswith("👤 美玲 ✅")


def test_a_talk_about_somebody_else_is_left_alone_and_a_tap_turns_it(
    bela: Talk, house: House, mei: tuple[Person, Record], meis: Filed, filed: Filed
) -> None:
    remind_at_eight(bela)
    house.clock.now = EIGHT - timedelta(minutes=5)
    bela.say("Amina 120/80")
    house.at(EIGHT)
    assert labels(bela.last)[0] == "👤 Mei"
    bela.say("122/80")
    assert filed.standing() == ["120/80", "122/80"]
    bela.tap("👤 Mei")
    bela.say("128/82")
    assert meis.standing() == ["128/82"]


def test_a_reading_that_came_clears_the_prompt(
    bela: Talk, house: House, mei: tuple[Person, Record]
) -> None:
    remind_at_eight(bela)
    house.clock.now = EIGHT - timedelta(minutes=30)
    bela.say("Mei 128/82")
    before = len(bela.lines)
    house.at(EIGHT)
    house.at(EIGHT + timedelta(minutes=91))
    assert texts(bela, before) == []


def test_later_and_the_nudge_are_the_patients(
    bela: Talk, house: House, mei: tuple[Person, Record]
) -> None:
    remind_at_eight(bela)
    house.at(EIGHT)
    assert bela.tap("Later").text.endswith("I will ask again at 09:00.")
    before = len(bela.lines)
    house.at(EIGHT + timedelta(hours=1, minutes=1))
    assert texts(bela, before) == [ASKED]
    house.at(EIGHT + timedelta(days=1))
    before = len(bela.lines)
    house.at(EIGHT + timedelta(days=1, minutes=91))
    assert texts(bela, before) == ["👤 Mei No hurry – your numbers when you can."]


def test_medicine_is_noted_for_whom_was_asked(
    bela: Talk, house: House, mei: tuple[Person, Record], meis: Filed, database: Database
) -> None:
    with database.begin(True) as unit:
        hours = [datetime(2026, 1, 1, 8, tzinfo=UTC).time()]
        choose_hours(
            unit, Topic.MEDICINE, hours, by=bela.person, now=database.clock(), of=mei[0]
        )  # fmt: skip
    bela.start()
    house.at(EIGHT)
    asked = bela.last
    assert asked.text == "👤 Mei Good morning. Has the medicine been taken?"
    bela.say("Amina")
    bela.tap("Taken")
    assert meis.standing() == ["medication_taken Taken"]


def test_a_chat_that_may_not_say_it_names_nobody(
    bela: Talk, house: House, mei: tuple[Person, Record], database: Database, cast: Cast
) -> None:
    remind_at_eight(bela)
    phone = Chat(ChatId("phone"), ChatChannel.TELEGRAM, "77", Language.ENGLISH, cast.bela.id)
    with database.begin(True) as unit:
        unit.chats.put(phone)
    house.at(EIGHT)
    with database.begin(False) as unit:
        assert unit.outbox.repeats(phone.id, ASKED, EIGHT - timedelta(hours=1)) == 0


def test_who_only_helps_chooses_no_prompts(database: Database, cast: Cast) -> None:
    with database.begin(True) as unit, pytest.raises(NotPermitted):
        hours = [datetime(2026, 1, 1, 8, tzinfo=UTC).time()]
        now = database.clock()
        choose_hours(unit, Topic.PRESSURE, hours, by=cast.bela, now=now, of=cast.amina)
