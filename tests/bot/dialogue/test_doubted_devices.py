"""A reading of a device that is too unusual to count is asked about in the chat."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from records.devices import Part, Told
from records.services.devices import let_in, make_device
from records.services.reporting import file_from_device
from records.vocabulary import Language
from storage.database import Database
from storage.timetable import Timetable
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk, labels
from tests.cast import Cast, Clock, enter

Send = Callable[[int, int], None]


@pytest.fixture
def database_url(tmp_path: object) -> str:
    """One database is enough for what is said."""
    return f"sqlite:///{tmp_path}/kanglu.sqlite"


def sender(database: Database, cast: Cast, clock: Clock) -> Send:
    """Return a cuff of Amina's that sends a pressure of an hour ago, and let the worker run."""
    with database.begin(True) as unit:
        token = make_device(unit, "Cuff", record_id=cast.record.id, by=cast.amina, now=clock())

    def send(high: int, low: int) -> None:
        parts = (
            Part("8480-6", Decimal(high), "mm[Hg]"), Part("8462-4", Decimal(low), "mm[Hg]"),
        )  # fmt: skip
        at = clock() - timedelta(hours=1)
        told = Told(f"k{high}", "85354-9", at, components=parts)
        with database.begin(True) as unit:
            device = let_in(unit, token, now=clock())
            assert device is not None
            file_from_device(unit, device, [told], now=clock(), emergency="999")
        run(database)

    return send


def run(database: Database) -> None:
    while Timetable(database).step(50):
        pass


@pytest.fixture
def send(database: Database, cast: Cast, clock: Clock) -> Send:
    return sender(database, cast, clock)


def test_it_is_asked_and_kept_by_a_tap(amina: Talk, send: Send, filed: Filed) -> None:
    amina.start()
    send(265, 130)
    assert amina.last.text == "Your device sent 265/130 at 11:00. Keep it?"
    assert labels(amina.last) == ["Yes, keep it", "No, drop it"]
    assert filed.asked() == ["265/130"]
    amina.tap("Yes, keep it")
    assert filed.standing() == ["265/130"]


def test_it_is_dropped_in_chinese(database: Database, clock: Clock, desk: Desk) -> None:
    with database.begin(True) as unit:
        cast = enter(unit, clock(), Language.CHINESE)
    amina = desk.talk(cast.amina)
    amina.start()
    sender(database, cast, clock)(265, 130)
    assert amina.last.text == "您的设备在 11:00 发来 265/130。要保留吗？"
    amina.tap("不要")
    assert Filed(database, cast).asked() == []
    assert Filed(database, cast).standing() == []


def test_it_can_be_answered_by_a_word(amina: Talk, send: Send, filed: Filed) -> None:
    amina.start()
    send(265, 130)
    amina.say("yes")
    assert filed.standing() == ["265/130"]


def test_what_counts_is_not_asked_about(amina: Talk, send: Send) -> None:
    amina.start()
    before = len(amina.lines)
    send(128, 82)
    assert len(amina.lines) == before


def test_what_to_do_comes_before_the_question(amina: Talk, send: Send) -> None:
    amina.say("128/82")
    before = len(amina.lines)
    send(192, 112)
    first, second = (one.text for one in amina.lines[before:])
    assert "Call 999 now." in first
    assert second.startswith("Your device sent 192/112")


def test_it_waits_while_people_sleep(
    amina: Talk, send: Send, clock: Clock, database: Database
) -> None:
    amina.start()
    clock.now = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # 02:00 in Amina's zone
    before = len(amina.lines)
    send(265, 130)
    assert len(amina.lines) == before
    clock.now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    run(database)
    assert amina.last.text == "Your device sent 265/130 at 01:00. Keep it?"


def test_what_was_answered_on_the_way_is_not_asked(
    amina: Talk, send: Send, clock: Clock, database: Database
) -> None:
    amina.start()
    clock.now = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    send(265, 130)
    amina.say("today")
    amina.tap("No, 1")
    before = len(amina.lines)
    clock.now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    run(database)
    assert len(amina.lines) == before
