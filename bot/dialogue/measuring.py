"""One more reading: reminded of after a short wait, or not wanted."""

from bot.dialogue.messages import Edit, Reply
from bot.dialogue.own_units import shown
from bot.dialogue.told import record_behind, said
from bot.dialogue.turn import Turn
from records.chats import MessageId
from records.services.measuring import remind_later
from records.vocabulary import Code
from records.wording import measuring as cards
from records.wording.readings import noted_card


def remind(turn: Turn, chosen: str, message: MessageId) -> list[Reply]:
    """Set a reminder in some minutes, and say so in the place of the card that offered it."""
    minutes, code, ref = chosen.split(".", 2)
    remind_later(turn.unit, turn.chat, Code(code), minutes=int(minutes), now=turn.now)
    card = cards.will_remind_card(int(minutes), ref=ref, language=turn.language)
    return [Edit(message, card)]


def enough(turn: Turn, ref: str, message: MessageId) -> list[Reply]:
    """Let the first reading stand alone."""
    kept = shown(turn, record_behind(turn, ref), said(turn, ref))
    card = noted_card(kept, ref=ref, language=turn.language, zone=turn.zone, now=turn.now)
    return [Edit(message, card)]
