"""Answers to what the chat asked, by a button or by words; and the way back from what was filed."""

from datetime import datetime

from bot.dialogue import notes
from bot.dialogue.asking import CONFIRM, WHOSE
from bot.dialogue.knowing import read
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.own_units import shown
from bot.dialogue.readings import answer, take_back
from bot.dialogue.told import (
    RED_FLAG,
    UNDO_LASTS,
    draft_of,
    key_of,
    last_told,
    newest_key,
    record_behind,
    replace_told,
    said,
)
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.errors import NotFound
from records.language import Context as Known
from records.language import Expect, Reading, Understanding, understand
from records.observations import Observation, Status
from records.services.commenting import COMMENTS
from records.services.correcting import amend, reinstate, retract
from records.services.intake import Draft
from records.tracking import RecordId, fresh
from records.vocabulary import Code
from records.wording import questions as asking
from records.wording import readings as noting
from records.wording import say
from records.wording.menus import menu_card
from records.wording.names import NUMBER_PHRASES, phrase


def undo(turn: Turn, ref: str, message: MessageId) -> list[Reply]:
    """Take back what was filed under a key, in the place of the card that said so."""
    observations = [one for one in said(turn, ref) if one.status is not Status.ENTERED_IN_ERROR]
    if any(turn.now - one.recorded > UNDO_LASTS for one in observations):
        return [noting.too_old_card(turn.language)]
    return [Edit(message, _removed(turn, observations or list(said(turn, ref)), ref))]


def _removed(turn: Turn, observations: list[Observation], ref: str) -> Card:
    for one in observations:
        retract(turn.unit, one.id, by=turn.by, now=turn.now)
    told = shown(turn, record_behind(turn, ref), observations)
    return noting.removed_card(told, ref=ref, language=turn.language)


def take_edit_back(turn: Turn, message: str) -> list[Reply]:
    """Take back what a message told before its words became something else, if it told any."""
    ref = newest_key(turn, message)
    gone = take_back(turn, ref) if ref else []
    if ref is None or not gone:
        return []
    told = shown(turn, record_behind(turn, ref), gone)
    return [noting.removed_card(told, ref=ref, language=turn.language)]


def undo_last(turn: Turn, record_id: RecordId) -> list[Reply]:
    """Take back what the speaker told last, by words."""
    observations = last_told(turn, record_id)
    if not observations:
        return [menu_card(turn.language)]
    if observations[0].code in COMMENTS:
        return notes.take_back(turn, observations[0])
    ref = key_of(turn.chat, f"u{fresh()[:16]}")
    turn.unit.intake.remember(ref, [one.id for one in observations])
    return [_removed(turn, list(observations), ref)]


def put_back(turn: Turn, ref: str, message: MessageId) -> list[Reply]:
    """Let what was taken back count again."""
    back = [reinstate(turn.unit, one.id, by=turn.by, now=turn.now) for one in said(turn, ref)]
    told = shown(turn, record_behind(turn, ref), back)
    return [Edit(message, noting.put_back_card(told, ref=ref, language=turn.language))]


def confirm(turn: Turn, record_id: RecordId, ref: str, message: MessageId | None) -> list[Reply]:
    """Let what was asked about count, and answer it as if it had been plain."""
    turn.close_question()
    asked = _without_warning(turn, ref)
    sure = [reinstate(turn.unit, one.id, by=turn.by, now=turn.now) for one in asked]
    words = ", ".join(phrase(one, turn.language) for one in sure)
    plainly = read(turn, record_id, words, turn.now)
    if plainly.expect is not Expect.URGENT:
        plainly = Understanding(Expect.STORE)
    return _in_place(answer(turn, record_id, plainly, sure, ref), message)


def _without_warning(turn: Turn, ref: str) -> list[Observation]:
    """Take the words off the doctor's list that stood there until the numbers were confirmed."""
    asked = list(said(turn, ref))
    for one in asked[1:]:
        if one.code is Code.NOTE and one.context == RED_FLAG:
            retract(turn.unit, one.id, by=turn.by, now=turn.now)
            asked.remove(one)
    return asked


def reject(turn: Turn, ref: str, message: MessageId | None) -> list[Reply]:
    """Note that what was asked about was not meant, and ask for the numbers again."""
    for one in said(turn, ref):
        retract(turn.unit, one.id, by=turn.by, now=turn.now)
    if turn.question and (turn.question.asked, turn.question.ref) == (WHOSE, ref):
        turn.close_question()
        return _in_place(asking.not_theirs_card(ref=ref, language=turn.language), message)
    turn.ask(Code.BLOOD_PRESSURE)
    return _in_place(asking.rejected_card(ref=ref, language=turn.language), message)


def choose_mealtime(turn: Turn, context: str, ref: str, message: MessageId | None) -> list[Reply]:
    """Note when a sugar reading was taken."""
    turn.close_question()
    observations = list(said(turn, ref))
    for place, one in enumerate(observations):
        if one.code is Code.GLUCOSE and not one.context:
            draft = Draft(
                one.code,
                one.effective,
                value=one.value,
                status=one.status,
                context=context,
                stated=one.stated,
                private=one.private,
            )
            observations[place] = amend(turn.unit, one.id, draft, by=turn.by, now=turn.now)
    told = shown(turn, record_behind(turn, ref), observations)
    card = noting.noted_card(told, ref=ref, language=turn.language, zone=turn.zone, now=turn.now)
    return _in_place(card, message)


def choose_number(
    turn: Turn, record_id: RecordId, code: Code, ref: str, message: MessageId | None
) -> list[Reply]:
    """Read a bare number again as what it was said to be."""
    note = said(turn, ref)[0]
    words = say(turn.language, NUMBER_PHRASES[code], value=str(note.value).strip())
    return reread(turn, record_id, words, ref, message)


def choose_which(
    turn: Turn, record_id: RecordId, place: int, ref: str, message: MessageId | None
) -> list[Reply]:
    """Take one of several readings that a line could have meant."""
    note = said(turn, ref)[0]
    understanding = read(turn, record_id, str(note.value), note.effective)
    if place >= len(understanding.readings):
        return reject(turn, ref, message)
    chosen = Understanding(Expect.STORE, (understanding.readings[place],))
    return settle(turn, record_id, chosen, ref, note.effective, message)


def reread(
    turn: Turn, record_id: RecordId, words: str, ref: str, message: MessageId | None
) -> list[Reply]:
    """Read a provisional note again in clearer words, and file what it says in its place."""
    note = said(turn, ref)[0]
    now = note.effective.replace(tzinfo=None)
    understanding = understand(words, turn.language, Known(now=now))
    if not understanding.readings:
        turn.ask(Code.BLOOD_PRESSURE)
        return _in_place(
            asking.again_card(str(note.value), ref=ref, language=turn.language), message
        )
    return settle(turn, record_id, understanding, ref, note.effective, message)


def settle(
    turn: Turn,
    record_id: RecordId,
    understanding: Understanding,
    ref: str,
    sent: datetime,
    message: MessageId | None,
) -> list[Reply]:
    """File what was meant in the place of a provisional note, and answer it."""
    turn.close_question()
    asks = understanding.expect is Expect.ASK
    status = Status.PROVISIONAL if asks else Status.FINAL
    drafts = [draft_of(turn, one, sent, status=status) for one in understanding.readings]
    observations, key = replace_told(turn, record_id, ref, drafts)
    if asks:
        turn.ask(CONFIRM, key)
        what = noting.listed(shown(turn, record_id, observations), turn.language)
        return _in_place(asking.is_it_right_card(what, ref=key, language=turn.language), message)
    return _in_place(answer(turn, record_id, understanding, observations, key), message)


def take_note_back(turn: Turn, ref: str) -> None:
    """Take back the provisional note of a question that has now been answered in words."""
    try:
        for one in said(turn, ref):
            if one.status is Status.PROVISIONAL:
                retract(turn.unit, one.id, by=turn.by, now=turn.now)
    except NotFound:
        return


def medicine(turn: Turn, taken: str) -> Reading:
    """Return the reading of a tap on [Taken] or [Not taken]."""
    code = Code.MEDICATION_TAKEN if taken == "taken" else Code.MEDICATION_MISSED
    words = say(turn.language, "Taken") if taken == "taken" else say(turn.language, "Not taken")
    return Reading(code, text=words)


def _in_place(card: Card, message: MessageId | None) -> list[Reply]:
    return [card if message is None else Edit(message, card)]
