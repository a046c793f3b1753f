"""/today also tells what waits for an answer, and at which hours nothing was asked."""

from datetime import UTC, datetime, timedelta

import pytest

from records.people import USUAL_HELP, Tie
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.vocabulary import Language
from storage.database import Database
from storage.timetable import Timetable
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk, labels
from tests.cast import ZONE, Cast, Clock, enter

EIGHT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # 08:00 the next day in Amina's zone


@pytest.fixture
def database_url(tmp_path: object) -> str:
    """One database is enough here: the timetable has its own tests on both."""
    return f"sqlite:///{tmp_path}/kanglu.sqlite"


@pytest.fixture
def meili(database: Database, clock: Clock, desk: Desk) -> Talk:
    """A patient who speaks Chinese."""
    with database.begin(True) as unit:
        return desk.talk(enter(unit, clock(), Language.CHINESE).amina)


def be_off_until(database: Database, clock: Clock, moment: datetime) -> None:
    """Let the worker run again only at this moment."""
    clock.now = moment
    while Timetable(database).step(50):
        pass


def test_an_hour_at_which_nothing_was_asked_is_told(
    amina: Talk, database: Database, clock: Clock
) -> None:
    amina.say("remind me at 8")
    amina.tap("No")
    be_off_until(database, clock, EIGHT + timedelta(hours=4))
    assert "⏰ Not asked at 08:00: the house was off." in amina.say("today").text.splitlines()
    clock.pass_(hours=13)
    assert "Not asked" not in amina.say("today").text


def test_an_hour_at_which_nothing_was_asked_is_told_in_chinese(
    meili: Talk, database: Database, clock: Clock
) -> None:
    meili.say("每天8点提醒我量血压")
    be_off_until(database, clock, EIGHT + timedelta(hours=4))
    assert "⏰ 08:00 没有问您：系统当时没有运行。" in meili.say("今天").text.splitlines()


def test_an_hour_that_was_asked_is_not_told(amina: Talk, database: Database, clock: Clock) -> None:
    amina.say("remind me at 8")
    amina.tap("No")
    be_off_until(database, clock, EIGHT)
    assert "Not asked" not in amina.say("today").text


def test_what_is_asked_about_can_be_answered_from_today(amina: Talk, filed: Filed) -> None:
    amina.say("128/82")
    amina.say("84/132")
    line = amina.say("today")
    assert line.text.splitlines()[1:] == ["1. 12:00 128/82", "2. ❓ 12:00 132/84 – is that right?"]
    assert labels(line) == ["Yes, 2", "No, 2", "Remove 1", "🙈 Hide one", "☰ Menu"]
    amina.tap("Yes, 2")
    assert filed.asked() == []
    assert filed.standing() == ["128/82", "132/84"]


def test_it_can_also_be_refused_in_chinese(meili: Talk) -> None:
    meili.say("82/128")
    line = meili.say("今天")
    assert line.text.splitlines() == ["📅 今天：", "1. ❓ 12:00 128/82——对吗？"]
    meili.tap("1 不对")
    assert "❓" not in meili.say("今天").text


def test_lines_that_wait_for_a_name_are_told_and_asked_again(
    bela: Talk, database: Database, cast: Cast
) -> None:
    now = database.clock()
    with database.begin(True) as unit:
        _, record = enrol_patient(unit, "Omar", language=Language.ENGLISH, zone=ZONE, now=now)
        tie = offer_care(
            unit, record_id=record.id, person=cast.bela, tie=Tie.CAREGIVER, now=now,
            scopes=USUAL_HELP, by_patient=True,
        )  # fmt: skip
        confirm_care(unit, tie, by=cast.bela, now=now)
    assert bela.say("128/82").text == "For whom?"
    before = len(bela.lines)
    bela.say("/today")
    card, again = bela.lines[before:]
    assert "⏳ 128/82 – for whom?" in card.text.splitlines()
    assert labels(again) == ["👤 Amina", "👤 Omar"]
