"""The whole way through Telegram: typed in a phone, filed, answered, edited."""

import logging
from collections.abc import Callable

import pytest

from bot.telegram.silence import hush
from records.services.linking import LinkPurpose
from storage.lines import web_lines
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk
from tests.bot.telegram.conftest import AMINA, BELA, STRANGER, Phone
from tests.cast import Cast
from tests.parts.botapi import Fault

NOTED = "✅ 128/82 noted, 12:00. On target."


def test_a_line_is_filed_and_answered_with_a_button(running: Phone, filed: Filed) -> None:
    running.api.say(AMINA, "128/82", date=running.database.clock())
    message = running.sees(AMINA, NOTED)
    assert message.labels == ["Undo"]
    assert filed.standing() == ["128/82"]


def test_a_tap_edits_the_card_and_stops_the_spinning(running: Phone, filed: Filed) -> None:
    running.api.say(AMINA, "128/82")
    query = running.api.tap(AMINA, running.sees(AMINA, "128/82 noted"), "Undo")
    running.sees(AMINA, "❌ Removed 128/82.")
    running.api.wait_until(lambda: running.api.answer(query) is not None)
    assert len(running.api.sent(AMINA)) == 1
    assert filed.standing() == []


def test_an_edited_line_changes_its_reading(running: Phone, filed: Filed) -> None:
    number = running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.edit(AMINA, number, "138/82 70")
    running.sees(AMINA, "✏️ Changed to 138/82, pulse 70.")
    running.api.edit(AMINA, number, "137/82")
    running.sees(AMINA, "✏️ Changed to 137/82.")
    assert filed.standing() == ["137/82"]
    assert len(filed.all()) == 2


def test_a_forged_tap_is_answered_and_does_nothing(running: Phone, filed: Filed) -> None:
    running.api.say(AMINA, "128/82")
    message = running.sees(AMINA, "128/82 noted")
    running.api.tap_forged(AMINA, message.message_id, "undo:1")
    running.sees(AMINA, "That button was used already.")
    assert filed.standing() == ["128/82"]


def test_redelivered_updates_are_filed_once(phone: Phone, cast: Cast, filed: Filed) -> None:
    phone.link(cast.amina, AMINA)
    phone.api.redeliver(2)
    with phone.on():
        for line in ("128/82", "130/80", "7.2 fasting"):
            phone.api.say(AMINA, line)
        phone.sees(AMINA, "7.2")
        phone.api.wait_until_confirmed()
        phone.sees(AMINA, "7.2")
    assert filed.standing() == ["128/82", "130/80", "glucose 7.2 fasting"]


def test_updates_after_an_idle_week_are_received(running: Phone, filed: Filed) -> None:
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.idle_week()
    running.api.say(AMINA, "130/80")
    running.sees(AMINA, "130/80 noted")
    assert filed.standing() == ["128/82", "130/80"]


def test_a_photo_a_voice_note_and_a_file_are_answered_honestly(
    running: Phone, filed: Filed
) -> None:
    running.api.send_photo(AMINA)
    running.sees(AMINA, "Got the photo. Please type the two big numbers.")
    running.api.send_voice(AMINA)
    running.sees(AMINA, "I kept your voice note for Dr Chen.")
    running.api.send_document(AMINA, b"%PDF", "scan.pdf")
    running.sees(AMINA, "Got the file. One moment")
    running.api.send_photo(AMINA, caption="128/82")
    running.sees(AMINA, "128/82 noted")
    assert len(filed.standing()) == 4


def test_what_nobody_can_read_holds_back_nothing(running: Phone, filed: Filed) -> None:
    for update in (
        {"message": {"nonsense": True}},
        {"message": "words"},
        {"callback_query": {"id": 5}},
        {"message": {"chat": {"id": AMINA, "type": "private"}, "date": "late", "text": 7}},
    ):
        running.api.push(update)
    running.api.say(AMINA, "128/82")
    running.api.wait_until_confirmed()
    with running.database.session(writing=False) as session:
        kept = session.connection().exec_driver_sql("SELECT count(*) FROM spool").scalar()
    assert kept == 5
    assert filed.all() == [] or filed.standing() == ["128/82"]


def test_somebody_unknown_is_asked_for_an_invitation(running: Phone, filed: Filed) -> None:
    running.api.say(STRANGER, "128/82")
    assert "I need an invitation" in running.sees(STRANGER, "Hello.").text
    assert filed.all() == []


def test_the_language_of_a_new_chat_is_guessed_from_the_phone(running: Phone) -> None:
    running.api.start(STRANGER, user={"first_name": "王", "language_code": "zh-hans"})
    running.sees(STRANGER, "您好，请先向诊所索取二维码邀请。")


def test_an_invitation_links_after_a_yes_and_asks_how_much_to_say(
    phone: Phone, cast: Cast, filed: Filed
) -> None:
    payload = phone.deep_link(LinkPurpose.INVITATION, cast.amina)
    with phone.on():
        phone.api.start(AMINA, payload, user={"first_name": "Mina"})
        phone.api.tap(AMINA, phone.sees(AMINA, "Choose your language."), "English")
        asked = phone.sees(AMINA, "Dr Chen's clinic invited you")
        assert "A•••a" in asked.text
        assert "Amina" not in asked.text
        phone.api.tap(AMINA, asked, "Yes, start")
        phone.api.tap(AMINA, phone.sees(AMINA, "What time is it for you now?"), "12:00")
        phone.api.tap(AMINA, phone.sees(AMINA, "When shall I remind you?"), "08:00")
        phone.api.tap(AMINA, phone.sees(AMINA, "And in the evening?"), "No reminder")
        phone.sees(AMINA, "I will ask at 08:00.")
        phone.api.tap(AMINA, phone.sees(AMINA, "may I tell Bela?"), "No")
        assert phone.sees(AMINA, "All set.").keyboard[0][0] == "🩺 Blood pressure"
        phone.sees(AMINA, "May I show your doctor's texts")
        phone.api.say(AMINA, "128/82")
        phone.sees(AMINA, "128/82 noted")
        phone.api.start(STRANGER, payload)
        phone.sees(STRANGER, "This link was used already. Ask for a new one.")
    assert filed.standing() == ["128/82"]


def test_a_link_from_the_site_needs_the_sites_yes_too(
    phone: Phone, cast: Cast, desk: Desk, amina: Talk, filed: Filed
) -> None:
    payload = phone.deep_link(LinkPurpose.CHAT, cast.amina)
    with phone.on():
        phone.api.start(AMINA, payload, user={"first_name": "Mina", "last_name": "K"})
        phone.api.tap(AMINA, phone.sees(AMINA, "Connect this chat"), "Yes, start")
        phone.sees(AMINA, "say yes there too")
        phone.api.say(AMINA, "120/70")
        phone.sees(AMINA, "I need an invitation")
    (line,) = [one for one in web_lines(phone.database, cast.amina.id, 9) if not one.mine]
    assert "“Mina K”" in line.text
    assert amina.tap("Yes, connect").text == "✅ Your phone chat is connected."
    with phone.on():
        phone.sees(AMINA, "What time is it for you now?")
        phone.api.say(AMINA, "128/82")
        phone.sees(AMINA, "128/82 noted")
    assert filed.standing() == ["128/82"]


def test_the_sites_no_connects_nothing(phone: Phone, cast: Cast, amina: Talk) -> None:
    payload = phone.deep_link(LinkPurpose.CHAT, cast.amina)
    with phone.on():
        phone.api.start(STRANGER, payload)
        phone.api.tap(STRANGER, phone.sees(STRANGER, "Connect this chat"), "Yes, start")
        phone.sees(STRANGER, "say yes there too")
    assert amina.tap("Not me").text == "👌 OK. Nothing was connected."
    with phone.database.begin(False) as unit:
        assert len(unit.chats.of_person(cast.amina.id)) == 1


@pytest.mark.parametrize("payload", ["c_" + "x" * 43, "i_short", "nonsense"])
def test_a_wrong_link_says_it_has_expired(running: Phone, payload: str) -> None:
    running.api.start(STRANGER, payload)
    running.sees(STRANGER, "This link has expired. Ask for a new one.")


def test_a_caregiver_comes_in_by_the_patients_link(running: Phone, cast: Cast) -> None:
    running.api.say(AMINA, "family")
    text = running.sees(AMINA, "Send this to your helper.").text
    link = text.splitlines()[-1]
    payload = link.rpartition("=")[2].rpartition("/")[2]
    running.api.start(AMINA, payload)
    running.sees(AMINA, "That is you.")
    running.api.start(BELA, payload, user={"first_name": "Li", "last_name": "Na"})
    running.api.tap(BELA, running.sees(BELA, "Amina asks you to help."), "Accept")
    running.sees(BELA, "All set.")
    told = running.sees(AMINA, "Li Na can now help you.")
    running.api.say(BELA, "128/82")
    running.sees(BELA, "👤 Amina ✅ 128/82 noted")
    running.api.tap(AMINA, told, "Remove")
    running.sees(AMINA, "Li Na no longer helps you.")
    running.api.say(BELA, "140/90")
    running.sees(BELA, "You no longer help Amina. Nothing was stored.")


def test_texts_of_others_wait_for_the_patients_leave(running: Phone, cast: Cast) -> None:
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.say(AMINA, "my numbers")
    asked = running.sees(AMINA, "I show this on the site.")
    running.api.tap(AMINA, asked, "Yes, here")
    running.sees(AMINA, "I will show texts here.")
    running.api.say(AMINA, "my numbers")
    assert "128/82" in running.sees(AMINA, "Your numbers of the last 7 days").text


def test_whoever_blocks_the_bot_is_left_in_peace_until_back(running: Phone, cast: Cast) -> None:
    running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.block(AMINA)
    running.api.wait_until(lambda: _reachable(running, cast) == 0)
    running.api.start(AMINA)
    running.sees(AMINA, "Hello. Type two numbers")
    assert _reachable(running, cast) == 1


def _reachable(phone: Phone, cast: Cast) -> int:
    with phone.database.begin(False) as unit:
        return len(unit.chats.of_person(cast.amina.id))


def test_updates_are_pushed_where_a_webhook_is_set(
    webhook_phone: Callable[[str], Phone],
) -> None:
    phone = webhook_phone("http://127.0.0.1:9/telegram/updates")
    with phone.on():
        phone.api.wait_until(lambda: bool(phone.api.calls("setWebhook")))
        phone.api.wait_until(lambda: bool(phone.api.calls("setMyCommands")))
    (call,) = phone.api.calls("setWebhook")
    assert call.parameters["secret_token"] == "s" * 32
    assert not phone.api.calls("getUpdates")


def test_the_menus_stand_in_both_languages(running: Phone) -> None:
    running.api.wait_until(lambda: len(running.api.calls("setMyShortDescription")) == 2)
    said = [call.parameters["description"] for call in running.api.calls("setMyDescription")]
    assert said == [
        "Send your blood pressure and sugar here. Your doctor sees them. Not for emergencies.",
        "在这里发送您的血压和血糖，医生能看到。紧急情况请直接打急救电话。",
    ]


def test_every_message_is_protected_and_previews_nothing(running: Phone) -> None:
    running.api.say(AMINA, "sign in")
    running.sees(AMINA, "/sign-in/s_")
    (call,) = running.api.calls("sendMessage")
    assert call.parameters["protect_content"] is True
    assert call.parameters["link_preview_options"] == {"is_disabled": True}


def test_the_token_and_the_words_are_in_no_log(
    phone: Phone, cast: Cast, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    phone.link(cast.amina, AMINA)
    caplog.set_level(logging.DEBUG)
    undo = hush(phone.api.token)
    try:
        phone.api.next("getUpdates", Fault.server_error())
        phone.api.next("sendMessage", Fault.silent_before())
        with phone.on():
            phone.api.say(AMINA, "blood pressure 128/82")
            phone.api.wait_until(lambda: len(phone.api.calls("sendMessage")) >= 1)
            phone.api.wait_until_confirmed()
        logging.getLogger("anything").error("at %s", f"https://x/bot{phone.api.token}/getMe")
        try:
            raise RuntimeError(phone.api.token)
        except RuntimeError:
            logging.getLogger("anything").exception("trouble")
    finally:
        undo()
    written = caplog.text + "".join(capfd.readouterr())
    assert "[token]" in written
    assert phone.api.token not in written
    assert "128/82" not in written


def test_an_edit_that_must_be_asked_about_takes_the_first_reading_back(
    running: Phone, filed: Filed
) -> None:
    number = running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.edit(AMINA, number, "82/128")
    running.api.tap(AMINA, running.sees(AMINA, "Did you mean 128/82?"), "No")
    running.sees(AMINA, "that does not count")
    assert (filed.standing(), filed.asked()) == ([], [])


def test_an_edit_may_say_that_nothing_is_to_be_recorded(running: Phone, filed: Filed) -> None:
    number = running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.edit(AMINA, number, "do not record this 128/82")
    running.sees(AMINA, "I kept nothing of this.")
    assert filed.standing() == []
