"""How the Bot API is called: where it is, with which token, through which proxy."""

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from telegram import Bot
from telegram.request import HTTPXRequest

OFFICIAL = "https://api.telegram.org"
CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
POLL_SECONDS = 30


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What the bot process is told of Telegram; the token is never shown."""

    token: str = field(repr=False)
    api_base: str = OFFICIAL
    proxy: str | None = None
    webhook_url: str = ""  # empty: polling
    webhook_secret: str = field(default="", repr=False)
    read_seconds: float = READ_SECONDS
    poll_seconds: int = POLL_SECONDS


@asynccontextmanager
async def open_bot(settings: TelegramSettings) -> AsyncIterator[Bot]:
    """Give the library's bot with its connections open, without asking anything of Telegram yet.

    The library's own way in calls getMe first, and would fail while the network is away.
    """
    request = HTTPXRequest(
        connection_pool_size=64,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=settings.read_seconds,
        pool_timeout=CONNECT_SECONDS,
        proxy=settings.proxy,
    )
    async with request, make_poller(settings) as poller:
        yield Bot(
            settings.token,
            base_url=f"{settings.api_base}/bot",
            base_file_url=f"{settings.api_base}/file/bot",
            request=request,
            get_updates_request=poller,
        )


def make_poller(settings: TelegramSettings) -> HTTPXRequest:
    """Return a connection of its own for long polling."""
    return HTTPXRequest(
        connection_pool_size=1,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=settings.poll_seconds + settings.read_seconds,
        proxy=settings.proxy,
    )


async def call(
    request: HTTPXRequest, settings: TelegramSettings, method: str, **parameters: str | int
) -> object:
    """Call a method and return its result as it came, unparsed: one strange update harms no other.

    Raises what the library raises.
    """
    asked: Mapping[str, str | int] = parameters
    url = f"{settings.api_base}/bot{settings.token}/{method}?{urlencode(asked)}"
    return await request.post(url)


async def until(stop: threading.Event, every: float = 0.1) -> None:
    """Return once `stop` is set."""
    while not stop.is_set():
        await asyncio.sleep(every)


async def rest(stop: threading.Event, seconds: float) -> None:
    """Sleep, but not past the moment `stop` is set."""
    try:
        await asyncio.wait_for(until(stop), seconds)
    except TimeoutError:
        return
