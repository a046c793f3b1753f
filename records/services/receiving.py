"""A clinical document taken into a record: read first, chosen from, filed once, the file kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from records.attachments import LARGEST_FILE, Attachment, Cleaned, Media
from records.cda import EmrRecord, FoundEntry, NotTaken, Reading, read_contents
from records.cda.moments import moment_of
from records.errors import NotFound, NotPermitted, NotValid
from records.observations import Channel, Observation
from records.people import Person, Record
from records.policy import Action
from records.services.bringing import forget_later, tell_of_import
from records.services.importing import remember_added
from records.services.intake import Draft, file_permitted, observation_at
from records.services.permitting import permit
from records.services.ports import Unit
from records.tracking import AttachmentId, ObservationId, RecordId, fresh
from records.vocabulary import Code, Language, SegmentKind
from records.wording import later, say

MOST = 2000  # entries of one document that are offered
FROM = later("From a document of {custodian}, made {made}")
TOLD_BY = later("told by {names}")


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

    @property
    def understood(self) -> tuple[FoundEntry, ...]:
        """Return what can be added and has a place of its own, not only words for a note."""
        found = (one for kind in self.kinds for one in self.addable(kind))
        return tuple(one for one in found if one.code is not Code.NOTE)

    @property
    def total(self) -> int:
        """Return how many entries can be added."""
        return sum(len(self.addable(kind)) for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of adding: how many were added, and how many of those wanted were here before."""

    added: int
    known: int


def receive_document(
    unit: Unit, content: bytes, *, record_id: RecordId, by: Person, now: datetime
) -> AttachmentId:
    """Keep a clinical document sealed until it is chosen from, and return its id.

    Raises NotValid for what is no such document, is too large, or is of several patients.
    """
    permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=record_id, now=now)
    if len(content) > LARGEST_FILE:
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
    return _offer(unit, attachment.id, unit.records.record(attachment.record), by)


def look_at(
    unit: Unit, attachment: AttachmentId, *, record_id: RecordId, by: Person, now: datetime
) -> Offer:
    """Return what a kept document says; raises NotPermitted where it is not this person's."""
    record = permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=record_id, now=now)
    return _offer(unit, attachment, record, by)


def take_in(
    unit: Unit,
    attachment: AttachmentId,
    chosen: Collection[str],
    *,
    record_id: RecordId,
    by: Person,
    now: datetime,
) -> Taken:
    """File the chosen entries, by their keys, with the document as their source.

    What was filed before, from this document or another, is not filed again. What a clinician
    adds, the patient is told of.
    """
    record = permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=record_id, now=now)
    unit.records.lock(record_id)
    offer = _offer(unit, attachment, record, by)
    entries = [
        one for kind in offer.kinds for part in offer.reading.of(kind) for one in part.entries
    ]
    wanted = {one.key: one for one in entries if one.code is not None and one.key in chosen}
    new = {key: one for key, one in wanted.items() if key not in offer.known}
    if new:
        added = _file(unit, offer, tuple(new.values()), by=by, now=now)
        place = offer.reading.custodian
        tell_of_import(unit, record, attachment, added, by=by, place=place)
    return Taken(len(new), len(wanted) - len(new))


def forget_document(
    unit: Unit, attachment: AttachmentId, *, record_id: RecordId, by: Person, now: datetime
) -> None:
    """Forget a document nothing was added from; one that something was added from stays."""
    permit(unit, Action.IMPORT_DOCUMENT, by=by, record_id=record_id, now=now)
    if not unit.intake.filed(_offer_key(attachment, record_id, by)):
        raise NotPermitted
    unit.attachments.drop(attachment)


def _file(
    unit: Unit, offer: Offer, entries: tuple[FoundEntry, ...], *, by: Person, now: datetime
) -> tuple[Observation, ...]:
    filed_as = unit.attachments.find(offer.id).observation
    kept = filed_as is not None
    # What comes from a file the person keeps private is private too.
    private = filed_as is not None and observation_at(unit, filed_as)[1].private
    drafts = [_draft(one, offer, now, private=private) for one in entries]
    note = Draft(
        Code.FILE,
        now,
        value=provenance_of(offer.reading, offer.patient.language),
        attachments=() if kept else (offer.id,),
        source=offer.id,
        private=True,  # the file holds what was not chosen as well
    )
    filed = file_permitted(
        unit,
        drafts if kept else [*drafts, note],
        record_id=offer.record.id,
        by=by,
        channel=Channel.DOCUMENT,
        now=now,
    )
    for one, observation in zip(entries, filed.observations, strict=False):
        unit.intake.remember(_entry_key(offer.record.id, one.key), [observation.id])
    added = filed.observations[: len(entries)]
    remember_added(unit, offer.id, [one.id for one in added])
    return added


def provenance_of(reading: Reading, language: Language) -> str:
    """Return where a document is from, in words: who keeps it, when it was made, its id, digest."""
    said = [
        say(
            language,
            FROM,
            custodian=reading.custodian or say(language, "an unnamed place"),
            made=reading.made or "?",
        )
    ]
    if reading.told_by:
        said.append(say(language, TOLD_BY, names=", ".join(reading.told_by[:5])))
    return "; ".join((*said, f"id {reading.name}", f"SHA-256 {reading.sha256}"))


def _draft(one: FoundEntry, offer: Offer, now: datetime, *, private: bool) -> Draft:
    if one.code is None:
        raise ValueError("only what can be filed is drafted")
    zone = ZoneInfo(offer.patient.zone)
    at = moment_of(one.at, zone) or moment_of(_digits(offer.reading.made), zone) or now
    return Draft(
        one.code,
        min(at, now),
        value=one.said,
        components=one.components,
        stated=one.stated,
        private=one.private or private,
        source=offer.id,
    )


def _digits(readable: str) -> str:
    return "".join(one for one in readable[:10] if one.isdigit())


def _read(content: bytes) -> Reading:
    try:
        return read_contents(EmrRecord.parse(content))
    except NotTaken as refused:
        raise NotValid("file", "not_a_document") from refused


def _offer(unit: Unit, attachment: AttachmentId, record: Record, by: Person) -> Offer:
    if not unit.intake.filed(_offer_key(attachment, record.id, by)):
        raise NotPermitted
    try:
        reading = _read(unit.attachments.content(attachment))
    except NotFound:
        raise NotPermitted from None
    keys = [one.key for part in reading.sections for one in part.entries][:MOST]
    known = frozenset(one for one in keys if unit.intake.filed(_entry_key(record.id, one)))
    return Offer(attachment, record, unit.people.person(record.patient), reading, known)


def _offer_key(attachment: AttachmentId, record_id: RecordId, by: Person) -> str:
    return f"document offered:{attachment}:{record_id}:{by.id}"


def _entry_key(record_id: RecordId, key: str) -> str:
    return f"document entry:{record_id}:{key}"
