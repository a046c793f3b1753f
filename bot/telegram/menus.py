"""What Telegram shows by itself: the commands, and the description before START is pressed."""

from collections.abc import Iterable

from telegram import Bot, BotCommand, BotCommandScopeChat

from records.vocabulary import Language, Role
from records.wording import menus, say

CODES = {Language.ENGLISH: "", Language.CHINESE: "zh"}  # without a code it is for everybody else


async def show_menus(bot: Bot) -> None:
    """Set commands and descriptions in both languages."""
    for language, code in CODES.items():
        await bot.set_my_commands(_said(menus.COMMANDS, language), language_code=code)
        await bot.set_my_description(say(language, menus.DESCRIPTION), language_code=code)
        short = say(language, menus.SHORT_DESCRIPTION)
        await bot.set_my_short_description(short, language_code=code)


async def show_menu_of(bot: Bot, address: str, roles: frozenset[Role], language: Language) -> None:
    """Set the commands of one chat: those of its person's role, in the language it speaks."""
    commands = _said(menus.commands_of(roles), language)
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(int(address)))


def _said(commands: Iterable[tuple[str, str]], language: Language) -> list[BotCommand]:
    return [BotCommand(name, say(language, words)) for name, words in commands]
