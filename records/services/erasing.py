"""The patient's own wish that everything be erased: seven days to change one's mind, then done."""

from datetime import datetime, timedelta

from records.people import Person
from records.policy import Action
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.telling import tell
from records.tracking import ChatId, RecordId
from records.wording.erasing import will_erase_card

COOLING_OFF = timedelta(days=7)


def ask_to_erase(
    unit: Unit, *, record_id: RecordId, by: Person, now: datetime, but: ChatId | None = None
) -> datetime:
    """Have everything erased in seven days, say so in the chats `but` this, and return when."""
    permit(unit, Action.ERASE, by=by, record_id=record_id, now=now)
    known = unit.erasure_wishes.of(record_id)
    if known is not None:
        return known
    due = now + COOLING_OFF
    unit.erasure_wishes.put(record_id, due)
    tell(
        unit,
        by.id,
        lambda chat: will_erase_card(due, zone=by.zone, language=chat.language),
        but=but,
    )
    return due


def keep_everything(unit: Unit, *, record_id: RecordId, by: Person, now: datetime) -> None:
    """Change one's mind: nothing is erased."""
    permit(unit, Action.ERASE, by=by, record_id=record_id, now=now)
    unit.erasure_wishes.withdraw(record_id)
