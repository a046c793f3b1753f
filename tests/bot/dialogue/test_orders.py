"""A doctor's order arrives in the chat and is answered there."""

from datetime import UTC, datetime

import pytest

from records.orders import Occurrence, OrderKind, State
from records.services.ordering import orders_of, place_order
from storage.database import Database
from storage.timetable import Timetable
from tests.bot.conftest import Filed
from tests.bot.talking import Talk, labels
from tests.cast import Cast


@pytest.fixture
def placed(database: Database, cast: Cast, amina: Talk) -> None:
    """An order of Dr Chen that is due now."""
    amina.start()
    now = amina.desk.clock()
    with database.begin(True) as unit:
        place_order(
            unit,
            record_id=cast.record.id,
            by=cast.chen,
            now=now,
            kind=OrderKind.MEASURE,
            text="Measure twice",
            due=now,
        )


@pytest.fixture
def occurrence(database: Database, cast: Cast) -> "Answered":
    return Answered(database, cast)


class Answered:
    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast

    def now(self) -> Occurrence:
        at = self.database.clock()
        with self.database.begin(False) as unit:
            (view,) = orders_of(unit, self.cast.record.id, by=self.cast.chen, now=at)
        return view.occurrences[0]


@pytest.mark.usefixtures("placed")
def test_done_changes_the_card_and_reaches_the_doctor(amina: Talk, occurrence: Answered) -> None:
    assert amina.last.text == "👩‍⚕️ Dr Chen: Measure twice"
    assert labels(amina.last) == ["✅ Done", "⏰ Later", "❓ Question"]
    assert amina.tap("✅ Done").text == "👩‍⚕️ Dr Chen: Measure twice\n✅ You answered 12:00"
    assert occurrence.now().state is State.DONE


@pytest.mark.usefixtures("placed")
def test_later_asks_until_when(amina: Talk, occurrence: Answered) -> None:
    assert labels(amina.tap("⏰ Later")) == ["In 1 hour", "This evening", "Tomorrow"]
    assert amina.tap("This evening").text.endswith("⏰ Again at 18:00")
    assert occurrence.now().state is State.LATER


@pytest.mark.usefixtures("placed")
def test_a_question_goes_to_the_doctor_in_words(
    amina: Talk, occurrence: Answered, filed: Filed
) -> None:
    assert amina.tap("❓ Question").text == (
        "Type your question. Dr Chen usually answers within 1 working day."
    )
    assert amina.say("Before or after breakfast?").text == ("❓ Your question has gone to Dr Chen.")
    assert occurrence.now().words == "Before or after breakfast?"
    assert filed.all() == []


@pytest.mark.usefixtures("placed")
def test_numbers_are_filed_while_a_question_is_waited_for(
    amina: Talk, occurrence: Answered, filed: Filed
) -> None:
    amina.tap("❓ Question")
    amina.say("128/82")
    assert filed.standing() == ["128/82"]
    assert occurrence.now().state is not State.QUESTION
    amina.say("Which arm?")
    assert occurrence.now().words == "Which arm?"


@pytest.mark.usefixtures("placed")
def test_a_red_flag_in_a_question_is_answered_at_once(amina: Talk, occurrence: Answered) -> None:
    amina.tap("❓ Question")
    assert amina.say("I have chest pain since the new tablets").text.startswith("📞")
    assert occurrence.now().state is State.QUESTION


@pytest.mark.usefixtures("placed")
def test_the_list_of_orders_says_how_each_stands(amina: Talk) -> None:
    amina.say("menu")
    assert "• Dr Chen: Measure twice – Sending" in amina.tap("👩‍⚕️ Orders").text


NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 23:00 in Amina's zone
MORNING = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # 07:00


@pytest.mark.parametrize(("urgent", "said"), [(False, False), (True, True)])
def test_at_night_only_an_urgent_order_is_sent(
    amina: Talk, database: Database, cast: Cast, urgent: bool, said: bool
) -> None:
    amina.start()
    amina.desk.clock.now = NIGHT
    with database.begin(True) as unit:
        place_order(
            unit,
            record_id=cast.record.id,
            by=cast.chen,
            now=NIGHT,
            kind=OrderKind.MEASURE,
            text="Measure twice",
            due=NIGHT,
            urgent=urgent,
        )
    amina.desk.work()
    assert ("Measure twice" in amina.last.text) is said
    amina.desk.clock.now = MORNING
    while Timetable(database).step(50):
        pass
    assert [one.text for one in amina.lines].count("👩‍⚕️ Dr Chen: Measure twice") == 1
