"""All by which a published segment could name somebody."""

from records.deidentify import Identifier, identifiers_of
from records.segments import Segment
from records.services.composing import circle_of
from records.vocabulary import SegmentKind
from storage.unit import StorageUnit


def everything_that_names(unit: StorageUnit, segment: Segment) -> tuple[Identifier, ...]:
    """Return all by which a published segment could name somebody, chat addresses among it."""
    circle = circle_of(unit, segment.record, (segment,))
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
