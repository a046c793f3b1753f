"""Telegram put together: receiving, the courier and the menus in one event loop of their own."""

import asyncio
import threading
from collections.abc import Callable

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.calls import TelegramSettings, open_bot, rest
from bot.telegram.courier import Courier
from bot.telegram.menus import show_menus
from bot.telegram.reading import ALLOWED
from bot.telegram.receiving import Keep, Receiving
from bot.telegram.silence import hush
from records.services.posting import Post

log = structlog.get_logger(__name__)

INTRODUCE_AGAIN = (1.0, 5.0, 30.0)


class TelegramChannel:
    """Runs the channel in the thread that calls `run`.

    `keep` is the spool's. `named` is told the bot's user name once Telegram has said it.
    """

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        keep: Keep,
        post: Post,
        named: Callable[[str], None] = lambda _name: None,
    ) -> None:
        self.settings = settings
        self.keep = keep
        self.post = post
        self.named = named

    def run(self, stop: threading.Event) -> None:
        """Receive and send until `stop` is set; meanwhile no log tells the token."""
        speak_again = hush(self.settings.token)
        try:
            asyncio.run(self._run(stop))
        finally:
            speak_again()

    async def _run(self, stop: threading.Event) -> None:
        async with open_bot(self.settings) as bot:
            works = [self._introduce(bot, stop), Courier(bot, self.post).run(stop)]
            if not self.settings.webhook_url:
                works.append(Receiving(self.settings, bot, self.keep).run(stop))
            await asyncio.gather(*works)

    async def _introduce(self, bot: Bot, stop: threading.Event) -> None:
        """Say to Telegram where updates go and what people read first; try until it listens."""
        tries = 0
        while not stop.is_set():
            try:
                await self._say_where(bot)
                self.named((await bot.get_me()).username or "")
                await show_menus(bot)
            except TelegramError as error:
                log.warning("introduction_failed", kind=type(error).__name__)
                await rest(stop, INTRODUCE_AGAIN[min(tries, len(INTRODUCE_AGAIN) - 1)])
                tries += 1
            else:
                log.info("telegram_ready", webhook=bool(self.settings.webhook_url))
                return

    async def _say_where(self, bot: Bot) -> None:
        if not self.settings.webhook_url:
            await bot.delete_webhook(drop_pending_updates=False)
            return
        await bot.set_webhook(
            self.settings.webhook_url,
            secret_token=self.settings.webhook_secret,
            allowed_updates=list(ALLOWED),
            drop_pending_updates=False,
        )
