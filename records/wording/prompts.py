"""What the house says by itself: prompts, nudges, the week, and news for the family."""

from datetime import datetime

from records.chats import Button, Card, Picture, Tap, TapName
from records.findings.averages import GlucoseShares, PressureAverage
from records.findings.targets import HOME_TARGET, LEAST_DAYS
from records.prompts import Topic
from records.services.walks import WalkName
from records.tracking import RecordId
from records.vocabulary import Language
from records.walltime import wall_of
from records.wording.catalogue import later, say
from records.wording.menus import menu_button
from records.wording.names import day_words

NOON, EVENING = 12, 18
ASKS = {
    Topic.PRESSURE: later("Your two numbers, please – like 128 82."),
    Topic.GLUCOSE: later("Your sugar, please – like 6.8."),
    Topic.MEDICINE: later("Have you taken your medicine?"),
    Topic.CHECK_IN: later("Shall we do your daily check-in?"),
}
ASKS_OF = {
    Topic.PRESSURE: later("The two numbers, please – like 128 82."),
    Topic.GLUCOSE: later("The sugar, please – like 6.8."),
    Topic.MEDICINE: later("Has the medicine been taken?"),
    Topic.CHECK_IN: later("Shall we do the daily check-in?"),
}
"""The same, where somebody else is asked for the patient."""


def prompt_tap(*parts: str) -> Tap:
    """Return the tap of a button about prompts: what it does, then its choices."""
    return Tap(TapName.PROMPT, ".".join(parts))


def prompt_card(
    topic: Topic,
    key: str,
    *,
    now: datetime,
    zone: str,
    language: Language,
    of: tuple[RecordId, str] | None = None,
) -> Card:
    """Return "Good morning. Your two numbers, please …" with [Later] [Skip today].

    `of` is the record where somebody else is asked, and the name of its patient where the chat is
    speaking of another just now: then a tap turns it to this one.
    """
    between = "" if language is Language.CHINESE else " "
    asks = ASKS_OF if of else ASKS
    text = f"{_greeting(now, zone, language)}{between}{say(language, asks[topic])}"
    rows: list[tuple[Button, ...]] = []
    if of is not None and of[1]:
        rows.append((Button(f"👤 {of[1]}", Tap(TapName.SUBJECT, of[0])),))
    if topic is Topic.MEDICINE:
        which = f"medicine_of.{of[0]}" if of else "own_medicine"
        taken = Button(say(language, "Taken"), Tap(TapName.CHOOSE, f"{which}.taken"))
        missed = Button(say(language, "Not taken"), Tap(TapName.CHOOSE, f"{which}.missed"))
        rows.append((taken, missed))
    if topic is Topic.CHECK_IN:
        begin = Tap(TapName.MENU, "check_in")
        if of is not None:
            begin = Tap(TapName.CHOOSE, f"walk.{of[0]}.on.{WalkName.CHECK_IN}")
        rows.append((Button(say(language, "Begin"), begin),))
    rows.append(
        (
            Button(say(language, "Later"), prompt_tap("later", key)),
            Button(say(language, "Skip today"), prompt_tap("skip", key)),
        )
    )
    return Card(text, tuple(rows))


def _greeting(now: datetime, zone: str, language: Language) -> str:
    hour = wall_of(now, zone).hour
    if hour < NOON:
        return say(language, "Good morning.")
    return say(language, "Good evening.") if hour >= EVENING else say(language, "Good afternoon.")


def nudge_card(topic: Topic, language: Language) -> Card:
    """Return the one silent nudge; nothing follows it."""
    if topic in (Topic.PRESSURE, Topic.GLUCOSE):
        return Card(say(language, "No hurry – your numbers when you can."), silent=True)
    return Card(say(language, "No hurry – whenever you can."), silent=True)


def later_prompt_card(at: datetime, zone: str, language: Language) -> Card:
    """Return that the prompt will come once more."""
    return Card(say(language, "👌 I will ask again at {time}.", time=_clock(at, zone)))


def skipped_card(language: Language) -> Card:
    """Return that nothing more will be asked this time."""
    return Card(say(language, "👌 Nothing more for now."))


def week_card(
    days: int,
    average: PressureAverage | None,
    shares: GlucoseShares | None,
    picture: Picture,
    language: Language,
) -> Card:
    """Return the week in a sentence and a chart, with thanks and without blame."""
    said = [say(language, "{days} of 7 days.", days=days)]
    if average is not None:
        said.append(_average(average, language))
    elif shares is not None:
        percent = shares.percent(shares.in_range)
        said.append(say(language, "{percent} % of your sugar is in range.", percent=percent))
    between = "" if language is Language.CHINESE else " "
    row = (Button(say(language, "See all"), Tap(TapName.MENU, "see_all")),)
    return Card(between.join(said), (row,), picture=picture)


def _average(average: PressureAverage, language: Language) -> str:
    if average.days < LEAST_DAYS:
        return say(language, "Average {average}.", average=average.numbers)
    if average.above():
        target = f"{HOME_TARGET.systolic}/{HOME_TARGET.diastolic}"
        return say(
            language,
            "Average {average}. That is above your target ({target}).",
            average=average.numbers,
            target=target,
        )
    return say(language, "Average {average}, on target. Well done.", average=average.numbers)


def week_ready_card(language: Language) -> Card:
    """Return that the week stands on the site, for a chat that may only echo."""
    return Card(say(language, "📈 Your week is ready on your page."), (_where(language),))


def step_down_card(topic: Topic, language: Language, of: str = "") -> Card:
    """Return the offer to be asked less often; it tells nothing of the numbers.

    `of` is the record where somebody else decides for the patient.
    """
    text = say(language, "You are doing well. Shall I ask only 3 days a week?")
    if topic is Topic.GLUCOSE:
        text = say(language, "You are doing well. Shall I ask for your sugar only 3 days a week?")
    whose = [of] if of else []
    yes = Button(say(language, "Yes"), prompt_tap("days", topic, "three", *whose))
    no = Button(say(language, "Keep daily"), prompt_tap("days", topic, "daily", *whose))
    return Card(text, ((yes, no),))


def days_card(language: Language, *, daily: bool) -> Card:
    """Return how often will be asked from now on."""
    if daily:
        return Card(say(language, "👌 Daily, as before."))
    return Card(say(language, "👌 Monday, Wednesday and Friday, then."))


def silence_card(
    name: str, since: datetime, record: RecordId, *, zone: str, language: Language
) -> Card:
    """Return the one notice to a helper that nothing has come."""
    day = day_words(since, zone, language)
    text = say(language, "{name} has not sent numbers since {day}.", name=name, day=day)
    ask = Button(say(language, "I'll ask"), prompt_tap("ask", record))
    mute = Button(say(language, "Mute 1 week"), prompt_tap("mute", record))
    return Card(text, ((ask, mute),))


def news_card(language: Language) -> Card:
    """Return that there is news of somebody, for a chat that may not say of whom."""
    text = say(language, "There is news of somebody you help. May I show such news here?")
    return Card(text, (_where(language),))


def will_ask_card(language: Language) -> Card:
    """Return thanks to a helper who will ask."""
    return Card(say(language, "👌 Thank you for asking."), ((menu_button(language),),))


def muted_card(language: Language) -> Card:
    """Return that a helper hears nothing of it for a week."""
    return Card(say(language, "👌 I am quiet about this for a week."), ((menu_button(language),),))


def _where(language: Language) -> tuple[Button, ...]:
    return (
        Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in")),
        Button(say(language, "Yes, here"), Tap(TapName.TELLS, "yes")),
    )


def _clock(moment: datetime, zone: str) -> str:
    return f"{wall_of(moment, zone):%H:%M}"
