"""What a patient's own calendar is told of orders: when, and no word of what it is about."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from records.errors import NotFound
from records.orders import Occurrence, Order, OrderKind, State
from records.people import Person
from records.policy import Action
from records.recurring import slots
from records.services.permitting import ask_policy, permit
from records.services.ports import Unit
from records.services.repeating import JOB
from records.tracking import RecordId

AHEAD = timedelta(days=180)
BACK = timedelta(days=1)
TO_COME = frozenset({State.WAITING, State.LATER, State.QUEUED, State.SENT, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar: its opaque name, when it is, and whether one is to come in."""

    uid: str
    at: datetime
    changed: datetime
    comes_in: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The entries of a patient, in the patient's zone and language."""

    patient: Person
    entries: tuple[Entry, ...]


def make_address(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> str:
    """Return the token of a new address for the patient's calendar; an older one ends."""
    permit(unit, Action.CHOOSE_PROMPTS, by=by, record_id=record_id, now=now, ref="calendar")
    return unit.calendars.make(record_id, now)


def revoke_address(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> None:
    """Let the address open nothing any more."""
    permit(unit, Action.CHOOSE_PROMPTS, by=by, record_id=record_id, now=now, ref="calendar")
    unit.calendars.revoke(record_id)


def calendar_at(unit: Unit, token: str, *, now: datetime) -> Calendar:
    """Return what the address of a token shows; raises NotFound for one that opens nothing.

    A calendar asks again and again by itself: what it is told is noted where the address is made.
    """
    record = unit.records.record(unit.calendars.record_at(token))
    patient = unit.people.person(record.patient)
    if not ask_policy(unit, Action.SEE_ORDERS, by=patient, record=record, now=now).allowed:
        raise NotFound
    if record.deceased is not None:
        return Calendar(patient, ())
    found = {
        one.uid: one
        for order, occurrences in unit.orders.of_record(record.id)
        if order.withdrawn is None
        for one in _of_order(unit, order, occurrences, now)
    }
    return Calendar(patient, tuple(sorted(found.values(), key=lambda one: (one.at, one.uid))))


def _of_order(
    unit: Unit, order: Order, occurrences: tuple[Occurrence, ...], now: datetime
) -> Iterator[Entry]:
    comes_in = order.kind is OrderKind.COME_IN
    for one in occurrences:
        at = one.again or one.due
        if one.state in TO_COME and at > now - BACK:
            yield Entry(_name(one.id), at, order.placed, comes_in)
    for rule in unit.timetable.rules_of(order.id):
        if rule.job == JOB:
            for slot in slots(rule, now, now + AHEAD):
                yield Entry(_name(slot.key), slot.due, order.placed, comes_in)


def _name(key: str) -> str:
    """Return a name for an entry that stays the same and tells nothing."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
