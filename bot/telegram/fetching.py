"""Fetching the bytes of photos, voice notes and files from Telegram, until they are here."""

import asyncio
import threading
from dataclasses import dataclass

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.telegram.calls import rest
from records.attachments import LARGEST_PICTURE, Clean, Cleaned
from records.errors import NotValid, Stale
from records.services.fetching import Fetches, Wanted

log = structlog.get_logger(__name__)

AT_ONCE = 4  # each may have ten megabytes in memory
IDLE_SECONDS = 0.5
AFTER_TROUBLE_SECONDS = 2.0
PATIENCE_SECONDS = 60.0  # for one file; the claim lasts twice as long
BACK_OFF = (1.0, 5.0, 30.0, 120.0, 600.0, 3600.0, 3600.0, 3600.0)  # after which it is given up
TOO_BIG = "too big"  # what Telegram says of more than 20 MB


@dataclass(frozen=True, slots=True)
class Files:
    """What fetching needs of the house: what is wanted, and what looks into the bytes."""

    fetches: Fetches
    clean: Clean


class Fetching:
    """Brings what is wanted, a few at a time."""

    def __init__(self, bot: Bot, files: Files) -> None:
        self.bot = bot
        self.fetches = files.fetches
        self.clean = files.clean

    async def run(self, stop: threading.Event) -> None:
        """Fetch until `stop` is set."""
        while not stop.is_set():
            try:
                fetched = await self.step(AT_ONCE)
            except Exception as error:  # the store is away: what is wanted waits in it
                log.error("fetching_stalled", kind=type(error).__name__)
                await rest(stop, AFTER_TROUBLE_SECONDS)
                continue
            if not fetched:
                await rest(stop, IDLE_SECONDS)

    async def step(self, limit: int) -> int:
        """Fetch up to `limit` files and return how many were tried."""
        wanted = await asyncio.to_thread(self.fetches.claim, limit)
        await asyncio.gather(*(self._fetch(one) for one in wanted))
        return len(wanted)

    async def _fetch(self, wanted: Wanted) -> None:
        try:
            await self._bring(wanted)
        except Stale:
            log.warning("fetched_elsewhere", attachment=wanted.id)

    async def _bring(self, wanted: Wanted) -> None:
        try:
            cleaned = await asyncio.wait_for(self._cleaned(wanted), PATIENCE_SECONDS)
        except NotValid as refused:
            await asyncio.to_thread(self.fetches.lost, wanted, refused.reason)
        except BadRequest as error:
            large = TOO_BIG in error.message.lower()
            reason = "file_too_large" if large else "file_gone"
            await asyncio.to_thread(self.fetches.lost, wanted, reason)
        except Forbidden:
            await asyncio.to_thread(self.fetches.lost, wanted, "file_gone")
        except RetryAfter as error:
            wait = error.retry_after
            seconds = float(wait) if isinstance(wait, int) else wait.total_seconds()
            await asyncio.to_thread(self.fetches.again, wanted, seconds)
        except (TelegramError, TimeoutError) as error:
            await self._trouble(wanted, error)
        else:
            await asyncio.to_thread(self.fetches.arrived, wanted, cleaned)

    async def _cleaned(self, wanted: Wanted) -> Cleaned:
        file = await self.bot.get_file(wanted.source)
        if (file.file_size or 0) > LARGEST_PICTURE:
            raise NotValid("file", "file_too_large")
        content = bytes(await file.download_as_bytearray())
        return await asyncio.to_thread(self.clean, content)

    async def _trouble(self, wanted: Wanted, error: Exception) -> None:
        log.warning("fetch_in_trouble", attachment=wanted.id, kind=type(error).__name__)
        if wanted.attempts > len(BACK_OFF):
            await asyncio.to_thread(self.fetches.lost, wanted, "file_gone")
        else:
            await asyncio.to_thread(self.fetches.again, wanted, BACK_OFF[wanted.attempts - 1])
