"""What becomes of a document that was brought: forgotten if unchosen, told of, kept private."""

from dataclasses import replace
from datetime import datetime, timedelta

from records.chats import Card, Chat
from records.people import Person, Record
from records.segments import next_version
from records.services.importing import added_from
from records.services.intake import entry_to_change
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.services.viewing import is_clinician
from records.tracking import AttachmentId, ObservationId
from records.vocabulary import Code
from records.wording.brought import brought_card

SWEEP = "document"
CHOSEN_WITHIN = timedelta(hours=24)


def forget_later(unit: Unit, attachment: AttachmentId, *, now: datetime) -> None:
    """Let a document be forgotten from which nothing is chosen within a day."""
    unit.timetable.set(f"{SWEEP}:{attachment}", now + CHOSEN_WITHIN, SWEEP, attachment)


def forget_unchosen(unit: Unit, ref: str, *, now: datetime) -> None:
    """Forget a document nothing was chosen from; what belongs to a record stays."""
    unit.attachments.drop(AttachmentId(ref))


def tell_of_import(
    unit: Unit,
    record: Record,
    attachment: AttachmentId,
    codes: tuple[Code, ...],
    *,
    by: Person,
    place: str,
) -> None:
    """Tell the patient in the chat what a clinician adds from a document, with the way back."""
    if by.id == record.patient or not is_clinician(by):
        return

    def card(chat: Chat) -> Card:
        return brought_card(
            codes,
            doctor=by.name,
            place=place,
            attachment=attachment,
            full=may_say_all(chat),
            language=chat.language,
        )

    tell(unit, record.patient, card, about=attachment)


def keep_added_private(
    unit: Unit, attachment: AttachmentId, *, by: Person, now: datetime
) -> tuple[ObservationId, ...]:
    """Keep all that was added from a document for the patient alone, and return what changed."""
    return tuple(
        one for one in added_from(unit, attachment) if _keep_private(unit, one, by=by, now=now)
    )


def _keep_private(unit: Unit, observation_id: ObservationId, *, by: Person, now: datetime) -> bool:
    segment, observation = entry_to_change(unit, observation_id, by=by, now=now)
    if observation.private:
        return False
    unit.segments.put(next_version(segment, replace(observation, private=True), now, by.id))
    return True
