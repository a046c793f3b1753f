"""Where a record is kept, and the choice to keep all of it in the private cloud."""

from bot.dialogue.caregiving import Whose
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import MessageId
from records.services.placing import choose_place, where_it_lies
from records.wording.places import STAY, places_card


def show(turn: Turn, whose: Whose) -> list[Reply]:
    """Show where a record lies."""
    where = where_it_lies(turn.unit, record_id=whose.record, by=turn.by, now=turn.now)
    return [places_card(where, turn.language)]


def choose(turn: Turn, whose: Whose, chosen: str, message: MessageId) -> list[Reply]:
    """Keep all of a record in the private cloud, or let old parts of it move."""
    where = choose_place(
        turn.unit, record_id=whose.record, by=turn.by, now=turn.now, stays=chosen == STAY
    )
    return [Edit(message, places_card(where, turn.language))]
