"""The one door of the dialogue: a message in, replies out, no channel in sight."""

import re
from dataclasses import replace
from datetime import datetime

from bot.dialogue import files, inviting, linking, menu, routing, settings, taps
from bot.dialogue.linking import Visit
from bot.dialogue.messages import (
    Blocked,
    ChatSettings,
    Edit,
    EditedText,
    Elsewhere,
    Fetched,
    File,
    Incoming,
    Photo,
    Reply,
    Started,
    Strange,
    Tapped,
    Text,
    Unblocked,
    Voice,
)
from bot.dialogue.turn import Turn
from records.chats import Chat, MessageId, Tap, TapName
from records.errors import NotFound, NotPermitted, NotValid
from records.services.permitting import speaking
from records.services.ports import Unit
from records.wording import menus

PAYLOAD = re.compile(r"(?:/start\s+)?\s*([cift]_[A-Za-z0-9_-]{43})\s*")


def respond(
    unit: Unit, chat: Chat, message: Incoming, *, now: datetime, settings: ChatSettings
) -> list[Reply]:
    """Do what a message asks for and return what to say; commits nothing.

    A refusal is answered in the chat as if the thing were not there.
    """
    chat = _awake(unit, chat, message, now)
    visit = Visit(unit, chat, now, settings)
    try:
        return _respond(visit, _not_ahead(message, now))
    except (NotPermitted, NotFound, NotValid):
        return [menus.not_here_card(phone=settings.clinic_phone, language=chat.language)]


def _awake(unit: Unit, chat: Chat, message: Incoming, now: datetime) -> Chat:
    """Keep whether the person stopped the bot; whoever speaks has let it speak again."""
    if isinstance(message, Elsewhere | Strange | Fetched):
        return chat
    blocked = (chat.blocked or now) if isinstance(message, Blocked) else None
    if chat.blocked != blocked:
        chat = replace(chat, blocked=blocked)
        unit.chats.put(chat)
    return chat


def _not_ahead(message: Incoming, now: datetime) -> Incoming:
    """Return the message as sent now at the latest: a channel's clock may run before ours."""
    if isinstance(message, Text | EditedText | Photo | Voice | File) and message.sent > now:
        return replace(message, sent=now)
    return message


def _respond(visit: Visit, message: Incoming) -> list[Reply]:
    match message:
        case Blocked() | Unblocked() | Elsewhere() | Strange():
            return []
        case Started():
            return _started(visit, message)
        case Tapped():
            return _tapped(visit, message.token)
        case Text() | EditedText():
            found = PAYLOAD.fullmatch(message.text)
            if found:
                return linking.follow(visit, found[1], "")
    turn = _turn(visit)
    if turn is None:
        return [linking.greet(visit)]
    match message:
        case Photo() | Voice() | File():
            return files.take(turn, message)
        case Fetched():
            return files.fetched(turn, message)
        case _:
            return routing.hear(turn, message)


def _turn(visit: Visit) -> Turn | None:
    if visit.chat.person is None:
        return None
    person = speaking(visit.unit, visit.chat.person)
    return Turn(visit.unit, visit.chat, person, visit.now, visit.settings)


def _started(visit: Visit, message: Started) -> list[Reply]:
    if message.payload:
        return linking.follow(visit, message.payload, message.name)
    turn = _turn(visit)
    return [menu.hello(turn) if turn else linking.greet(visit)]


def _tapped(visit: Visit, token: str) -> list[Reply]:
    taken = visit.unit.taps.take(visit.chat.id, token)
    if taken is None:
        return [menus.used_button_card(visit.language)]
    tap, message = taken
    for_anybody = _tap_of_anybody(visit, tap, message)
    if for_anybody is not None:
        return for_anybody
    turn = _turn(visit)
    return taps.tap_on(turn, tap, message) if turn else [linking.greet(visit)]


def _tap_of_anybody(visit: Visit, tap: Tap, message: MessageId) -> list[Reply] | None:
    """Do what also somebody may ask for whom the chat does not know yet."""
    match tap:
        case Tap(TapName.LANGUAGE, language):
            return _language_chosen(visit, language, message)
        case Tap(TapName.LINK_CONFIRM, ""):
            return linking.say_yes(visit, message)
        case Tap(TapName.LINK_CONFIRM, chat_id):
            return linking.site_says(visit, chat_id, message, yes=True)
        case Tap(TapName.LINK_REFUSE, ""):
            return linking.say_no(visit, message)
        case Tap(TapName.LINK_REFUSE, chat_id):
            return linking.site_says(visit, chat_id, message, yes=False)
        case Tap(TapName.ACCEPT_HELP, "yes"):
            return linking.accept(visit, message)
    return inviting.tap_of_nobody(visit, tap, message) if visit.chat.person is None else None


def _language_chosen(visit: Visit, language: str, message: MessageId) -> list[Reply]:
    chat = settings.choose_language(visit.unit, visit.chat, language)
    changed = replace(visit, chat=chat)
    turn = _turn(changed)
    if turn is not None:
        return [settings.language_changed(turn)]
    invited = inviting.invite(changed)
    return [linking.greet(changed) if invited is None else Edit(message, invited)]
