"""Telling somebody something in their chats, as far as they let each chat say it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from records.chats import Card, Chat, ChatChannel
from records.services.ports import Unit
from records.tracking import ChatId, PersonId
from records.wording.menus import absence_card


def may_say_all(chat: Chat) -> bool:
    """Say whether texts may stand in this chat: our own site's chat, or by the person's opt-in."""
    return chat.channel is ChatChannel.WEB or chat.tells


def tell(
    unit: Unit,
    person_id: PersonId,
    card: Callable[[Chat], Card],
    *,
    about: str = "",
    useful_until: datetime | None = None,
    but: ChatId | None = None,
) -> int:
    """Queue a card in each chat of a person, `but` in this one, and return in how many."""
    chats = [one for one in unit.chats.of_person(person_id) if one.id != but]
    for chat in chats:
        unit.outbox.send(chat.id, card(chat), about=about, useful_until=useful_until)
    return len(chats)


def tell_of_absence(unit: Unit, chats: Iterable[Chat], *, since: datetime, until: datetime) -> None:
    """Tell the people of some chats that what they sent in this time may be missing."""
    for chat in chats:
        if chat.person is not None:
            zone = unit.people.person(chat.person).zone
            unit.outbox.send(chat.id, absence_card(since, until, zone=zone, language=chat.language))
