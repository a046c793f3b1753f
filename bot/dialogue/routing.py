"""To whom a written line belongs: a name in it, the one spoken of, or held until that is said."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import caregiving, menu, notes, orders, profiles
from bot.dialogue.attachments import Enclosure
from bot.dialogue.caregiving import Whose
from bot.dialogue.holding import Held, change, drop, hold, release, waiting_in, waits
from bot.dialogue.knowing import read
from bot.dialogue.lines import answer
from bot.dialogue.messages import Edit, EditedText, Reply, Text
from bot.dialogue.questions import take_edit_back
from bot.dialogue.told import as_if_told, drafts_of, newest_key, record_behind
from bot.dialogue.turn import Turn
from bot.dialogue.urgency import safety_reply, warning
from records.chats import Card, MessageId
from records.language import Expect
from records.language.naming import Naming
from records.observations import Status
from records.tracking import RecordId
from records.wording.linking import no_longer_helps_card
from records.wording.questions import for_whom_card, not_kept_card

WORDS_ASKED = frozenset({orders.ASKED, notes.ASKED})
"""Open questions whose answer is words that may well name somebody."""


def hear(turn: Turn, line: Text | EditedText, enclosed: Enclosure | None = None) -> list[Reply]:
    """Answer a line, whoever it speaks of, and whatever came with it."""
    alone = isinstance(line, Text) and enclosed is None
    answered = profiles.heard(turn, line.text) if alone else None
    if answered is not None:
        return answered
    people = caregiving.people_of(turn)
    if not people:
        found = menu.said_by_anybody(turn, line.text)
        return [caregiving.nobody_card(turn)] if found is None else found
    place = menu.place_of(line.text)
    if place is not None and enclosed is None:
        whose = caregiving.current(turn) or people[0]
        return menu.go(turn, whose, place)
    held = Held(line.text, line.key, line.sent, isinstance(line, EditedText), enclosed=enclosed)
    return _route(turn, people, held)


def _route(turn: Turn, people: tuple[Whose, ...], held: Held) -> list[Reply]:
    if len(people) == 1 and people[0].own and not caregiving.ended_of(turn):
        return answer(turn, people[0], held)
    asked = _is_asked_words(turn, held.text)
    namings = () if asked else caregiving.namings(turn, people, held.text)
    if held.edited and waits(turn, held.key):
        if not namings:
            return [_for_whom(change(turn, held), people)]
        drop(turn, held.key)
    if not namings:
        return _unnamed(turn, people, held)
    replies: list[Reply] = []
    for place, naming in enumerate(namings):
        key = _piece_key(held, place)
        first = held.enclosed if place == 0 else None
        piece = replace(held, text=naming.rest, key=key, called=naming.word, enclosed=first)
        turn, said = _named(turn, people, naming, piece)
        replies += said
    if held.edited and newest_key(turn, _piece_key(held, len(namings))):
        replies += take_edit_back(turn, _piece_key(held, len(namings)))
    return replies


def _piece_key(held: Held, place: int) -> str:
    """Return the key of one piece of a line that names several people."""
    return held.key if place == 0 else f"{held.key}.{place}"


def _is_asked_words(turn: Turn, text: str) -> bool:
    """Say whether words without a number are what an open question waits for."""
    question = turn.question
    asked = question is not None and question.asked in WORDS_ASKED
    return asked and not any(map(str.isdigit, text))


def _named(
    turn: Turn, people: tuple[Whose, ...], naming: Naming, piece: Held
) -> tuple[Turn, list[Reply]]:
    """Answer a piece of a line for the one named in it; ask where that is not plain."""
    meant = [one for one in people if one.record in naming.who]
    if len(meant) == 1:
        whose = meant[0]
        caregiving.learn(turn, whose, naming.word)
        changed, card = caregiving.now_for(turn, whose)
        waiting = () if _says(piece) else release(changed)
        if not _says(piece) and not waiting:
            return changed, [card]
        lines = (piece,) if _says(piece) else waiting
        return changed, [reply for one in lines for reply in answer(changed, whose, one)]
    if naming.who and not meant:
        name = caregiving.patient_name(turn, RecordId(naming.who[0]))
        return turn, [no_longer_helps_card(name, turn.language)]
    choices = meant or list(people)
    if not _says(piece):
        return turn, [_for_whom(turn, choices)]
    return turn, [hold(turn, choices, piece, nobody=True)]


def _says(piece: Held) -> bool:
    """Say whether there is more in a piece than a name."""
    return bool(piece.text) or piece.enclosed is not None


def _unnamed(turn: Turn, people: tuple[Whose, ...], held: Held) -> list[Reply]:
    """Answer a line that names nobody: for whom the chat speaks of, or held and asked."""
    filed = newest_key(turn, held.key) if held.edited else None
    if filed is not None:
        behind = record_behind(turn, filed)
        return [
            reply for one in people if one.record == behind for reply in answer(turn, one, held)
        ] or [caregiving.nobody_card(turn)]
    lost = caregiving.lost_subject(turn, people)
    if lost is not None:
        return [lost]
    spoken = caregiving.spoken_of(turn, people)
    if spoken is None:
        return _hold(turn, people, held)
    if len(people) > 1:
        turn = turn.of(spoken.record)
    return answer(turn, spoken, held)


def _hold(turn: Turn, people: tuple[Whose, ...], held: Held) -> list[Reply]:
    """Ask for whom a line is and hold it; what asks for nothing to be filed is answered."""
    guess = caregiving.current(turn) or people[0]
    understanding = read(turn, guess.record, held.text, held.sent)
    if understanding.command is not None and not understanding.readings:
        return answer(turn, guess, held)
    asked = hold(turn, people, held)
    if understanding.expect is not Expect.URGENT:
        at_once = warning(turn, guess.record, understanding)
        return [at_once, asked] if at_once else [asked]
    urgent = drafts_of(turn, understanding, held.sent, words=held.text, status=Status.FINAL)
    told = [as_if_told(turn, one) for one in urgent]
    safety = safety_reply(turn, None, understanding, told)
    return [safety, asked] if safety else [asked]


def _for_whom(turn: Turn, people: Sequence[Whose]) -> Card:
    """Return "For whom?" for the lines that wait."""
    choices = tuple((one.record, one.name) for one in people)
    return for_whom_card(choices, waiting=len(waiting_in(turn)), language=turn.language)


def keep_nothing(turn: Turn, message: MessageId) -> list[Reply]:
    """Forget the lines that waited: they were for somebody this chat keeps nothing of."""
    for one in release(turn):
        if one.enclosed is not None:
            turn.unit.attachments.drop(one.enclosed.attachment)
    return [Edit(message, not_kept_card(turn.language))]


def speak_of(turn: Turn, whose: Whose, message: MessageId | None = None) -> list[Reply]:
    """Let the chat speak of somebody, and answer the lines that waited for that."""
    turn, card = caregiving.now_for(turn, whose)
    waiting = release(turn)
    replies: list[Reply] = []
    for one in waiting:
        caregiving.learn(turn, whose, one.called)
        replies += answer(turn, whose, one)
    first = replies[0] if replies else card
    if message is None or isinstance(first, Edit) or first.keys:
        return replies or [card]
    return [Edit(message, first), *replies[1:]]
