"""A patient is told of looks as often as wished, never while people sleep."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from records.chats import Chat, ChatChannel
from records.errors import NotPermitted
from records.observations import Channel, pressure
from records.people import Person
from records.services.intake import Draft, file_observations
from records.services.looks import Often
from records.services.noticing import choose_notice
from records.services.viewing import open_record
from records.tracking import ChatId, fresh
from records.vocabulary import Code, Language
from storage.audit.anchors import Anchors
from storage.audit.sealer import Sealer
from storage.database import Database
from storage.rows.audit import AuditWaitingRow
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


@pytest.fixture
def told(house: Database, tmp_path: Path) -> Callable[[], int]:
    """How many cards wait, after the log was sealed and all that is due was done."""
    sealer = Sealer(house, Anchors(tmp_path / "anchors", house.sealing))

    def cards() -> int:
        sealer.seal()
        Timetable(house).step(50)
        with house.session(writing=False) as session:
            return len(session.scalars(select(OutboxRow)).all())

    return cards


def test_nothing_is_said_where_nothing_was_wished(
    house: Database, cast: Cast, clock: Clock, told: Callable[[], int]
) -> None:
    before = told()
    look(house, cast, clock, cast.chen)
    clock.pass_(days=1)
    assert told() == before


def test_each_look_of_another_is_told_and_none_of_ones_own(
    house: Database, cast: Cast, clock: Clock, told: Callable[[], int]
) -> None:
    wish(house, cast, clock, Often.EACH)
    before = told()
    look(house, cast, clock, cast.amina)
    assert told() == before
    look(house, cast, clock, cast.chen)
    assert told() == before + 1
    clock.pass_(minutes=5)
    look(house, cast, clock, cast.chen)
    assert told() == before + 2
    look(house, cast, clock, cast.chen)
    assert told() == before + 3, "a second later, and told before"


def test_looks_at_night_are_told_in_the_morning_once(
    house: Database, cast: Cast, clock: Clock, told: Callable[[], int]
) -> None:
    wish(house, cast, clock, Often.EACH)
    before = told()
    clock.now = NIGHT
    for _ in range(2):
        look(house, cast, clock, cast.chen)
        clock.pass_(minutes=30)
        assert told() == before
    clock.pass_(hours=8)
    assert told() == before + 1


def test_once_a_day_is_in_the_evening(
    house: Database, cast: Cast, clock: Clock, told: Callable[[], int]
) -> None:
    wish(house, cast, clock, Often.DAILY)
    before = told()
    for _ in range(3):
        look(house, cast, clock, cast.chen)
    assert told() == before
    clock.pass_(hours=6)
    assert told() == before + 1
    clock.pass_(days=1)
    assert told() == before + 1, "nobody looked since"


def test_who_wishes_no_more_is_told_no_more(
    house: Database, cast: Cast, clock: Clock, told: Callable[[], int]
) -> None:
    wish(house, cast, clock, Often.DAILY)
    before = told()
    look(house, cast, clock, cast.chen)
    wish(house, cast, clock, Often.NEVER)
    clock.pass_(hours=7)
    assert told() == before


def test_what_is_refused_is_told_and_no_line_is_told_twice(
    house: Database, cast: Cast, clock: Clock, told: Callable[[], int]
) -> None:
    wish(house, cast, clock, Often.EACH)
    before = told()
    with pytest.raises(NotPermitted):
        look(house, cast, clock, cast.dara)
    assert told() == before + 1
    assert told() == before + 1


def test_a_log_that_cannot_be_sealed_keeps_nobody_from_being_told(
    house: Database, cast: Cast, clock: Clock, told: Callable[[], int]
) -> None:
    wish(house, cast, clock, Often.EACH)
    before = told()
    with house.session(writing=True) as session:
        session.execute(text("UPDATE audit_heads SET count = 1"))
    look(house, cast, clock, cast.chen)
    for _ in range(3):
        assert told() == before + 1
        clock.pass_(minutes=2)
    with house.session(writing=False) as session:
        assert session.scalars(select(AuditWaitingRow)).all(), "it was not sealed meanwhile"
