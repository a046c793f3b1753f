"""The settings of a chat: language, how much it may say, the way to the site, the end."""

from dataclasses import replace

from bot.dialogue.caregiving import keys_of
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Card, Chat, ChatChannel, MessageId
from records.services.linking import LinkPurpose, make_link
from records.services.ports import Unit
from records.vocabulary import Language
from records.wording import settings as cards


def show(turn: Turn) -> Card:
    """Return the settings of this chat."""
    return cards.settings_card(
        turn.language,
        may_ask_tells=turn.chat.channel is not ChatChannel.WEB,
        tells=turn.chat.tells,
    )


def choose_language(unit: Unit, chat: Chat, language: str) -> Chat:
    """Keep the language of a chat, and of its person, and return the chat."""
    changed = replace(chat, language=Language(language))
    unit.chats.put(changed)
    if chat.person is not None:
        person = unit.people.person(chat.person)
        unit.people.put(replace(person, language=Language(language)))
    return changed


def language_changed(turn: Turn) -> Card:
    """Return that the language was changed, with the keys in the new one."""
    return replace(cards.language_card(turn.language), keys=keys_of(turn))


def choose_tells(turn: Turn, answer: str, message: MessageId) -> list[Reply]:
    """Keep how much this chat may say."""
    tells = answer == "yes"
    turn.unit.chats.put(replace(turn.chat, tells=tells))
    return [Edit(message, cards.tells_card(turn.language, tells=tells))]


def sign_in(turn: Turn) -> Card:
    """Return a one-time link by which the speaker signs in to the site."""
    payload = make_link(turn.unit, LinkPurpose.SIGN_IN, now=turn.now, person=turn.by.id)
    return cards.sign_in_card(f"{turn.settings.base_url}/sign-in/{payload}", turn.language)


def stop_chat(turn: Turn) -> Card:
    """Part this chat from its person; the record stays as it is."""
    turn.close_question()
    turn.unit.waiting.clear(turn.chat.id)
    turn.unit.chats.put(replace(turn.chat, person=None, subject=None, tells=False))
    return cards.stopped_card(turn.language)
