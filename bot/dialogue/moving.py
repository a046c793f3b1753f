"""[Not Mum?]: what was filed for one person goes to another, in the card that said so."""

from bot.dialogue.caregiving import Whose, begins_with_name, people_of
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.own_units import shown
from bot.dialogue.told import next_key, said
from bot.dialogue.turn import Turn
from bot.dialogue.urgency import tell_helpers
from records.chats import Button, Card, MessageId, Tap, TapName
from records.people import Scope
from records.services.moving import move_observations
from records.tracking import RecordId
from records.wording import readings as noting
from records.wording import say


def move(turn: Turn, ref: str, before: RecordId, to: str, message: MessageId) -> list[Reply]:
    """Move what was filed for one person to another; ask to whom where there are several."""
    others = [one for one in people_of(turn) if one.record != before and one.may(Scope.RECORD)]
    wanted = [one for one in others if one.record == to] if to else others
    if len(wanted) != 1:
        rows = tuple(
            (Button(f"👤 {one.name}", Tap(TapName.CHOOSE, f"moveto.{one.record}.{ref}")),)
            for one in others
        )
        keep = Button(say(turn.language, "Undo"), Tap(TapName.UNDO, ref))
        return [Edit(message, Card(say(turn.language, "For whom?"), (*rows, (keep,))))]
    return _moved(turn, ref, wanted[0], message)


def _moved(turn: Turn, ref: str, whose: Whose, message: MessageId) -> list[Reply]:
    ids = [one.id for one in said(turn, ref)]
    kept = move_observations(turn.unit, ids, to=whose.record, by=turn.by, now=turn.now)
    key = next_key(turn, ref)
    turn.unit.intake.remember(key, [one.id for one in kept])
    tell_helpers(turn, whose.record, kept)
    changed = turn.of(whose.record)
    told = shown(turn, whose.record, kept)
    card = noting.noted_card(told, ref=key, language=turn.language, zone=turn.zone, now=turn.now)
    return begins_with_name(changed, whose, [Edit(message, card)])
