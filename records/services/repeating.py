"""Orders that come round: an RFC 5545 rule on the patient's clock, until a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from records.errors import NotValid
from records.orders import Occurrence, Order, OrderKind, State
from records.people import Person
from records.recurring import Rule, read_rrule, slot_of
from records.services.ordering import end_rules, fall_due, place_order
from records.services.ports import Unit
from records.tracking import OccurrenceId, OrderId, RecordId, RuleId, fresh
from records.walltime import wall_of

JOB = "order_again"
USEFUL = timedelta(hours=6)  # a reminder that could not be sent by then is dropped
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Repeat:
    """How an order comes round: the recurrence without its end, and the last day of it."""

    rrule: str
    until: date

    def text(self) -> str:
        """Return the whole recurrence as RFC 5545 writes it, in wall time."""
        return f"{self.rrule};UNTIL={self.until:%Y%m%d}T235959"


def last_day_of(first: date, days: int) -> date:
    """Return the last day of what comes round for some days, the first counted in."""
    return first + timedelta(days=max(days - 1, 1))


def check_repeat(repeat: Repeat, due: datetime, patient: Person) -> None:
    """Raise NotValid for a recurrence that cannot be read, or ends before it begins or too late."""
    first = wall_of(due, patient.zone)
    read_rrule(repeat.text(), first)
    if not first.date() < repeat.until <= first.date() + LONGEST:
        raise NotValid("until", "repeat_until")


def place_again_and_again(
    unit: Unit,
    repeat: Repeat,
    *,
    record_id: RecordId,
    by: Person,
    now: datetime,
    kind: OrderKind,
    text: str,
    due: datetime,
    urgent: bool = False,
) -> Order:
    """Place an order that falls due at a time, and comes round after it on the patient's clock."""
    patient = unit.people.person(unit.records.record(record_id).patient)
    check_repeat(repeat, due, patient)
    order = place_order(
        unit, record_id=record_id, by=by, now=now, kind=kind, text=text, due=due, urgent=urgent
    )
    unit.timetable.put_rule(
        Rule(
            id=RuleId(fresh()),
            job=JOB,
            ref=order.id,
            topic=JOB,
            zone=patient.zone,
            rrule=repeat.text(),
            starts=wall_of(due, patient.zone),
            since=due,
            useful=USEFUL,
        )
    )
    return order


def come_round(unit: Unit, key: str, *, now: datetime) -> None:
    """Let the next occurrence of an order fall due; one that was withdrawn comes round no more."""
    rule = unit.timetable.rule(RuleId(key.partition(":")[0]))
    order = unit.orders.order(OrderId(rule.ref))
    gone = unit.records.record(order.record).deceased is not None
    if order.withdrawn is not None or gone:
        end_rules(unit, order)
        return
    due = slot_of(key, rule.zone).due
    occurrence = Occurrence(OccurrenceId(fresh()), order.id, order.record, due, State.WAITING)
    unit.orders.put_occurrence(occurrence)
    fall_due(unit, occurrence.id, now=now)
