"""Handing segments out: to a file, a document store or a grantee, by tracking id.

One decision stands before all of them: who takes a copy must be able to read every segment of it
now, and so must whom it is for. What cannot be read is not there, and one such refuses the lot.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from records.cda import PatientFacts, facts_of
from records.errors import NotFound, NotPermitted
from records.observations import Observation
from records.orders import OPEN_STATES, Order
from records.people import Person, Record
from records.policy import Action, Reach
from records.segments import Segment
from records.services.composing import compose, compose_summary
from records.services.permitting import ask_policy, permit, reach_of
from records.services.ports import Note, Unit
from records.services.storing import DocumentStore
from records.tracking import RecordId, TrackingId
from records.vocabulary import SegmentKind

PLANNED = SegmentKind.DOCTOR_DESCRIPTION
"""Who may read what a doctor describes may read what a doctor plans."""
TEAM = SegmentKind.THIRD_PARTY_DESCRIPTION
PERSONAL = SegmentKind.PERSONAL_INFORMATION


class Lies(StrEnum):
    """Where a segment version lies, and whether it can be had there; told to whoever reads it."""

    NOWHERE = "in no cloud yet; written from the database"
    PRIVATE = "private cloud"
    OVERFLOW = "public cloud, sealed"
    PRIVATE_DOWN = "private cloud, which does not answer now; written from the database"
    OVERFLOW_DOWN = "public cloud, sealed, which does not answer now; written from the database"
    NOT_WHOLE = "its cloud has it no more, or not whole; written from the database"


Stored = Callable[[Record, Segment], tuple[bytes | None, Lies]]
"""Gives a segment version's document and where it lies; None where it cannot be had now."""


@dataclass(frozen=True, slots=True)
class Handout:
    """Segments as their receiver may see them, what may be told of the patient, and is ordered.

    `team` says whether to name who gives care: it goes with what third parties describe.
    """

    record: Record
    patient: Person
    segments: tuple[Segment, ...]
    facts: PatientFacts
    orders: tuple[Order, ...] = ()
    team: bool = False

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Return what counts in them, oldest first."""
        found = (one for segment in self.segments for one in segment.standing)
        return tuple(sorted(found, key=lambda one: (one.effective, one.id)))


def hand_out(
    unit: Unit,
    record_id: RecordId,
    *,
    by: Person,
    now: datetime,
    only: Iterable[TrackingId] | None = None,
    since: date | None = None,
    to: Person | None = None,
    private: bool = False,
) -> Handout:
    """Return these segments, or all that may be read, for a copy; the copy is noted.

    `since` leaves out days and notes before it. `to` is a grantee it is for: an open grant decides
    what it may hold. `private` adds what the patient keeps private, for the patient alone. Raises
    NotPermitted where one may not be read.
    """
    record = permit(unit, Action.SEE_RECORD, by=by, record_id=record_id, now=now)
    receivers = (by,) if to is None else (by, to)
    reaches = tuple(reach_of(unit, record, by=one, now=now) for one in receivers)
    reading = tuple(zip(receivers, reaches, strict=True))
    kinds = frozenset(SegmentKind).intersection(*(one.kinds for one in reaches))
    wanted = None if only is None else tuple(dict.fromkeys(only))
    try:
        found = _chosen(unit, wanted) if wanted is not None else _of(unit, record, kinds, since)
        if any(one.record != record_id or one.kind not in kinds for one in found):
            raise NotPermitted
    except NotPermitted:
        _note(unit, record, reading, frozenset(), now=now, allowed=False)
        raise
    all_of_own = private and {one.id for one in receivers} == {record.patient}
    seen = (_as_handed(one, reaches, private=all_of_own) for one in found)
    segments = tuple(one for one in seen if one.standing or all_of_own)
    if wanted is not None and len(segments) < len(wanted):
        _note(unit, record, reading, frozenset(), now=now, allowed=False)
        raise NotPermitted
    handed = frozenset(one.kind for one in segments)
    _note(unit, record, reading, handed, now=now, allowed=bool(kinds), ref=_ref(wanted))
    facts = _facts(unit, record, kinds, reaches, private=all_of_own)
    orders = (
        _standing_orders(unit, record, receivers, now=now)
        if wanted is None and PLANNED in kinds
        else ()
    )
    team = wanted is None and TEAM in kinds
    patient = unit.people.person(record.patient)
    return Handout(record, patient, segments, facts, orders, team)


def documents(unit: Unit, handout: Handout) -> Iterator[tuple[Segment, bytes]]:
    """Return each segment with its document."""
    for one in handout.segments:
        yield one, compose(unit, one, facts=handout.facts)


def health_file(unit: Unit, handout: Handout, stored: Stored) -> tuple[bytes, Lies]:
    """Return one segment's document: the one in its store, or while that cannot be, as it says now.

    The stored one is complete, so it is only for whom nothing is hidden from. Where it lies is
    told to all alike: it must not show that something is hidden.
    """
    (segment,) = handout.segments
    whole = unit.segments.segment(segment.id)
    told = facts_of(unit.segments.of_record(handout.record.id, [PERSONAL]))
    hidden = (segment, handout.facts) != (whole, told)
    content, lies = stored(handout.record, whole)
    if content is None or hidden:
        content = compose(unit, segment, facts=handout.facts)
    return content, lies


def summary(unit: Unit, handout: Handout, *, now: datetime) -> bytes:
    """Return all of it as one Continuity of Care Document, however large."""
    return compose_summary(
        unit,
        handout.record.id,
        handout.segments,
        now=now,
        facts=handout.facts,
        orders=handout.orders,
        team=handout.team,
    )


def send_to_store(
    unit: Unit, handout: Handout, store: DocumentStore, *, container: str
) -> tuple[str, ...]:
    """Put each segment's document into a store and return their names; twice is as good as once.

    A name is the tracking id, the version and a digest: the same segment may be seen in part.
    """
    names = []
    for segment, content in documents(unit, handout):
        digest = hashlib.sha256(content).hexdigest()[:16]
        names.append(f"{segment.id}/{segment.version}-{digest}.xml")
        store.put(container, names[-1], content)
    return tuple(names)


def _of(
    unit: Unit, record: Record, kinds: frozenset[SegmentKind], since: date | None
) -> tuple[Segment, ...]:
    found = unit.segments.of_record(record.id, kinds, since)
    return tuple(one for one in found if since is None or not _is_before(one, since))


def _is_before(segment: Segment, since: date) -> bool:
    day = segment.told_on
    return day is not None and day < since


def _chosen(unit: Unit, wanted: Iterable[TrackingId]) -> tuple[Segment, ...]:
    try:
        return tuple(unit.segments.segment(one) for one in wanted)
    except NotFound:
        raise NotPermitted from None


def _as_handed(segment: Segment, reaches: Iterable[Reach], *, private: bool) -> Segment:
    """Return what every receiver may read of it; what is kept private only to the patient alone."""
    if private:
        return segment
    for one in reaches:
        segment = one.seen(segment)
    return replace(segment, observations=tuple(one for one in segment.standing if not one.private))


def _facts(
    unit: Unit,
    record: Record,
    kinds: frozenset[SegmentKind],
    reaches: Sequence[Reach],
    *,
    private: bool,
) -> PatientFacts:
    if PERSONAL not in kinds:
        return PatientFacts()
    told = unit.segments.of_record(record.id, [PERSONAL])
    return facts_of(_as_handed(one, reaches, private=private) for one in told)


def _standing_orders(
    unit: Unit, record: Record, receivers: Iterable[Person], *, now: datetime
) -> tuple[Order, ...]:
    """Return the orders that still stand, where everybody they go to may see them."""
    asked = (
        ask_policy(unit, Action.SEE_ORDERS, by=one, record=record, now=now) for one in receivers
    )
    if not all(one.allowed for one in asked):
        return ()
    return tuple(
        order
        for order, occurrences in unit.orders.of_record(record.id)
        if order.withdrawn is None and any(one.state in OPEN_STATES for one in occurrences)
    )


def _ref(wanted: tuple[TrackingId, ...] | None) -> str:
    return wanted[0] if wanted is not None and len(wanted) == 1 else ""


def _note(
    unit: Unit,
    record: Record,
    reading: Iterable[tuple[Person, Reach]],
    kinds: frozenset[SegmentKind],
    *,
    now: datetime,
    allowed: bool,
    ref: str = "",
) -> None:
    rule = "readable" if allowed else "no_clause"
    for one, seen in reading:
        why = seen.purpose
        unit.audit.note(
            Note(now, Action.HAND_OUT, allowed, rule, one.id, record.id, why, kinds, ref)
        )
