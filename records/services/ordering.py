"""Orders: placed by a doctor, sent when due, answered in the chat, seen by the doctor."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from records.errors import NotFound, NotValid
from records.orders import OPEN_STATES, Answer, Occurrence, Order, OrderKind, Said, State
from records.people import Person
from records.policy import Action
from records.prompts import when_awake
from records.services.holding import edit_cards, who_may_answer
from records.services.lapsing import USEFUL_FOR, is_out
from records.services.permitting import permit, refuse_unknown
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.tracking import OccurrenceId, OrderId, PersonId, RecordId, fresh
from records.wording.orders import order_card

PAST_BY = timedelta(minutes=5)
NO_ORDER = "no_such_order"  # what the log says where there is none
LONGEST = 1000  # characters of an order's text: a card must stay readable in a chat


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with who placed it, its occurrences, and who answered them."""

    order: Order
    doctor: Person
    occurrences: tuple[Occurrence, ...]
    people: dict[PersonId, Person]
    changed_by: Person | None = None


def place_order(
    unit: Unit,
    *,
    record_id: RecordId,
    by: Person,
    now: datetime,
    kind: OrderKind,
    text: str,
    due: datetime,
    urgent: bool = False,
) -> Order:
    """Place an order that falls due at a time, and set its slot on the timetable."""
    record = permit(unit, Action.PLACE_ORDER, by=by, record_id=record_id, now=now)
    words = read_words(text)
    if due < now - PAST_BY:
        raise NotValid("due", "due_is_past")
    language = unit.people.person(record.patient).language
    order = Order(
        OrderId(fresh()), record_id, by.id, kind, words, language, now, due, urgent=urgent
    )
    occurrence = Occurrence(OccurrenceId(fresh()), order.id, record_id, due, State.WAITING)
    unit.orders.put(order)
    unit.orders.put_occurrence(occurrence)
    if due <= now:
        fall_due(unit, occurrence.id, now=now)
    else:
        unit.timetable.set(f"order:{occurrence.id}:{due.isoformat()}", due, "order", occurrence.id)
    return order


def read_words(text: str) -> str:
    """Return the words of an order as they are kept, or raise NotValid."""
    words = text.strip()
    if not words:
        raise NotValid("text", "order_empty")
    if len(words) > LONGEST:
        raise NotValid("text", "order_too_long")
    return words


def fall_due(unit: Unit, occurrence_id: OccurrenceId, *, now: datetime) -> None:
    """Send the card of an occurrence to everybody who may answer it.

    While the patient sleeps only what is urgent is sent, and what they themselves put off. Of a
    patient who has died nothing is sent.
    """
    occurrence = unit.orders.occurrence(occurrence_id)
    if occurrence.state not in (State.WAITING, State.LATER):
        return
    if unit.records.record(occurrence.record).deceased is not None:
        unit.orders.put_occurrence(replace(occurrence, state=State.WITHDRAWN))
        return
    order = unit.orders.order(occurrence.order)
    awake = when_awake(now, _patient_of(unit, occurrence.record).zone)
    if awake > now and occurrence.state is State.WAITING and not order.urgent:
        unit.timetable.set(f"order:{occurrence.id}:awake", awake, "order", occurrence.id)
        return
    doctor = unit.people.person(order.said_by)
    until = now + USEFUL_FOR
    is_out(unit, replace(occurrence, state=State.QUEUED, again=None), now=now)
    reached = 0
    for person_id in who_may_answer(unit, occurrence.record, now):
        reached += tell(
            unit,
            person_id,
            lambda chat: order_card(
                order,
                occurrence.id,
                doctor=doctor.name,
                language=chat.language,
                full=may_say_all(chat),
            ),
            about=occurrence.id,
            useful_until=until,
        )
    if not reached:
        unit.orders.put_occurrence(replace(occurrence, state=State.UNREACHABLE))


def answer_order(
    unit: Unit,
    occurrence_id: OccurrenceId,
    answer: Answer,
    *,
    by: Person,
    now: datetime,
    again: datetime | None = None,
    words: str = "",
) -> Occurrence:
    """Note an answer; the first Done closes the occurrence for all and changes every card."""
    try:
        occurrence = unit.orders.occurrence(occurrence_id)
    except NotFound:
        refuse_unknown(unit, Action.ANSWER_ORDER, by=by, now=now, rule=NO_ORDER)
    permit(unit, Action.ANSWER_ORDER, by=by, record_id=occurrence.record, now=now)
    unit.records.lock(occurrence.record)
    occurrence = unit.orders.occurrence(occurrence_id)
    if occurrence.state not in OPEN_STATES:
        return occurrence
    changed = _answered(occurrence, answer, by=by, now=now, again=again, words=words)
    unit.orders.put_occurrence(changed)
    if changed.again:
        key = f"order:{changed.id}:{changed.again.isoformat()}"
        unit.timetable.set(key, changed.again, "order", changed.id)
    edit_cards(unit, changed)
    return changed


def withdraw_order(unit: Unit, order_id: OrderId, *, by: Person, now: datetime) -> None:
    """Withdraw an order: what is open ends, and its cards say so; one withdrawn stays so."""
    try:
        order = unit.orders.order(order_id)
    except NotFound:
        refuse_unknown(unit, Action.PLACE_ORDER, by=by, now=now, rule=NO_ORDER)
    permit(unit, Action.PLACE_ORDER, by=by, record_id=order.record, now=now, ref=order_id)
    unit.records.lock(order.record)
    order = unit.orders.order(order_id)
    if order.withdrawn is not None:
        return
    unit.orders.put(replace(order, withdrawn=now, version=order.version + 1))
    end_rules(unit, order)
    for found, occurrences in unit.orders.of_record(order.record):
        for one in occurrences:
            if found.id == order_id and one.state in OPEN_STATES:
                gone = replace(one, state=State.WITHDRAWN)
                unit.orders.put_occurrence(gone)
                edit_cards(unit, gone)


def end_rules(unit: Unit, order: Order) -> None:
    """Let an order come round no more."""
    for rule in unit.timetable.rules_of(order.id):
        if not rule.ended:
            unit.timetable.put_rule(replace(rule, ended=True))


def orders_of(
    unit: Unit, record_id: RecordId, *, by: Person, now: datetime
) -> tuple[OrderView, ...]:
    """Return the orders of a record, newest first."""
    permit(unit, Action.SEE_ORDERS, by=by, record_id=record_id, now=now)
    views = []
    for order, occurrences in unit.orders.of_record(record_id):
        answered = {one.answered_by for one in occurrences if one.answered_by}
        answered |= {said.by for one in occurrences for said in one.thread}
        people = {one: unit.people.person(one) for one in answered}
        doctor = unit.people.person(order.placed_by)
        changed_by = unit.people.person(order.changed_by) if order.changed_by else None
        views.append(OrderView(order, doctor, occurrences, people, changed_by))
    return tuple(views)


def _patient_of(unit: Unit, record_id: RecordId) -> Person:
    return unit.people.person(unit.records.record(record_id).patient)


def _answered(
    occurrence: Occurrence,
    answer: Answer,
    *,
    by: Person,
    now: datetime,
    again: datetime | None,
    words: str,
) -> Occurrence:
    match answer:
        case Answer.DONE:
            return replace(occurrence, state=State.DONE, answered_by=by.id, answered=now)
        case Answer.LATER:
            moment = again or now + timedelta(hours=1)
            return replace(occurrence, state=State.LATER, again=moment)
        case Answer.QUESTION:
            asked = (*occurrence.thread, Said(by.id, now, words)) if words else occurrence.thread
            return replace(
                occurrence,
                state=State.QUESTION,
                answered_by=by.id,
                answered=now,
                words=words,
                thread=asked,
            )
