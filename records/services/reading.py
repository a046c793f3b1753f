"""Reading a record segment by segment, as the documents it is kept in."""

from dataclasses import dataclass
from datetime import datetime

from records.cda import EmrRecord, Reading, facts_of, read_contents
from records.cda.facts import PatientFacts
from records.people import Person, Record
from records.segments import Segment
from records.services.composing import compose
from records.services.permitting import reach_of
from records.services.ports import Unit
from records.services.viewing import RecordView, open_record, open_segment
from records.tracking import RecordId, TrackingId
from records.vocabulary import SegmentKind

PERSONAL = SegmentKind.PERSONAL_INFORMATION


@dataclass(frozen=True, slots=True)
class Listed:
    """One segment of the list: how large its document is, and since when it is in the cloud."""

    segment: Segment
    size: int
    stored: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list of segments; `more` says whether older ones follow."""

    view: RecordView
    listed: tuple[Listed, ...]
    total: int
    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class OpenedSegment:
    """One segment as people read it, and what it was read from."""

    record: Record
    patient: Person
    segment: Segment
    reading: Reading
    size: int


def list_segments(
    unit: Unit, record_id: RecordId, *, by: Person, now: datetime, page: int = 1, each: int = 40
) -> Page:
    """Return the segments this person may read, newest first, a page of them with their sizes."""
    view = open_record(unit, record_id, by=by, now=now)
    standing = tuple(one for one in view.segments if one.standing)
    first = (page - 1) * each
    facts = facts_seen(unit, view.record, by=by, now=now)
    listed = tuple(
        Listed(one, len(compose(unit, one, facts=facts)), unit.copies.synced(one.id))
        for one in standing[first : first + each]
    )
    return Page(view, listed, len(standing), page, first + each < len(standing))


def read_segment(
    unit: Unit, tracking_id: TrackingId, *, record_id: RecordId, by: Person, now: datetime
) -> OpenedSegment:
    """Return one segment as it is read; raises NotPermitted, also for one of another record."""
    segment, record = open_segment(unit, tracking_id, by=by, now=now, within=record_id)
    content = compose(unit, segment, facts=facts_seen(unit, record, by=by, now=now))
    reading = read_contents(EmrRecord.parse(content))
    patient = unit.people.person(record.patient)
    return OpenedSegment(record, patient, segment, reading, len(content))


def facts_seen(unit: Unit, record: Record, *, by: Person, now: datetime) -> PatientFacts:
    """Return what this person may know of the patient, for the header of a document."""
    seen = reach_of(unit, record, by=by, now=now)
    if PERSONAL not in seen.kinds:
        return PatientFacts()
    told = unit.segments.of_record(record.id, [PERSONAL])
    return facts_of(seen.seen(one) for one in told)
