"""PRODUCT.md §9.1 F and G: stop, delete, and help, in both languages."""

from pathlib import Path

import pytest

from records.vocabulary import Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.journey import Journey
from tests.bot.talking import Desk
from tests.cast import Clock, enter


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: other tests bring both."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


@pytest.fixture(params=Language)
def spoken(
    request: pytest.FixtureRequest, database: Database, clock: Clock, desk: Desk
) -> tuple[Journey, Filed, bool]:
    """Amina in one of the languages, her record, and whether it is English."""
    with database.begin(True) as unit:
        cast = enter(unit, clock(), request.param)
    return Journey(desk.talk(cast.amina)), Filed(database, cast), request.param == Language.ENGLISH


def test_delete_needs_a_second_tap_waits_a_week_and_is_taken_back_by_one(
    spoken: tuple[Journey, Filed, bool],
) -> None:
    journey, filed, english = spoken
    journey.say("/stop")
    asked = "Stop reminders, or delete everything?" if english else "停止提醒，还是删除全部数据？"
    assert journey.last.text == asked
    buttons = ["Only reminders", "Delete all", "Stop this chat", "Back"]
    assert journey.buttons == (
        buttons if english else ["只停提醒", "全部删除", "停止这个聊天", "返回"]
    )
    journey.tap("Delete all" if english else "全部删除")
    assert ("by law" if english else "法律") in journey.last.text
    assert filed.standing() == []
    journey.tap("Yes, delete all" if english else "是，全部删除")
    assert ("Nothing is gone yet." if english else "现在什么都没删") in journey.last.text
    assert journey.cost == (1, 2)
    journey.tap("Keep everything" if english else "全部保留")
    assert ("Nothing will be erased." if english else "什么都不会清除") in journey.last.text


@pytest.mark.parametrize("words", ["help", "帮助", "?", "/help"])
def test_help_is_five_lines_with_the_clinics_phone(
    spoken: tuple[Journey, Filed, bool], words: str
) -> None:
    journey, _, english = spoken
    journey.say(words)
    lines = journey.last.text.splitlines()
    assert len(lines) == 5
    assert lines[-1] == ("Your clinic: 555 0100" if english else "您的诊所：555 0100")
    assert journey.cost == (1, 0)
