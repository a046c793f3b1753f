"""Stopping: the reminders, this chat, or everything; what is gone when, and what stays."""

from records.chats import Button, Card, Tap, TapName
from records.vocabulary import Language
from records.wording.catalogue import say


def stop_card(language: Language, *, own: bool) -> Card:
    """Return "Stop reminders, or delete everything?", with the way to part this chat.

    Who has no `own` record has no reminders and nothing to delete: only the chat can be parted.
    """
    part = (
        Button(say(language, "Stop this chat"), Tap(TapName.MENU, "stop_chat")),
        Button(say(language, "Back"), Tap(TapName.MENU)),
    )
    if not own:
        return Card(say(language, "Stop this chat?"), (part,))
    mine = (
        Button(say(language, "Only reminders"), Tap(TapName.MENU, "stop_reminders")),
        Button(say(language, "Delete all"), Tap(TapName.MENU, "erase")),
    )
    return Card(say(language, "Stop reminders, or delete everything?"), (mine, part))


def erase_card(language: Language) -> Card:
    """Return what deleting means, before the second tap."""
    lines = (
        say(language, "Delete all your numbers, notes and chats here? They can't come back."),
        say(language, "What doctors must keep by law, such as their own notes, stays with them."),
    )
    yes = Button(say(language, "Yes, delete all"), Tap(TapName.MENU, "erase_yes"))
    return Card("\n".join(lines), ((yes, Button(say(language, "Back"), Tap(TapName.MENU))),))
