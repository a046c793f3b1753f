"""Which arm, and how one sat: said in a line, kept with the reading, shown with it."""

import pytest

from records.vocabulary import Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk
from tests.cast import Cast, Clock, enter


@pytest.fixture
def database_url(tmp_path: object) -> str:
    """One database is enough for what is said."""
    return f"sqlite:///{tmp_path}/kanglu.sqlite"


def test_the_arm_and_the_position_are_kept_and_shown(amina: Talk, filed: Filed) -> None:
    line = amina.say("128/82 left arm, sitting")
    assert line.text == "✅ 128/82 (left arm, sitting) noted, 12:00. On target."
    (told,) = filed.all()
    assert (told.site, told.position) == ("left arm", "sitting")
    assert "1. 12:00 128/82 (left arm, sitting)" in amina.say("today").text


def test_it_is_shown_in_chinese(database: Database, clock: Clock, desk: Desk) -> None:
    with database.begin(True) as unit:
        cast = enter(unit, clock(), Language.CHINESE)
    amina = desk.talk(cast.amina)
    assert amina.say("右手 128/82 坐着").text.startswith("✅ 已记下 128/82（右臂、坐位）")


def test_each_arm_is_a_reading_of_its_own(amina: Talk, filed: Filed) -> None:
    amina.say("128/82 left arm")
    amina.say("128/82 right arm")
    assert {one.site for one in filed.all()} == {"left arm", "right arm"}


def test_a_correction_keeps_the_arm(amina: Talk, filed: Filed) -> None:
    amina.say("128/82 left arm")
    amina.say("no, 138/82")
    assert {one.site for one in filed.all()} == {"left arm"}
    assert filed.standing() == ["138/82"]


def test_what_is_asked_about_keeps_it_too(amina: Talk, filed: Filed, cast: Cast) -> None:
    amina.say("82/128 left arm")
    amina.say("yes")
    assert {one.site for one in filed.all()} == {"left arm"}
