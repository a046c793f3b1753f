"""What `check` asks of Telegram: does it answer, know the token, and is the bot's name right."""

from telegram.error import InvalidToken, TelegramError

from bot.telegram.calls import TelegramSettings, open_bot

REFUSED = "TELEGRAM_BOT_TOKEN is refused. Get the bot's own from @BotFather (/token)."
AWAY = (
    "Telegram cannot be reached. Look at the network and at TELEGRAM_PROXY and TELEGRAM_API_BASE."
)
OTHER_NAME = "TELEGRAM_BOT_USERNAME is not this bot's name, so invitations lead elsewhere."


async def try_bot(settings: TelegramSettings, username: str) -> str:
    """Ask Telegram who the bot is; return what to do, or nothing where all is well.

    `username` is the name the links carry, empty where none is set.
    """
    try:
        async with open_bot(settings) as bot:
            name = (await bot.get_me()).username or ""
    except InvalidToken:
        return REFUSED
    except TelegramError:
        return AWAY
    return OTHER_NAME if username and username.lower() != name.lower() else ""
