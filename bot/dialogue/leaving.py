"""Who wants everything deleted: asked twice, done in a week, and taken back by one tap."""

from bot.dialogue.caregiving import Whose
from bot.dialogue.messages import Reply
from bot.dialogue.turn import Turn
from records.errors import NotPermitted
from records.services.erasing import ask_to_erase, keep_everything
from records.tracking import RecordId
from records.wording.erasing import kept_card, will_erase_card


def wish_for_deletion(turn: Turn, _whose: Whose) -> list[Reply]:
    """Have everything erased in a week; whoever wished it before is told the day once more."""
    due = ask_to_erase(turn.unit, record_id=_own(turn), by=turn.by, now=turn.now, but=turn.chat.id)
    return [will_erase_card(due, zone=turn.zone, language=turn.language)]


def keep_all(turn: Turn, _whose: Whose) -> list[Reply]:
    """Take back the wish that everything be erased, and say that all stays."""
    keep_everything(turn.unit, record_id=_own(turn), by=turn.by, now=turn.now)
    return [kept_card(turn.language)]


def _own(turn: Turn) -> RecordId:
    own = turn.own_record()
    if own is None:
        raise NotPermitted
    return own
