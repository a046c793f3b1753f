"""An order's card is out, and nobody answers it: after three days that is said to both sides.

An answer that comes later counts all the same.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from records.chats import Card, Chat, ChatChannel
from records.errors import NotFound
from records.findings.targets import UNANSWERED
from records.orders import Occurrence, State
from records.prompts import when_awake
from records.services.holding import edit_cards, who_may_answer
from records.services.ports import Unit
from records.services.telling import may_say_all, tell
from records.tracking import OccurrenceId, PersonId
from records.wording.orders import unanswered_by_card
from records.wording.prompts import news_card

LAPSED, HELPERS = "order_lapsed", "order_helpers"  # jobs
USEFUL_FOR = UNANSWERED  # what could not be sent by then is not sent any more
HELPERS_HEAR = timedelta(days=1)


def is_out(unit: Unit, occurrence: Occurrence, *, now: datetime) -> None:
    """Keep an occurrence as out from now on."""
    unit.orders.put_occurrence(replace(occurrence, sent=now))
    look_when_overdue(unit, occurrence, since=now)


def look_when_overdue(unit: Unit, occurrence: Occurrence, *, since: datetime) -> None:
    """Look at an occurrence again when the answer to what has been out since then is overdue."""
    overdue = since + UNANSWERED
    key = f"order:{occurrence.id}:lapsed:{overdue.isoformat()}"
    unit.timetable.set(key, overdue, LAPSED, occurrence.id)


def note_sending(unit: Unit, occurrence_id: OccurrenceId, state: State, *, now: datetime) -> None:
    """Note what the courier learned of an occurrence's card: sent, unreachable, too late …

    Where there are several cards, one that was sent outweighs one that was not. The record is held
    meanwhile: an answer tapped in the same moment is not written over.
    """
    try:
        unit.records.lock(unit.orders.occurrence(occurrence_id).record)
        occurrence = unit.orders.occurrence(occurrence_id)
    except NotFound:
        return
    better = state is State.SENT and occurrence.state in (State.UNKNOWN, State.UNREACHABLE)
    if not better and occurrence.state is not State.QUEUED:
        return
    changed = replace(occurrence, state=state)
    if state is State.SENT:
        is_out(unit, changed, now=now)
    else:
        unit.orders.put_occurrence(changed)


def note_no_answer(unit: Unit, occurrence_id: OccurrenceId, *, now: datetime) -> None:
    """Note that nobody has answered for three days; the cards say so, and can still be answered.

    Asked again, or by several at once, it changes nothing more.
    """
    record_id = unit.orders.occurrence(occurrence_id).record
    unit.records.lock(record_id)
    occurrence = unit.orders.occurrence(occurrence_id)
    gone = unit.records.record(record_id).deceased is not None
    if (
        gone
        or now - (occurrence.sent or occurrence.due) < UNANSWERED
        or not _stands(unit, occurrence)
    ):
        return
    lapsed = replace(occurrence, state=State.NO_ANSWER)
    unit.orders.put_occurrence(lapsed)
    edit_cards(unit, lapsed)
    if not _was_told_before(unit, lapsed):
        _see_to_helpers(unit, lapsed, now)


def tell_helpers(unit: Unit, occurrence_id: OccurrenceId, *, now: datetime) -> None:
    """Tell those who may answer in the patient's place that nobody has, where they can do so."""
    occurrence = unit.orders.occurrence(occurrence_id)
    unit.records.lock(occurrence.record)
    if unit.orders.occurrence(occurrence_id).state is not State.NO_ANSWER:
        return
    patient = unit.people.person(unit.records.record(occurrence.record).patient)
    order = unit.orders.order(occurrence.order)
    doctor = unit.people.person(order.said_by).name

    def card(chat: Chat) -> Card:
        if not may_say_all(chat):
            return news_card(chat.language)
        return unanswered_by_card(
            order, occurrence.id, patient=patient.name, doctor=doctor, language=chat.language
        )

    for helper in _helpers(unit, occurrence, now):
        tell(unit, helper, card, about=occurrence.id, useful_until=now + HELPERS_HEAR)


def _stands(unit: Unit, occurrence: Occurrence) -> bool:
    """Say whether a card stands in a chat and waits; a web chat tells nobody that it was seen."""
    if occurrence.state is not State.QUEUED:
        return occurrence.state is State.SENT
    held = unit.outbox.about(occurrence.id)
    return any(unit.chats.chat(chat).channel is ChatChannel.WEB for chat, _ in held)


def _was_told_before(unit: Unit, occurrence: Occurrence) -> bool:
    """Say whether the time before of an order that comes round had no answer either."""
    found = {order.id: times for order, times in unit.orders.of_record(occurrence.record)}
    before = [one for one in found[occurrence.order] if one.due < occurrence.due]
    return bool(before) and before[-1].state is State.NO_ANSWER


def _see_to_helpers(unit: Unit, occurrence: Occurrence, now: datetime) -> None:
    """Let the helpers hear of it once all of them are awake."""
    zones = [unit.people.person(one).zone for one in _helpers(unit, occurrence, now)]
    if zones:
        awake = max(when_awake(now, zone) for zone in zones)
        key = f"order:{occurrence.id}:helpers:{now.isoformat()}"
        until = awake + HELPERS_HEAR
        unit.timetable.set(key, awake, HELPERS, occurrence.id, useful_until=until)


def _helpers(unit: Unit, occurrence: Occurrence, now: datetime) -> tuple[PersonId, ...]:
    _, *helpers = who_may_answer(unit, occurrence.record, now)
    return tuple(helpers)
