"""The settings of prompts in the chat, tap by tap and in words; and the first minute."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

from bot.dialogue.messages import Reply
from bot.dialogue.prompted import ANSWERS, Choice, asked_of
from bot.dialogue.turn import Turn
from records.chats import Card, ChatChannel, MessageId
from records.errors import NotValid
from records.language.reminding import clock_read, hours_wished, topic_wished
from records.people import Person
from records.prompts import Topic
from records.services import prompting
from records.walltime import wall_of
from records.wording import menus
from records.wording import reminders as cards
from records.wording.reminders import FIRST, NONE, SETTINGS
from records.wording.settings import ask_tells_card
from records.zones import all_choices, choices_near, zone_from_clock

CLOCK, HOURS = "clock", "hours"  # questions that may be answered by typing


def tap(turn: Turn, ref: str, message: MessageId | None) -> list[Reply]:
    """Do what a button about prompts asks for."""
    what, *parts = ref.split(".")
    do = DOES.get(what)
    if do is None:
        return [menus.used_button_card(turn.language)]
    return do(Choice(turn, tuple(parts), message))


def begin(turn: Turn) -> list[Reply]:
    """Ask the questions of the first minute, beginning with the clock."""
    return _what_time(Choice(turn, (FIRST,), None))


def show(turn: Turn) -> list[Reply]:
    """Show what is asked and when."""
    return _show(Choice(turn, (), None))


def pause(turn: Turn) -> list[Reply]:
    """Ask for how long to be quiet."""
    return _of_the_patient(Choice(turn, (), None), lambda one: cards.pause_card(one.language))


def stop(turn: Turn) -> list[Reply]:
    """Ask nothing more until the person says."""
    if asked_of(turn) is None:
        return [cards.own_chat_card(turn.language)]
    return _pause(Choice(turn, ("open",), None))


def wished(turn: Turn, text: str) -> list[Reply]:
    """Remind at the hours named in words; where none is named, show what there is."""
    hours = hours_wished(text)
    topic = Topic(topic_wished(text))
    choice = Choice(turn, (), None)
    return _set_hours(choice, topic, hours) if hours else _show(choice)


def answered_in_words(turn: Turn, asked: str, ref: str, text: str) -> list[Reply] | None:
    """Take a typed time as the answer to a question about time; None where it is none."""
    at = clock_read(text) if asked in (CLOCK, HOURS) else None
    if at is None:
        return None
    turn.close_question()
    if asked == CLOCK:
        return _clock_says(Choice(turn, (ref,), None), at)
    flow, _, topic = ref.partition(".")
    choice = Choice(turn, (), None)
    replies = _set_hours(choice, Topic(topic), [at], flow=flow)
    return [*replies, *_last_of_the_first(choice, True)] if flow == FIRST else replies


def _of_the_patient(choice: Choice, card: Callable[[Turn], Card]) -> list[Reply]:
    if asked_of(choice.turn) is None:
        return choice.show(cards.own_chat_card(choice.turn.language))
    return choice.show(card(choice.turn))


def _other(turn: Turn) -> Person | None:
    """Return the patient whose prompts these are, where that is not the speaker."""
    patient = asked_of(turn)
    return None if patient is None or patient.id == turn.by.id else patient


def _show(choice: Choice) -> list[Reply]:
    def card(turn: Turn) -> Card:
        patient = asked_of(turn) or turn.by
        return cards.reminders_card(
            prompting.reminders_of(turn.unit, patient.id),
            turn.unit.prompting.of(patient.id),
            now=turn.now,
            zone=patient.zone,
            helped=patient.id == turn.by.id and bool(_helpers(turn)),
            language=turn.language,
        )

    return _of_the_patient(choice, card)


def _what_time(choice: Choice) -> list[Reply]:
    turn, flow = choice.turn, choice.part(0)
    turn.ask(CLOCK, flow)
    near = choices_near(turn.now, turn.zone, turn.language)
    return choice.show(cards.what_time_card(near, flow, turn.language))


def _other_time(choice: Choice) -> list[Reply]:
    turn, flow = choice.turn, choice.part(0)
    turn.ask(CLOCK, flow)
    every = all_choices(turn.now, turn.zone, turn.language)
    return choice.show(cards.other_time_card(every, flow, turn.language))


def _clock_says(choice: Choice, at: time) -> list[Reply]:
    turn = choice.turn
    zone = zone_from_clock(at, turn.now, near=turn.zone, language=turn.language)
    if zone is None:
        turn.ask(CLOCK, choice.part(0))
        return choice.show(cards.no_such_time_card(choice.part(0), turn.language))
    return _zone(replace(choice, parts=(choice.part(0), zone)))


def _zone(choice: Choice) -> list[Reply]:
    turn, (flow, zone) = choice.turn, choice.parts
    turn.close_question()
    by = prompting.choose_zone(turn.unit, zone, by=turn.by, now=turn.now, of=_other(turn))
    if flow == FIRST:
        turn.ask(HOURS, f"{FIRST}.{Topic.PRESSURE}")
        return choice.show(cards.morning_card(Topic.PRESSURE, FIRST, turn.language))
    return choice.show(cards.zone_card(wall_of(turn.now, by.zone).time(), turn.language))


def _hours(choice: Choice) -> list[Reply]:
    turn, (flow, topic) = choice.turn, choice.parts
    turn.ask(HOURS, f"{flow}.{topic}")
    return choice.show(cards.morning_card(Topic(topic), flow, turn.language))


def _morning(choice: Choice) -> list[Reply]:
    flow, topic, at = choice.parts
    return choice.show(cards.evening_card(Topic(topic), flow, at, choice.turn.language))


def _evening(choice: Choice) -> list[Reply]:
    flow, topic, *times = choice.parts
    hours = [time.fromisoformat(one) for one in times if one != NONE]
    choice.turn.close_question()
    replies = _set_hours(choice, Topic(topic), hours, flow=flow)
    return replies if flow == SETTINGS else [*replies, *_last_of_the_first(choice, bool(hours))]


def _set_hours(
    choice: Choice, topic: Topic, hours: tuple[time, ...] | list[time], flow: str = SETTINGS
) -> list[Reply]:
    turn, patient = choice.turn, asked_of(choice.turn)
    if patient is None:
        return choice.show(cards.own_chat_card(turn.language))
    try:
        prompting.choose_hours(turn.unit, topic, hours, by=turn.by, now=turn.now, of=patient)
    except NotValid as refused:
        if refused.reason == "hour_is_quiet":
            return choice.show(cards.quiet_hour_card(topic, turn.language))
        return choice.show(cards.too_many_hours_card(topic, turn.language))
    replies = choice.show(cards.chosen_card(topic, hours, turn.language))
    own = patient.id == turn.by.id
    if own and hours and flow == SETTINGS and turn.unit.prompting.of(turn.by.id).family is None:
        replies += _ask_family_if_any(turn, SETTINGS)
    return replies


def _ask_family_if_any(turn: Turn, flow: str) -> list[Reply]:
    names = _helpers(turn)
    return [cards.ask_family_card(names, flow, turn.language)] if names else []


def _last_of_the_first(choice: Choice, any_hours: bool) -> list[Reply]:
    """Ask about the family where there is one to tell, else welcome."""
    asked = _ask_family_if_any(choice.turn, FIRST) if any_hours else []
    return asked or welcome(choice.turn)


def welcome(turn: Turn) -> list[Reply]:
    """Say that all is set, with the keys; ask how much may be said where that is a question."""
    card = menus.welcome_card(turn.language)
    if turn.chat.channel is ChatChannel.WEB or turn.chat.tells:
        return [card]
    return [card, ask_tells_card(turn.language)]


def _helpers(turn: Turn) -> list[str]:
    own = turn.own_record()
    found = prompting.helpers_of(turn.unit, own, turn.now) if own else ()
    return [turn.unit.people.person(one.person).name for one in found]


def _ask_family(choice: Choice) -> list[Reply]:
    names = _helpers(choice.turn)
    if not names:
        return _show(choice)
    return choice.show(cards.ask_family_card(names, SETTINGS, choice.turn.language))


def _family(choice: Choice) -> list[Reply]:
    turn, (flow, answer) = choice.turn, choice.parts
    may_hear = answer == "yes"
    prompting.choose_family(turn.unit, by=turn.by, now=turn.now, may_hear=may_hear)
    replies = choice.show(cards.family_card(turn.language, may_hear=may_hear))
    return [*replies, *welcome(turn)] if flow == FIRST else replies


def _ask_pause(choice: Choice) -> list[Reply]:
    return _of_the_patient(choice, lambda turn: cards.pause_card(turn.language))


def _pause(choice: Choice) -> list[Reply]:
    turn, week = choice.turn, choice.part(0) == "week"
    wishes = prompting.pause(turn.unit, by=turn.by, now=turn.now, week=week, of=_other(turn))
    return choice.show(cards.paused_card(wishes, turn.zone, turn.language))


def _resume(choice: Choice) -> list[Reply]:
    turn = choice.turn
    prompting.resume(turn.unit, by=turn.by, now=turn.now, of=_other(turn))
    return choice.show(cards.resumed_card(choice.turn.language))


DOES: dict[str, Callable[[Choice], list[Reply]]] = {
    "show": _show,
    "what_time": _what_time,
    "clock": _other_time,
    "zone": _zone,
    "hours": _hours,
    "am": _morning,
    "pm": _evening,
    "ask_family": _ask_family,
    "family": _family,
    "ask_pause": _ask_pause,
    "pause": _pause,
    "resume": _resume,
    **ANSWERS,
}
