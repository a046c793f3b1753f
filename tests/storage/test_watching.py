"""What never came is noticed, and after a long absence people are told."""

import pytest

from records.chats import Chat, ChatChannel
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from storage.database import Database
from storage.post import DatabasePost
from storage.spool import DatabaseSpool
from storage.watching import DatabaseWatch, missing_updates
from tests.cast import Cast, Clock


@pytest.fixture
def watch(database: Database) -> DatabaseWatch:
    return DatabaseWatch(database, ChatChannel.TELEGRAM)


def keep(database: Database, *numbers: object) -> None:
    for number in numbers:
        DatabaseSpool(database).keep("telegram", str(number), "7", b"{}")


def missing(database: Database) -> int:
    with database.session(writing=False) as session:
        return missing_updates(session, "telegram", database.clock())


def test_a_gap_in_the_ids_is_told_to_the_operator_once(
    database: Database, watch: DatabaseWatch, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(database, 10, 11, 14, 12, 17, "strange-0")
    watch.look()
    clock.pass_(minutes=6)
    assert missing(database) == 3
    for _ in range(2):
        watch.look()
    assert capsys.readouterr().out.count("updates_missing") == 1


def test_ids_after_an_idle_week_are_no_gap(database: Database, clock: Clock) -> None:
    keep(database, 10, 11, 900_000, 900_001, 3)
    clock.pass_(minutes=6)
    assert missing(database) == 10 - 3 - 1


def test_what_may_still_come_is_not_missing_yet(database: Database, clock: Clock) -> None:
    keep(database, 10, 12)
    clock.pass_(minutes=1)
    assert missing(database) == 0
    keep(database, 11)
    clock.pass_(minutes=10)
    assert missing(database) == 0


def test_after_more_than_a_day_away_each_linked_chat_is_told_once(
    database: Database, watch: DatabaseWatch, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        for address, language, person, blocked in (
            ("1", Language.ENGLISH, cast.amina.id, None),
            ("2", Language.CHINESE, cast.bela.id, None),
            ("3", Language.ENGLISH, None, None),
            ("4", Language.ENGLISH, cast.chen.id, clock()),
        ):
            unit.chats.put(
                Chat(
                    ChatId(fresh()),
                    ChatChannel.TELEGRAM,
                    address,
                    language,
                    person,
                    blocked=blocked,
                )
            )
    watch.look()
    clock.pass_(hours=23)
    watch.look()
    post = DatabasePost(database, ChatChannel.TELEGRAM)
    assert post.claim(9) == []
    clock.pass_(hours=25)
    watch.look()
    DatabaseWatch(database, ChatChannel.TELEGRAM).look()
    told = {letter.address: letter.card.text for letter in post.claim(9)}
    assert set(told) == {"1", "2"}
    assert told["1"].startswith("I was away from 11-24 11:00 to 11-25 12:00.")
    assert "可能没收到" in told["2"]
    clock.pass_(minutes=1)
    assert [letter for letter in post.claim(9) if not letter.repeats] == []
