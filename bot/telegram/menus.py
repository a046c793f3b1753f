"""What Telegram shows by itself: the commands, and the description before START is pressed."""

from telegram import Bot, BotCommand

from records.vocabulary import Language
from records.wording import menus, say

CODES = {Language.ENGLISH: "", Language.CHINESE: "zh"}  # without a code it is for everybody else


async def show_menus(bot: Bot) -> None:
    """Set commands and descriptions in both languages."""
    for language, code in CODES.items():
        commands = [BotCommand(name, say(language, words)) for name, words in menus.COMMANDS]
        await bot.set_my_commands(commands, language_code=code)
        await bot.set_my_description(say(language, menus.DESCRIPTION), language_code=code)
        short = say(language, menus.SHORT_DESCRIPTION)
        await bot.set_my_short_description(short, language_code=code)
