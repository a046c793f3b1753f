"""The courier: carries letters to Telegram and notes honestly what became of each."""

import asyncio
import threading

import httpx
import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.calls import rest
from records.errors import Stale
from records.services.posting import Letter, Post

log = structlog.get_logger(__name__)

AT_ONCE = 25  # under Telegram's 30 messages a second
IDLE_SECONDS = 0.2
AFTER_TROUBLE_SECONDS = 2.0
LONGEST = 4096
BACK_OFF = (1.0, 2.0, 5.0, 15.0, 60.0)
EXAMPLE = "128 82"
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # a preview would open one-time links
GONE = ("bot was blocked", "user is deactivated", "bot was kicked", "chat not found")


class Courier:
    """Sends what the post holds for this channel, one letter a chat at a time."""

    def __init__(self, bot: Bot, post: Post) -> None:
        self.bot = bot
        self.post = post

    async def run(self, stop: threading.Event) -> None:
        """Carry letters until `stop` is set."""
        while not stop.is_set():
            try:
                carried = await self.step(AT_ONCE)
            except Exception as error:  # the store is away: letters wait in it
                log.error("courier_stalled", kind=type(error).__name__)
                await rest(stop, AFTER_TROUBLE_SECONDS)
                continue
            await rest(stop, 1.0 if carried == AT_ONCE else 0.0 if carried else IDLE_SECONDS)

    async def step(self, limit: int) -> int:
        """Carry up to `limit` letters and return how many."""
        letters = await asyncio.to_thread(self.post.claim, limit)
        await asyncio.gather(*(self._carry(one) for one in letters))
        return len(letters)

    async def _carry(self, letter: Letter) -> None:
        try:
            await self._deliver(letter)
        except Stale:
            log.warning("letter_claimed_elsewhere", letter=letter.id)

    async def _deliver(self, letter: Letter) -> None:
        note = self.post
        try:
            external = await self._hand_over(letter)
        except RetryAfter as error:
            wait = error.retry_after
            seconds = float(wait) if isinstance(wait, int) else wait.total_seconds()
            await asyncio.to_thread(note.again, letter, seconds)
        except Forbidden as error:
            await self._refused(letter, error, "forbidden")
        except BadRequest as error:
            await self._bad_request(letter, error)
        except ChatMigrated:
            # Only groups move, and the bot speaks in private chats only.
            await asyncio.to_thread(note.dead, letter, "chat_migrated")
        except InvalidToken:
            log.error("token_refused")
            await asyncio.to_thread(note.again, letter, BACK_OFF[-1])
        except TelegramError as error:
            await self._trouble(letter, error)
        else:
            await asyncio.to_thread(note.sent, letter, external)

    async def _hand_over(self, letter: Letter) -> str:
        """Send or change the message and return the channel's id of it."""
        text = _cut(letter.card.text)
        if letter.edits is not None:
            await self.bot.edit_message_text(
                text,
                chat_id=letter.address,
                message_id=int(letter.edits),
                reply_markup=_buttons(letter),
                link_preview_options=NO_PREVIEW,
            )
            return letter.edits
        message = await self.bot.send_message(
            letter.address,
            text,
            reply_markup=_buttons(letter) or _keys(letter),
            disable_notification=letter.card.silent,
            protect_content=True,
            link_preview_options=NO_PREVIEW,
        )
        return str(message.message_id)

    async def _bad_request(self, letter: Letter, error: BadRequest) -> None:
        if "not modified" in error.message.lower() and letter.edits is not None:
            await asyncio.to_thread(self.post.sent, letter, letter.edits)
        else:
            await self._refused(letter, error, "bad_request")

    async def _refused(self, letter: Letter, error: TelegramError, event: str) -> None:
        """Note a refusal: of the chat where it says so, else of this letter alone."""
        if any(one in error.message.lower() for one in GONE):
            await asyncio.to_thread(self.post.unreachable, letter, event)
        else:
            log.warning("letter_refused", letter=letter.id, kind=event)
            await asyncio.to_thread(self.post.dead, letter, event)

    async def _trouble(self, letter: Letter, error: TelegramError) -> None:
        """Note trouble on the way: again where it certainly was not delivered, else unknown."""
        log.warning("letter_in_trouble", letter=letter.id, kind=type(error).__name__)
        if letter.edits is not None or _was_not_delivered(error):
            seconds = BACK_OFF[min(letter.attempts - 1, len(BACK_OFF) - 1)]
            await asyncio.to_thread(self.post.again, letter, seconds)
        else:
            await asyncio.to_thread(self.post.unknown, letter)


def _was_not_delivered(error: TelegramError) -> bool:
    """Say whether the message certainly did not arrive: no connection, or a 5xx in answer."""
    if isinstance(error.__cause__, NEVER_SENT):
        return True
    answered = not isinstance(error.__cause__, httpx.HTTPError)
    return type(error) is NetworkError and answered and not isinstance(error, TimedOut)


def _buttons(letter: Letter) -> InlineKeyboardMarkup | None:
    if not letter.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(one.label, callback_data=one.token) for one in row]
            for row in letter.buttons
        ]
    )


def _keys(letter: Letter) -> ReplyKeyboardMarkup | None:
    if not letter.card.keys:
        return None
    return ReplyKeyboardMarkup(
        letter.card.keys,
        resize_keyboard=True,
        is_persistent=True,
        input_field_placeholder=EXAMPLE,
    )


def _cut(text: str) -> str:
    """Return what fits into one message, whose length is counted in UTF-16 units."""
    if len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    return text.encode("utf-16-le")[: (LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"
