"""A written line of a linked person: routed to whom it speaks of, understood, and answered."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue import caregiving, menu, orders, questions, sharing
from bot.dialogue.caregiving import Whose
from bot.dialogue.messages import EditedText, Reply, Text
from bot.dialogue.readings import edit_line, take_line
from bot.dialogue.told import key_of, read, said
from bot.dialogue.turn import Turn
from records.documents import read as read_document
from records.documents import write as write_document
from records.language import Command, Expect, Understanding
from records.wording import menus, say
from records.wording.questions import MEANT, thanks_card
from records.wording.readings import MEALTIMES

WHOM = "whom"
SLASH = re.compile(r"/(\w+)(?:@\w+)?$")
TOLD = frozenset({Expect.STORE, Expect.URGENT, Expect.STORE_PRIVATE})


@dataclass(frozen=True, slots=True)
class Held:
    """A line that waits until the chat knows for whom it is."""

    text: str
    key: str
    sent: datetime
    edited: bool


def hear(turn: Turn, line: Text | EditedText) -> list[Reply]:
    """Answer a line, whoever it speaks of."""
    people = caregiving.people_of(turn)
    if not people:
        return [caregiving.nobody_card(turn)]
    place = menu.place_of(line.text)
    if place is not None:
        whose = caregiving.current(turn) or people[0]
        return menu.go(turn, whose, place)
    held = Held(line.text, line.key, line.sent, isinstance(line, EditedText))
    return _route(turn, people, held)


def _route(turn: Turn, people: tuple[Whose, ...], held: Held) -> list[Reply]:
    if len(people) == 1 and people[0].own:
        return answer(turn, people[0], held)
    named = caregiving.named_in(turn, people, held.text)
    if named is not None:
        whose, rest = named
        turn, card = caregiving.now_for(turn, whose)
        if not rest:
            return [card]
        return answer(turn, whose, Held(rest, held.key, held.sent, held.edited))
    spoken = caregiving.spoken_of(turn, people)
    if spoken is not None:
        return answer(turn, spoken, held)
    return _hold(turn, people, held)


def _hold(turn: Turn, people: tuple[Whose, ...], held: Held) -> list[Reply]:
    """Ask for whom a line is and hold it; what asks for nothing to be filed is answered."""
    guess = caregiving.current(turn) or people[0]
    understanding = read(turn, guess.record, held.text, held.sent)
    if understanding.command is not None and not understanding.readings:
        return answer(turn, guess, held)
    turn.ask(WHOM, write_document(held).decode())
    return [caregiving.ask_for_whom(turn, people)]


def speak_of(turn: Turn, whose: Whose) -> list[Reply]:
    """Let the chat speak of somebody, and answer the line that waited for that."""
    question = turn.question
    turn, card = caregiving.now_for(turn, whose)
    if question is None or question.asked != WHOM:
        return [card]
    turn.close_question()
    return answer(turn, whose, read_document(question.ref.encode(), Held))


def answer(turn: Turn, whose: Whose, held: Held) -> list[Reply]:
    """Answer a line that speaks of this record."""
    words = _spelled_out(turn, held.text)
    understanding = read(turn, whose.record, words, held.sent)
    replies = _answered(turn, whose, understanding, held, words)
    return caregiving.begins_with_name(turn, whose, replies)


def _answered(
    turn: Turn, whose: Whose, understanding: Understanding, held: Held, words: str
) -> list[Reply]:
    question = turn.question
    asked, ref = (question.asked, question.ref) if question else ("", "")
    told = understanding.expect in TOLD and bool(understanding.readings)
    if asked == orders.ASKED and not (understanding.command or _has_numbers(understanding)):
        sent = orders.put_question(turn, ref, held.text)
        if understanding.expect is not Expect.URGENT:
            return sent
    by_words = _answer_in_words(turn, whose, understanding, asked, ref, held.text)
    if by_words is not None:
        return by_words
    if understanding.command and not told:
        return _obey(turn, whose, understanding.command, held)
    if understanding.expect is Expect.SHARE_REQUEST:
        return sharing.wished_in_words(turn, held.text)
    if told and asked in ("again", "lower", "number", "which"):
        questions.take_note_back(turn, ref)
    if told and asked not in ("", orders.ASKED):
        turn.close_question()
    if held.edited:
        return edit_line(
            turn, whose.record, understanding, words=held.text, key=held.key, sent=held.sent
        )
    ref = key_of(turn.chat, held.key)
    return take_line(turn, whose.record, understanding, words=held.text, ref=ref, sent=held.sent)


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
    if asked == "confirm" and understanding.command is Command.YES:
        return questions.confirm(turn, whose.record, ref, None)
    if asked == "confirm" and understanding.command is Command.NO:
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
        case Command.SKIP | Command.LATER | Command.NO:
            turn.close_question()
            return [thanks_card(turn.language)]
        case Command.YES:
            return [menus.menu_card(turn.language)]
        case Command.SHARE:
            return sharing.wished_in_words(turn, held.text)
        case Command.PAUSE | Command.REMIND:
            return [menus.no_reminders_card(turn.language)]
        case _:
            return menu.go(turn, whose, menu.COMMANDS.get(command, ""))
