"""An order comes round on the patient's clock until its last day, or until it is withdrawn."""

from datetime import date, datetime

import pytest

from records.chats import Chat, ChatChannel
from records.errors import NotPermitted, NotValid
from records.orders import Answer, Order, OrderKind, State
from records.services.ordering import answer_order, withdraw_order
from records.services.ports import Unit
from records.services.repeating import Repeat, place_again_and_again
from records.services.replying import answer_question
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from storage.database import Database
from storage.timetable import Timetable
from tests.cast import Cast, Clock


def place(unit: Unit, cast: Cast, clock: Clock, repeat: Repeat, due: datetime) -> Order:
    unit.chats.put(
        Chat(ChatId(fresh()), ChatChannel.WEB, cast.amina.id, Language.ENGLISH, cast.amina.id)
    )
    return place_again_and_again(
        unit,
        repeat,
        record_id=cast.record.id,
        by=cast.chen,
        now=clock(),
        kind=OrderKind.MEASURE,
        text="Measure, please.",
        due=due,
    )


def dues(unit: Unit, cast: Cast) -> list[str]:
    ((_, occurrences),) = unit.orders.of_record(cast.record.id)
    return [f"{one.due:%d %H:%M} {one.state}" for one in occurrences]


def pass_days(database: Database, clock: Clock, days: int) -> None:
    for _ in range(days * 24):
        clock.pass_(hours=1)
        Timetable(database).step(50)


def test_twice_a_day_until_a_day_by_the_clock_of_the_patient(
    database: Database, cast: Cast, clock: Clock
) -> None:
    twice = Repeat("FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0;BYSECOND=0", date(2026, 11, 25))
    with database.begin(True) as unit:  # now is noon of the 23rd there
        place(unit, cast, clock, twice, clock())
    pass_days(database, clock, 4)
    with database.begin(False) as unit:
        # 20:00 there is 12:00 in UTC, 8:00 is 0:00; the last day's evening is the last.
        assert dues(unit, cast) == [
            "23 04:00 no_answer",  # three days are over
            "23 12:00 no_answer",
            "24 00:00 no_answer",
            "24 12:00 queued",
            "25 00:00 queued",
            "25 12:00 queued",
        ]


def test_a_withdrawn_order_comes_round_no_more(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        order = place(unit, cast, clock, Repeat("FREQ=DAILY", date(2026, 12, 23)), clock())
    pass_days(database, clock, 1)
    with database.begin(True) as unit:
        withdraw_order(unit, order.id, by=cast.chen, now=clock())
    pass_days(database, clock, 2)
    with database.begin(False) as unit:
        assert dues(unit, cast) == ["23 04:00 withdrawn", "24 04:00 withdrawn"]


@pytest.mark.parametrize(
    "repeat",
    [
        Repeat("FREQ=DAILY", date(2026, 11, 23)),
        Repeat("FREQ=DAILY", date(2028, 11, 23)),
        Repeat("FREQ=MINUTELY", date(2026, 11, 30)),
    ],
)
def test_a_repeat_that_cannot_be_is_refused_and_nothing_is_placed(
    database: Database, cast: Cast, clock: Clock, repeat: Repeat
) -> None:
    with database.begin(True) as unit:
        with pytest.raises(NotValid):
            place(unit, cast, clock, repeat, clock())
        assert unit.orders.of_record(cast.record.id) == ()


def test_an_answer_reaches_the_chat_and_opens_the_order_again(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        place(unit, cast, clock, Repeat("FREQ=DAILY", date(2026, 11, 30)), clock())
        ((_, (one,)),) = unit.orders.of_record(cast.record.id)
        answer_order(
            unit, one.id, Answer.QUESTION, by=cast.amina, now=clock(), words="Before breakfast?"
        )
    with database.begin(True) as unit:
        assert answer_question(unit, one.id, " Before it. ", by=cast.chen, now=clock())
        found = unit.orders.occurrence(one.id)
        assert found.state is State.QUEUED
        assert [(said.by, said.words) for said in found.thread] == [
            (cast.amina.id, "Before breakfast?"),
            (cast.chen.id, "Before it."),
        ]
        assert not answer_question(unit, one.id, "Again.", by=cast.chen, now=clock())
        with pytest.raises(NotValid):
            answer_question(unit, one.id, "  ", by=cast.chen, now=clock())
    with pytest.raises(NotPermitted), database.begin(True) as unit:
        answer_question(unit, one.id, "Me too.", by=cast.dara, now=clock())
    with database.begin(False) as unit:
        said = [unit.outbox.text(message) for _, message in unit.outbox.about(one.id)]
    assert any("Dr Chen answers: Before it." in text for text in said)
