"""Telegram misbehaves in every way it can: nothing is filed twice, nothing is lost."""

import logging
import re
import time
from pathlib import Path

import pytest

from bot.telegram import receiving
from bot.telegram.receiving import Receiving
from records.orders import OrderKind, State
from records.services.ordering import orders_of, place_order
from storage.timetable import Timetable
from tests.bot.conftest import Filed
from tests.bot.telegram.conftest import AMINA, Phone
from tests.cast import Cast, Clock
from tests.parts.botapi import Fault, Sent

ORDER = "Measure twice"
MOVED = 777


def _noted(phone: Phone) -> list[Sent]:
    return [one for one in phone.api.sent(AMINA) if "128/82 noted" in one.text]


def _state(phone: Phone) -> str:
    """Return how the newest card of the outbox stands."""
    with phone.database.session(writing=False) as session:
        found = session.connection().exec_driver_sql(
            "SELECT state FROM outbox ORDER BY seq DESC LIMIT 1"
        )
        return str(found.scalar())


def _wait_for_state(phone: Phone, *states: str) -> None:
    for _ in range(200):
        if _state(phone) in states:
            return
        time.sleep(0.05)
    raise AssertionError(f"the card is {_state(phone)}, not {states}")


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: what misbehaves is the network."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter waits after trouble."""
    monkeypatch.setattr(receiving, "BACK_OFF", (0.05,))
    monkeypatch.setattr(receiving, "AFTER_CONFLICT", 0.2)
    monkeypatch.setattr("bot.telegram.courier.BACK_OFF", (0.0,))


RECEIVING = [
    Fault.too_many_requests(1),
    Fault.server_error(),
    Fault.server_error(500),
    Fault.conflict(),
    Fault.garbled(accepts=False),
    Fault.garbled(accepts=True),
    Fault.silent_before(),
    Fault.silent_after(),
]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("fault", RECEIVING, ids=lambda fault: f"{fault.status}-{fault.accepts}")
def test_a_line_is_filed_once_whatever_becomes_of_the_poll(
    phone: Phone, cast: Cast, filed: Filed, fault: Fault
) -> None:
    phone.link(cast.amina, AMINA)
    phone.api.next("getUpdates", fault, times=2)
    with phone.on():
        phone.api.say(AMINA, "128/82")
        phone.sees(AMINA, "128/82 noted", timeout=20)
    assert filed.standing() == ["128/82"]
    assert len(_noted(phone)) == 1


@pytest.mark.usefixtures("quick")
def test_another_copy_is_named_once(
    phone: Phone, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    phone.link(cast.amina, AMINA)
    phone.api.next("getUpdates", Fault.conflict(), times=3)
    with phone.on():
        phone.api.say(AMINA, "128/82")
        phone.sees(AMINA, "128/82 noted")
    assert capsys.readouterr().out.count("another_copy_is_polling") == 1


@pytest.mark.usefixtures("quick")
def test_an_update_that_was_not_kept_is_not_acknowledged(
    phone: Phone, cast: Cast, filed: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.link(cast.amina, AMINA)
    whole = Receiving._keep_all
    pending: list[int] = []

    def once(self: Receiving, updates: list[object]) -> object:
        if updates and not pending:
            pending.extend(phone.api.pending)
            raise OSError("the disk is full")
        return whole(self, updates)

    monkeypatch.setattr(Receiving, "_keep_all", once)
    with phone.on():
        number = phone.api.say(AMINA, "128/82")
        phone.sees(AMINA, "128/82 noted")
    assert number
    assert len(pending) == 1
    assert filed.standing() == ["128/82"]


CERTAINLY_NOT = [Fault.server_error(), Fault.server_error(500)]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("fault", CERTAINLY_NOT, ids=lambda fault: str(fault.status))
def test_what_was_refused_for_now_is_sent_again(running: Phone, fault: Fault) -> None:
    running.api.next("sendMessage", fault)
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    assert len(_noted(running)) == 1


def test_too_many_messages_wait_as_long_as_they_are_told(running: Phone, clock: Clock) -> None:
    running.api.next("sendMessage", Fault.too_many_requests(30))
    running.api.say(AMINA, "128/82")
    running.api.wait_until(lambda: len(running.api.calls("sendMessage")) == 1)
    _wait_for_state(running, "waiting")
    clock.pass_(seconds=29)
    time.sleep(0.5)
    assert len(running.api.calls("sendMessage")) == 1
    clock.pass_(seconds=2)
    running.sees(AMINA, "128/82 noted")


@pytest.mark.parametrize(
    "fault",
    [Fault.silent_before(), Fault.silent_after(), Fault.garbled()],
    ids=["before", "after", "garbled"],
)
def test_an_answer_that_may_have_arrived_is_not_repeated(running: Phone, fault: Fault) -> None:
    running.api.next("sendMessage", fault)
    running.api.say(AMINA, "128/82")
    _wait_for_state(running, "unknown")
    assert len(_noted(running)) == (1 if fault.accepts else 0)
    running.api.say(AMINA, "130/80")
    running.sees(AMINA, "130/80 noted")
    assert len(running.api.calls("sendMessage")) == 2


def test_an_order_that_may_not_have_arrived_goes_out_once_more(running: Phone, cast: Cast) -> None:
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.next("sendMessage", Fault.silent_before())
    _place(running, cast)
    again = running.sees(AMINA, "new order")
    assert re.match(r"🔁 Repeat of #\d+\. You may have it already\.\n", again.text)
    _wait_for_state(running, "sent")
    assert _order_state(running, cast) is State.SENT


def test_an_order_twice_without_an_answer_says_so_to_the_doctor(running: Phone, cast: Cast) -> None:
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.next("sendMessage", Fault.silent_after(), times=2)
    _place(running, cast)
    _wait_for_state(running, "unknown")
    first, second = [one.text for one in running.api.sent(AMINA) if "new order" in one.text]
    assert second.partition("\n")[2] == first
    assert _order_state(running, cast) is State.UNKNOWN


def test_an_order_without_an_answer_says_so_to_both_and_a_late_tap_counts(
    running: Phone, cast: Cast, clock: Clock
) -> None:
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    _place(running, cast)
    shown = running.sees(AMINA, "new order").button("Show it here")
    _wait_for_state(running, "sent")
    clock.pass_(hours=71)
    Timetable(running.database).step(50)
    assert _order_state(running, cast) is State.SENT
    clock.pass_(hours=1)
    Timetable(running.database).step(50)
    assert _order_state(running, cast) is State.NO_ANSWER
    card = running.sees(AMINA, "⏳ No answer yet. You can still answer.")
    assert card.button("Show it here") == shown, "a tap that was on its way would be lost"
    running.api.tap(AMINA, card, "Show it here")
    running.api.tap(AMINA, running.sees(AMINA, ORDER), "✅ Done")
    running.sees(AMINA, "✅ You answered")
    assert _order_state(running, cast) is State.DONE


def test_somebody_who_blocked_the_bot_is_unreachable(running: Phone, cast: Cast) -> None:
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.next("sendMessage", Fault.forbidden())
    _place(running, cast)
    _wait_for_state(running, "dead")
    assert _order_state(running, cast) is State.UNREACHABLE
    with running.database.begin(False) as unit:
        assert unit.chats.of_person(cast.amina.id) == ()


def test_a_chat_that_moved_is_followed_with_its_letter(running: Phone, filed: Filed) -> None:
    with running.api.state.changed:
        running.api._chat(MOVED, None)
    running.api.next("sendMessage", Fault.migrated(MOVED))
    running.api.say(AMINA, "128/82")
    running.sees(MOVED, "128/82 noted")
    assert filed.standing() == ["128/82"]


def test_a_change_that_got_lost_is_made_again(
    running: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.courier.BACK_OFF", (0.0,))
    running.api.say(AMINA, "128/82")
    message = running.sees(AMINA, "128/82 noted")
    running.api.next("editMessageText", Fault.silent_after())
    running.api.tap(AMINA, message, "Undo")
    running.sees(AMINA, "❌ Removed 128/82.")
    _wait_for_state(running, "sent")
    assert len(running.api.calls("editMessageText")) == 2


def test_a_tap_too_old_to_be_acknowledged_counts_all_the_same(running: Phone, filed: Filed) -> None:
    running.api.say(AMINA, "128/82")
    message = running.sees(AMINA, "128/82 noted")
    running.api.next("answerCallbackQuery", Fault(400, description="Bad Request: query is too old"))
    running.api.tap(AMINA, message, "Undo")
    running.sees(AMINA, "❌ Removed 128/82.")
    assert filed.standing() == []


def test_a_wrong_token_is_said_and_tried_again(
    phone: Phone, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    phone.settings = type(phone.settings)(
        "7:" + "x" * 35, phone.settings.api_base, read_seconds=1.0, poll_seconds=1
    )
    with phone.on():
        time.sleep(1.0)
    written = capsys.readouterr().out + caplog.text
    assert "token_refused" in written
    assert "xxxxx" not in written


def _place(phone: Phone, cast: Cast) -> None:
    now = phone.database.clock()
    with phone.database.begin(True) as unit:
        place_order(
            unit,
            record_id=cast.record.id,
            by=cast.chen,
            now=now,
            kind=OrderKind.MEASURE,
            text=ORDER,
            due=now,
        )


def _order_state(phone: Phone, cast: Cast) -> State:
    with phone.database.begin(False) as unit:
        (view,) = orders_of(unit, cast.record.id, by=cast.chen, now=phone.database.clock())
    return view.occurrences[0].state
