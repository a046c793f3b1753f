"""A line with readings: filed first, answered second, with the way back on every answer."""

from collections.abc import Sequence
from datetime import datetime

from bot.dialogue.asking import as_typed, confirm_card, question_about
from bot.dialogue.messages import Reply
from bot.dialogue.own_units import asked, shown
from bot.dialogue.told import (
    SESSION,
    correctable,
    draft_of,
    drafts_of,
    earlier_in_session,
    file,
    flagged,
    key_of,
    newest_key,
    next_key,
    record_behind,
    replace_told,
    said,
)
from bot.dialogue.turn import Turn
from bot.dialogue.urgency import safety_reply, tell_helpers, unshared_advice, warning
from records.chats import Card
from records.findings.guidelines import REST_BEFORE_SECOND
from records.language import Expect, Reading, Reason, Understanding
from records.observations import Observation, Status
from records.services.correcting import retract
from records.tracking import RecordId
from records.vocabulary import Code, SegmentKind
from records.wording import measuring
from records.wording import questions as asking
from records.wording import readings as noting

UNCLEAR = "unclear"


def take_line(
    turn: Turn,
    record_id: RecordId,
    understanding: Understanding,
    *,
    words: str,
    ref: str,
    sent: datetime,
) -> list[Reply]:
    """File what a line told under its intake key, and answer it."""
    match understanding.expect:
        case Expect.NO_RECORD:
            advice = unshared_advice(turn, record_id, understanding)
            return [*advice, noting.nothing_kept_card(turn.language)]
        case Expect.ASK:
            return _asked(turn, record_id, understanding, words=words, ref=ref, sent=sent)
        case Expect.IGNORE:
            return _kept_as_note(turn, record_id, words=words, ref=ref, sent=sent)
    if understanding.correction and understanding.readings:
        changed = _corrected(turn, record_id, understanding, sent)
        if changed:
            return changed
    drafts = drafts_of(turn, understanding, sent, words=words, status=Status.FINAL)
    filed = file(turn, record_id, drafts, ref)
    observations = filed.observations
    if filed.already:
        safety = safety_reply(turn, record_id, understanding, observations)
        told = shown(turn, record_id, observations)
        return [safety or noting.already_card(told, ref=ref, language=turn.language)]
    advice = unshared_advice(turn, record_id, understanding, observations)
    return [*advice, answer(turn, record_id, understanding, observations, ref)]


def answer(
    turn: Turn,
    record_id: RecordId,
    understanding: Understanding,
    observations: Sequence[Observation],
    ref: str,
) -> Card:
    """Return the card for what was just filed: safety first, then a question, then noted."""
    tell_helpers(turn, record_id, observations, understanding)
    told = shown(turn, record_id, observations)
    if understanding.expect is Expect.STORE_PRIVATE:
        return noting.private_card(told, ref=ref, language=turn.language)
    safety = safety_reply(turn, record_id, understanding, observations)
    if safety is not None:
        return safety
    glucose = [one for one in told if one.code is Code.GLUCOSE and not one.context]
    if glucose:
        turn.ask("mealtime", ref)
        return noting.mealtime_card(glucose[0], ref=ref, language=turn.language)
    return _of_a_session(turn, record_id, told, ref) or noting.noted_card(
        told, ref=ref, language=turn.language, zone=turn.zone, now=turn.now
    )


def _of_a_session(
    turn: Turn, record_id: RecordId, observations: Sequence[Observation], ref: str
) -> Card | None:
    """Return the card of a second pressure, or of a first that a second one must decide."""
    pressures = [one for one in observations if one.code is Code.BLOOD_PRESSURE]
    if not pressures:
        return None
    earlier = earlier_in_session(
        turn, record_id, pressures[0].effective, [one.id for one in observations]
    )
    session = (*earlier, *pressures)
    if len(session) > 1 and not turn.full:
        return None  # an average is more than an echo
    if len(session) > 1:
        return measuring.second_card(observations, session, ref=ref, language=turn.language)
    if noting.near_target(pressures[0]) and turn.now - pressures[0].effective < SESSION:
        minutes = int(REST_BEFORE_SECOND.value)
        return measuring.one_more_card(
            observations, minutes=minutes, ref=ref, language=turn.language
        )
    return None


def _corrected(
    turn: Turn, record_id: RecordId, understanding: Understanding, sent: datetime
) -> list[Reply]:
    """Put a typed correction in the place of what was told last, where the codes agree."""
    last = {one.code: one for one in correctable(turn, record_id)}
    readings = [one for one in understanding.readings if one.code in last]
    if not readings:
        return []
    ref = key_of(turn.chat, f"c{last[readings[0].code].id[:16]}")
    turn.unit.intake.remember(ref, [last[one.code].id for one in readings])
    drafts = [
        draft_of(turn, one, last[one.code].effective if one.at is None else sent)
        for one in readings
    ]
    changed, ref = replace_told(turn, record_id, ref, drafts)
    return [_changed(turn, record_id, understanding, changed, ref)]


def _changed(
    turn: Turn,
    record_id: RecordId,
    understanding: Understanding,
    changed: Sequence[Observation],
    ref: str,
) -> Card:
    tell_helpers(turn, record_id, changed, understanding)
    safety = safety_reply(turn, record_id, understanding, changed)
    told = shown(turn, record_id, changed)
    return safety or noting.changed_card(told, ref=ref, language=turn.language)


def edit_line(
    turn: Turn,
    record_id: RecordId,
    understanding: Understanding,
    *,
    words: str,
    key: str,
    sent: datetime,
) -> list[Reply]:
    """Put a message's new words in the place of what it told before."""
    known = newest_key(turn, key)
    if known is None:
        ref = key_of(turn.chat, key)
        return take_line(turn, record_id, understanding, words=words, ref=ref, sent=sent)
    moved = record_behind(turn, known) != record_id
    if moved or understanding.expect in (Expect.NO_RECORD, Expect.ASK, Expect.IGNORE):
        gone = take_back(turn, known)
        ref = next_key(turn, known)
        replies = take_line(turn, record_id, understanding, words=words, ref=ref, sent=sent)
        if gone and not moved and understanding.expect is not Expect.ASK:
            removed = shown(turn, record_id, gone)
            return [noting.removed_card(removed, ref=known, language=turn.language), *replies]
        return replies
    drafts = drafts_of(turn, understanding, sent, words=words, status=Status.FINAL)
    changed, ref = replace_told(turn, record_id, known, drafts)
    return [_changed(turn, record_id, understanding, changed, ref)]


def take_back(turn: Turn, ref: str) -> list[Observation]:
    """Take back what a key stands for and return what counted of it."""
    told = [one for one in said(turn, ref) if one.status is not Status.ENTERED_IN_ERROR]
    for one in told:
        retract(turn.unit, one.id, by=turn.by, now=turn.now)
    return [one for one in told if one.status is Status.FINAL]


def _asked(
    turn: Turn,
    record_id: RecordId,
    understanding: Understanding,
    *,
    words: str,
    ref: str,
    sent: datetime,
) -> list[Reply]:
    """Keep what is not plain as provisional, and ask; what is urgent is answered before that."""
    before = warning(turn, record_id, understanding)
    warned = before is not None and understanding.reason is not Reason.SEVERAL_PEOPLE
    for_the_list = [flagged(draft_of(turn, Reading(Code.NOTE, text=words), sent))] if warned else []
    first: list[Reply] = [before] if before else []
    readings = understanding.readings
    alternatives = len({one.code for one in readings}) < len(readings)
    guessed = understanding.reason is Reason.OUT_OF_RANGE and not as_typed(readings, words)
    if readings and not alternatives and not guessed:
        drafts = [draft_of(turn, one, sent, status=Status.PROVISIONAL) for one in readings]
        filed = file(turn, record_id, [*drafts, *for_the_list], ref).observations
        what = noting.as_typed(asked(turn, record_id, filed[: len(drafts)]), turn.language)
        return [*first, confirm_card(turn, record_id, understanding.reason, what, ref)]
    note = draft_of(turn, Reading(Code.NOTE, text=words), sent, status=Status.PROVISIONAL)
    file(turn, record_id, [note, *for_the_list], ref)
    return [*first, question_about(turn, understanding, words=words, ref=ref)]


def _kept_as_note(
    turn: Turn, record_id: RecordId, *, words: str, ref: str, sent: datetime
) -> list[Reply]:
    """Keep what could not be understood as a note; the second time in a row say for whom."""
    question = turn.question
    again = question is not None and question.asked == UNCLEAR
    filed = file(turn, record_id, [draft_of(turn, Reading(Code.NOTE, text=words), sent)], ref)
    if filed.already:
        return [noting.already_card(filed.observations, ref=ref, language=turn.language)]
    turn.ask(UNCLEAR)
    if again:
        doctor = turn.doctor_who_reads(record_id, [SegmentKind.OTHER])
        return [asking.kept_as_note_card(ref=ref, doctor=doctor, language=turn.language)]
    return [asking.not_understood_card(ref=ref, language=turn.language)]
