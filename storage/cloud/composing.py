"""From a segment version to its document: whom it speaks of, and the CDA the core writes."""

from dataclasses import dataclass

from records.cda.facts import PatientFacts, facts_of
from records.cda.writer import write_segment
from records.deidentify import Identifier, identifiers_of
from records.people import Organisation, Person, Record
from records.segments import Segment
from records.tracking import OrganisationId, PersonId
from records.vocabulary import SegmentKind
from storage.unit import StorageUnit


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom a segment speaks of: the patient, and everybody who told or wrote something of it."""

    record: Record
    patient: Person
    facts: PatientFacts
    people: dict[PersonId, Person]
    organisations: dict[OrganisationId, Organisation]


def circle_of(unit: StorageUnit, segment: Segment) -> Circle:
    """Return whom a segment speaks of."""
    record = unit.records.record(segment.record)
    said = segment.observations
    told_by = {segment.author, *(one.informant for one in said), *(one.author for one in said)}
    people = {one: unit.people.person(one) for one in sorted(told_by)}
    belong = {one.organisation for one in people.values() if one.organisation is not None}
    return Circle(
        record=record,
        patient=unit.people.person(record.patient),
        facts=facts_of(unit.segments.of_record(record.id, [SegmentKind.PERSONAL_INFORMATION])),
        people=people,
        organisations={one: unit.people.organisation(one) for one in sorted(belong)},
    )


def compose(unit: StorageUnit, segment: Segment) -> bytes:
    """Return a segment version as a CDA document."""
    circle = circle_of(unit, segment)
    return write_segment(
        segment,
        record=circle.record,
        patient=circle.patient,
        facts=circle.facts,
        people=circle.people,
        organisations=circle.organisations,
        relationships=unit.relationships.of_record(segment.record),
    )


def everything_that_names(unit: StorageUnit, segment: Segment) -> tuple[Identifier, ...]:
    """Return all by which a published segment could name somebody, chat addresses among it."""
    circle = circle_of(unit, segment)
    chats = unit.chats.of_person(circle.patient.id)
    return identifiers_of(
        segment,
        record=circle.record,
        patient=circle.patient,
        facts=circle.facts,
        people=circle.people,
        organisations=circle.organisations,
        personal=unit.segments.of_record(segment.record, [SegmentKind.PERSONAL_INFORMATION]),
        others=[Identifier("chat", chat.address) for chat in chats],
    )
