"""The real python-telegram-bot meets the limits and methods of our Bot API server."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, Forbidden, InvalidToken
from telegram.request import HTTPXRequest

from tests.parts import aside
from tests.parts.botapi import BotApi
from tests.parts.botapi.people import PICTURE

AMINA = 101
Result = TypeVar("Result")


def ask(api: BotApi, work: Callable[[Bot], Awaitable[Result]], token: str = "") -> Result:
    """Do one thing with a real bot that gives up after a second."""

    async def talk() -> Result:
        requests = [HTTPXRequest(read_timeout=1) for _ in range(2)]
        bot = Bot(
            token or api.token,
            base_url=api.base_url,
            base_file_url=api.base_file_url,
            request=requests[0],
            get_updates_request=requests[1],
        )
        async with bot:
            return await work(bot)

    return aside.run(talk())


def updates(api: BotApi, offset: int = 0, limit: int = 100) -> list[Update]:
    """Ask for updates once, without waiting."""
    return list(ask(api, lambda bot: bot.get_updates(offset=offset, limit=limit, timeout=0)))


def keyboard(data: str = "undo:1", text: str = "Undo") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)]])


def test_the_bot_learns_its_own_name(bot_api: BotApi) -> None:
    assert ask(bot_api, lambda bot: bot.get_me()).username == "kanglu_test_bot"


@pytest.mark.parametrize("token", ["7:" + "x" * 30, "no-token"])
def test_a_wrong_token_is_refused(bot_api: BotApi, token: str) -> None:
    with pytest.raises(InvalidToken):
        ask(bot_api, lambda bot: bot.get_me(), token)


def test_a_line_reaches_the_bot_with_its_time(bot_api: BotApi) -> None:
    said = datetime(2019, 4, 22, 10, 8, tzinfo=UTC)
    bot_api.say(AMINA, "128/82 70", date=said, user={"first_name": "Amina", "language_code": "zh"})
    (update,) = updates(bot_api)
    assert update.message is not None
    assert update.message.text == "128/82 70"
    assert update.message.date == said
    assert update.effective_user is not None
    assert update.effective_user.language_code == "zh"


def test_a_message_is_seen_in_its_chat_with_its_buttons(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    ask(
        bot_api,
        lambda bot: bot.send_message(
            AMINA, "已记录 <b>128/82</b>", "HTML", reply_markup=keyboard()
        ),
    )
    (seen,) = bot_api.sent(AMINA)
    assert seen.text == "已记录 128/82"
    assert seen.labels == ["Undo"]
    assert seen.button("Undo").data == "undo:1"


def test_a_reply_keyboard_and_a_reply_are_seen(bot_api: BotApi) -> None:
    said = bot_api.say(AMINA, "hello")
    markup = ReplyKeyboardMarkup([["Yes", "No"]])
    ask(
        bot_api,
        lambda bot: bot.send_message(
            AMINA, "Well?", reply_markup=markup, reply_parameters=ReplyParameters(said)
        ),
    )
    (seen,) = bot_api.sent(AMINA)
    assert seen.keyboard == (("Yes", "No"),)
    assert seen.reply_to == said


def test_text_up_to_its_limit_is_sent_and_one_more_refused(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    ask(bot_api, lambda bot: bot.send_message(AMINA, "康" * 4096))
    with pytest.raises(BadRequest, match="too long"):
        ask(bot_api, lambda bot: bot.send_message(AMINA, "康" * 4097))
    with pytest.raises(BadRequest, match="empty"):
        ask(bot_api, lambda bot: bot.send_message(AMINA, " "))


def test_callback_data_is_counted_in_bytes(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    fits, too_long = keyboard("x" * 64), keyboard("康" * 22)
    ask(bot_api, lambda bot: bot.send_message(AMINA, "fits", reply_markup=fits))
    with pytest.raises(BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
        ask(bot_api, lambda bot: bot.send_message(AMINA, "not", reply_markup=too_long))


def test_nobody_is_written_to_who_never_opened_a_chat(bot_api: BotApi) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        ask(bot_api, lambda bot: bot.send_message(AMINA, "hello"))


def test_an_edited_message_shows_its_new_words_and_loses_its_buttons(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    sent = ask(bot_api, lambda bot: bot.send_message(AMINA, "Kept", reply_markup=keyboard()))
    ask(bot_api, lambda bot: bot.edit_message_text("Undone", AMINA, sent.message_id))
    (seen,) = bot_api.sent(AMINA)
    assert (seen.text, seen.labels, seen.edits) == ("Undone", [], 1)


def test_an_edit_that_changes_nothing_is_refused(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    sent = ask(bot_api, lambda bot: bot.send_message(AMINA, "Kept"))
    with pytest.raises(BadRequest, match="not modified"):
        ask(bot_api, lambda bot: bot.edit_message_text("Kept", AMINA, sent.message_id))
    with pytest.raises(BadRequest, match="not found"):
        ask(bot_api, lambda bot: bot.edit_message_text("Kept", AMINA, 999))


def test_buttons_are_taken_away(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    sent = ask(bot_api, lambda bot: bot.send_message(AMINA, "Kept", reply_markup=keyboard()))
    ask(bot_api, lambda bot: bot.edit_message_reply_markup(AMINA, sent.message_id))
    assert bot_api.sent(AMINA)[0].labels == []


def test_a_tap_arrives_and_is_answered(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    ask(bot_api, lambda bot: bot.send_message(AMINA, "Kept", reply_markup=keyboard()))
    query_id = bot_api.tap(AMINA, bot_api.sent(AMINA)[0], "Undo")
    query = updates(bot_api)[-1].callback_query
    assert query is not None
    assert (query.id, query.data) == (query_id, "undo:1")
    assert bot_api.answer(query_id) is None
    ask(bot_api, lambda bot: bot.answer_callback_query(query_id, "Undone"))
    assert bot_api.answer(query_id) == "Undone"


def test_a_tap_answered_too_late_is_refused(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    ask(bot_api, lambda bot: bot.send_message(AMINA, "Kept", reply_markup=keyboard()))
    query_id = bot_api.tap(AMINA, bot_api.sent(AMINA)[0], "Undo")
    bot_api.expire_queries()
    with pytest.raises(BadRequest, match="too old"):
        ask(bot_api, lambda bot: bot.answer_callback_query(query_id))


def test_a_tap_on_a_button_that_is_not_there_fails_the_test(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    ask(bot_api, lambda bot: bot.send_message(AMINA, "Kept", reply_markup=keyboard()))
    with pytest.raises(AssertionError, match="Undo"):
        bot_api.tap(AMINA, bot_api.sent(AMINA)[0], "Redo")


def test_an_edited_line_arrives_as_an_edited_message(bot_api: BotApi) -> None:
    number = bot_api.say(AMINA, "128/82")
    bot_api.edit(AMINA, number, "138/82")
    first, second = updates(bot_api)
    assert first.message is not None
    assert first.message.text == "128/82"
    assert second.edited_message is not None
    assert second.edited_message.text == "138/82"


def test_a_deep_link_carries_its_payload(bot_api: BotApi) -> None:
    bot_api.start(AMINA, "invite_7")
    (update,) = updates(bot_api)
    assert update.message is not None
    assert update.message.text == "/start invite_7"
    with pytest.raises(ValueError, match="payload"):
        bot_api.start(AMINA, "x" * 65)


def test_a_photo_and_a_document_are_seen_whole(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    ask(bot_api, lambda bot: bot.send_photo(AMINA, PICTURE, caption="Your week"))
    ask(bot_api, lambda bot: bot.send_document(AMINA, b"%PDF", filename="record.pdf"))
    photo, document = bot_api.sent(AMINA)
    assert (photo.text, photo.content) == ("Your week", PICTURE)
    assert document.content == b"%PDF"
    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        ask(bot_api, lambda bot: bot.send_photo(AMINA, b"no picture"))


def test_what_a_person_sends_can_be_fetched(bot_api: BotApi) -> None:
    bot_api.send_photo(AMINA, PICTURE, caption="lunch")
    bot_api.send_voice(AMINA, b"OggS hello")
    bot_api.send_document(AMINA, b"a,b", "values.csv", "text/csv")
    photo, voice, document = (update.message for update in updates(bot_api))
    assert photo is not None
    assert voice is not None
    assert voice.voice is not None
    assert document is not None
    assert document.document is not None
    assert photo.caption == "lunch"

    async def fetch(bot: Bot, file_id: str) -> bytes:
        return bytes(await (await bot.get_file(file_id)).download_as_bytearray())

    assert ask(bot_api, lambda bot: fetch(bot, photo.photo[-1].file_id)) == PICTURE
    assert ask(bot_api, lambda bot: fetch(bot, voice.voice.file_id)) == b"OggS hello"
    assert ask(bot_api, lambda bot: fetch(bot, document.document.file_id)) == b"a,b"


def test_a_deleted_message_is_gone(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    sent = ask(bot_api, lambda bot: bot.send_message(AMINA, "Kept"))
    assert ask(bot_api, lambda bot: bot.delete_message(AMINA, sent.message_id))
    assert bot_api.sent(AMINA) == []


def test_a_message_older_than_two_days_stays(bot_api: BotApi) -> None:
    number = bot_api.say(AMINA, "old", date=datetime(2019, 4, 22, tzinfo=UTC))
    with pytest.raises(BadRequest, match="can't be deleted"):
        ask(bot_api, lambda bot: bot.delete_message(AMINA, number))


def test_a_reaction_is_seen_on_the_line(bot_api: BotApi) -> None:
    number = bot_api.say(AMINA, "128/82")
    ask(bot_api, lambda bot: bot.set_message_reaction(AMINA, number, "👍"))
    assert bot_api.reactions(AMINA, number) == ["👍"]


def test_commands_and_descriptions_are_kept_for_each_language(bot_api: BotApi) -> None:
    commands = [BotCommand("help", "What I can do")]
    ask(bot_api, lambda bot: bot.set_my_commands(commands))
    ask(bot_api, lambda bot: bot.set_my_description("您的健康记录", language_code="zh"))
    assert list(ask(bot_api, lambda bot: bot.get_my_commands())) == commands
    told = ask(bot_api, lambda bot: bot.get_my_description("zh"))
    assert told.description == "您的健康记录"
    with pytest.raises(BadRequest, match=r"(?i)COMMAND_INVALID"):
        ask(bot_api, lambda bot: bot.set_my_commands([BotCommand("Help me", "x")]))


def test_a_chat_action_is_taken(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    assert ask(bot_api, lambda bot: bot.send_chat_action(AMINA, "typing"))
    assert bot_api.calls("sendChatAction")[0].parameters["action"] == "typing"


def test_a_blocked_bot_is_told_and_refused_until_the_person_is_back(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    bot_api.block(AMINA)
    with pytest.raises(Forbidden, match="blocked by the user"):
        ask(bot_api, lambda bot: bot.send_message(AMINA, "hello"))
    change = updates(bot_api)[-1].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "kicked"
    bot_api.start(AMINA)
    ask(bot_api, lambda bot: bot.send_message(AMINA, "hello"))
    assert [message.text for message in bot_api.sent(AMINA)] == ["hello"]


def test_waiting_for_a_message_that_never_comes_shows_what_is_there(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    ask(bot_api, lambda bot: bot.send_message(AMINA, "Kept"))
    assert bot_api.wait_for(AMINA, lambda message: "Kept" in message.text).text == "Kept"
    with pytest.raises(AssertionError, match="Kept"):
        bot_api.wait_for(AMINA, lambda message: "Undone" in message.text, timeout=0.05)
