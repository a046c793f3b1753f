"""An understood line of a linked person: what its words ask for, done and answered."""

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.dialogue import (
    attachments,
    caregiving,
    leave,
    menu,
    notes,
    orders,
    own_units,
    profiles,
    prompted,
    prompts,
    questions,
    sharing,
    walking,
)
from bot.dialogue.asking import CONFIRM, WHOSE
from bot.dialogue.attachments import Enclosure
from bot.dialogue.caregiving import Whose
from bot.dialogue.doubts import doubted
from bot.dialogue.holding import Held
from bot.dialogue.knowing import read
from bot.dialogue.messages import Reply
from bot.dialogue.readings import edit_line, take_line
from bot.dialogue.steps import begins
from bot.dialogue.told import as_if_told, drafts_of, key_of, said
from bot.dialogue.turn import Turn
from bot.dialogue.urgency import safety_reply
from records.language import Command, Context, Expect, Reason, Understanding, keeps_private
from records.observations import Status
from records.people import Scope
from records.vocabulary import Code
from records.wording import menus, say
from records.wording.helping import may_not_send_card
from records.wording.questions import MEANT, thanks_card
from records.wording.readings import MEALTIMES

SLASH = re.compile(r"/(\w+)(?:@\w+)?$")
DESCRIBED = frozenset({Expect.STORE, Expect.STORE_PRIVATE, Expect.IGNORE})
"""What words with a file may be understood as where they only say what it is."""
FOR_THE_DOCTOR = {orders.ASKED: orders.put_question, notes.ASKED: notes.put_comment}
"""What is done with words that an open question waits for."""
TOLD = frozenset({Expect.STORE, Expect.URGENT, Expect.STORE_PRIVATE})


def answer(turn: Turn, whose: Whose, held: Held) -> list[Reply]:
    """Answer a line that speaks of this record, and let what came with it belong to it."""
    if held.enclosed is not None and not held.text.strip():
        return attachments.by_itself(turn, whose, held.enclosed, key=held.key, sent=held.sent)
    words = _spelled_out(turn, held.text)
    begun = begins(words)
    if begun is not None and held.enclosed is None:
        return caregiving.begins_with_name(turn, whose, walking.begin(turn, whose, begun))
    wished = leave.heard(turn, words) if held.enclosed is None and not held.edited else None
    if wished is not None:
        return wished
    understanding = doubted(turn, whose.record, read(turn, whose.record, words, held.sent))
    about = _about_it(turn, understanding, held)
    if about is not None:
        return attachments.by_itself(turn, whose, about, key=held.key, sent=held.sent)
    replies = _answered(turn, whose, understanding, held, words)
    if held.enclosed is not None:
        keeps = understanding.expect is not Expect.NO_RECORD
        ref = key_of(turn.chat, held.key)
        enclosed = replace(held.enclosed, words=held.text.strip())
        attachments.enclose(turn, whose, enclosed, ref, held.sent, keeps=keeps)
    return caregiving.begins_with_name(turn, whose, replies)


def _about_it(turn: Turn, understanding: Understanding, held: Held) -> Enclosure | None:
    """Return what came with words that only speak of it: what a file is, that it be private.

    What the words with a photo or a voice note tell is a note of its own, as it ever was.
    """
    asked = turn.question.asked if turn.question else ""
    if held.enclosed is None or asked in FOR_THE_DOCTOR or understanding.command is not None:
        return None
    now = turn.now.astimezone(ZoneInfo(turn.zone)).replace(tzinfo=None)
    private = keeps_private(held.text, Context(now))
    described = (
        understanding.expect in DESCRIBED or understanding.reason is Reason.SEVERAL_PEOPLE
    ) and all(one.code in (Code.NOTE, Code.EVENT) for one in understanding.readings)
    silent = understanding.expect is Expect.IGNORE and not understanding.readings
    if not (described and held.enclosed.code is Code.FILE) and not (silent and private):
        return None
    return replace(held.enclosed, private=private, words=held.text.strip())


def _answered(
    turn: Turn, whose: Whose, understanding: Understanding, held: Held, words: str
) -> list[Reply]:
    question = turn.question
    asked, ref = (question.asked, question.ref) if question else ("", "")
    told = understanding.expect in TOLD and bool(understanding.readings)
    if asked in FOR_THE_DOCTOR and not held.edited and _is_for_the_doctor(understanding):
        sent = FOR_THE_DOCTOR[asked](turn, ref, held.text)
        if understanding.expect is not Expect.URGENT and not _has_numbers(understanding):
            return sent
        asked = ""
    walked = None if held.edited else walking.hear(turn, whose, understanding, words, held.key)
    if walked is not None:
        return walked
    by_words = _answer_in_words(turn, whose, understanding, asked, ref, held.text)
    if by_words is not None:
        return walking.go_on(turn, whose, by_words)
    if understanding.command and not told:
        taken_back = questions.take_edit_back(turn, held.key) if held.edited else []
        replies = taken_back or _obey(turn, whose, understanding.command, held)
        helped = understanding.command in (Command.HELP, Command.THANKS) and not held.edited
        return walking.go_on(turn, whose, replies) if helped else replies
    if understanding.expect is Expect.SHARE_REQUEST:
        return sharing.wished_in_words(turn, held.text)
    if not whose.may(Scope.RECORD):
        return _may_not_send(turn, whose, understanding, held)
    if told and asked in ("again", "lower", "number", "which"):
        questions.take_note_back(turn, ref)
    if told and asked not in ("", *FOR_THE_DOCTOR, profiles.ASKED):
        turn.close_question()
    return walking.go_on(turn, whose, _taken(turn, whose, understanding, held))


def _taken(turn: Turn, whose: Whose, understanding: Understanding, held: Held) -> list[Reply]:
    if held.edited:
        return edit_line(
            turn, whose.record, understanding, words=held.text, key=held.key, sent=held.sent
        )
    ref = key_of(turn.chat, held.key)
    learned = own_units.learn(turn, whose.record, understanding)
    answered = take_line(
        turn, whose.record, understanding, words=held.text, ref=ref, sent=held.sent
    )
    return [*learned, *answered]


def _may_not_send(
    turn: Turn, whose: Whose, understanding: Understanding, held: Held
) -> list[Reply]:
    """Say that nothing was stored; what is urgent is answered all the same."""
    replies: list[Reply] = []
    if understanding.expect is Expect.URGENT:
        status = Status.FINAL
        drafts = drafts_of(turn, understanding, held.sent, words=held.text, status=status)
        told = [as_if_told(turn, one) for one in drafts]
        safety = safety_reply(turn, whose.record, understanding, told)
        replies = [safety] if safety else []
    return [*replies, may_not_send_card(whose.name, turn.language)]


def _is_for_the_doctor(understanding: Understanding) -> bool:
    """Say whether a line is for the doctor: words, or a question that holds a number too."""
    if understanding.command:
        return False
    return understanding.reason is Reason.QUESTION or not _has_numbers(understanding)


def _has_numbers(understanding: Understanding) -> bool:
    return any(one.value is not None for one in understanding.readings)


def _spelled_out(turn: Turn, text: str) -> str:
    """Return a slash command as a word, and a lone lower number behind its upper one."""
    slash = SLASH.match(text.strip())
    if slash:
        return slash[1].replace("_", " ")
    question = turn.question
    if question and question.asked == "lower" and re.fullmatch(r"\s*\d{2,3}\s*", text):
        upper = re.search(r"\d{2,3}", str(said(turn, question.ref)[0].value))
        return f"{upper[0]}/{text.strip()}" if upper else text
    return text


def _answer_in_words(
    turn: Turn, whose: Whose, understanding: Understanding, asked: str, ref: str, text: str
) -> list[Reply] | None:
    """Take typed words as the answer to a question that has buttons, where they are one."""
    if asked in (prompts.CLOCK, prompts.HOURS):
        return prompts.answered_in_words(turn, asked, ref, text)
    if asked in (CONFIRM, WHOSE) and understanding.command is Command.YES:
        return questions.confirm(turn, whose.record, ref, None)
    if asked in (CONFIRM, WHOSE) and understanding.command is Command.NO:
        return questions.reject(turn, ref, None)
    if asked == "number":
        for code, label in MEANT.items():
            if _is(turn, text, label):
                return questions.choose_number(turn, whose.record, code, ref, None)
    if asked == "mealtime":
        for context, label in MEALTIMES.items():
            if _is(turn, text, label):
                return questions.choose_mealtime(turn, context, ref, None)
    return None


def _is(turn: Turn, text: str, label: str) -> bool:
    return text.strip().casefold() in (label.casefold(), say(turn.language, label).casefold())


def _obey(turn: Turn, whose: Whose, command: Command, held: Held) -> list[Reply]:
    match command:
        case Command.START:
            return [menu.hello(turn)]
        case Command.UNDO:
            return questions.undo_last(turn, whose.record)
        case Command.LATER:
            return prompted.later_in_words(turn)
        case Command.SKIP:
            return prompted.skip_in_words(turn)
        case Command.NO:
            turn.close_question()
            return [thanks_card(turn.language)]
        case Command.YES:
            return [menus.menu_card(turn.language)]
        case Command.SHARE:
            return sharing.wished_in_words(turn, held.text)
        case Command.PAUSE:
            return prompts.pause(turn)
        case Command.REMIND:
            return prompts.wished(turn, held.text)
        case _:
            return menu.go(turn, whose, menu.COMMANDS.get(command, ""))
