"""From segments to documents: whom they speak of, and the CDA the core writes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from records.cda import PatientFacts, facts_of, write_segment, write_summary
from records.orders import Order
from records.people import Organisation, Person, Record, Relationship
from records.segments import Segment
from records.services.ports import Unit
from records.tracking import OrganisationId, PersonId, RecordId
from records.vocabulary import SegmentKind


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom segments speak of: the patient, and everybody who told or wrote something of them."""

    record: Record
    patient: Person
    facts: PatientFacts
    people: dict[PersonId, Person]
    organisations: dict[OrganisationId, Organisation]
    relationships: tuple[Relationship, ...]


def circle_of(
    unit: Unit,
    record_id: RecordId,
    segments: Sequence[Segment],
    *,
    facts: PatientFacts | None = None,
    carers: bool = False,
) -> Circle:
    """Return whom segments of a record speak of; with `carers` also who is tied to the record.

    `facts` are what their reader may know of the patient; without them, all that was told.
    """
    record = unit.records.record(record_id)
    relationships = tuple(unit.relationships.of_record(record_id))
    told_by = {
        person
        for segment in segments
        for one in segment.observations
        for person in (segment.author, one.informant, one.author)
    } | {one.author for one in segments}
    told_by |= {one.person for one in relationships} if carers else set()
    people = {one: unit.people.person(one) for one in sorted(told_by)}
    belong = {one.organisation for one in people.values() if one.organisation is not None}
    if facts is None:
        facts = facts_of(unit.segments.of_record(record_id, [SegmentKind.PERSONAL_INFORMATION]))
    return Circle(
        record=record,
        patient=unit.people.person(record.patient),
        facts=facts,
        people=people,
        organisations={one: unit.people.organisation(one) for one in sorted(belong)},
        relationships=relationships,
    )


def compose(unit: Unit, segment: Segment, *, facts: PatientFacts | None = None) -> bytes:
    """Return a segment version as a CDA document."""
    return _written(segment, circle_of(unit, segment.record, (segment,), facts=facts))


def compose_each(unit: Unit, record_id: RecordId, segments: Sequence[Segment]) -> tuple[bytes, ...]:
    """Return each of several versions of one record as a CDA document of its own."""
    circle = circle_of(unit, record_id, segments)
    return tuple(_written(one, circle) for one in segments)


def _written(segment: Segment, circle: Circle) -> bytes:
    return write_segment(
        segment,
        record=circle.record,
        patient=circle.patient,
        facts=circle.facts,
        people=circle.people,
        organisations=circle.organisations,
        relationships=circle.relationships,
    )


def compose_summary(
    unit: Unit,
    record_id: RecordId,
    segments: Sequence[Segment],
    *,
    now: datetime,
    facts: PatientFacts | None = None,
    orders: Sequence[Order] = (),
    team: bool = False,
) -> bytes:
    """Return segments, orders, and perhaps who gives care, as one Continuity of Care Document."""
    circle = circle_of(unit, record_id, segments, facts=facts, carers=True)
    return write_summary(
        segments,
        record=circle.record,
        patient=circle.patient,
        facts=circle.facts,
        people=circle.people,
        organisations=circle.organisations,
        relationships=circle.relationships,
        orders=orders,
        team=team,
        at=now,
    )
