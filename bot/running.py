"""The chat put together: the conversation, and Telegram where there is a token."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from bot import web
from bot.conversation import Conversation
from bot.dialogue import ChatSettings
from bot.telegram import reading
from bot.telegram.calls import TelegramSettings
from bot.telegram.channel import TelegramChannel
from bot.telegram.fetching import Files
from bot.telegram.trying import try_bot
from records.attachments import Clean
from records.services.fetching import Fetches
from records.services.ports import Unit
from records.services.posting import Post, Spool

TELEGRAM_API = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Handed:
    """What the rest of the house hands to the chat."""

    begin: Callable[[bool], AbstractContextManager[Unit]]
    spool: Spool
    post: Post
    clock: Callable[[], datetime]
    watch: Callable[[], None]
    fetches: Fetches
    clean: Clean


def chat_settings(environ: Mapping[str, str], base_url: str) -> ChatSettings:
    """Return what the dialogue must know of its house."""
    name = environ.get("TELEGRAM_BOT_USERNAME", "")
    return ChatSettings(
        emergency_number=environ.get("EMERGENCY_NUMBER", "999"),
        clinic_phone=environ.get("CLINIC_PHONE", ""),
        base_url=base_url,
        deep_link=f"https://t.me/{name}?start=" if name else "",
    )


def start_chat(
    handed: Handed, environ: Mapping[str, str], base_url: str, stop: threading.Event
) -> list[threading.Thread]:
    """Start the conversation, and Telegram's channel where there is a token, until `stop`."""
    channels = {web.BOT: web.read, reading.BOT: reading.read, reading.FILES: reading.read_fetched}
    conversation = Conversation(
        handed.spool, handed.begin, channels, chat_settings(environ, base_url), handed.clock
    )
    threads = [threading.Thread(target=conversation.run, args=(stop,), name="conversation")]
    settings = telegram_settings(environ, base_url)
    if settings is not None:
        channel = TelegramChannel(
            settings,
            keep=handed.spool.keep,
            post=handed.post,
            named=conversation.know_name,
            watch=handed.watch,
            files=Files(handed.fetches, handed.clean),
        )
        conversation.taken = channel.taken
        threads.append(threading.Thread(target=channel.run, args=(stop,), name="telegram"))
    for thread in threads:
        thread.start()
    return threads


def telegram_settings(environ: Mapping[str, str], base_url: str) -> TelegramSettings | None:
    """Return how to reach Telegram, or None where no token is set."""
    token = environ.get("TELEGRAM_BOT_TOKEN")
    if not token:
        return None
    webhook = environ.get("TELEGRAM_MODE", "polling") == "webhook"
    new_secret = environ.get("TELEGRAM_WEBHOOK_SECRET", "").partition(",")[0]
    return TelegramSettings(
        token=token,
        api_base=environ.get("TELEGRAM_API_BASE", TELEGRAM_API),
        webhook_url=f"{base_url}/telegram/updates" if webhook else "",
        webhook_secret=new_secret if webhook else "",
        proxy=environ.get("TELEGRAM_PROXY"),
    )


def telegram_check(environ: Mapping[str, str]) -> list[tuple[str, bool, str]]:
    """Try Telegram where there is a token: its name, whether it works, and if not what to do."""
    settings = telegram_settings(environ, "")
    if settings is None:
        return []
    advice = asyncio.run(try_bot(settings, environ.get("TELEGRAM_BOT_USERNAME", "")))
    return [("Telegram", not advice, advice)]
