"""The units a record is shown in: learned from what is told, chosen by buttons."""

from collections.abc import Sequence

from bot.dialogue.caregiving import Whose
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import MessageId
from records.language import Expect, Understanding
from records.measures import CHOICES, HOUSE
from records.observations import Observation
from records.services import own_units
from records.tracking import RecordId
from records.vocabulary import Code
from records.wording.menus import used_button_card
from records.wording.own_units import learned_card, units_card


def shown(
    turn: Turn, record_id: RecordId | None, observations: Sequence[Observation]
) -> tuple[Observation, ...]:
    """Return what was told as it is read in this record's own units; as typed without a record."""
    measures = turn.unit.own_units.of(record_id) if record_id else HOUSE
    return tuple(measures.shown(one) for one in observations)


def asked(
    turn: Turn, record_id: RecordId, observations: Sequence[Observation]
) -> tuple[Observation, ...]:
    """Return what is asked about in own units, where they are known; else it stays as it was."""
    measures = turn.unit.own_units.of(record_id)
    return tuple(measures.shown(one) if measures.of(one.code) else one for one in observations)


def learn(turn: Turn, record_id: RecordId, understanding: Understanding) -> list[Reply]:
    """Keep the units of a plain line where none was known; say once what is shown otherwise."""
    if understanding.expect is not Expect.STORE:
        return []
    told = understanding.readings
    learned = own_units.learn(turn.unit, record_id, told, by=turn.by, now=turn.now)
    return [learned_card(code, ucum, turn.language) for code, ucum in learned.items()]


def show(turn: Turn, whose: Whose) -> list[Reply]:
    """Show the units of a record and the other ones there are."""
    return [units_card(turn.unit.own_units.of(whose.record), turn.language)]


def choose(turn: Turn, whose: Whose, chosen: str, message: MessageId) -> list[Reply]:
    """Show a thing in another unit from now on."""
    code, _, place = chosen.partition(".")
    choices = CHOICES[Code(code)] if code in CHOICES else ()
    if not place.isdecimal() or int(place) >= len(choices):
        return [used_button_card(turn.language)]
    ucum = choices[int(place)]
    measures = own_units.choose(turn.unit, whose.record, Code(code), ucum, by=turn.by, now=turn.now)
    return [Edit(message, units_card(measures, turn.language))]
