"""The post: limits all couriers share, who goes first, and what nobody can know is said so."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from records.chats import Card, Chat, ChatChannel
from records.consent import Part
from records.errors import Stale
from records.observations import Channel, pressure
from records.people import Scope
from records.services.alarming import tell_helpers
from records.services.concealing import Concealment, hide
from records.services.helping import choose_help, end_care, helpers_of
from records.services.intake import Draft, file_observations
from records.services.posting import Letter
from records.tracking import ChatId, fresh
from records.vocabulary import Code, Language, SegmentKind
from storage.database import Database
from storage.flood import Limits
from storage.post import DatabasePost
from storage.rows.chats import ChatRow, OutboxRow
from tests.cast import Cast, Clock

HELD = Limits(at_once=3, window=timedelta(hours=1), chat_window=timedelta(hours=1))
OVER = Limits(at_once=3, window=timedelta(0), chat_window=timedelta(0))  # the windows are over
FREE = Limits(at_once=1000, window=timedelta(0), chat_window=timedelta(0))


def chats(database: Database, cast: Cast, count: int, first: int = 1) -> list[ChatId]:
    made = [
        Chat(ChatId(fresh()), ChatChannel.TELEGRAM, str(number), Language.ENGLISH, cast.amina.id)
        for number in range(first, first + count)
    ]
    with database.begin(True) as unit:
        for chat in made:
            unit.chats.put(chat)
    return [chat.id for chat in made]


def send(database: Database, chat: ChatId, text: str, **more: object) -> None:
    silent = bool(more.pop("silent", False))
    with database.begin(True) as unit:
        unit.outbox.send(chat, Card(text, silent=silent), **more)  # type: ignore[arg-type]


def post(database: Database, limits: Limits = FREE) -> DatabasePost:
    return DatabasePost(database, ChatChannel.TELEGRAM, limits=limits)


def texts(letters: object) -> list[str]:
    return [letter.card.text for letter in letters]  # type: ignore[attr-defined]


def state(database: Database, text: str) -> tuple[str, str]:
    with database.session(writing=False) as session:
        for row in session.query(OutboxRow):
            card = database.cells.read(row.sealed_for, f"card:{row.id}", row.card, Card)
            if card.text == text:
                return row.state, row.event
    raise AssertionError(text)


def test_no_more_are_in_hand_or_just_settled_than_the_limit(database: Database, cast: Cast) -> None:
    for place, chat in enumerate(chats(database, cast, 8)):
        send(database, chat, str(place))
    one, other = post(database, HELD), post(database, HELD)
    first, second = one.claim(2), other.claim(5)
    assert (texts(first), texts(second)) == (["0", "1"], ["2"])
    assert one.claim(5) == []
    other.sent(second[0], "1")
    assert one.claim(5) == []  # it keeps its place for a whole window after it was settled
    assert texts(post(database, OVER).claim(5)) == ["3"]


def test_a_chat_is_left_a_moment_between_two_messages(database: Database, cast: Cast) -> None:
    (chat,) = chats(database, cast, 1)
    send(database, chat, "first")
    send(database, chat, "second")
    (letter,) = post(database, HELD).claim(5)
    post(database, HELD).sent(letter, "1")
    assert post(database, HELD).claim(5) == []
    assert texts(post(database, OVER).claim(5)) == ["second"]


def test_a_message_is_changed_without_that_moment(database: Database, cast: Cast) -> None:
    (chat,) = chats(database, cast, 1)
    send(database, chat, "first")
    (letter,) = post(database, HELD).claim(5)
    post(database, HELD).sent(letter, "1")
    with database.begin(True) as unit:
        unit.outbox.edit(letter.id, Card("changed"))
    assert texts(post(database, HELD).claim(5)) == ["changed"]


def test_a_group_gets_no_more_than_its_share_a_minute(database: Database, cast: Cast) -> None:
    limits = Limits(chat_window=timedelta(0), group=2)
    (group,) = chats(database, cast, 1, first=-100)
    for text in "abc":
        send(database, group, text)
    for _ in range(2):
        (letter,) = post(database, limits).claim(5)
        post(database, limits).sent(letter, "1")
    assert post(database, limits).claim(5) == []


def test_a_try_that_may_have_reached_a_group_counts_into_its_share(
    database: Database, cast: Cast, clock: Clock
) -> None:
    limits = Limits(chat_window=timedelta(0), group=2)
    (group,) = chats(database, cast, 1, first=-100)
    for text in "ab":
        send(database, group, text)
    for _ in range(2):
        (letter,) = post(database, limits).claim(5)
        post(database, limits).again(letter, 0)
    assert post(database, limits).claim(5) == []


def test_orders_and_answers_go_before_nudges(database: Database, cast: Cast, clock: Clock) -> None:
    nudge, weekly, answer, order = chats(database, cast, 4)
    soon = clock() + timedelta(hours=1)
    send(database, nudge, "nudge", silent=True)
    send(database, weekly, "weekly", useful_until=soon)
    send(database, answer, "answer")
    send(database, order, "order", about="o1", useful_until=soon)
    assert texts(post(database).claim(2)) == ["answer", "order"]
    assert texts(post(database).claim(5)) == ["nudge", "weekly"]


def test_all_couriers_pause_when_one_is_told_to(
    database: Database, cast: Cast, clock: Clock
) -> None:
    for chat in chats(database, cast, 2):
        send(database, chat, "hello")
    letter = post(database).claim(1)[0]
    post(database).pause(letter, 30)
    assert post(database).claim(5) == []
    clock.pass_(seconds=29)
    assert post(database).claim(5) == []
    clock.pass_(seconds=2)
    assert len(post(database).claim(5)) == 2


def test_what_was_in_hand_when_a_courier_died_is_unknown_and_orders_are_repeated(
    database: Database, cast: Cast, clock: Clock
) -> None:
    first, second = chats(database, cast, 2)
    send(database, first, "answer")
    send(database, second, "order", about="o1")
    lost = post(database).claim(5)
    assert not any(letter.repeats for letter in lost)
    clock.pass_(minutes=2)
    (again,) = post(database).claim(5)
    assert (again.card.text, again.repeats) == ("order", True)
    assert state(database, "answer") == ("unknown", "")
    with pytest.raises(Stale):
        post(database).sent(lost[0], "7")
    clock.pass_(minutes=2)
    assert post(database).claim(5) == []
    assert state(database, "order") == ("unknown", "repeated")


def test_an_order_is_repeated_also_after_a_certain_failure(database: Database, cast: Cast) -> None:
    (chat,) = chats(database, cast, 1)
    send(database, chat, "order", about="o1")
    post(database).again(_only(database), 0)
    post(database).unknown(_only(database))
    repeated = _only(database)
    post(database).again(repeated, 0)
    assert _only(database).repeats


def _only(database: Database) -> Letter:
    (letter,) = post(database).claim(5)
    return letter


def test_a_chat_that_is_off_takes_what_waits_for_it_along(database: Database, cast: Cast) -> None:
    (chat,) = chats(database, cast, 1)
    for text in ("first", "second"):
        send(database, chat, text)
    post(database).unreachable(_only(database), "forbidden")
    assert state(database, "second") == ("dead", "forbidden")
    assert post(database).claim(5) == []


def test_a_chat_that_moved_keeps_its_letters(database: Database, cast: Cast) -> None:
    (chat,) = chats(database, cast, 1)
    for text in ("first", "second"):
        send(database, chat, text)
    post(database).moved(_only(database), "99")
    letter = _only(database)
    assert (letter.address, letter.card.text) == ("99", "first")
    with database.session(writing=False) as session:
        assert [row.address for row in session.query(ChatRow)] == ["99"]


def test_letters_of_a_chat_that_moved_to_a_known_one_go_there(
    database: Database, cast: Cast
) -> None:
    old, new = chats(database, cast, 2)
    send(database, old, "first")
    post(database).moved(_only(database), "2")
    letter = _only(database)
    assert (letter.chat, letter.address) == (new, "2")


def test_four_couriers_never_pass_the_limit_and_lose_nothing(
    database: Database, cast: Cast
) -> None:
    limits = Limits(at_once=10, window=timedelta(seconds=0.2), chat_window=timedelta(seconds=0.05))
    for place, chat in enumerate(chats(database, cast, 40)):
        for part in range(2):
            send(database, chat, f"{place}.{part}")
    carried: list[tuple[float, str]] = []
    stop = threading.Event()

    def work() -> None:
        mine = post(database, limits)
        while not stop.is_set():
            for letter in mine.claim(4):
                carried.append((time.monotonic(), letter.card.text))
                mine.sent(letter, "1")

    with _threads(work, 4):
        for _ in range(600):
            if len(carried) >= 80:
                break
            time.sleep(0.05)
        stop.set()
    assert len(carried) == len({text for _, text in carried}) == 80
    moments = sorted(at for at, _ in carried)
    assert all(late - early >= 0.2 for early, late in zip(moments, moments[10:], strict=False))


@contextmanager
def _threads(work: object, count: int) -> Iterator[None]:
    threads = [threading.Thread(target=work) for _ in range(count)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(10)


@pytest.mark.parametrize("closed", ["", "ended", "hidden", "unseen"])
def test_what_was_closed_before_it_went_out_is_not_delivered(
    database: Database, cast: Cast, clock: Clock, closed: str
) -> None:
    """A helper's card with a value waits for its courier; the patient closes it meanwhile."""
    asked = {"record_id": cast.record.id, "by": cast.amina, "now": clock()}
    chat = Chat(
        ChatId(fresh()), ChatChannel.TELEGRAM, "9", Language.ENGLISH, cast.bela.id, tells=True
    )
    with database.begin(True) as unit:
        unit.chats.put(chat)
        (helper,) = helpers_of(unit, cast.record.id, clock())
        choose_help(unit, helper.id, frozenset({Scope.SEE, Scope.URGENT}), **asked)
        draft = Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(210, 130))
        filed = file_observations(unit, [draft], channel=Channel.CHAT, **asked)
        assert tell_helpers(unit, urgent=filed.observations, **asked) == 1
    with database.begin(True) as unit:
        if closed == "ended":
            end_care(unit, helper.id, **asked)
        if closed == "unseen":
            choose_help(unit, helper.id, frozenset({Scope.URGENT}), **asked)
        if closed == "hidden":
            hide(unit, Concealment(Part(SegmentKind.PHYSICAL_SIGNS)), **asked)
    courier, delivered = post(database), []
    while letters := courier.claim(10):
        delivered += texts(letters)
        for number, one in enumerate(letters):
            courier.sent(one, str(number))
    assert any("210/130" in one for one in delivered) is not bool(closed)
