"""`check` says whether Telegram knows the bot, and what to do where it does not."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from bot.running import telegram_check
from bot.telegram.calls import TelegramSettings
from bot.telegram.trying import AWAY, OTHER_NAME, REFUSED, try_bot
from tests.parts.aside import run
from tests.parts.botapi import BotApi


def settings(api: BotApi) -> TelegramSettings:
    return TelegramSettings(api.token, api.url, read_seconds=1.0)


def test_a_bot_telegram_knows_is_well(bot_api: BotApi) -> None:
    assert run(try_bot(settings(bot_api), "")) == ""
    assert run(try_bot(settings(bot_api), "Kanglu_Test_Bot")) == ""


def test_a_token_telegram_does_not_know_is_named(bot_api: BotApi) -> None:
    wrong = replace(settings(bot_api), token="999:" + "x" * 35)
    assert run(try_bot(wrong, "")) == REFUSED


def test_links_of_another_bot_are_named(bot_api: BotApi) -> None:
    assert run(try_bot(settings(bot_api), "somebody_elses_bot")) == OTHER_NAME


def test_telegram_away_is_named_and_the_token_is_not(bot_api: BotApi) -> None:
    away = replace(settings(bot_api), api_base="http://127.0.0.1:9")
    assert run(try_bot(away, "")) == AWAY
    assert bot_api.token not in AWAY


def test_without_a_token_telegram_is_not_tried(bot_api: BotApi) -> None:
    assert telegram_check({}) == []
    told = {"TELEGRAM_BOT_TOKEN": bot_api.token, "TELEGRAM_API_BASE": bot_api.url}
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(telegram_check, told).result() == [("Telegram", True, "")]
