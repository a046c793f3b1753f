"""What people answer to a prompt, or to news of somebody's silence."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.caregiving import current
from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.people import Person, Scope
from records.prompts import Topic
from records.services import prompting
from records.services.asking import ask_later, skip
from records.tracking import PersonId, RecordId
from records.wording import prompts as said
from records.wording import readings
from records.wording.questions import thanks_card


@dataclass(frozen=True, slots=True)
class Choice:
    """A tap about prompts: the turn, what was chosen, and the card it was on."""

    turn: Turn
    parts: tuple[str, ...]
    message: MessageId | None

    def part(self, place: int) -> str:
        """Return one of the things chosen, or nothing."""
        return self.parts[place] if place < len(self.parts) else ""

    def show(self, card: Card) -> list[Reply]:
        """Return the card, in the place of the one that was tapped where there is one."""
        shown = named(self.turn, card)
        return [shown if self.message is None else Edit(self.message, shown)]


def asked_of(turn: Turn) -> Person | None:
    """Return whose prompts the speaker chooses here.

    They are of whom the chat speaks, if the speaker decides for that one; else the own ones, and
    None for whoever has none.
    """
    spoken = current(turn)
    if spoken is not None and not spoken.own and Scope.GUARDIAN in spoken.scopes:
        return turn.unit.people.person(turn.unit.records.record(spoken.record).patient)
    return turn.by if turn.own_record() is not None else None


def named(turn: Turn, card: Card) -> Card:
    """Return a card about prompts with the name before it, where they are not the speaker's."""
    patient = asked_of(turn)
    if patient is None or patient.id == turn.by.id:
        return card
    return readings.named(card, patient.name)


def _spoken(turn: Turn) -> PersonId:
    return (asked_of(turn) or turn.by).id


def later_in_words(turn: Turn) -> list[Reply]:
    """Ask once more later, when "later" was typed."""
    return _later(Choice(turn, ("",), None))


def skip_in_words(turn: Turn) -> list[Reply]:
    """Ask nothing more for now, when "skip today" was typed."""
    return _skip(Choice(turn, ("",), None))


def _later(choice: Choice) -> list[Reply]:
    turn = choice.turn
    key, of = choice.part(0), _spoken(turn)
    again = ask_later(turn.unit, key, by=turn.by, now=turn.now, of=of)
    if again is None:
        return choice.show(thanks_card(turn.language))
    return choice.show(said.later_prompt_card(again, turn.zone, turn.language))


def _skip(choice: Choice) -> list[Reply]:
    turn = choice.turn
    turn.close_question()
    key, of = choice.part(0), _spoken(turn)
    asked = skip(turn.unit, key, by=turn.by, now=turn.now, of=of)
    return choice.show(said.skipped_card(turn.language) if asked else thanks_card(turn.language))


def _days(choice: Choice) -> list[Reply]:
    turn, (topic, often, *_) = choice.turn, choice.parts
    daily, of = often == "daily", choice.part(2)
    patient = turn.by
    if of:
        patient = turn.unit.people.person(turn.unit.records.record(RecordId(of)).patient)
    if not daily:
        prompting.choose_days(
            turn.unit, Topic(topic), by=turn.by, now=turn.now, daily=False, of=patient
        )
    return choice.show(said.days_card(turn.language, daily=daily))


def _mute(choice: Choice) -> list[Reply]:
    turn = choice.turn
    prompting.mute(turn.unit, RecordId(choice.part(0)), by=turn.by, now=turn.now)
    return choice.show(said.muted_card(turn.language))


def _will_ask(choice: Choice) -> list[Reply]:
    return choice.show(said.will_ask_card(choice.turn.language))


ANSWERS: dict[str, Callable[[Choice], list[Reply]]] = {
    "later": _later,
    "skip": _skip,
    "days": _days,
    "ask": _will_ask,
    "mute": _mute,
}
