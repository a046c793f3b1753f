"""The settings of prompts in the chat: hours, the clock, a pause, and the family."""

from collections.abc import Sequence
from datetime import datetime, time

from records.chats import Button, Card, Tap
from records.prompts import PromptWishes, Topic
from records.services.prompting import Reminder
from records.vocabulary import Language
from records.wording.catalogue import later, say
from records.wording.menus import menu_button
from records.wording.names import day_words
from records.wording.prompts import prompt_tap

FIRST, SETTINGS = "first", "own"  # in the first minute, or from the settings
MORNING = (time(7), time(8), time(9))
EVENING = (time(19), time(20), time(21))
NONE = "none"
Rows = tuple[tuple[Button, ...], ...]

TOPICS = {
    Topic.PRESSURE: later("🩺 Blood pressure"),
    Topic.GLUCOSE: later("🩸 Sugar"),
    Topic.MEDICINE: later("💊 Medicine"),
    Topic.CHECK_IN: later("📝 Daily check-in"),
}


def what_time_card(choices: Sequence[tuple[time, str]], flow: str, language: Language) -> Card:
    """Return "What time is it for you now?" with the likely times and [Other]."""
    buttons = [_time(at, prompt_tap("zone", flow, zone)) for at, zone in choices]
    buttons.append(Button(say(language, "Other"), prompt_tap("clock", flow)))
    return Card(say(language, "What time is it for you now?"), _in_twos(buttons))


def other_time_card(choices: Sequence[tuple[time, str]], flow: str, language: Language) -> Card:
    """Return every whole hour to choose from, or to type."""
    buttons = [_time(at, prompt_tap("zone", flow, zone)) for at, zone in choices]
    text = say(language, "Tap what your clock shows, or type it, like 15:10.")
    return Card(text, _in_twos(buttons))


def no_such_time_card(flow: str, language: Language) -> Card:
    """Return that no clock shows that now."""
    text = say(language, "I know no place where it is that time now. What does your clock show?")
    return Card(text, ((Button(say(language, "Other"), prompt_tap("clock", flow)),),))


def zone_card(at: time, language: Language) -> Card:
    """Return that the clock is known."""
    text = say(language, "👌 It is {time} for you.", time=f"{at:%H:%M}")
    return Card(text, ((_reminders(language),),))


def morning_card(topic: Topic, flow: str, language: Language) -> Card:
    """Return "When shall I remind you?" with the hours of the morning."""
    text = say(language, "When shall I remind you?")
    return Card(text, _hours(MORNING, ("am", flow, topic), language))


def evening_card(topic: Topic, flow: str, morning: str, language: Language) -> Card:
    """Return the same for the evening."""
    text = say(language, "And in the evening?")
    return Card(text, _hours(EVENING, ("pm", flow, topic, morning), language))


def quiet_hour_card(topic: Topic, language: Language) -> Card:
    """Return that people sleep at that hour, and the way to another."""
    text = say(language, "I am quiet from 21:30 to 07:00. Shall I ask at another time?")
    other = Button(say(language, "Choose a time"), prompt_tap("hours", SETTINGS, topic))
    return Card(text, ((other, _reminders(language)),))


def too_many_hours_card(topic: Topic, language: Language) -> Card:
    """Return that this would be too often."""
    text = say(language, "Four times a day is the most. Which times are best?")
    other = Button(say(language, "Choose a time"), prompt_tap("hours", SETTINGS, topic))
    return Card(text, ((other, _reminders(language)),))


def chosen_card(topic: Topic, hours: Sequence[time], language: Language) -> Card:
    """Return when will be asked from now on."""
    if not hours:
        text = say(language, "👌 I will not ask. You can change this any time.")
    else:
        text = say(language, "👌 I will ask at {times}.", times=_times(hours, language))
    return Card(text, ((_reminders(language),),))


def ask_family_card(names: Sequence[str], flow: str, language: Language) -> Card:
    """Return the question whether helpers may hear of a silence."""
    who = say(language, " and ").join(names)
    text = say(language, "If I hear nothing three times in a row, may I tell {who}?", who=who)
    yes = Button(say(language, "Yes"), prompt_tap("family", flow, "yes"))
    no = Button(say(language, "No"), prompt_tap("family", flow, "no"))
    return Card(text, ((yes, no),))


def family_card(language: Language, *, may_hear: bool) -> Card:
    """Return what the family will hear from now on."""
    text = (
        say(language, "👌 I will tell them if you are silent.")
        if may_hear
        else say(language, "👌 I will tell nobody.")
    )
    return Card(text, ((_reminders(language),),))


def reminders_card(
    reminders: Sequence[Reminder],
    wishes: PromptWishes,
    *,
    now: datetime,
    zone: str,
    helped: bool,
    language: Language,
) -> Card:
    """Return what is asked and when, with everything that can be changed, a tap each."""
    lines = [_line(one, language) for one in reminders]
    head = say(language, "🔔 I ask for:") if lines else say(language, "🔔 I ask for nothing yet.")
    if wishes.is_paused(now):
        lines.append(_quiet_until(wishes, zone, language))
    topics = [
        Button(say(language, words), prompt_tap("hours", SETTINGS, topic))
        for topic, words in TOPICS.items()
    ]
    buttons = [*topics, _pause_or_resume(wishes, now, language)]
    buttons.append(Button(say(language, "🕐 My clock"), prompt_tap("what_time", SETTINGS)))
    if helped:
        buttons.append(Button(say(language, "👪 Tell my family"), prompt_tap("ask_family")))
    return Card("\n".join((head, *lines)), _in_twos(buttons))


def pause_card(language: Language) -> Card:
    """Return "For how long?" with [1 week] [Until I say]."""
    week = Button(say(language, "1 week"), prompt_tap("pause", "week"))
    open_end = Button(say(language, "Until I say"), prompt_tap("pause", "open"))
    return Card(say(language, "⏸ For how long shall I be quiet?"), ((week, open_end),))


def paused_card(wishes: PromptWishes, zone: str, language: Language) -> Card:
    """Return until when nothing is asked."""
    return Card(_quiet_until(wishes, zone, language), ((_resume(language),),))


def resumed_card(language: Language) -> Card:
    """Return that prompts come again."""
    return Card(say(language, "👌 I will ask again."), ((_reminders(language),),))


def own_chat_card(language: Language) -> Card:
    """Return that a patient chooses the own prompts, in the own chat."""
    text = say(language, "Reminders are chosen in the patient's own chat.")
    return Card(text, ((menu_button(language),),))


def _line(one: Reminder, language: Language) -> str:
    often = "" if one.daily else say(language, ", 3 days a week")
    times = _times(one.hours, language)
    what = say(language, TOPICS[one.topic])
    return say(language, "{what}: {times}{often}", what=what, times=times, often=often)


def _times(hours: Sequence[time], language: Language) -> str:
    return say(language, ", ").join(f"{one:%H:%M}" for one in sorted(hours))


def _quiet_until(wishes: PromptWishes, zone: str, language: Language) -> str:
    if wishes.paused_until is None:
        return say(language, "👌 I am quiet until you say.")
    day = day_words(wishes.paused_until, zone, language)
    return say(language, "👌 I am quiet until {day}.", day=day)


def _pause_or_resume(wishes: PromptWishes, now: datetime, language: Language) -> Button:
    if wishes.is_paused(now):
        return _resume(language)
    return Button(say(language, "⏸ Pause"), prompt_tap("ask_pause"))


def _resume(language: Language) -> Button:
    return Button(say(language, "▶️ Ask again"), prompt_tap("resume"))


def _reminders(language: Language) -> Button:
    return Button(say(language, "🔔 Reminders"), prompt_tap("show"))


def _hours(hours: Sequence[time], to: tuple[str, ...], language: Language) -> Rows:
    buttons = [_time(at, prompt_tap(*to, f"{at:%H:%M}")) for at in hours]
    return _in_twos([*buttons, Button(say(language, "No reminder"), prompt_tap(*to, NONE))])


def _time(at: time, tap: Tap) -> Button:
    return Button(f"{at:%H:%M}", tap)


def _in_twos(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
