"""A doctor's note in the chat: shown, and the patient's own words put beside it, and taken back."""

from bot.dialogue.messages import Edit, Reply
from bot.dialogue.told import UNDO_LASTS
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.errors import NotValid
from records.observations import Channel, Observation, Status
from records.services.commenting import comment_as_before, comment_on, note_to_comment
from records.services.intake import observation_at
from records.tracking import ObservationId
from records.vocabulary import Code
from records.wording import menus
from records.wording import notes as cards
from records.wording.readings import too_old_card

ASKED = "comment"


def tapped(turn: Turn, ref: str, message: MessageId) -> list[Reply]:
    """Show a note, wait for words to it, or let these be as they were before."""
    act, about, version = (*ref.split("~"), "", "")[:3]
    if act == cards.BACK:
        return _back(turn, ObservationId(about), int(version), message)
    _, note = note_to_comment(turn.unit, ObservationId(about), by=turn.by, now=turn.now)
    if act == cards.SHOW:
        if turn.question and turn.question.asked == ASKED:
            turn.close_question()
        return [Edit(message, _shown(turn, note))]
    turn.ask(ASKED, about)
    return [cards.comment_asked_card(about, turn.language)]


def put_comment(turn: Turn, note_id: str, words: str) -> list[Reply]:
    """Put the words beside the note; the question stays open while they are too long."""
    try:
        said = comment_on(
            turn.unit,
            ObservationId(note_id),
            words,
            correction=False,
            by=turn.by,
            now=turn.now,
            channel=Channel.CHAT,
        )
    except NotValid:
        return [cards.comment_too_long_card(note_id, turn.language)]
    turn.close_question()
    return [_changed(turn, said)]


def take_back(turn: Turn, comment: Observation) -> list[Reply]:
    """Take back the words that were said last, by words."""
    version = observation_at(turn.unit, comment.id)[0].version
    found = comment_as_before(turn.unit, comment.id, version, by=turn.by, now=turn.now)
    return [_changed(turn, found)] if found else [menus.used_button_card(turn.language)]


def _back(turn: Turn, comment: ObservationId, version: int, message: MessageId) -> list[Reply]:
    if turn.now - observation_at(turn.unit, comment)[1].recorded > UNDO_LASTS:
        return [too_old_card(turn.language)]
    found = comment_as_before(turn.unit, comment, version, by=turn.by, now=turn.now)
    card = _changed(turn, found) if found else menus.used_button_card(turn.language)
    return [Edit(message, card)]


def _changed(turn: Turn, comment: Observation) -> Card:
    gone = comment.status is Status.ENTERED_IN_ERROR
    card = cards.comment_gone_card if gone else cards.commented_card
    segment, _ = observation_at(turn.unit, comment.id)
    note = next(one.id for one in segment.observations if one.code is Code.DOCTOR_NOTE)
    return card(note, comment.id, segment.version, turn.language)


def _shown(turn: Turn, note: Observation) -> Card:
    doctor = turn.unit.people.person(note.author).name
    text = str(note.value)
    return cards.note_card(note.id, doctor=doctor, text=text, language=turn.language, full=True)
