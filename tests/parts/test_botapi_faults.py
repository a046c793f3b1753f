"""Each misbehaviour looks to the real python-telegram-bot like the real thing."""

from typing import Any

import pytest
from telegram.error import (
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.parts.botapi import BotApi, Fault
from tests.parts.test_botapi import AMINA, ask, updates


def _send(api: BotApi) -> Any:
    return ask(api, lambda bot: bot.send_message(AMINA, "hello"))


@pytest.mark.parametrize(
    ("fault", "error", "arrived"),
    [
        (Fault.forbidden(), Forbidden, 0),
        (Fault.server_error(500), NetworkError, 0),
        (Fault.server_error(502), NetworkError, 0),
        (Fault.silent_before(), TimedOut, 0),
        (Fault.silent_after(), TimedOut, 1),
        (Fault.garbled(), TelegramError, 1),
        (Fault.garbled(accepts=False), TelegramError, 0),
    ],
)
def test_a_fault_shows_once_and_the_message_arrived_or_not(
    bot_api: BotApi, fault: Fault, error: type[Exception], arrived: int
) -> None:
    bot_api.start(AMINA)
    bot_api.next("sendMessage", fault)
    with pytest.raises(error):
        _send(bot_api)
    assert len(bot_api.sent(AMINA)) == arrived
    _send(bot_api)
    assert len(bot_api.sent(AMINA)) == arrived + 1


def test_too_many_requests_says_how_long_to_wait(
    bot_api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    bot_api.start(AMINA)
    bot_api.next("sendMessage", Fault.too_many_requests(7))
    with pytest.raises(RetryAfter) as refused:
        _send(bot_api)
    assert refused.value.retry_after.total_seconds() == 7
    assert bot_api.sent(AMINA) == []


def test_a_migrated_chat_says_its_new_id(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    bot_api.next("sendMessage", Fault.migrated(-1001))
    with pytest.raises(ChatMigrated) as moved:
        _send(bot_api)
    assert moved.value.new_chat_id == -1001


def test_a_conflict_meets_the_poller_as_often_as_told(bot_api: BotApi) -> None:
    bot_api.say(AMINA, "128/82")
    bot_api.next("getUpdates", Fault.conflict(), times=2)
    for _ in range(2):
        with pytest.raises(Conflict):
            updates(bot_api)
    assert len(updates(bot_api)) == 1


def test_a_lost_answer_to_a_poll_loses_no_update(bot_api: BotApi) -> None:
    bot_api.say(AMINA, "128/82")
    bot_api.next("getUpdates", Fault.garbled())
    with pytest.raises(TelegramError):
        updates(bot_api)
    assert len(updates(bot_api)) == 1


def test_a_fault_of_one_method_leaves_the_others_alone(bot_api: BotApi) -> None:
    bot_api.start(AMINA)
    bot_api.next("sendPhoto", Fault.server_error())
    _send(bot_api)
    bot_api.next("*", Fault.server_error())
    with pytest.raises(NetworkError):
        updates(bot_api)
