"""The order card, as the chat shows it and the doctor previews it; the words of its states."""

from datetime import datetime
from zoneinfo import ZoneInfo

from records.chats import Button, Card, Tap, TapName
from records.orders import Occurrence, Order, OrderKind, State
from records.people import Person
from records.tracking import OccurrenceId
from records.vocabulary import Language
from records.wording.catalogue import later, say

ORDER_KINDS = {
    OrderKind.MEASURE: later("Measure"),
    OrderKind.TAKE: later("Take a medicine"),
    OrderKind.COME_IN: later("Come in"),
    OrderKind.DO: later("Do something"),
    OrderKind.ADVICE: later("Advice to read"),
}

DONE_BUTTONS = {
    OrderKind.TAKE: later("✅ OK, will do"),
    OrderKind.ADVICE: later("✅ I have read it"),
}
"""What the first button says where it is not "Done"."""


def order_card(
    order: Order, occurrence: OccurrenceId, *, doctor: str, language: Language, full: bool
) -> Card:
    """Return the card of one occurrence; `full` says the text may stand in this chat."""
    if not full:
        text = say(language, "👩‍⚕️ You have a new order from your doctor.")
        show = Button(say(language, "Show it here"), Tap(TapName.REVEAL, occurrence))
        return Card(text, ((show,),))
    text = say(language, "👩‍⚕️ {doctor}: {order}", doctor=doctor, order=order.text)
    done = say(language, DONE_BUTTONS.get(order.kind, "✅ Done"))
    return Card(
        text,
        (
            (
                Button(done, Tap(TapName.ORDER_DONE, occurrence)),
                Button(say(language, "⏰ Later"), Tap(TapName.ORDER_LATER, occurrence)),
            ),
            (Button(say(language, "❓ Question"), Tap(TapName.ORDER_QUESTION, occurrence)),),
        ),
    )


def answer_card(
    order: Order,
    occurrence: OccurrenceId,
    *,
    answer: str,
    doctor: str,
    language: Language,
    full: bool,
) -> Card:
    """Return the doctor's answer to a question, with the order's own buttons below it."""
    asked = order_card(order, occurrence, doctor=doctor, language=language, full=full)
    if not full:
        return Card(say(language, "👩‍⚕️ You have an answer from your doctor."), asked.rows)
    text = say(
        language,
        "💬 {doctor} answers: {answer}\nThe order: {order}",
        doctor=doctor,
        answer=answer,
        order=order.text,
    )
    return Card(text, asked.rows)


def changed_card(doctor: str, time: str, language: Language) -> Card:
    """Return what stands in the place of a card whose order has other words now.

    `doctor` is empty where the chat may not say whose order it is.
    """
    if not doctor:
        return Card(say(language, "✏️ Your doctor changed this at {time}.", time=time))
    return Card(say(language, "✏️ {doctor} changed this at {time}.", doctor=doctor, time=time))


def unanswered_card(
    order: Order, occurrence: OccurrenceId, *, doctor: str, language: Language, full: bool
) -> Card:
    """Return a card that nobody has answered for days: it says so, and can still be answered."""
    asked = order_card(order, occurrence, doctor=doctor, language=language, full=full)
    line = say(language, "⏳ No answer yet. You can still answer.")
    return Card(f"{asked.text}\n{line}", asked.rows)


def unanswered_by_card(
    order: Order, occurrence: OccurrenceId, *, patient: str, doctor: str, language: Language
) -> Card:
    """Return what a helper hears who may answer in the patient's place."""
    asked = order_card(order, occurrence, doctor=doctor, language=language, full=True)
    text = say(
        language,
        "⏳ {patient} has not answered {doctor} yet.\nThe order: {order}",
        patient=patient,
        doctor=doctor,
        order=order.text,
    )
    return Card(text, asked.rows)


def repeat_mark(number: int, language: Language) -> str:
    """Return the line above a card that was sent before and may have arrived already."""
    return say(language, "🔁 Repeat of #{number}. You may have it already.", number=number)


def answered_card(
    order: Order,
    occurrence: Occurrence,
    *,
    doctor: str,
    reader: Person,
    full: bool,
    who: str = "",
) -> Card:
    """Return what stands in the place of the card once it is answered or withdrawn.

    `who` answered it; somebody else who holds the card reads the name.
    """
    language = reader.language
    text = say(language, "👩‍⚕️ {doctor}: {order}", doctor=doctor, order=order.text)
    if not full:
        text = say(language, "👩‍⚕️ An order from your doctor.")
    if occurrence.state is State.WITHDRAWN:
        line = say(language, "{doctor} has withdrawn this.", doctor=doctor)
    elif occurrence.state is State.LATER and occurrence.again:
        line = say(language, "⏰ Again at {time}", time=clock_time(occurrence.again, reader.zone))
    elif occurrence.state is State.QUESTION:
        line = say(language, "❓ Your question has gone to {doctor}.", doctor=doctor)
    elif occurrence.answered_by == reader.id and occurrence.answered:
        line = say(
            language, "✅ You answered {time}", time=clock_time(occurrence.answered, reader.zone)
        )
    elif occurrence.state is State.DONE and occurrence.answered and who:
        at = clock_time(occurrence.answered, reader.zone)
        line = "✅ " + say(language, "Done {time} by {who}", time=at, who=who)
    else:
        line = say(language, "✅ Answered")
    return Card(f"{text}\n{line}")


def state_words(occurrence: Occurrence, *, language: Language, zone: str, who: str) -> str:
    """Return what a doctor reads of an occurrence; a chat never tells whether a card was read."""
    at = clock_time(occurrence.answered, zone) if occurrence.answered else ""
    again = clock_time(occurrence.again, zone) if occurrence.again else ""
    match occurrence.state:
        case State.DONE:
            return say(language, "Done {time} by {who}", time=at, who=who)
        case State.LATER:
            return say(language, "Later – again {time}", time=again)
        case state:
            return say(language, STATES[state])


STATES = {
    State.WAITING: later("Not yet due"),
    State.QUEUED: later("Sending"),
    State.SENT: later("Sent, no answer yet"),
    State.UNKNOWN: later("Sent, but it may not have arrived"),
    State.DONE: later("Done"),
    State.LATER: later("Later"),
    State.QUESTION: later("Question waiting"),
    State.NO_ANSWER: later("Not answered in 3 days"),
    State.UNREACHABLE: later("Phone has blocked us"),
    State.TOO_LATE: later("Not sent: too late to be useful"),
    State.WITHDRAWN: later("Withdrawn"),
}


def clock_time(moment: datetime, zone: str) -> str:
    """Return the wall time of a moment in a zone, 24 hours, as HH:MM."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
