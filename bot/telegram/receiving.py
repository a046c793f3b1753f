"""Long polling of our own: an update is committed to the spool before the offset moves past it.

The library's own loop acknowledges what it has only in memory (SAFETY.md §0.1).
"""

import asyncio
import json
import threading
from collections.abc import Sequence

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.telegram.calls import TelegramSettings, call, make_poller, rest, until
from bot.telegram.keeping import Keep, keep_update
from bot.telegram.reading import ALLOWED, Received
from bot.telegram.spinning import Taps

log = structlog.get_logger(__name__)

BACK_OFF = (0.5, 1.0, 2.0, 5.0, 15.0, 30.0)
AFTER_CONFLICT = 5.0
AT_ONCE = 100


class Receiving:
    """Fetches updates, keeps each under its exact id, then lets the offset move."""

    def __init__(self, settings: TelegramSettings, taps: Taps, keep: Keep) -> None:
        self.settings = settings
        self.taps = taps
        self.keep = keep
        self.failures = 0
        self.conflict = False

    async def run(self, stop: threading.Event) -> None:
        """Receive until `stop` is set; what was fetched but not kept comes again."""
        offset = 0
        async with make_poller(self.settings) as request:
            while not stop.is_set():
                offset = await self._once(request, offset, stop)

    async def _once(self, request: HTTPXRequest, offset: int, stop: threading.Event) -> int:
        """Fetch once and return the next offset; trouble is waited out and changes nothing."""
        try:
            updates = await self._fetch(request, offset, stop)
            if updates is None:
                return offset
            kept = await asyncio.to_thread(self._keep_all, updates)
        except Conflict:
            await self._wait_for_the_other(stop)
            return offset
        except RetryAfter as error:
            await rest(stop, _seconds(error))
            return offset
        except (TelegramError, OSError) as error:
            await self._back_off(error, stop)
            return offset
        except Exception as error:  # the store is away: nothing is acknowledged, all comes again
            await self._back_off(error, stop)
            return offset
        self.failures, self.conflict = 0, False
        for one in kept:
            if one.query is not None:
                self.taps.stop(one.query)
        # An empty answer has confirmed everything; ids may begin anywhere after an idle week.
        return max((one.update_id for one in kept), default=-1) + 1

    async def _fetch(
        self, request: HTTPXRequest, offset: int, stop: threading.Event
    ) -> Sequence[object] | None:
        """Ask for updates; None when `stop` was set while waiting."""
        asked = asyncio.ensure_future(
            call(
                request,
                self.settings,
                "getUpdates",
                offset=offset,
                limit=AT_ONCE,
                timeout=self.settings.poll_seconds,
                allowed_updates=json.dumps(ALLOWED),
            )
        )
        stopped = asyncio.ensure_future(until(stop))
        try:
            await asyncio.wait({asked, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                return None
            found = asked.result()
        finally:
            for one in (asked, stopped):
                one.cancel()
            await asyncio.gather(asked, stopped, return_exceptions=True)
        return found if isinstance(found, list) else []

    def _keep_all(self, updates: Sequence[object]) -> list[Received]:
        kept = []
        for update in updates:
            found = keep_update(self.keep, update)
            if found is not None:
                kept.append(found)
        return kept

    async def _wait_for_the_other(self, stop: threading.Event) -> None:
        if not self.conflict:
            log.error("another_copy_is_polling", advice="Stop the other bot with this token.")
        self.conflict = True
        await rest(stop, AFTER_CONFLICT)

    async def _back_off(self, error: Exception, stop: threading.Event) -> None:
        event = "token_refused" if isinstance(error, InvalidToken) else "receiving_failed"
        log.warning(event, kind=type(error).__name__, failures=self.failures)
        seconds = BACK_OFF[min(self.failures, len(BACK_OFF) - 1)]
        self.failures += 1
        await rest(stop, seconds)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
