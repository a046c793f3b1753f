"""The patient's own word to a doctor's note: beside it, for whoever reads it, versions kept."""

from dataclasses import replace
from datetime import datetime

from records.chats import Card
from records.consent import Part
from records.errors import NotFound, NotPermitted, NotValid
from records.observations import Channel, Observation, Status
from records.people import Person
from records.policy import Action
from records.segments import Segment, find, next_version
from records.services.intake import observation_at
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.tracking import ObservationId, fresh
from records.vocabulary import Code
from records.wording import later, say

COMMENTS = (Code.PATIENT_COMMENT, Code.CORRECTION_ASKED)
LONGEST = 2000  # characters
ASKS = later("✍️ {name} asks you to correct a note: {text}")
WRITES = later("✍️ {name} writes to your note: {text}")


def comment_on(
    unit: Unit,
    note_id: ObservationId,
    words: str,
    *,
    correction: bool,
    by: Person,
    now: datetime,
    channel: Channel = Channel.FORM,
) -> Observation:
    """Put the patient's word beside a doctor's note, in an earlier one's place; tell the author.

    With `correction` the author is asked to write the note anew; the note itself stays as it is.
    """
    segment, note = note_to_comment(unit, note_id, by=by, now=now)
    said = words.strip()
    if not said:
        raise NotValid("words", "note_empty")
    if len(said) > LONGEST:
        raise NotValid("words", "note_too_long")
    unit.records.lock(segment.record)
    segment, _ = observation_at(unit, note_id)
    comment = _comment(segment, said, correction=correction, by=by, now=now, channel=channel)
    unit.segments.put(next_version(segment, comment, now, by.id))
    _tell(unit, segment, note, comment)
    return comment


def comment_as_before(
    unit: Unit, comment_id: ObservationId, version: int, *, by: Person, now: datetime
) -> Observation | None:
    """Let the patient's word be as it was a version earlier; taken back where there was none.

    Done twice it is as at first. Returns None where the note has changed since `version`.
    """
    segment, comment = _permitted(unit, comment_id, by=by, now=now)
    if comment.code not in COMMENTS:
        raise NotPermitted
    unit.records.lock(segment.record)
    *earlier, segment = unit.segments.versions(segment.id)
    if segment.version != version or not earlier:
        return None
    before = find(earlier[-1], comment_id) or replace(comment, status=Status.ENTERED_IN_ERROR)
    unit.segments.put(next_version(segment, before, now, by.id))
    return before


def comment_beside(segment: Segment) -> Observation | None:
    """Return what the patient says to the note of this segment, or None."""
    found = (one for one in segment.standing if one.code in COMMENTS)
    return next(found, None)


def note_to_comment(
    unit: Unit, note_id: ObservationId, *, by: Person, now: datetime
) -> tuple[Segment, Observation]:
    """Return a doctor's note that this person may comment on; raises NotPermitted."""
    segment, note = _permitted(unit, note_id, by=by, now=now)
    if note.code is not Code.DOCTOR_NOTE:
        raise NotPermitted
    return segment, note


def _permitted(
    unit: Unit, about: ObservationId, *, by: Person, now: datetime
) -> tuple[Segment, Observation]:
    """Return what is told there, and its segment, to who may comment on notes of it."""
    try:
        segment, found = observation_at(unit, about)
    except NotFound:
        raise NotPermitted from None
    part = Part(segment.kind, segment.id)
    action = Action.COMMENT_ON_NOTE
    permit(unit, action, by=by, record_id=segment.record, now=now, part=part, ref=segment.id)
    return segment, found


def _comment(
    segment: Segment,
    words: str,
    *,
    correction: bool,
    by: Person,
    now: datetime,
    channel: Channel,
) -> Observation:
    code = Code.CORRECTION_ASKED if correction else Code.PATIENT_COMMENT
    before = comment_beside(segment)
    if before is not None:
        return replace(
            before,
            code=code,
            value=words,
            author=by.id,
            recorded=now,
            effective=now,
            channel=channel,
        )
    return Observation(
        id=ObservationId(fresh()),
        code=code,
        effective=now,
        recorded=now,
        informant=by.id,
        author=by.id,
        channel=channel,
        value=words,
    )


def _tell(unit: Unit, segment: Segment, note: Observation, comment: Observation) -> None:
    """Tell the note's author in the chat; who it is about only where that may be said."""
    patient = unit.people.person(unit.records.record(segment.record).patient)
    asks = comment.code is Code.CORRECTION_ASKED
    telling = ASKS if asks else WRITES
    tell(
        unit,
        note.author,
        lambda chat: Card(
            say(
                chat.language,
                telling,
                name=patient.name,
                text=str(comment.value),
            )
            if may_say_all(chat)
            else say(chat.language, "✍️ A patient wrote to one of your notes.")
        ),
        about=segment.id,
    )
