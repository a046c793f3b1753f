"""Who wants everything deleted: asked twice, written down for the clinic, and told the truth."""

from bot.dialogue.caregiving import Whose
from bot.dialogue.messages import Reply
from bot.dialogue.told import draft_of, file, key_of
from bot.dialogue.turn import Turn
from records.errors import NotPermitted
from records.language import Reading
from records.services.erasing import keep_everything
from records.tracking import fresh
from records.vocabulary import Code
from records.wording import leaving as cards
from records.wording import say
from records.wording.erasing import kept_card


def wish_for_deletion(turn: Turn, _whose: Whose) -> list[Reply]:
    """Write the wish into the speaker's own record, where the clinic finds it with its time.

    The house has no key to throw away from a chat: it says so instead of promising a day.
    """
    own = turn.own_record()
    if own is None:
        raise NotPermitted
    ref = key_of(turn.chat, f"e{fresh()[:16]}")
    words = say(turn.language, "Wants everything deleted")
    file(turn, own, [draft_of(turn, Reading(Code.NOTE, text=words), turn.now)], ref)
    phone = turn.settings.clinic_phone
    return [cards.wished_card(phone=phone, ref=ref, language=turn.language)]


def keep_all(turn: Turn, _whose: Whose) -> list[Reply]:
    """Take back the wish that everything be erased, and say that all stays."""
    own = turn.own_record()
    if own is None:
        raise NotPermitted
    keep_everything(turn.unit, record_id=own, by=turn.by, now=turn.now)
    return [kept_card(turn.language)]
