"""Telegram put together: receiving, the courier and the menus in one event loop of their own."""

import asyncio
import threading
from collections.abc import Callable

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.calls import TelegramSettings, open_bot, rest
from bot.telegram.courier import Courier
from bot.telegram.fetching import Fetching, Files
from bot.telegram.keeping import Keep
from bot.telegram.menus import show_menus
from bot.telegram.reading import ALLOWED, query_of
from bot.telegram.receiving import Receiving
from bot.telegram.silence import hush
from bot.telegram.spinning import Taps
from records.services.posting import Post

log = structlog.get_logger(__name__)

WATCH_SECONDS = 60.0
INTRODUCE_AGAIN = (1.0, 5.0, 30.0)


class TelegramChannel:
    """Runs the channel in the thread that calls `run`.

    `keep` is the spool's. `named` is told the bot's user name once Telegram has said it. `watch` is
    called every minute. Without `files` the bytes of messages stay with Telegram.
    """

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        keep: Keep,
        post: Post,
        named: Callable[[str], None] = lambda _name: None,
        watch: Callable[[], None] = lambda: None,
        files: Files | None = None,
    ) -> None:
        self.settings = settings
        self.keep = keep
        self.post = post
        self.named = named
        self.watch = watch
        self.files = files
        self._loop: asyncio.AbstractEventLoop | None = None
        self._taps: Taps | None = None

    def run(self, stop: threading.Event) -> None:
        """Receive and send until `stop` is set; meanwhile no log tells the token."""
        speak_again = hush(self.settings.token)
        try:
            asyncio.run(self._run(stop))
        finally:
            speak_again()

    async def _run(self, stop: threading.Event) -> None:
        async with open_bot(self.settings) as bot:
            taps = Taps(bot)
            self._taps, self._loop = taps, asyncio.get_running_loop()
            works = [
                self._keep_watch(stop),
                self._introduce(bot, stop),
                Courier(bot, self.post).run(stop),
            ]
            if not self.settings.webhook_url:
                works.append(Receiving(self.settings, taps, self.keep).run(stop))
            if self.files is not None:
                works.append(Fetching(bot, self.files).run(stop))
            await asyncio.gather(*works)
            await taps.finish()

    def taken(self, body: bytes) -> None:
        """Hear, from any thread, that an update is being answered: its button spins no more.

        By polling it was stopped when it came; a webhook's site knows no token to do that with.
        """
        query = query_of(body) if self.settings.webhook_url else None
        loop, taps = self._loop, self._taps
        if query is not None and loop is not None and taps is not None and not loop.is_closed():
            loop.call_soon_threadsafe(taps.stop, query)

    async def _keep_watch(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                await asyncio.to_thread(self.watch)
            except Exception as error:  # the store is away: it is looked again
                log.error("watch_failed", kind=type(error).__name__)
            await rest(stop, WATCH_SECONDS)

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
