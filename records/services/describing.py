"""What others write into a record: a doctor's note, a third party's description."""

from datetime import datetime

from records.chats import Card
from records.errors import NotFound, NotPermitted, NotValid
from records.observations import Channel, Observation
from records.people import Person
from records.policy import Action
from records.services.intake import file_note
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.tracking import ObservationId, RecordId, TrackingId, fresh
from records.vocabulary import Code, Purpose
from records.wording import say
from records.wording.notes import note_card

LONGEST = 4000  # characters of a note: what one chat message and one printed page can show


def write_note(
    unit: Unit, text: str, *, record_id: RecordId, by: Person, now: datetime
) -> TrackingId:
    """File a doctor's note as a segment of its own, signed by its author, and tell the patient."""
    record = permit(unit, Action.FILE_DESCRIPTION, by=by, record_id=record_id, now=now)
    note = _note(Code.DOCTOR_NOTE, text, by=by, now=now)
    tracking_id = file_note(unit, record_id, note)
    words = str(note.value)
    tell(
        unit,
        record.patient,
        lambda chat: note_card(
            note.id, doctor=by.name, text=words, language=chat.language, full=may_say_all(chat)
        ),
        about=tracking_id,
    )
    return tracking_id


def describe_by_pseudonym(
    unit: Unit, text: str, *, pseudonym: str, by: Person, purpose: Purpose, now: datetime
) -> TrackingId:
    """File a third party's description in the record behind a pseudonym, and tell the patient."""
    if by.organisation is None:
        raise NotPermitted
    try:
        record_id = unit.publications.behind(by.organisation, pseudonym)
    except NotFound:
        raise NotPermitted from None
    record = permit(unit, Action.WRITE_BACK, by=by, record_id=record_id, now=now, purpose=purpose)
    note = _note(Code.THIRD_PARTY_NOTE, text, by=by, now=now)
    tracking_id = file_note(unit, record_id, note)
    organisation = unit.people.organisation(by.organisation).name
    words = str(note.value)
    tell(
        unit,
        record.patient,
        lambda chat: Card(
            say(
                chat.language,
                "📄 {sender} writes: {text}",
                sender=organisation,
                text=words,
            )
            if may_say_all(chat)
            else say(chat.language, "📄 Somebody you released your record to wrote to you.")
        ),
        about=tracking_id,
    )
    return tracking_id


def _note(code: Code, text: str, *, by: Person, now: datetime) -> Observation:
    words = text.strip()
    if not words:
        raise NotValid("text", "note_empty")
    if len(words) > LONGEST:
        raise NotValid("text", "note_too_long")
    return Observation(
        id=ObservationId(fresh()),
        code=code,
        effective=now,
        recorded=now,
        informant=by.id,
        author=by.id,
        channel=Channel.FORM,
        value=words,
    )
