"""Telegram's rules (SAFETY.md §2): tokens, groups, menus, wrong links, who is off, who may read."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from records.orders import OrderKind
from records.services.linking import LinkPurpose
from records.services.ordering import place_order
from storage.rows.chats import SpoolRow
from tests.bot.conftest import Filed
from tests.bot.telegram.conftest import AMINA, BELA, STRANGER, Phone
from tests.cast import Cast, Clock
from tests.parts.botapi import Sent

GROUP = -100_555


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: what is tried is the channel."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


def order(phone: Phone, cast: Cast, text: str = "Measure twice") -> None:
    now = phone.database.clock()
    with phone.database.begin(True) as unit:
        place_order(
            unit,
            record_id=cast.record.id,
            by=cast.chen,
            now=now,
            kind=OrderKind.MEASURE,
            text=text,
            due=now,
        )


def test_a_double_tap_counts_once_and_says_so_kindly(running: Phone, filed: Filed) -> None:
    running.api.say(AMINA, "128/82")
    message = running.sees(AMINA, "128/82 noted")
    token = message.button("Undo").data
    assert token is not None
    assert len(token.encode()) <= 64
    for _ in range(2):
        running.api.tap_forged(AMINA, message.message_id, token)
    running.sees(AMINA, "❌ Removed 128/82.")
    kindly = running.sees(AMINA, "That button was used already.")
    assert kindly.labels == ["☰ Menu"]
    assert len(filed.all()) == 1
    assert filed.standing() == []


def test_a_token_from_another_chat_is_worth_nothing(
    running: Phone, cast: Cast, filed: Filed
) -> None:
    running.link(cast.bela, BELA)
    running.api.say(BELA, "hello")
    hers = running.sees(BELA, "")
    running.api.say(AMINA, "128/82")
    token = running.sees(AMINA, "128/82 noted").button("Undo").data
    running.api.tap_forged(BELA, hers.message_id, token or "")
    running.sees(BELA, "That button was used already.")
    assert filed.standing() == ["128/82"]
    running.api.tap(AMINA, running.sees(AMINA, "128/82 noted"), "Undo")
    running.sees(AMINA, "❌ Removed 128/82.")


def test_a_group_reads_one_sentence_and_never_a_value(running: Phone, filed: Filed) -> None:
    with running.api.state.changed:
        running.api._chat(GROUP, None)
    running.api.wait_until(lambda: bool(running.api.calls("setMyDescription")), 10)  # it has a name
    chat = {"id": GROUP, "type": "supergroup", "title": "Family"}
    for number, text in enumerate(("128/82", "/start", "my numbers"), start=1):
        message = {"message_id": number, "date": 1, "chat": chat, "from": {"id": AMINA}}
        running.api.push({"message": message | {"text": text}})
    member = {"chat": chat, "new_chat_member": {"status": "member"}, "date": 1}
    running.api.push({"my_chat_member": member})
    running.api.push({"message": message | {"sticker": {}, "text": ""}})
    said = running.sees(GROUP, "I speak in private chats only: https://t.me/")
    running.api.say(AMINA, "130/80")
    running.sees(AMINA, "130/80 noted")
    assert running.api.sent(GROUP) == [said]
    assert filed.standing() == ["130/80"]


def test_a_group_that_moves_is_not_spoken_to_again(running: Phone) -> None:
    with running.api.state.changed:
        for address in (GROUP, GROUP - 1):
            running.api._chat(address, None)
    chat = {"id": GROUP, "type": "group"}
    running.api.push({"message": {"message_id": 1, "date": 1, "chat": chat, "text": "hello"}})
    running.sees(GROUP, "I speak in private chats only")
    for address, more in (
        (GROUP, {"migrate_to_chat_id": GROUP - 1}),
        (GROUP - 1, {"text": "hello"}),
    ):
        chat = {"id": address, "type": "group"}
        running.api.push({"message": {"message_id": 1, "date": 1, "chat": chat, **more}})
    running.api.wait_until_confirmed()
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    assert running.api.sent(GROUP - 1) == []


def test_a_group_that_moves_to_where_it_was_known_is_no_trouble(running: Phone) -> None:
    addresses = (GROUP, GROUP - 1)
    with running.api.state.changed:
        for address in addresses:
            running.api._chat(address, None)
    for number, address in enumerate(addresses, start=1):
        chat = {"id": address, "type": "group"}
        hello = {"message_id": number, "date": 1, "chat": chat, "text": "hello"}
        running.api.push({"message": hello})
        running.sees(address, "I speak in private chats only")
    chat = {"id": GROUP, "type": "group"}
    moved = {"message_id": 9, "date": 1, "chat": chat, "migrate_to_chat_id": GROUP - 1}
    running.api.push({"message": moved})
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    with running.database.session(writing=False) as session:
        assert set(session.scalars(select(SpoolRow.state))) == {"done"}


def test_five_wrong_links_make_a_chat_wait_an_hour(phone: Phone, cast: Cast, clock: Clock) -> None:
    payload = phone.deep_link(LinkPurpose.INVITATION, cast.amina)
    with phone.on():
        for number in range(5):
            phone.api.start(STRANGER, "i_" + str(number) * 43)
        phone.api.wait_until(lambda: _counts(phone, STRANGER, "expired") == 5)
        phone.api.start(STRANGER, payload)
        wait = phone.sees(STRANGER, "Please try again in an hour.")
        assert wait.labels == ["I have a code"]
        phone.api.start(AMINA, payload)
        phone.sees(AMINA, "Choose your language")
        clock.pass_(minutes=61)
        phone.api.start(STRANGER, payload)
        phone.sees(STRANGER, "Choose your language")


def _counts(phone: Phone, number: int, words: str) -> int:
    return sum(words in one.text for one in phone.api.sent(number))


def test_each_role_has_its_own_menu_in_the_language_of_the_chat(running: Phone, cast: Cast) -> None:
    running.link(cast.bela, BELA)
    running.link(cast.chen, STRANGER)
    for number in (AMINA, BELA, STRANGER):
        running.api.start(number)
    running.api.wait_until(lambda: len(_menus(running)) == 3)
    menus = _menus(running)
    assert [len(menus[one]) for one in (AMINA, BELA, STRANGER)] == [6, 5, 4]
    assert menus[AMINA]["share"] == "Who may see what"
    assert "share" not in menus[BELA]
    running.api.say(AMINA, "language")
    running.api.tap(AMINA, running.sees(AMINA, "Choose your language."), "中文")
    running.api.wait_until(lambda: _menus(running)[AMINA]["share"] == "谁能看到什么")


def test_a_doctors_menu_leads_somewhere(running: Phone, cast: Cast) -> None:
    running.link(cast.chen, STRANGER)
    for command, words in (
        ("/signin", "/sign-in/s_"),
        ("/help", "In an emergency"),
        ("/settings", "⚙️ Settings"),
        ("/stop", "Stop this chat"),
    ):
        running.api.say(STRANGER, command)
        running.sees(STRANGER, words)
    running.api.tap(STRANGER, running.sees(STRANGER, "⚙️ Settings"), "🌏 Language")
    running.sees(STRANGER, "Choose your language.")


def _menus(phone: Phone) -> dict[int, dict[str, str]]:
    return {
        call.parameters["scope"]["chat_id"]: {
            one["command"]: one["description"] for one in call.parameters["commands"]
        }
        for call in phone.api.calls("setMyCommands")
        if (call.parameters.get("scope") or {}).get("type") == "chat"
    }


def test_without_leave_nothing_but_echoes_enters_the_chat(running: Phone, cast: Cast) -> None:
    for text in ("128/82", "131/84", "129/83"):
        running.api.say(AMINA, text)
        running.sees(AMINA, f"{text} noted")
    order(running, cast, "Stop the blue pill")
    running.sees(AMINA, "You have a new order")
    for words in ("my numbers", "orders", "who looked", "📋 My numbers", "menu"):
        running.api.say(AMINA, words)
    running.sees(AMINA, "What would you like?")
    running.api.wait_until_confirmed()
    said = "\n".join(one.text for one in _all(running))
    for secret in ("blue pill", "average", "Dr Chen", "Amina"):
        assert secret not in said
    assert not running.api.calls("sendPhoto")
    assert all(call.parameters["protect_content"] for call in running.api.calls("sendMessage"))


def _all(phone: Phone) -> list[Sent]:
    return phone.api.sent(AMINA)


def test_the_doctor_knows_since_when_a_chat_is_off(
    running: Phone, cast: Cast, clock: Clock
) -> None:
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    assert _off_since(running, cast) is None
    running.api.block(AMINA)
    running.api.wait_until(lambda: _off_since(running, cast) is not None)
    assert _off_since(running, cast) == clock()
    clock.pass_(hours=1)
    running.api.start(AMINA)
    running.sees(AMINA, "Hello.")
    assert _off_since(running, cast) is None


def _off_since(phone: Phone, cast: Cast) -> object:
    with phone.database.begin(False) as unit:
        return unit.chats.off_since(cast.amina.id)


def test_a_taps_spinning_ends_by_webhook_too(
    phone: Phone, cast: Cast, webhook_phone: object
) -> None:
    pushed = webhook_phone("http://127.0.0.1:9/telegram/updates")  # type: ignore[operator]
    pushed.link(cast.amina, AMINA)
    with pushed.on():
        pushed.api.wait_until(lambda: bool(pushed.api.calls("setWebhook")))
        number = pushed.api.say(AMINA, "hello")
        query = pushed.api.tap_forged(AMINA, number, "forged")
        for waiting in list(pushed.api.state.queue.pending):
            body = json.dumps(waiting.update).encode()
            pushed.spool.keep("telegram", str(waiting.id), str(AMINA), body)
        pushed.api.wait_until(lambda: pushed.api.answer(query) is not None)
