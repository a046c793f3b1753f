"""A doctor's answer to a question about an order: it goes to the chat, and all is open again."""

from dataclasses import replace
from datetime import datetime

from records.chats import Card, Chat
from records.errors import NotFound, NotValid
from records.orders import Occurrence, Said, State
from records.people import Person
from records.policy import Action
from records.services.holding import who_may_answer
from records.services.lapsing import USEFUL_FOR, is_out
from records.services.ordering import LONGEST, NO_ORDER
from records.services.permitting import permit, refuse_unknown
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.tracking import OccurrenceId
from records.wording.orders import answer_card


def answer_question(
    unit: Unit, occurrence_id: OccurrenceId, words: str, *, by: Person, now: datetime
) -> bool:
    """Send the answer to all who may answer the order; False where no question waits any more."""
    try:
        record_id = unit.orders.occurrence(occurrence_id).record
    except NotFound:
        refuse_unknown(unit, Action.PLACE_ORDER, by=by, now=now, rule=NO_ORDER)
    permit(unit, Action.PLACE_ORDER, by=by, record_id=record_id, now=now, ref=occurrence_id)
    answer = words.strip()
    if not answer:
        raise NotValid("words", "order_empty")
    if len(answer) > LONGEST:
        raise NotValid("words", "order_too_long")
    unit.records.lock(record_id)
    occurrence = unit.orders.occurrence(occurrence_id)
    if occurrence.state is not State.QUESTION:
        return False
    thread = (*occurrence.thread, Said(by.id, now, answer))
    asked_again = replace(
        occurrence, state=State.QUEUED, answered_by=None, answered=None, words="", thread=thread
    )
    is_out(unit, asked_again, now=now)
    _send(unit, occurrence, answer, by=by, now=now)
    return True


def _send(unit: Unit, occurrence: Occurrence, answer: str, *, by: Person, now: datetime) -> None:
    order = unit.orders.order(occurrence.order)

    def card(chat: Chat) -> Card:
        return answer_card(
            order,
            occurrence.id,
            answer=answer,
            doctor=by.name,
            language=chat.language,
            full=may_say_all(chat),
        )

    until = now + USEFUL_FOR
    for person_id in who_may_answer(unit, occurrence.record, now):
        tell(unit, person_id, card, about=occurrence.id, useful_until=until)
