"""An order nobody answers is said to be so after three days, once; it may still be answered."""

from datetime import date, timedelta
from threading import Thread

import pytest

from records.chats import Chat, ChatChannel
from records.orders import Answer, Occurrence, OrderKind, State
from records.people import Person
from records.services.changing import change_order
from records.services.lapsing import note_no_answer, note_sending
from records.services.mourning import note_death
from records.services.ordering import answer_order, place_order, withdraw_order
from records.services.repeating import Repeat, place_again_and_again
from records.services.replying import answer_question
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from storage.database import Database
from storage.timetable import Timetable
from tests.cast import Cast, Clock

ASKED = "👩‍⚕️ Dr Chen: Measure, please."
LAPSED = f"{ASKED}\n⏳ No answer yet. You can still answer."
HEARD = "⏳ Amina has not answered Dr Chen yet.\nThe order: Measure, please."


class House:
    """The cast at their chats, an order of Dr Chen, and the clock that goes on."""

    def __init__(self, database: Database, cast: Cast, clock: Clock) -> None:
        self.database, self.cast, self.clock = database, cast, clock

    def chat(self, person: Person, channel: ChatChannel = ChatChannel.WEB) -> None:
        with self.database.begin(True) as unit:
            unit.chats.put(
                Chat(ChatId(fresh()), channel, person.id, Language.ENGLISH, person.id, tells=True)
            )

    def place(self, repeat: Repeat | None = None) -> None:
        asked = {
            "record_id": self.cast.record.id,
            "by": self.cast.chen,
            "now": self.clock(),
            "kind": OrderKind.MEASURE,
            "text": "Measure, please.",
            "due": self.clock(),
        }
        with self.database.begin(True) as unit:
            if repeat is None:
                place_order(unit, **asked)
            else:
                place_again_and_again(unit, repeat, **asked)

    def goes_on(self, hours: float, *, step: float = 1) -> None:
        until = self.clock() + timedelta(hours=hours)
        while self.clock() < until:
            self.clock.pass_(hours=step)
            while Timetable(self.database).step(50):
                pass

    def times(self) -> tuple[Occurrence, ...]:
        with self.database.begin(False) as unit:
            ((_, found),) = unit.orders.of_record(self.cast.record.id)
        return found

    @property
    def state(self) -> State:
        return self.times()[0].state

    def said(self, person: Person) -> list[str]:
        with self.database.begin(False) as unit:
            mine = {chat.id for chat in unit.chats.of_person(person.id)}
            held = [one for time in self.times() for one in unit.outbox.about(time.id)]
            return [unit.outbox.text(message) for chat, message in held if chat in mine]

    def answers(self, answer: Answer, **words: str) -> None:
        (one,) = self.times()
        with self.database.begin(True) as unit:
            answer_order(unit, one.id, answer, by=self.cast.amina, now=self.clock(), **words)

    def is_sent(self, state: State = State.SENT) -> None:
        (one,) = self.times()
        with self.database.begin(True) as unit:
            note_sending(unit, one.id, state, now=self.clock())


@pytest.fixture
def house(database: Database, cast: Cast, clock: Clock) -> House:
    """The house at noon in Amina's zone; she has a web chat."""
    found = House(database, cast, clock)
    found.chat(cast.amina)
    return found


def test_three_days_after_it_was_sent_and_not_before_an_order_has_no_answer(house: House) -> None:
    house.place()
    house.clock.pass_(hours=5)
    house.is_sent()
    house.goes_on(71)
    assert (house.state, house.said(house.cast.amina)) == (State.SENT, [ASKED])
    house.goes_on(1)
    assert (house.state, house.said(house.cast.amina)) == (State.NO_ANSWER, [LAPSED])


def test_a_card_of_the_web_chat_alone_lapses_too(house: House) -> None:
    house.place()
    house.goes_on(72)
    assert house.state is State.NO_ANSWER


def test_what_never_went_out_is_not_said_to_be_unanswered(
    database: Database, cast: Cast, clock: Clock
) -> None:
    house = House(database, cast, clock)
    house.chat(cast.amina, ChatChannel.TELEGRAM)
    house.place()
    house.goes_on(73)
    assert house.state is State.QUEUED


@pytest.mark.parametrize("state", [State.UNKNOWN, State.UNREACHABLE, State.TOO_LATE])
def test_what_the_courier_learned_stays_the_word(house: House, state: State) -> None:
    house.place()
    house.is_sent(state)
    house.goes_on(80, step=8)
    assert house.state is state


def test_an_answer_in_time_stays(house: House) -> None:
    house.place()
    house.is_sent()
    house.goes_on(71, step=71)
    house.answers(Answer.DONE)
    house.goes_on(10)
    assert house.state is State.DONE


@pytest.mark.parametrize(
    ("answer", "state"),
    [(Answer.DONE, State.DONE), (Answer.LATER, State.LATER), (Answer.QUESTION, State.QUESTION)],
)
def test_a_late_answer_counts(house: House, answer: Answer, state: State) -> None:
    house.place()
    house.is_sent()
    house.goes_on(100, step=4)
    assert house.state is State.NO_ANSWER
    house.answers(answer, words="Which arm?")
    assert house.state is state


def test_what_was_put_off_has_three_days_from_when_it_came_again(house: House) -> None:
    house.place()
    house.is_sent()
    house.goes_on(50, step=10)
    house.answers(Answer.LATER)
    house.goes_on(1)
    house.is_sent()
    house.goes_on(71)
    assert house.state is State.SENT
    house.goes_on(1)
    assert house.state is State.NO_ANSWER


def test_a_question_answered_by_the_doctor_has_three_days_more(house: House) -> None:
    house.place()
    house.is_sent()
    house.goes_on(50, step=10)
    house.answers(Answer.QUESTION, words="Which arm?")
    with house.database.begin(True) as unit:
        answer_question(
            unit, house.times()[0].id, "The left.", by=house.cast.chen, now=house.clock()
        )
    house.goes_on(71)
    assert house.state is State.QUEUED
    house.goes_on(1)
    assert house.state is State.NO_ANSWER


def test_several_workers_and_a_second_look_change_nothing_more(house: House) -> None:
    house.chat(house.cast.bela)
    house.place()
    house.clock.pass_(hours=72)
    workers = [Thread(target=Timetable(house.database).step, args=(50,)) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    house.goes_on(1)
    with house.database.begin(True) as unit:
        note_no_answer(unit, house.times()[0].id, now=house.clock())
    house.goes_on(1)
    assert house.said(house.cast.amina) == [LAPSED]
    assert sorted(house.said(house.cast.bela)) == sorted([HEARD, LAPSED])


def test_who_may_answer_for_the_patient_hears_of_it_when_awake_and_can(house: House) -> None:
    house.chat(house.cast.bela)
    house.clock.pass_(hours=9)  # 21:00: three days later people still listen, but not 40 minutes on
    house.place()
    house.clock.pass_(minutes=40)
    house.is_sent()
    house.goes_on(72)
    assert (house.state, house.said(house.cast.bela)) == (State.NO_ANSWER, [LAPSED])
    house.goes_on(8)
    assert house.said(house.cast.bela) == [LAPSED]
    house.goes_on(2)
    assert house.said(house.cast.bela) == [LAPSED, HEARD]
    (one,) = house.times()
    with house.database.begin(True) as unit:
        answer_order(unit, one.id, Answer.DONE, by=house.cast.bela, now=house.clock())
    assert all(text.startswith(f"{ASKED}\n✅") for text in house.said(house.cast.bela))
    assert house.said(house.cast.amina)[0].endswith("by Bela")


def test_of_an_order_that_comes_round_helpers_hear_once_in_a_row(house: House) -> None:
    house.chat(house.cast.bela)
    house.place(Repeat("FREQ=DAILY", date(2026, 11, 26)))
    house.goes_on(24 * 7, step=4)
    assert [one.state for one in house.times()] == [State.NO_ANSWER] * 4
    assert house.said(house.cast.bela).count(HEARD) == 1


def test_it_can_still_be_worded_anew_and_withdrawn(house: House) -> None:
    house.place()
    house.goes_on(72, step=8)
    with house.database.begin(True) as unit:
        ((order, _),) = unit.orders.of_record(house.cast.record.id)
        change_order(unit, order, "Twice.", seen=1, by=house.cast.chen, now=house.clock())
    assert house.state is State.QUEUED
    assert house.said(house.cast.amina)[-1] == "👩‍⚕️ Dr Chen: Twice."
    house.goes_on(72, step=8)
    assert house.state is State.NO_ANSWER
    with house.database.begin(True) as unit:
        withdraw_order(unit, order.id, by=house.cast.chen, now=house.clock())
    assert house.state is State.WITHDRAWN


def test_of_a_patient_who_has_died_nothing_is_said(house: House) -> None:
    house.place()
    house.is_sent()
    with house.database.begin(True) as unit:
        note_death(unit, house.cast.record.id, by=house.cast.chen, now=house.clock())
    house.goes_on(80, step=8)
    assert (house.state, house.said(house.cast.amina)) == (State.SENT, [ASKED])
