"""Where a record is kept: seen and chosen in the chat, in both languages."""

from pathlib import Path

import pytest

from records.vocabulary import Language
from storage.database import Database
from tests.bot.journey import Journey
from tests.bot.talking import Desk
from tests.cast import Clock, enter


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: other tests bring both."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


@pytest.mark.parametrize(
    ("language", "asked", "lies", "keep", "stays", "let", "may"),
    [
        (
            Language.ENGLISH, "Where is my record?", "All of the record lies in the clinic's own",
            "Keep all there", "It stays there.", "Let old notes go", "may go, locked,",
        ),
        (
            Language.CHINESE, "我的记录放在哪里？", "全部记录都在诊所自己的云里。", "全部留下",
            "一直留在那里。", "旧的可以移走", "可能加锁移到公共云",
        ),
    ],
)  # fmt: skip
def test_a_patient_sees_where_the_record_is_and_keeps_it_there_by_one_tap(
    database: Database, clock: Clock, desk: Desk, language, asked, lies, keep, stays, let, may
) -> None:
    with database.begin(True) as unit:
        cast = enter(unit, clock(), language)
    journey = Journey(desk.talk(cast.amina))
    journey.say(asked)
    assert lies in journey.last.text
    assert may in journey.last.text
    assert len(journey.last.text.splitlines()) == 2
    journey.tap(keep)
    assert stays in journey.last.text
    with database.begin(False) as unit:
        assert unit.placing.of(cast.record.id).stays
    journey.tap(let)
    assert may in journey.last.text
    with database.begin(False) as unit:
        assert not unit.placing.of(cast.record.id).stays


def test_a_helper_does_not_choose_it(database: Database, clock: Clock, desk: Desk) -> None:
    with database.begin(True) as unit:
        cast = enter(unit, clock())
    journey = Journey(desk.talk(cast.bela))
    journey.say("/where")
    assert "cloud" not in journey.last.text
