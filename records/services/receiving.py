"""A clinical document somebody brings: kept sealed, read, and offered segment by segment.

How much a document may cost to read is bounded by the engine before it builds a tree: its bytes,
nodes, attributes and depth. Nothing is fetched and nothing expanded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from records.attachments import LARGEST_DOCUMENT, Attachment, Cleaned, Media
from records.cda import EmrRecord, FoundEntry, NotTaken, Reading, read_contents
from records.errors import NotFound, NotPermitted, NotValid
from records.people import Person, Record
from records.policy import Action
from records.services.bringing import forget_later
from records.services.permitting import permit
from records.services.ports import Unit
from records.tracking import AttachmentId, ObservationId, RecordId, fresh
from records.vocabulary import MEANINGS, Code, SegmentKind

SINGLY = 100  # entries of a segment that are offered one by one; of more, those of a code at once


@dataclass(frozen=True, slots=True)
class Group:
    """All that is new of one code in one segment of a document, offered at once."""

    kind: SegmentKind
    code: Code
    count: int
    first: str
    last: str

    @property
    def name(self) -> str:
        """Return the name by which the group is chosen."""
        return group_name(self.kind, self.code)


def is_usual(code: Code) -> bool:
    """Say whether what is read of this code is added unless somebody says otherwise.

    Words nobody understood are not, nor who the person is: that is told in the record already.
    """
    return code is not Code.NOTE and MEANINGS[code].kind is not SegmentKind.PERSONAL_INFORMATION


def group_name(kind: SegmentKind, code: Code) -> str:
    """Return the name by which all of a code in a segment is chosen."""
    return f"{kind}.{code}"


@dataclass(frozen=True, slots=True)
class Offer:
    """A document somebody may add: its bytes' id, what it says, and what is here already."""

    id: AttachmentId
    record: Record
    patient: Person
    reading: Reading
    known: frozenset[str]

    @property
    def kinds(self) -> tuple[SegmentKind, ...]:
        """Return the kinds of which something is found."""
        return self.reading.kinds

    def addable(self, kind: SegmentKind) -> tuple[FoundEntry, ...]:
        """Return the entries of a kind that can be added and are not here yet."""
        found = {one.key: one for part in self.reading.of(kind) for one in part.entries}
        return tuple(
            one for one in found.values() if one.code is not None and one.key not in self.known
        )

    def groups(self, kind: SegmentKind) -> tuple[Group, ...]:
        """Return what can be added of a segment by its codes, where there is too much of it."""
        found = self.addable(kind)
        return tuple(_groups(kind, found)) if len(found) > SINGLY else ()

    @property
    def understood(self) -> tuple[FoundEntry, ...]:
        """Return what can be added and has a place of its own, not only words for a note."""
        found = (one for kind in self.kinds for one in self.addable(kind))
        return tuple(one for one in found if one.code is not None and is_usual(one.code))

    def usual(self, code: Code) -> bool:
        """Say whether what is read of a code is added unless somebody says otherwise."""
        return is_usual(code)

    @property
    def total(self) -> int:
        """Return how many entries can be added."""
        return sum(len(self.addable(kind)) for kind in self.kinds)


def receive_document(
    unit: Unit, content: bytes, *, record_id: RecordId, by: Person, now: datetime
) -> AttachmentId:
    """Keep a clinical document sealed until it is chosen from, and return its id.

    Raises NotValid for what is no such document, is too large, or is of several patients.
    """
    permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=record_id, now=now)
    if len(content) > LARGEST_DOCUMENT:
        raise NotValid("file", "file_too_large")
    reading = _read(content)
    if reading.several_patients:
        raise NotValid("file", "several_patients")
    attachment = AttachmentId(fresh())
    unit.attachments.put(attachment, Cleaned(Media.FILE, content), by.id)
    # What is offered belongs to who brought it and this record alone: nobody else may look at it.
    unit.intake.remember(_offer_key(attachment, record_id, by), [ObservationId(attachment)])
    forget_later(unit, attachment, now=now)
    return attachment


def offer_file(unit: Unit, attachment: Attachment, *, by: Person, now: datetime) -> Offer | None:
    """Return what a file that is filed already says, or None where it is no document of one person.

    Raises NotPermitted where this person may add nothing to its record.
    """
    if attachment.record is None:
        raise NotFound
    permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=attachment.record, now=now)
    try:
        reading = _read(unit.attachments.content(attachment.id))
    except NotValid:
        return None
    if reading.several_patients:
        return None
    key = _offer_key(attachment.id, attachment.record, by)
    unit.intake.remember(key, [ObservationId(attachment.id)])
    return offer_of(unit, attachment.id, unit.records.record(attachment.record), by)


def look_at(
    unit: Unit, attachment: AttachmentId, *, record_id: RecordId, by: Person, now: datetime
) -> Offer:
    """Return what a kept document says; raises NotPermitted where it is not this person's."""
    record = permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=record_id, now=now)
    return offer_of(unit, attachment, record, by)


def forget_document(
    unit: Unit, attachment: AttachmentId, *, record_id: RecordId, by: Person, now: datetime
) -> None:
    """Forget a document nothing was added from; one that something was added from stays."""
    permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=record_id, now=now)
    if not unit.intake.filed(_offer_key(attachment, record_id, by)):
        raise NotPermitted
    unit.attachments.drop(attachment)


def _read(content: bytes) -> Reading:
    try:
        return read_contents(EmrRecord.parse(content))
    except NotTaken as refused:
        raise NotValid("file", "not_a_document") from refused


def offer_of(unit: Unit, attachment: AttachmentId, record: Record, by: Person) -> Offer:
    """Return what a document offers to whom it was offered; the caller has asked the policy."""
    if not unit.intake.filed(_offer_key(attachment, record.id, by)):
        raise NotPermitted
    try:
        reading = _read(unit.attachments.content(attachment))
    except NotFound:
        raise NotPermitted from None
    keys = {one.key for part in reading.sections for one in part.entries if one.code is not None}
    known = frozenset(one for one in keys if unit.intake.filed(entry_key(record.id, one)))
    return Offer(attachment, record, unit.people.person(record.patient), reading, known)


def _offer_key(attachment: AttachmentId, record_id: RecordId, by: Person) -> str:
    return f"document offered:{attachment}:{record_id}:{by.id}"


def entry_key(record_id: RecordId, key: str) -> str:
    """Return the intake key of an entry of a document: the same in another is the same."""
    return f"document entry:{record_id}:{key}"


def _groups(kind: SegmentKind, found: tuple[FoundEntry, ...]) -> Iterator[Group]:
    coded = sorted(((one.code, one.when) for one in found if one.code), key=lambda one: one)
    for code, told in groupby(coded, key=lambda one: one[0]):
        days = [when for _, when in told]
        yield Group(kind, code, len(days), days[0], days[-1])
