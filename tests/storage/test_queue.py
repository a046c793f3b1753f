"""Claims are fenced: a stalled worker's work is undone, and no update is answered twice."""

import threading
from datetime import timedelta

import pytest

from records.chats import Button, Card, Chat, ChatChannel, Tap, TapName
from records.errors import Stale
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from storage.database import Database
from storage.lines import web_lines
from storage.post import DatabasePost
from storage.spool import DatabaseSpool
from tests.cast import Cast, Clock


@pytest.fixture
def spool(database: Database) -> DatabaseSpool:
    return DatabaseSpool(database)


def test_an_update_is_kept_once(spool: DatabaseSpool) -> None:
    assert spool.keep("bot", "7", "chat", b"{}")
    assert not spool.keep("bot", "7", "chat", b"{}")
    assert len(spool.claim(10)) == 1


def test_a_chat_is_answered_one_update_at_a_time(spool: DatabaseSpool) -> None:
    for update_id, address in (("1", "a"), ("2", "a"), ("3", "b")):
        spool.keep("bot", update_id, address, update_id.encode())
    first = spool.claim(10)
    assert [update.body for update in first] == [b"1", b"3"]
    assert spool.claim(10) == []
    with spool.answering(first[0]):
        pass
    assert [update.body for update in spool.claim(10)] == [b"2"]


def test_a_worker_stalled_past_its_lease_cannot_finish(
    spool: DatabaseSpool, clock: Clock, cast: Cast
) -> None:
    spool.keep("bot", "1", "a", b"{}")
    stalled = spool.claim(1)[0]
    clock.pass_(minutes=2)
    again = spool.claim(1)[0]
    with pytest.raises(Stale), spool.answering(stalled) as unit:
        unit.outbox.send(a_chat(unit, cast), Card("from the stalled worker"))
    with spool.answering(again) as unit:
        unit.outbox.send(a_chat(unit, cast), Card("once"))
    lines = web_lines(spool.database, cast.amina.id, 10)
    assert [line.text for line in lines] == ["once"]


def a_chat(unit: object, cast: Cast) -> ChatId:
    found = unit.chats.at(ChatChannel.WEB, cast.amina.id)  # type: ignore[attr-defined]
    if found:
        return found.id  # type: ignore[no-any-return]
    chat = Chat(ChatId(fresh()), ChatChannel.WEB, cast.amina.id, Language.ENGLISH, cast.amina.id)
    unit.chats.put(chat)  # type: ignore[attr-defined]
    return chat.id


def test_after_three_tries_an_update_is_set_aside(spool: DatabaseSpool, clock: Clock) -> None:
    spool.keep("bot", "1", "a", b"?")
    spool.keep("bot", "2", "a", b"fine")
    aside = []
    for _ in range(3):
        update = spool.claim(1)[0]
        aside.append(spool.fail(update, "unreadable"))
        clock.pass_(minutes=1)
    assert aside == [False, False, True]
    assert [update.body for update in spool.claim(5)] == [b"fine"]


def test_eight_workers_answer_each_update_once(spool: DatabaseSpool) -> None:
    for number in range(40):
        spool.keep("bot", str(number), f"chat{number % 10}", b"{}")
    answered: list[int] = []

    def work() -> None:
        for _ in range(30):
            for update in spool.claim(3):
                with spool.answering(update):
                    answered.append(update.id)

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(answered) == sorted(set(answered))
    assert len(answered) == 40


def telegram_chat(database: Database, cast: Cast) -> ChatId:
    with database.begin(True) as unit:
        chat = Chat(ChatId(fresh()), ChatChannel.TELEGRAM, "42", Language.ENGLISH, cast.amina.id)
        unit.chats.put(chat)
    return chat.id


def test_a_letter_goes_out_once_with_its_buttons(database: Database, cast: Cast) -> None:
    chat = telegram_chat(database, cast)
    post = DatabasePost(database, ChatChannel.TELEGRAM)
    undo = Button("Undo", Tap(TapName.UNDO, "x"))
    with database.begin(True) as unit:
        unit.outbox.send(chat, Card("noted", ((undo,),)))
    letter = post.claim(5)[0]
    assert (letter.card.text, letter.address) == ("noted", "42")
    assert [button.label for row in letter.buttons for button in row] == ["Undo"]
    assert post.claim(5) == []
    post.sent(letter, "100")
    with database.begin(True) as unit:
        taken = unit.taps.take(chat, letter.buttons[0][0].token)
        assert taken == (Tap(TapName.UNDO, "x"), letter.id)
        assert unit.taps.take(chat, letter.buttons[0][0].token) is None
        unit.outbox.edit(letter.id, Card("removed"))
    change = post.claim(5)[0]
    assert (change.edits, change.card.text, change.buttons) == ("100", "removed", ())


def test_what_is_too_late_to_be_useful_is_dropped(
    database: Database, cast: Cast, clock: Clock
) -> None:
    chat = telegram_chat(database, cast)
    with database.begin(True) as unit:
        unit.outbox.send(chat, Card("good morning"), useful_until=clock() + timedelta(hours=1))
    clock.pass_(hours=2)
    assert DatabasePost(database, ChatChannel.TELEGRAM).claim(5) == []


def test_a_blocked_chat_gets_nothing_more(database: Database, cast: Cast) -> None:
    chat = telegram_chat(database, cast)
    post = DatabasePost(database, ChatChannel.TELEGRAM)
    with database.begin(True) as unit:
        unit.outbox.send(chat, Card("hello"))
    post.unreachable(post.claim(1)[0], "blocked")
    with database.begin(False) as unit:
        assert unit.chats.of_person(cast.amina.id) == ()
