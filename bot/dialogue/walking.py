"""Walks in the chat: begun, left and taken up at will; where one is stands in rows."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import steps
from bot.dialogue.caregiving import Whose, begins_with_name, people_of
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.told import file, key_of
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId, TapName
from records.errors import NotPermitted
from records.language import Command, Expect, Reason, Understanding
from records.observations import Observation
from records.people import Scope
from records.services.checking_in import Step, local_day, said_about
from records.services.walks import Walk, WalkName, WalkState
from records.tracking import RecordId
from records.vocabulary import Code
from records.wording import walks as cards
from records.wording.helping import may_not_send_card

ASKED = "walk"
UNCLEAR = "unclear"  # the chat did not understand; that holds back no walk


def begin(turn: Turn, whose: Whose, name: WalkName) -> list[Reply]:
    """Begin a walk, or take it up where it was left; a finished one asks what is still open."""
    if not whose.may(Scope.RECORD):
        return [may_not_send_card(whose.name, turn.language)]
    day = local_day(turn.unit, whose.record, turn.now) if name is WalkName.CHECK_IN else None
    new = Walk(turn.chat.id, name, whose.record, day)
    walk = new
    for one in turn.unit.walks.of_chat(turn.chat.id):
        if one.name is not name and one.goes_on:
            turn.unit.walks.put(replace(one, state=WalkState.LEFT))
        same = (one.name, one.record, one.day) == (name, whose.record, day)
        if same and one.state is not WalkState.DONE:
            walk = one
    return _next(turn, walk, first=walk is new)


def _next(turn: Turn, walk: Walk, *, first: bool = False) -> list[Reply]:
    """Ask what is left, or end the walk."""
    left = steps.left_of(turn, walk)
    if not left:
        turn.unit.walks.put(replace(walk, state=WalkState.DONE))
        turn.close_question()
        return [steps.of_record(steps.end_of(turn, walk), walk.record)]
    walk = replace(walk, step=str(left[0]), state=WalkState.ON)
    turn.unit.walks.put(walk)
    _ask(turn, walk)
    return [steps.question_of(walk, walk.step, turn.language, first=first)]


def _ask(turn: Turn, walk: Walk) -> None:
    reads = walk.name is WalkName.CHECK_IN and walk.step in steps.READING_STEPS
    turn.ask(walk.step if reads else ASKED, walk.name)


def _active(turn: Turn, whose: Whose) -> Walk | None:
    """Return the walk of this chat that goes on, for this record and this day."""
    for one in turn.unit.walks.of_chat(turn.chat.id):
        if one.goes_on and one.record == whose.record:
            day = local_day(turn.unit, one.record, turn.now)
            return one if one.day in (None, day) else None
    return None


def go_on(turn: Turn, whose: Whose, replies: list[Reply], *, advised: bool = False) -> list[Reply]:
    """Return the replies to something filed, and what the walk asks next after them.

    After advice on an urgent value the walk waits until somebody has answered it (`advised`), as it
    does while something else is asked. What answered nothing the walk asked is followed, once, by
    the offer to go on.
    """
    walk = _active(turn, whose)
    question = turn.question
    asked = question.asked if question else ""
    if walk is None or asked not in ("", ASKED, UNCLEAR, walk.step):
        return replies
    if _is_advice(replies) and not advised:
        return replies
    left = steps.left_of(turn, walk)
    if not left or left[0] != walk.step:
        return [*replies, *_next(turn, walk)]
    if walk.state is WalkState.OFFERED:
        return replies
    turn.unit.walks.put(replace(walk, state=WalkState.OFFERED))
    if asked != UNCLEAR:
        _ask(turn, walk)
    offer = cards.offer_card(walk.name, turn.language)
    return [*replies, steps.of_record(offer, walk.record)]


def _is_advice(replies: Sequence[Reply]) -> bool:
    shown = (one.card if isinstance(one, Edit) else one for one in replies)
    return any(
        button.tap.name is TapName.FEEL for card in shown for row in card.rows for button in row
    )


def hear(
    turn: Turn, whose: Whose, understanding: Understanding, words: str, key: str
) -> list[Reply] | None:
    """Take a line as the answer to what the walk asked; None where it is something else."""
    walk = _active(turn, whose)
    question = turn.question
    if walk is None or question is None or question.asked not in (ASKED, walk.step):
        return None
    if not whose.may(Scope.RECORD):
        return None
    by_word = _by_word(turn, walk, understanding, words)
    if by_word is not None:
        return by_word
    if question.asked != ASKED:
        return None
    if understanding.reason is Reason.RED_FLAG and understanding.expect is Expect.URGENT:
        _keep_beside(turn, walk, words, key)
        return None
    if not steps.is_an_answer(walk, understanding, words):
        return None
    return _in_words(turn, walk, words, key)


def _by_word(
    turn: Turn, walk: Walk, understanding: Understanding, words: str
) -> list[Reply] | None:
    """Obey what stands on the buttons where it is typed."""
    command = understanding.command
    choice = steps.named_choice(turn, walk, command, words)
    if choice is not None:
        kept, ref = steps.choose(turn, walk.record, Step(walk.step), choice)
        return [cards.kept_card(kept, ref=ref, language=turn.language), *_next(turn, walk)]
    if command is Command.STOP or steps.is_label(cards.STOP, words):
        return [_leave(turn, walk)]
    about = walk.name is WalkName.ABOUT_ME
    if about and (command is Command.NO or words.strip().casefold() in steps.NO_SUCH):
        return _none(turn, walk, None)
    if about and steps.is_label(cards.ALL, words):
        return _pass(turn, walk, walk.step)
    if command in (Command.SKIP, Command.LATER, Command.NO):
        return _pass(turn, walk, walk.step)
    return None


def _in_words(turn: Turn, walk: Walk, words: str, key: str) -> list[Reply]:
    ref = key_of(turn.chat, key)
    kept = file(turn, walk.record, steps.drafts_in_words(turn, walk, words), ref).observations
    card = cards.kept_card(kept, ref=ref, language=turn.language)
    if kept and all(one.code is Code.NOTE for one in kept):
        return [card, *_pass(turn, walk, walk.step)]
    return [card, *_next(turn, walk)]


def _keep_beside(turn: Turn, walk: Walk, words: str, key: str) -> None:
    """Keep the name of an illness as the answer too, beside the advice its words call for."""
    if walk.step in steps.ILLNESSES:
        drafts = steps.drafts_in_words(turn, walk, words)
        file(turn, walk.record, drafts, key_of(turn.chat, f"{key}w"))


def _pass(turn: Turn, walk: Walk, step: str) -> list[Reply]:
    passed = walk.passed if step in walk.passed else (*walk.passed, step)
    return _next(turn, replace(walk, passed=passed))


def _leave(turn: Turn, walk: Walk) -> Card:
    turn.unit.walks.put(replace(walk, state=WalkState.LEFT))
    turn.close_question()
    return steps.of_record(cards.left_card(walk.name, turn.language), walk.record)


def _none(turn: Turn, walk: Walk, message: MessageId | None) -> list[Reply]:
    kept, ref = steps.none(turn, walk.record, Code(walk.step))
    card = cards.kept_card(kept, ref=ref, language=turn.language)
    first: Reply = card if message is None else Edit(message, card)
    return [first, *_next(turn, walk)]


def tap(turn: Turn, chosen: str, message: MessageId) -> list[Reply]:
    """Do what a button of a walk asks for, in the record its card was of."""
    record_id, _, what = chosen.partition(".")
    whose = next((one for one in people_of(turn) if one.record == record_id), None)
    if whose is None:
        raise NotPermitted
    return begins_with_name(turn, whose, _tapped(turn, whose, what, message))


def _tapped(turn: Turn, whose: Whose, what: str, message: MessageId) -> list[Reply]:
    match what.split("."):
        case ["on", name]:
            return begin(turn, whose, WalkName(name))
        case ["stop", name]:
            return [Edit(message, _leave(turn, _of(turn, whose, WalkName(name), "")))]
        case ["skip" | "all" as how, name, step]:
            walk = _of(turn, whose, WalkName(name), step)
            return [Edit(message, _passed_card(turn, walk, how)), *_pass(turn, walk, step)]
        case ["day", step, choice]:
            walk = _of(turn, whose, WalkName.CHECK_IN, step)
            kept, ref = steps.choose(turn, walk.record, Step(step), choice)
            card = cards.kept_card(kept, ref=ref, language=turn.language)
            return [Edit(message, card), *_next(turn, walk)]
        case ["none", code]:
            return _none(turn, _of(turn, whose, WalkName.ABOUT_ME, code), message)
        case ["pick", code, place]:
            return [Edit(message, _picked(turn, whose, Code(code), int(place)))]
    raise NotPermitted


def _of(turn: Turn, whose: Whose, name: WalkName, step: str) -> Walk:
    """Return the walk a button belongs to, at the step its card asked."""
    day = local_day(turn.unit, whose.record, turn.now) if name is WalkName.CHECK_IN else None
    for one in turn.unit.walks.of_chat(turn.chat.id):
        if (one.name, one.record, one.day) == (name, whose.record, day):
            return replace(one, step=step or one.step)
    return Walk(turn.chat.id, name, whose.record, day, step)


def _passed_card(turn: Turn, walk: Walk, how: str) -> Card:
    if how == "all":
        told = _own_words(turn, walk.record, Code(walk.step))
        return cards.told_card(told, turn.language)
    return cards.passed_card(walk.name, walk.step, turn.language)


def _own_words(turn: Turn, record_id: RecordId, code: Code) -> list[Observation]:
    """Return what the speaker told of a topic: what others told is no echo."""
    told = said_about(turn.unit, record_id, code)
    return [one for one in told if one.author == turn.by.id]


def _picked(turn: Turn, whose: Whose, code: Code, place: int) -> Card:
    """File one of several answers and show the ones that are left in the same card."""
    _, ref = steps.pick(turn, whose.record, code, place)
    walk = _of(turn, whose, WalkName.ABOUT_ME, code)
    turn.unit.walks.put(replace(walk, state=WalkState.ON))
    _ask(turn, walk)
    said = [str(one.value) for one in _own_words(turn, whose.record, code)]
    card = cards.more_card(code, said, ref=ref, language=turn.language)
    return steps.of_record(card, whose.record)
