"""Nothing is typed twice: undone, put back, edited, moved, and listed with its way out."""

from datetime import timedelta
from pathlib import Path

import pytest

from records.observations import Status
from records.services.viewing import open_record
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.talking import Talk, labels
from tests.cast import Cast


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough for what is said."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


def seen_by_chen(database: Database, cast: Cast) -> list[str]:
    """Return the pressures Dr Chen sees."""
    with database.begin(False) as unit:
        view = open_record(unit, cast.record.id, by=cast.chen, now=database.clock())
        found = [one for segment in view.segments for one in segment.observations]
    return ["/".join(str(p.quantity.value) for p in one.components) for one in found]


def history(database: Database, cast: Cast) -> list[tuple[int, str]]:
    """Return each version of Amina's pressures of today with the state of its entries."""
    with database.begin(False) as unit:
        (segment,) = unit.segments.of_record(cast.record.id, {"physical_signs"})
        return [
            (one.version, ",".join(o.status for o in one.observations))
            for one in unit.segments.versions(segment.id)
        ]


def test_the_doctor_sees_no_more_of_what_was_taken_back(
    amina: Talk, database: Database, cast: Cast
) -> None:
    amina.say("128/82")
    assert seen_by_chen(database, cast) == ["128/82"]
    amina.tap("Undo")
    assert seen_by_chen(database, cast) == []
    amina.tap("Put back")
    assert seen_by_chen(database, cast) == ["128/82"]
    assert history(database, cast) == [(1, "final"), (2, "entered_in_error"), (3, "final")]
    assert len(amina.lines) == 1


def test_undo_lives_for_a_day_to_the_minute(amina: Talk, filed: Filed) -> None:
    amina.say("128/82")
    amina.desk.clock.pass_(hours=23, minutes=59)
    amina.tap("Undo")
    assert filed.standing() == []
    amina.tap("Put back")
    amina.desk.clock.pass_(hours=1)
    line = amina.tap("Undo")
    assert line.text == "That was more than a day ago. You can still change it on the site."
    assert labels(line) == ["Open the site"]


def test_an_edit_changes_the_same_reading(amina: Talk, filed: Filed) -> None:
    amina.say("128/82", key="1")
    assert amina.edit("1", "138/82").text == "✏️ Changed to 138/82."
    assert filed.standing() == ["138/82"]
    assert len(filed.all()) == 1


def test_an_edit_may_make_something_else_of_it(amina: Talk, filed: Filed) -> None:
    amina.say("7.2", key="1")
    assert amina.edit("1", "72 kg").text == "✏️ Changed to weight 72 kg."
    assert filed.standing() == ["weight 72"]
    amina.tap("Undo")
    assert filed.standing() == []


def test_an_edit_into_nonsense_takes_the_reading_back_and_says_so(
    amina: Talk, filed: Filed
) -> None:
    amina.say("128/82", key="1")
    amina.edit("1", "wooden cardigan")
    assert [one.text.partition(".")[0] for one in amina.lines[-2:]] == [
        "❌ Removed 128/82",
        "I did not understand",
    ]
    assert filed.standing() == ["note wooden cardigan"]
    amina.tap("Put back")
    assert sorted(filed.standing()) == ["128/82", "note wooden cardigan"]


def test_an_edit_into_a_word_for_the_menu_takes_the_reading_back(amina: Talk, filed: Filed) -> None:
    amina.say("128/82", key="1")
    assert amina.edit("1", "menu").text == "❌ Removed 128/82."
    assert filed.standing() == []


def test_an_edit_of_the_time_moves_it_to_that_day(amina: Talk, filed: Filed) -> None:
    amina.say("128/82", key="1")
    amina.edit("1", "yesterday 8am 128/82")
    standing = [one for one in filed.all() if one.status is Status.FINAL]
    assert [one.effective.isoformat() for one in standing] == ["2026-11-22T08:00:00+08:00"]


def test_today_lists_each_entry_with_its_way_out_and_back(
    amina: Talk, bela: Talk, database: Database, cast: Cast, filed: Filed
) -> None:
    amina.say("128/82")
    amina.say("weight 65.5 kg")
    bela.say("130/80")
    amina.say("yesterday 8am 140/90")
    line = amina.say("today")
    assert line.text.splitlines() == [
        "📅 Today:",
        "1. 08:00 140/90",
        "2. 12:00 128/82",
        "3. 12:00 weight 65.5 kg",
        "4. 12:00 130/80 · by Bela",
    ]
    assert labels(line)[:4] == ["Remove 1", "Remove 2", "Remove 3", "Remove 4"]
    before = len(amina.lines)
    assert "2. ❌ 12:00 128/82 (removed)" in amina.tap("Remove 2").text
    assert "128/82" not in seen_by_chen(database, cast)
    assert labels(amina.last)[1] == "Put back 2"
    assert "2. 12:00 128/82" in amina.tap("Put back 2").text
    assert "128/82" in seen_by_chen(database, cast)
    assert len(amina.lines) == before
    assert len(filed.standing()) == 4


@pytest.mark.parametrize("words", ["/today", "today", "今天"])
def test_today_is_asked_for_in_either_language(amina: Talk, words: str) -> None:
    line = amina.say(words)
    assert line.text == "📅 Nothing yet today. Type two numbers, like 128 82"
    assert labels(line) == ["☰ Menu"]


def test_yesterdays_entries_are_not_todays(amina: Talk) -> None:
    amina.say("128/82")
    amina.desk.clock.now += timedelta(days=1)
    assert amina.say("today").text.startswith("📅 Nothing yet today.")


def test_today_is_said_in_chinese(amina: Talk) -> None:
    amina.say("中文")
    amina.tap("中文")
    amina.say("128/82")
    line = amina.say("今天")
    assert line.text.splitlines() == ["📅 今天：", "1. 12:00 128/82"]
    assert amina.tap("删除 1").text.splitlines()[1] == "1. ❌ 12:00 128/82（已删除）"
    assert labels(amina.last) == ["恢复 1", "☰ 菜单"]
