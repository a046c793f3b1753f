"""The courier: carries letters to Telegram and notes honestly what became of each."""

import asyncio
import threading
import time

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
from bot.telegram.menus import show_menu_of
from records.errors import Stale
from records.services.posting import Letter, Post
from records.wording.orders import repeat_mark

log = structlog.get_logger(__name__)

AT_ONCE = 30  # in hand; how many may go out when is the post's to say
BUSY_SECONDS, IDLE_SECONDS = 0.03, 0.2
BUSY_FOR = 2.0  # seconds after a letter in which more are likely to wait
LAST_WAIT = 5.0  # seconds a stopping courier gives to what it has in hand
AFTER_TROUBLE_SECONDS = 2.0
LONGEST, LONGEST_CAPTION = 4096, 1024
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
        self._in_hand: set[asyncio.Task[None]] = set()

    async def run(self, stop: threading.Event) -> None:
        """Carry letters until `stop` is set, then finish what is in hand."""
        busy_until = 0.0
        while not stop.is_set():
            try:
                taken = await self._take(AT_ONCE - len(self._in_hand))
            except Exception as error:  # the store is away: letters wait in it
                log.error("courier_stalled", kind=type(error).__name__)
                await rest(stop, AFTER_TROUBLE_SECONDS)
                continue
            if taken:
                busy_until = time.monotonic() + BUSY_FOR
            busy = time.monotonic() < busy_until
            await rest(stop, BUSY_SECONDS if busy else IDLE_SECONDS)
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=LAST_WAIT)

    async def _take(self, limit: int) -> int:
        """Claim up to `limit` letters and carry each by itself: a slow one holds back no other."""
        letters = await asyncio.to_thread(self.post.claim, limit) if limit else ()
        for letter in letters:
            task = asyncio.create_task(self._carry(letter))
            self._in_hand.add(task)
            task.add_done_callback(self._in_hand.discard)
        return len(letters)

    async def _carry(self, letter: Letter) -> None:
        try:
            await self._deliver(letter)
        except Stale:
            log.warning("letter_claimed_elsewhere", letter=letter.id)
        except Exception as error:  # the store went away: the lease ends and says it is unknown
            log.error("letter_not_settled", letter=letter.id, kind=type(error).__name__)

    async def _deliver(self, letter: Letter) -> None:
        note = self.post
        try:
            external = await self._hand_over(letter)
        except RetryAfter as error:
            wait = error.retry_after
            seconds = float(wait) if isinstance(wait, int) else wait.total_seconds()
            log.warning("told_to_wait", seconds=seconds)
            await asyncio.to_thread(note.pause, letter, seconds)
        except Forbidden as error:
            await self._refused(letter, error, "forbidden")
        except BadRequest as error:
            await self._bad_request(letter, error)
        except ChatMigrated as error:
            await asyncio.to_thread(note.moved, letter, str(error.new_chat_id))
        except InvalidToken:
            log.error("token_refused")
            await asyncio.to_thread(note.again, letter, BACK_OFF[-1])
        except TelegramError as error:
            await self._trouble(letter, error)
        else:
            await asyncio.to_thread(note.sent, letter, external)
            if letter.card.keys:  # they come with a link, a new language, a new person
                await self._show_menu(letter)

    async def _show_menu(self, letter: Letter) -> None:
        try:
            await show_menu_of(self.bot, letter.address, letter.roles, letter.language)
        except TelegramError as error:
            log.warning("menu_not_shown", chat=letter.chat, kind=type(error).__name__)

    async def _hand_over(self, letter: Letter) -> str:
        """Send or change the message and return the channel's id of it."""
        text = _cut(_words(letter))
        if letter.edits is not None:
            await self.bot.edit_message_text(
                text,
                chat_id=letter.address,
                message_id=int(letter.edits),
                reply_markup=_buttons(letter),
                link_preview_options=NO_PREVIEW,
            )
            return letter.edits
        if letter.photo is not None:
            return await self._show(letter, letter.photo)
        message = await self.bot.send_message(
            letter.address,
            text,
            reply_markup=_buttons(letter) or _keys(letter),
            disable_notification=letter.card.silent,
            protect_content=True,
            link_preview_options=NO_PREVIEW,
        )
        return str(message.message_id)

    async def _show(self, letter: Letter, photo: bytes) -> str:
        """Send a picture with the words under it; they say what it shows."""
        message = await self.bot.send_photo(
            letter.address,
            photo,
            caption=_cut(_words(letter), LONGEST_CAPTION),
            reply_markup=_buttons(letter) or _keys(letter),
            disable_notification=letter.card.silent,
            protect_content=True,
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


def _words(letter: Letter) -> str:
    """Return the card's text, saying so where it was sent before and may have arrived."""
    if not letter.repeats or letter.edits is not None:
        return letter.card.text
    return f"{repeat_mark(letter.number, letter.language)}\n{letter.card.text}"


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


def _cut(text: str, longest: int = LONGEST) -> str:
    """Return what fits into one message, whose length is counted in UTF-16 units."""
    if len(text.encode("utf-16-le")) // 2 <= longest:
        return text
    return text.encode("utf-16-le")[: (longest - 1) * 2].decode("utf-16-le", "ignore") + "…"
