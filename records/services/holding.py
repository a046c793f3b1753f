"""Who holds the card of an order, and changing it where they hold it."""

from dataclasses import replace
from datetime import datetime

from records.chats import Card, Chat
from records.orders import Occurrence, State
from records.people import Scope, Tie
from records.services.ports import Unit
from records.services.telling import may_say_all
from records.tracking import PersonId, RecordId
from records.wording.orders import answered_card, unanswered_card


def who_may_answer(unit: Unit, record_id: RecordId, now: datetime) -> tuple[PersonId, ...]:
    """Return the patient and the helpers who may answer orders."""
    helpers = (
        one.person
        for one in unit.relationships.of_record(record_id)
        if one.tie is Tie.CAREGIVER and Scope.ANSWER_ORDERS in one.scopes and one.holds(now)
    )
    return (unit.records.record(record_id).patient, *helpers)


def edit_cards(unit: Unit, occurrence: Occurrence) -> None:
    """Let every card of an occurrence say what became of it."""
    for chat_id, message_id in unit.outbox.about(occurrence.id):
        chat = unit.chats.chat(chat_id)
        if chat.person is not None:
            unit.outbox.edit(message_id, _card(unit, occurrence, chat, chat.person))


def _card(unit: Unit, occurrence: Occurrence, chat: Chat, holder: PersonId) -> Card:
    order, full = unit.orders.order(occurrence.order), may_say_all(chat)
    doctor = unit.people.person(order.said_by).name
    if occurrence.state is State.NO_ANSWER:
        return unanswered_card(
            order, occurrence.id, doctor=doctor, language=chat.language, full=full
        )
    who = unit.people.person(occurrence.answered_by).name if occurrence.answered_by else ""
    reader = replace(unit.people.person(holder), language=chat.language)
    return answered_card(order, occurrence, doctor=doctor, reader=reader, full=full, who=who)
