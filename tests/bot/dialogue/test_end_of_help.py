"""Help ends after a year, and deciding for a child on its eighteenth birthday; both say so."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from records.people import USUAL_HELP, Basis, Person, Record, Tie
from records.services.enrolling import confirm_care, offer_care
from records.services.expiring import comes_of_age
from records.services.helping import helpers_of
from records.services.managing import Profile, open_profile
from records.services.viewing import records_of
from records.vocabulary import Language
from storage.database import Database
from tests.bot.dialogue.test_prompts import House
from tests.bot.talking import Desk, Talk, labels
from tests.cast import NOON, ZONE, Cast, Clock, enter

SOON = NOON + timedelta(days=365 - 14)


@pytest.fixture
def database_url(tmp_path: object) -> str:
    """One database is enough here: the timetable has its own tests on both."""
    return f"sqlite:///{tmp_path}/kanglu.sqlite"


@pytest.fixture
def house(database: Database, clock: Clock) -> House:
    return House(database, clock)


def test_both_sides_hear_two_weeks_before_and_the_patient_renews(
    amina: Talk, bela: Talk, house: House, cast: Cast, database: Database
) -> None:
    amina.start()
    bela.start()
    house.at(SOON - timedelta(hours=1))
    assert "helps you" not in amina.last.text
    house.at(SOON)
    assert amina.last.text == "Bela helps you until Tue 23 Nov 2027. Shall it go on for a year?"
    assert bela.last.text.startswith("You help Amina until Tue 23 Nov 2027. Amina can let it go on")
    before = len(amina.lines)
    house.at(SOON + timedelta(days=1))
    assert len(amina.lines) == before, "it is said once"
    amina.tap("Yes, a year")
    house.at(NOON + timedelta(days=366))
    with database.begin(False) as unit:
        assert helpers_of(unit, cast.record.id, database.clock())
    house.at(SOON + timedelta(days=1 + 365 - 14, minutes=1))
    assert amina.last.text.startswith("Bela helps you until"), "and a year later once more"


def test_it_is_said_in_chinese(database: Database, clock: Clock, desk: Desk, house: House) -> None:
    with database.begin(True) as unit:
        cast = enter(unit, clock(), Language.CHINESE)
    amina = desk.talk(cast.amina)
    amina.start()
    house.at(SOON)
    assert amina.last.text == "Bela帮您到 2027年 周二 11月23日。要再延长一年吗？"
    assert labels(amina.last) == ["好，再一年", "不用了"]


def test_help_that_is_not_renewed_ends(
    amina: Talk, house: House, cast: Cast, database: Database
) -> None:
    amina.start()
    house.at(SOON)
    amina.tap("Let it end")
    house.at(NOON + timedelta(days=366))
    with database.begin(False) as unit:
        assert helpers_of(unit, cast.record.id, database.clock()) == ()


def child(database: Database, cast: Cast, born: str) -> tuple[Person, Record]:
    with database.begin(True) as unit:
        patient, record, _ = open_profile(
            unit, Profile("Ling", born=born), basis=Basis.BY_LAW, by=cast.bela,
            now=database.clock(),
        )  # fmt: skip
    return patient, record


def test_on_the_eighteenth_birthday_nobody_decides_any_more(
    bela: Talk, house: House, cast: Cast, database: Database
) -> None:
    patient, record = child(database, cast, "2008-12-01")
    with database.begin(True) as unit:
        tie = offer_care(
            unit, record_id=record.id, person=cast.amina, tie=Tie.CAREGIVER,
            now=database.clock(), scopes=USUAL_HELP, by_patient=True,
        )  # fmt: skip
        confirm_care(unit, tie, by=cast.amina, now=database.clock())
    amina = bela.desk.talk(cast.amina)
    amina.start()
    bela.say("Ling 110/70")
    house.at(datetime(2026, 11, 30, 15, 0, tzinfo=UTC))
    assert "18" not in bela.last.text
    house.at(datetime(2026, 11, 30, 23, 1, tzinfo=UTC))
    assert bela.last.text.startswith("Ling is 18 now and decides alone. Your access has stopped.")
    assert amina.last.text == "Ling is 18 now and decides alone. Your access has stopped."
    with database.begin(False) as unit:
        for person in (cast.bela, cast.amina):
            mine = records_of(unit, by=person, now=database.clock(), ties=[Tie.CAREGIVER])
            assert record.id not in {one.record.id for one in mine}
    before = len(bela.lines)
    bela.say("Ling 112/72")
    assert "noted" not in "".join(one.text for one in bela.lines[before:])
    assert "t_" in bela.tap("Give Ling the record").text
    _ = patient


def test_it_is_said_in_chinese_too(
    database: Database, clock: Clock, desk: Desk, house: House
) -> None:
    with database.begin(True) as unit:
        cast = enter(unit, clock(), Language.CHINESE)
    child(database, cast, "2008-12-01")
    bela = desk.talk(cast.bela)
    bela.start()
    house.at(datetime(2026, 11, 30, 23, 1, tzinfo=UTC))
    assert bela.last.text == "Ling已满 18 岁，由本人决定。您的权限已停止，记录都还在。"


def test_who_decides_for_a_grown_up_goes_on(
    bela: Talk, house: House, cast: Cast, database: Database
) -> None:
    child(database, cast, "1950-12-01")
    bela.start()
    house.at(datetime(2026, 12, 2, tzinfo=UTC))
    assert bela.say("Ling 130/80").text.startswith("👤 Ling ✅")


@pytest.mark.parametrize(
    ("born", "day"),
    [
        ("2008-12-01", date(2026, 12, 1)),
        ("2008-02-29", date(2026, 3, 1)),
        ("2008", date(2027, 1, 1)),
    ],
)
def test_the_day_of_coming_of_age(born: str, day: date) -> None:
    assert comes_of_age(born, ZONE) == datetime(
        day.year, day.month, day.day, 7, tzinfo=ZoneInfo(ZONE)
    )


def test_no_day_is_guessed() -> None:
    assert comes_of_age("", ZONE) is None
    assert comes_of_age("soon", ZONE) is None
