"""Lists in the chat: the orders, and the patient's own numbers."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from records.chats import Button, Card, Tap, TapName
from records.measures import Measures
from records.observations import Quantity
from records.orders import OPEN_STATES, State
from records.series import Point
from records.services.ordering import OrderView
from records.vocabulary import Code, Language
from records.wording.catalogue import say
from records.wording.menus import menu_button
from records.wording.names import day_words, number_phrase, plain
from records.wording.orders import clock_time, state_words

SHOWN = 5


def orders_card(views: Sequence[OrderView], *, zone: str, language: Language) -> Card:
    """Return the last orders with their states; an open one can be answered from here."""
    lines: list[str] = []
    rows: list[tuple[Button, ...]] = []
    for view in views:
        for one in view.occurrences:
            who = view.people[one.answered_by].name if one.answered_by in view.people else ""
            state = state_words(one, language=language, zone=zone, who=who)
            lines.append(f"• {view.doctor.name}: {view.order.text} – {state}")
            if one.state in OPEN_STATES and one.state is not State.WAITING:
                label = say(language, "Answer {number}", number=len(lines))
                rows.append((Button(label, Tap(TapName.REVEAL, one.id)),))
            if len(lines) == SHOWN:
                break
    text = say(language, "👩‍⚕️ Your orders:")
    if not lines:
        text = say(language, "👩‍⚕️ You have no orders.")
    return Card("\n".join((text, *lines[:SHOWN])), (*rows[:SHOWN], (menu_button(language),)))


def question_card(doctor: str, language: Language) -> Card:
    """Return "Type your question …"."""
    text = say(
        language,
        "Type your question. {doctor} usually answers within 1 working day.",
        doctor=doctor,
    )
    return Card(text, ((Button(say(language, "Back"), Tap(TapName.CHOOSE, "ok")),),))


def question_sent_card(doctor: str, language: Language) -> Card:
    """Return that the question has gone to the doctor."""
    text = say(language, "❓ Your question has gone to {doctor}.", doctor=doctor)
    return Card(text, ((menu_button(language),),))


def later_card(text: str, occurrence: str, language: Language) -> Card:
    """Return the order's card with [In 1 hour] [This evening] [Tomorrow]."""
    choices = (
        ("hour", say(language, "In 1 hour")),
        ("evening", say(language, "This evening")),
        ("tomorrow", say(language, "Tomorrow")),
    )
    buttons = [
        Button(words, Tap(TapName.ORDER_LATER, f"{occurrence}.{when}")) for when, words in choices
    ]
    return Card(text, (tuple(buttons[:2]), tuple(buttons[2:])))


def numbers_card(
    series: Sequence[tuple[Code, Sequence[Point]]],
    measures: Measures,
    *,
    zone: str,
    language: Language,
) -> Card:
    """Return the last numbers of each code, with the mean of the pressures shown."""
    lines: list[str] = []
    for code, points in series:
        for point in points[-SHOWN:]:
            when = f"{day_words(point.at, zone, language)} {clock_time(point.at, zone)}"
            lines.append(f"• {when}  {_numbers(code, point, measures, language)}")
        if code is Code.BLOOD_PRESSURE and len(points) > 1:
            mean = "/".join(_mean([p.numbers[i] for p in points]) for i in (0, 1))
            lines.append(say(language, "Average of 7 days: {mean}", mean=mean))
    text = say(language, "📋 Your numbers of the last 7 days:")
    if not lines:
        text = say(language, "📋 No numbers in the last 7 days. Type two, like 128 82")
    return Card("\n".join((text, *lines)), ((menu_button(language),),))


def _numbers(code: Code, point: Point, measures: Measures, language: Language) -> str:
    if len(point.numbers) > 1:
        return "/".join(plain(one) for one in point.numbers)
    own = Quantity(measures.number(code, point.numbers[0]), measures.unit_of(code))
    return number_phrase(code, own, language)


def _mean(numbers: Sequence[Decimal]) -> str:
    return str((sum(numbers, Decimal(0)) / len(numbers)).quantize(Decimal(1), ROUND_HALF_UP))
