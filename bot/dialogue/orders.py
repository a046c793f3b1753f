"""A doctor's order in the chat: shown, answered, put off, asked about."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue.messages import Edit, Reply
from bot.dialogue.turn import Turn
from records.chats import Card, MessageId
from records.errors import NotFound, NotPermitted
from records.orders import OPEN_STATES, Answer, Occurrence
from records.services.ordering import OrderView, answer_order, orders_of
from records.tracking import OccurrenceId, RecordId
from records.wording.lists import later_card, orders_card, question_card, question_sent_card
from records.wording.orders import answered_card, order_card
from records.wording.settings import only_on_the_site_card

ASKED = "order"
EVENING = 18
MORNING = 8


def list_orders(turn: Turn, record_id: RecordId) -> list[Reply]:
    """Show the orders of a record, where texts may stand in this chat."""
    if not turn.full:
        return [only_on_the_site_card(turn.language)]
    views = orders_of(turn.unit, record_id, by=turn.by, now=turn.now)
    return [orders_card(views, zone=turn.zone, language=turn.language)]


def done(turn: Turn, occurrence_id: str) -> list[Reply]:
    """Answer an order as done; its cards change by themselves."""
    answer_order(turn.unit, OccurrenceId(occurrence_id), Answer.DONE, by=turn.by, now=turn.now)
    return []


def later(turn: Turn, ref: str, message: MessageId) -> list[Reply]:
    """Ask until when, or put an order off until then."""
    occurrence_id, _, when = ref.partition(".")
    if when:
        again = _moment(turn, when)
        answer_order(
            turn.unit,
            OccurrenceId(occurrence_id),
            Answer.LATER,
            by=turn.by,
            now=turn.now,
            again=again,
        )
        return []
    card = _shown(turn, occurrence_id, full=turn.full)
    return [Edit(message, later_card(card.text, occurrence_id, turn.language))]


def _moment(turn: Turn, when: str) -> datetime:
    local = turn.now.astimezone(ZoneInfo(turn.zone))
    evening = local.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    if when == "evening" and evening > local:
        return evening
    if when == "tomorrow":
        return (local + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return turn.now + timedelta(hours=1)


def reveal(turn: Turn, occurrence_id: str, message: MessageId) -> list[Reply]:
    """Show the text of one order because the person asked for it here."""
    return [Edit(message, _shown(turn, occurrence_id, full=True))]


def _shown(turn: Turn, occurrence_id: str, *, full: bool) -> Card:
    view, occurrence = _found(turn, occurrence_id)
    if occurrence.state not in OPEN_STATES:
        reader = replace(turn.by, language=turn.language)
        return answered_card(
            view.order, occurrence, doctor=view.doctor.name, reader=reader, full=full
        )
    return order_card(
        view.order, occurrence.id, doctor=view.doctor.name, language=turn.language, full=full
    )


def _found(turn: Turn, occurrence_id: str) -> tuple[OrderView, Occurrence]:
    """Return an occurrence with its order, if it is the speaker's to know of."""
    try:
        record_id = turn.unit.orders.occurrence(OccurrenceId(occurrence_id)).record
    except NotFound:
        raise NotPermitted from None
    for view in orders_of(turn.unit, record_id, by=turn.by, now=turn.now):
        for occurrence in view.occurrences:
            if occurrence.id == occurrence_id:
                return view, occurrence
    raise NotPermitted


def question(turn: Turn, occurrence_id: str) -> list[Reply]:
    """Wait for the words of a question about an order."""
    turn.ask(ASKED, occurrence_id)
    doctor = _found(turn, occurrence_id)[0].doctor.name
    return [question_card(doctor, turn.language)]


def put_question(turn: Turn, occurrence_id: str, words: str) -> list[Reply]:
    """Hand the words of a question to the doctor."""
    turn.close_question()
    doctor = _found(turn, occurrence_id)[0].doctor.name
    answer_order(
        turn.unit,
        OccurrenceId(occurrence_id),
        Answer.QUESTION,
        by=turn.by,
        now=turn.now,
        words=words,
    )
    return [question_sent_card(doctor, turn.language)]
