"""A patient is told of looks as often as wished, never while people sleep."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from records.chats import Chat, ChatChannel
from records.observations import Channel, pressure
from records.people import Person
from records.services.intake import Draft, file_observations
from records.services.looks import Often
from records.services.noticing import choose_notice
from records.services.viewing import open_record
from records.tracking import ChatId, fresh
from records.vocabulary import Code, Language
from storage.database import Database
from storage.rows.chats import OutboxRow
from storage.timetable import Timetable
from tests.cast import Cast, Clock

NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 23:00 in Amina's zone


@pytest.fixture
def house(database: Database, cast: Cast, clock: Clock) -> Database:
    with database.begin(True) as unit:
        chat = Chat(
            ChatId(fresh()), ChatChannel.WEB, "amina", Language.ENGLISH, person=cast.amina.id
        )
        unit.chats.put(chat)
        file_observations(
            unit,
            [Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(128, 82))],
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.CHAT,
            now=clock(),
        )
    return database


def wish(house: Database, cast: Cast, clock: Clock, often: Often) -> None:
    with house.begin(True) as unit:
        choose_notice(unit, often, record_id=cast.record.id, by=cast.amina, now=clock())


def look(house: Database, cast: Cast, clock: Clock, who: Person) -> None:
    clock.pass_(seconds=1)
    with house.begin(False) as unit:
        open_record(unit, cast.record.id, by=who, now=clock())


def told(house: Database) -> int:
    """Return how many cards wait, after all that is due has been done."""
    Timetable(house).step(50)
    with house.session(writing=False) as session:
        return len(session.scalars(select(OutboxRow)).all())


def test_nothing_is_said_where_nothing_was_wished(
    house: Database, cast: Cast, clock: Clock
) -> None:
    before = told(house)
    look(house, cast, clock, cast.chen)
    clock.pass_(days=1)
    assert told(house) == before


def test_each_look_of_another_is_told_and_none_of_ones_own(
    house: Database, cast: Cast, clock: Clock
) -> None:
    wish(house, cast, clock, Often.EACH)
    before = told(house)
    look(house, cast, clock, cast.amina)
    assert told(house) == before
    look(house, cast, clock, cast.chen)
    assert told(house) == before + 1
    clock.pass_(minutes=5)
    look(house, cast, clock, cast.chen)
    assert told(house) == before + 2


def test_looks_at_night_are_told_in_the_morning_once(
    house: Database, cast: Cast, clock: Clock
) -> None:
    wish(house, cast, clock, Often.EACH)
    before = told(house)
    clock.now = NIGHT
    for _ in range(2):
        look(house, cast, clock, cast.chen)
        clock.pass_(minutes=30)
        assert told(house) == before
    clock.pass_(hours=8)
    assert told(house) == before + 1


def test_once_a_day_is_in_the_evening(house: Database, cast: Cast, clock: Clock) -> None:
    wish(house, cast, clock, Often.DAILY)
    before = told(house)
    for _ in range(3):
        look(house, cast, clock, cast.chen)
    assert told(house) == before
    clock.pass_(hours=6)
    assert told(house) == before + 1
    clock.pass_(days=1)
    assert told(house) == before + 1, "nobody looked since"


def test_who_wishes_no_more_is_told_no_more(house: Database, cast: Cast, clock: Clock) -> None:
    wish(house, cast, clock, Often.DAILY)
    before = told(house)
    look(house, cast, clock, cast.chen)
    wish(house, cast, clock, Often.NEVER)
    clock.pass_(hours=7)
    assert told(house) == before
