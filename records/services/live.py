"""Whether an open page is still true: a mark of what one reader sees, without looking again.

The mark changes with whatever the reader may see, and with nothing else: what is hidden moves no
page. Asking for it shows nothing new, so it is not noted; a refusal is.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from records.orders import Occurrence, Order
from records.people import Person
from records.policy import Action
from records.segments import Segment
from records.services.acknowledging import AlertsView, alerts_of
from records.services.permitting import admit, ask_policy, reach_of
from records.services.ports import Unit
from records.services.viewing import is_clinician
from records.tracking import RecordId
from records.vocabulary import SegmentKind

FRESH = timedelta(days=2)  # older days hardly change while a page is open

Placed = Sequence[tuple[Order, Sequence[Occurrence]]]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader sees of a record, as one word, and the kinds that are open."""

    word: str
    kinds: frozenset[SegmentKind]


def mark_of(
    kinds: frozenset[SegmentKind],
    segments: Iterable[Segment],
    placed: Placed,
    alerts: AlertsView,
    *,
    now: datetime,
) -> Mark:
    """Return the mark of what a page shows: these segments, orders and alerts."""
    since = (now - FRESH).date()
    told = [*_kinds(kinds), *_segments(segments, since), *_orders(placed), *_alerts(alerts)]
    word = hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
    return Mark(word, kinds)


def mark_of_record(unit: Unit, record_id: RecordId, *, by: Person, now: datetime) -> Mark:
    """Return the mark of a record as this person would see it now; refuses as reading does."""
    record, leave = admit(
        unit, Action.SEE_RECORD, by=by, record_id=record_id, now=now, ref="live", quietly=True
    )
    seen = reach_of(unit, record, by=by, now=now, leave=leave)
    found = unit.segments.of_record(record_id, seen.kinds, (now - FRESH).date())
    segments = [shown for shown in map(seen.seen, found) if shown.standing]
    asked = ask_policy(unit, Action.SEE_ORDERS, by=by, record=record, now=now, leave=leave)
    placed = unit.orders.of_record(record_id) if asked.allowed else ()
    told = is_clinician(by)  # an alert is for who treats
    alerts = alerts_of(unit, record_id, by=by, now=now) if told else AlertsView((), ())
    return mark_of(seen.kinds, segments, placed, alerts, now=now)


def _kinds(kinds: Iterable[SegmentKind]) -> list[str]:
    return sorted(str(one) for one in kinds)


def _segments(segments: Iterable[Segment], since: date) -> list[str]:
    return sorted(
        f"{one.id}:{one.recorded.isoformat()}:{one.status}"
        for segment in segments
        if segment.day is None or segment.day >= since
        for one in segment.standing
    )


def _orders(placed: Placed) -> Iterator[str]:
    for order, occurrences in placed:
        yield f"{order.id}:{order.version}"
        for one in occurrences:
            yield f"{one.id}:{one.state}:{one.again}:{len(one.thread)}"


def _alerts(alerts: AlertsView) -> Iterator[str]:
    for one in (*alerts.open, *alerts.past):
        alert = one.alert
        yield f"{alert.id}:{alert.seen_by}:{alert.advice}:{alert.closed}"
