"""Changing the words of an order: two doctors may, and neither writes over the other unseen."""

from dataclasses import replace
from datetime import datetime

from records.errors import NotFound, NotPermitted, NotValid
from records.orders import Occurrence, Order, State
from records.people import Person
from records.policy import Action
from records.services.holding import edit_cards
from records.services.ordering import fall_due, read_words
from records.services.permitting import permit
from records.services.ports import Unit
from records.services.telling import may_say_all
from records.tracking import OrderId, RecordId
from records.wording.orders import changed_card, clock_time

SENT = frozenset({State.QUEUED, State.SENT, State.UNKNOWN, State.NO_ANSWER})
CHANGEABLE = SENT | {State.WAITING, State.LATER, State.QUESTION}


def order_to_change(
    unit: Unit, order_id: OrderId, *, within: RecordId, by: Person, now: datetime
) -> Order:
    """Return the newest version of an order that this person may change."""
    permit(unit, Action.PLACE_ORDER, by=by, record_id=within, now=now, ref=order_id)
    try:
        order = unit.orders.order(order_id)
    except NotFound:
        raise NotPermitted from None
    if order.record != within:
        raise NotPermitted
    return order


def why_unchangeable(unit: Unit, order: Order) -> str:
    """Return the reason for which an order is changed no more; empty where it may be."""
    if order.withdrawn is not None:
        return "order_withdrawn"
    found = dict(unit.orders.of_record(order.record))
    still = any(one.state in CHANGEABLE for one in found.get(order, ()))
    comes_round = any(not one.ended for one in unit.timetable.rules_of(order.id))
    return "" if still or comes_round else "order_over"


def change_order(
    unit: Unit, order: Order, text: str, *, seen: int, by: Person, now: datetime
) -> Order:
    """Give an order other words, if it is still in the version seen; its cards say so.

    What was sent already is sent anew; who sleeps gets it in the morning, as any order.
    """
    words = read_words(text)
    order = order_to_change(unit, order.id, within=order.record, by=by, now=now)
    unit.records.lock(order.record)
    order = unit.orders.order(order.id)
    if order.version != seen:
        raise NotValid("text", "order_changed")
    if reason := why_unchangeable(unit, order):
        raise NotValid("text", reason)
    occurrences = dict(unit.orders.of_record(order.record))[order]
    changed = replace(order, text=words, version=seen + 1, changed=now, changed_by=by.id)
    unit.orders.put(changed)
    for one in occurrences:
        _tell(unit, one, by=by, now=now)
    return changed


def _tell(unit: Unit, occurrence: Occurrence, *, by: Person, now: datetime) -> None:
    if occurrence.state in (State.LATER, State.QUESTION):
        edit_cards(unit, occurrence)
    if occurrence.state not in SENT:
        return
    for chat_id, message_id in unit.outbox.about(occurrence.id):
        chat = unit.chats.chat(chat_id)
        if chat.person is not None:
            at = clock_time(now, unit.people.person(chat.person).zone)
            doctor = by.name if may_say_all(chat) else ""
            unit.outbox.edit(message_id, changed_card(doctor, at, chat.language))
    unit.orders.put_occurrence(replace(occurrence, state=State.WAITING))
    fall_due(unit, occurrence.id, now=now)
