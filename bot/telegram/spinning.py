"""Stopping the spinning of a tapped button, at once and whatever becomes of the tap."""

import asyncio

import structlog
from telegram import Bot
from telegram.error import TelegramError

log = structlog.get_logger(__name__)

LAST_WAIT = 2.0


class Taps:
    """Answers taps beside everything else; where it is too late, the tap counts all the same."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._answers: set[asyncio.Task[None]] = set()

    def stop(self, query: str) -> None:
        """Let a button spin no more; called in the event loop."""
        task = asyncio.create_task(self._stop(query))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def finish(self) -> None:
        """Give the answers on their way a moment."""
        if self._answers:
            await asyncio.wait(self._answers, timeout=LAST_WAIT)

    async def _stop(self, query: str) -> None:
        try:
            await self.bot.answer_callback_query(query)
        except TelegramError as error:
            log.debug("tap_not_acknowledged", kind=type(error).__name__)
