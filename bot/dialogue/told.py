"""From what was understood to what is filed, and back to it by the key of its message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue.seeing import admits, seen_by
from bot.dialogue.turn import Turn
from records.chats import Chat
from records.errors import NotFound
from records.language import Expect, Reading, Reason, Understanding
from records.observations import Channel, Observation, Quantity, Status, pressure
from records.segments import Segment
from records.services.correcting import amend, retract
from records.services.intake import Draft, Filed, file_observations, observation_at
from records.tracking import ObservationId, RecordId
from records.vocabulary import MEANINGS, Code, SegmentKind, Shape
from records.walltime import moment_of
from records.wording.names import phrase_of

RED_FLAG = "red_flag"
SPEAKS_OF_SELF = frozenset({Code.SYMPTOM, Code.NOTE, Code.EVENT, Code.MOOD})
UNDO_LASTS = timedelta(hours=24)  # PRODUCT.md C1
SESSION = timedelta(minutes=10)  # PRODUCT.md I6
STILL_MEANT = timedelta(minutes=30)  # how long a correction finds a reading behind other lines


def key_of(chat: Chat, message: str, ordinal: int = 0) -> str:
    """Return the intake key of what one message of a chat told."""
    return f"{chat.id}:{message}:{ordinal}"


def drafts_of(
    turn: Turn, understanding: Understanding, sent: datetime, *, words: str, status: Status
) -> list[Draft]:
    """Return what is to be filed; the words as a note where there is no reading."""
    private = understanding.expect is Expect.STORE_PRIVATE
    readings = understanding.readings or (Reading(Code.NOTE, text=words),)
    urgent_words = understanding.expect is Expect.URGENT and (
        understanding.reason is Reason.RED_FLAG or not understanding.readings
    )
    drafts = [draft_of(turn, one, sent, status=status, private=private) for one in readings]
    if urgent_words:
        if not any(one.code in SPEAKS_OF_SELF for one in drafts):
            note = Reading(Code.NOTE, text=words)
            drafts.append(draft_of(turn, note, sent, status=status, private=private))
        drafts = [flagged(one) for one in drafts]
    return drafts


def flagged(draft: Draft) -> Draft:
    """Return words as a warning for the doctor's list; what is no words stays as it is."""
    return replace(draft, context=RED_FLAG) if draft.code in SPEAKS_OF_SELF else draft


def draft_of(
    turn: Turn,
    reading: Reading,
    sent: datetime,
    *,
    status: Status = Status.FINAL,
    private: bool = False,
) -> Draft:
    """Return one reading as a draft: at its own time, or when it was sent."""
    at = moment_of(reading.at, turn.zone).astimezone(ZoneInfo(turn.zone)) if reading.at else sent
    meaning = MEANINGS[reading.code]
    value: Quantity | str | None = reading.text
    if reading.value is not None and meaning.shape is Shape.QUANTITY:
        value = Quantity(reading.value, meaning.ucum or reading.unit)
    panel = reading.code is Code.BLOOD_PRESSURE and reading.value is not None
    return Draft(
        code=reading.code,
        effective=at,
        value=None if panel else value,
        components=pressure(reading.value or 0, reading.second or 0) if panel else (),
        status=status,
        context=reading.context,
        stated=_stated(reading),
        private=private,
        site=reading.about.site,
        position=reading.about.position,
    )


def _stated(reading: Reading) -> str:
    if reading.stated is None:
        return reading.text if reading.value is not None else ""
    numbers = (reading.stated.value, reading.stated.second)
    said = "/".join(str(one) for one in numbers if one is not None)
    return f"{said} {reading.stated.unit}".strip()


def said_of(turn: Turn, reading: Reading) -> str:
    """Return a reading that is not filed yet in a few words."""
    draft = draft_of(turn, reading, turn.now)
    return phrase_of(
        draft.code, draft.value, draft.components, draft.context, language=turn.language
    )


def file(turn: Turn, record_id: RecordId, drafts: Sequence[Draft], key: str) -> Filed:
    """File drafts as told in this chat by the speaker, under the key of their message."""
    return file_observations(
        turn.unit,
        drafts,
        record_id=record_id,
        by=turn.by,
        channel=Channel.CHAT,
        now=turn.now,
        key=key,
    )


def as_if_told(turn: Turn, draft: Draft) -> Observation:
    """Return a draft as it would read if it were filed, for what is only answered."""
    return Observation(
        ObservationId(""),
        draft.code,
        draft.effective,
        turn.now,
        turn.by.id,
        turn.by.id,
        Channel.CHAT,
        value=draft.value,
        components=draft.components,
        context=draft.context,
        stated=draft.stated,
        site=draft.site,
        position=draft.position,
    )


def said(turn: Turn, ref: str) -> tuple[Observation, ...]:
    """Return what is now filed under an intake key; raises NotFound where nothing is."""
    ids = turn.unit.intake.filed(ref)
    if not ids:
        raise NotFound
    return tuple(observation_at(turn.unit, one)[1] for one in ids)


def record_behind(turn: Turn, ref: str) -> RecordId:
    """Return the record in which an intake key's observations are filed, or raise NotFound."""
    ids = turn.unit.intake.filed(ref)
    if not ids:
        raise NotFound
    return observation_at(turn.unit, ids[0])[0].record


def newest_key(turn: Turn, message: str) -> str | None:
    """Return the key under which the newest words of a message are filed, if there are any."""
    free = _free(turn, message)
    return key_of(turn.chat, message, free - 1) if free else None


def next_key(turn: Turn, ref: str) -> str:
    """Return the first key of the same message under which nothing is filed yet."""
    message = ref.removeprefix(f"{turn.chat.id}:").rpartition(":")[0]
    return key_of(turn.chat, message, _free(turn, message))


def _free(turn: Turn, message: str) -> int:
    ordinal = 0
    while turn.unit.intake.filed(key_of(turn.chat, message, ordinal)):
        ordinal += 1
    return ordinal


def replace_told(
    turn: Turn, record_id: RecordId, ref: str, drafts: Sequence[Draft]
) -> tuple[tuple[Observation, ...], str]:
    """Put drafts in the place of what a key stands for; return them and the key they now have.

    What has the same code becomes a new version of the same observation.
    """
    left = list(said(turn, ref))
    kept: list[Observation] = []
    for draft in drafts:
        match = next((one for one in left if one.code is draft.code), None) or (
            left[0] if len(left) == 1 and len(drafts) == 1 else None
        )
        if match is None:
            kept += file(turn, record_id, [draft], "").observations
        else:
            left.remove(match)
            kept.append(amend(turn.unit, match.id, draft, by=turn.by, now=turn.now))
    for one in left:
        retract(turn.unit, one.id, by=turn.by, now=turn.now)
    key = next_key(turn, ref)
    turn.unit.intake.remember(key, [one.id for one in kept])
    return tuple(kept), key


def last_told(turn: Turn, record_id: RecordId) -> tuple[Observation, ...]:
    """Return what the speaker told last of this record in a chat, within a day; or nothing."""
    mine = _told_within_a_day(turn, record_id)
    newest = max((one.recorded for one in mine), default=None)
    return tuple(one for one in mine if one.recorded == newest)


def correctable(turn: Turn, record_id: RecordId) -> tuple[Observation, ...]:
    """Return what a correction may be about: what was told last, and the last of each code.

    The latter only where it was told a short while ago: a word about breakfast may come between.
    """
    mine = _told_within_a_day(turn, record_id)
    newest = max((one.recorded for one in mine), default=None)
    of_code = {one.code: one for one in sorted(mine, key=lambda one: one.recorded)}
    return tuple(
        one
        for one in mine
        if one.recorded == newest
        or (one is of_code[one.code] and turn.now - one.recorded < STILL_MEANT)
    )


def _told_within_a_day(turn: Turn, record_id: RecordId) -> list[Observation]:
    since = (turn.now - 2 * UNDO_LASTS).date()
    segments = turn.unit.segments.of_record(record_id, frozenset(SegmentKind), since)
    return [one for segment in segments for one in _told_by(turn, segment)]


def _told_by(turn: Turn, segment: Segment) -> list[Observation]:
    return [
        one
        for one in segment.standing
        if one.author == turn.by.id
        and one.channel is Channel.CHAT
        and turn.now - one.recorded < UNDO_LASTS
    ]


def earlier_in_session(
    turn: Turn, record_id: RecordId, before: datetime, but: Sequence[ObservationId]
) -> tuple[Observation, ...]:
    """Return the pressures of the ten minutes before a moment, without these.

    What the speaker may not see is left out, but for what they told themselves.
    """
    points = turn.unit.series.points(
        record_id, Code.BLOOD_PRESSURE, before - SESSION, before + timedelta(seconds=1)
    )
    wanted = (one.observation for one in points if one.observation not in but)
    found = (observation_at(turn.unit, one) for one in wanted)
    seen = seen_by(turn, record_id)
    return tuple(
        one for segment, one in found if one.author == turn.by.id or admits(seen, segment, one)
    )
