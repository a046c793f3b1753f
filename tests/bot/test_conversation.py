"""From the spool to the record: once, in order, and never lost."""

import threading
from datetime import timedelta

import pytest

from bot import web
from bot.conversation import Conversation
from bot.dialogue import Strange, Tapped, Text
from storage.database import Database
from storage.spool import DatabaseSpool
from tests.bot.conftest import Filed
from tests.bot.talking import SETTINGS, Desk, Talk
from tests.cast import Clock


def test_the_same_update_is_filed_once(amina: Talk, filed: Filed) -> None:
    for _ in range(2):
        amina.say("128/82", update_id="one")
    amina.desk.clock.pass_(minutes=5)
    amina.say("128/82", update_id="one")
    assert filed.standing() == ["128/82"]
    assert len(amina.lines) == 1


def test_a_line_is_filed_at_the_time_it_was_sent(amina: Talk, filed: Filed, clock: Clock) -> None:
    sent = clock()
    clock.pass_(hours=2)
    amina.say("128/82", sent=sent)
    assert filed.all()[0].effective == sent


def test_an_update_nobody_can_read_is_set_aside_and_answered(amina: Talk, clock: Clock) -> None:
    amina.start()
    amina.desk.spool.keep("web", "strange", amina.person.id, b'{"kind":"dance"}')
    for _ in range(3):
        amina.desk.work()
        clock.pass_(minutes=1)
    assert amina.last.text.startswith("Sorry, I could not deal with your last message.")
    assert amina.say("128/82").text.startswith("✅")


def test_an_update_of_an_unknown_bot_harms_no_other(
    amina: Talk, database: Database, clock: Clock, filed: Filed
) -> None:
    amina.desk.spool.keep("carrier-pigeon", "1", "9", b"{}")
    for _ in range(3):
        amina.desk.work()
        clock.pass_(minutes=1)
    amina.say("128/82")
    assert filed.standing() == ["128/82"]


def test_trouble_in_an_answer_changes_nothing_and_is_tried_again(
    amina: Talk, filed: Filed, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.dialogue import readings

    whole = readings.answer
    tries: list[int] = []

    def fails_once(*given: object, **named: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("power cut")
        return whole(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(readings, "answer", fails_once)
    amina.post({"kind": "text", "text": "128/82", "sent": clock().isoformat()})
    amina.desk.conversation.step(1)
    assert filed.all() == []
    clock.pass_(minutes=1)
    amina.desk.work()
    assert filed.standing() == ["128/82"]
    assert len(amina.lines) == 1


def test_it_runs_until_it_is_stopped(desk: Desk, amina: Talk, filed: Filed) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=desk.conversation.run, args=(stop,))
    thread.start()
    amina.post({"kind": "text", "text": "128/82", "sent": desk.clock().isoformat()})
    for _ in range(100):
        if filed.standing():
            break
        stop.wait(0.05)
    stop.set()
    thread.join(5)
    assert filed.standing() == ["128/82"]
    assert not thread.is_alive()


def test_the_bots_name_makes_links_that_open_the_chat(database: Database, clock: Clock) -> None:
    conversation = Conversation(DatabaseSpool(database), database.begin, {}, SETTINGS, clock)
    conversation.know_name("care_bot")
    assert conversation.settings.link_to("f_x") == "https://t.me/care_bot?start=f_x"


BODIES = [
    (b'{"kind":"text","text":"a","sent":"2026-11-23T12:00:00+08:00"}', Text),
    (b'{"kind":"text","text":"a","sent":"2026-11-23T12:00:00"}', Strange),
    (b'{"kind":"text","text":"","sent":"2026-11-23T12:00:00+08:00"}', Strange),
    (b'{"kind":"tap","token":"t"}', Tapped),
    (b'{"kind":"tap"}', Strange),
    (b"[]", Strange),
    (b"\xff", Strange),
    (b"", Strange),
]


@pytest.mark.parametrize(("body", "kind"), BODIES)
def test_a_body_of_the_web_chat_is_read_or_strange(body: bytes, kind: type) -> None:
    assert isinstance(web.read(body), kind)


def test_a_line_from_a_clock_ahead_is_filed_now(amina: Talk, filed: Filed, clock: Clock) -> None:
    now = clock()
    amina.say("128/82", sent=now + timedelta(hours=3))
    assert filed.all()[0].effective == now


def test_what_a_process_dies_over_three_times_is_set_aside(
    amina: Talk, filed: Filed, clock: Clock
) -> None:
    amina.start()
    amina.post({"kind": "text", "text": "128/82", "sent": clock().isoformat()})
    amina.post({"kind": "text", "text": "130/80", "sent": clock().isoformat()})
    for _ in range(3):
        assert len(amina.desk.spool.claim(1)) == 1  # and the process is gone
        clock.pass_(minutes=1)
    amina.desk.work()
    assert filed.standing() == ["130/80"]
    assert any("somebody will look at it" in line.text for line in amina.lines)


def test_what_nobody_can_read_is_set_aside_at_once(amina: Talk, filed: Filed, clock: Clock) -> None:
    amina.post({"kind": "dance"})
    amina.post({"kind": "text", "text": "128/82", "sent": clock().isoformat()})
    amina.desk.work()
    assert filed.standing() == ["128/82"]
