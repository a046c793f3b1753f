"""Releases: what is to be published, what the patient sees beforehand, what the recipient reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from records.cda import PatientFacts
from records.consent import Grant, Part
from records.deidentify import NEVER_PUBLISHED, public_document, public_facts_of
from records.errors import NotFound, NotPermitted, NotValid
from records.people import Person, Record
from records.policy import RELEASE_PURPOSES, RELEASED, Action, Ask, Reach, decide, reach
from records.segments import Segment
from records.services.consenting import Wish, check_wish, reach_given
from records.services.permitting import leave_of, permit, reach_by
from records.services.ports import Note, Released, Unit
from records.tracking import RecordId, TrackingId
from records.vocabulary import NEVER_PUBLIC, Purpose, SegmentKind

DrawPublic = Callable[[Segment, PatientFacts], bytes | None]
"""Draws the public document of a segment for one recipient, or None where nothing remains."""

NOBODY = "0" * 32
"""The pseudonym and document id of a preview: the true ones need the recipient's key."""


@dataclass(frozen=True, slots=True)
class ReleasedPatient:
    """What one patient released to one organisation for one purpose, by pseudonym."""

    pseudonym: str
    purpose: Purpose
    documents: tuple[Released, ...]


@dataclass(frozen=True, slots=True)
class PreviewedDocument:
    """The document a recipient would get of one segment."""

    segment: TrackingId
    kind: SegmentKind
    content: bytes


def released_to(unit: Unit, *, by: Person, now: datetime) -> tuple[ReleasedPatient, ...]:
    """Return what is now published for this person's organisation, a patient after the other.

    Each document is permitted under the purpose it was released for, and one line a patient is
    noted. Of a release that has ended nothing is returned, even while its documents are there.
    """
    if by.organisation is None:
        return ()
    by_patient: dict[tuple[str, Purpose], list[Released]] = {}
    for one in unit.publications.of_organisation(by.organisation):
        by_patient.setdefault((one.pseudonym, one.purpose), []).append(one)
    found = []
    for (pseudonym, purpose), documents in sorted(by_patient.items()):
        kept = _permitted(unit, pseudonym, purpose, documents, by=by, now=now)
        if kept:
            found.append(ReleasedPatient(pseudonym, purpose, kept))
    return tuple(found)


def preview_release(
    unit: Unit,
    wish: Wish,
    *,
    record_id: RecordId,
    by: Person,
    now: datetime,
    draw_public: DrawPublic | None = None,
) -> tuple[PreviewedDocument, ...]:
    """Return exactly the documents the recipient would get if this release were given now.

    Without `draw_public` pseudonym and document ids are zeros and no date is shifted.
    Raises NotValid when it could not be given.
    """
    permit(unit, Action.GIVE_GRANT, by=by, record_id=record_id, now=now)
    if wish.purpose not in RELEASE_PURPOSES:
        raise NotValid("purpose", "choose_a_purpose")
    check_wish(unit, wish, record_id, now)
    facts = public_facts(unit, record_id)
    draw = draw_public or _placeholder(now.date())
    seen = reach_given(unit, wish, unit.records.record(record_id), by=by, now=now)
    drawn = ((one, draw(one, facts)) for one in _publishable(unit, seen, record_id))
    return tuple(
        PreviewedDocument(one.id, one.kind, content)
        for one, content in drawn
        if content is not None
    )


def what_to_publish(unit: Unit, grant: Grant, now: datetime) -> tuple[Segment, ...]:
    """Return the newest versions of the segments an open release covers; nothing of a closed one.

    A segment may still have no public document: `public_document` decides by its observations.
    """
    if grant.purpose not in RELEASE_PURPOSES or not grant.open(now):
        return ()
    record = unit.records.record(grant.record)
    seen = reach_by(unit, grant, record, leave_of(unit, record.id), now=now)
    return _publishable(unit, seen, grant.record)


def public_facts(unit: Unit, record_id: RecordId) -> PatientFacts:
    """Return the sex and birth date a record's public documents may draw on."""
    return public_facts_of(unit.segments.of_record(record_id, NEVER_PUBLIC))


def _publishable(unit: Unit, seen: Reach, record_id: RecordId) -> tuple[Segment, ...]:
    """Return what the recipient may read; a segment of which something is hidden stays away whole.

    What is out already has the number of its version: in part it could not be told from the whole.
    """
    found = unit.segments.of_record(record_id, seen.kinds - NEVER_PUBLISHED)
    return tuple(seen.seen(one) for one in found if not seen.hides(Part(one.kind, one.id)))


def _placeholder(on: date) -> DrawPublic:
    def draw(segment: Segment, facts: PatientFacts) -> bytes | None:
        return public_document(
            segment, facts=facts, pseudonym=NOBODY, document_id=NOBODY, shift_days=0, on=on
        )

    return draw


def _permitted(
    unit: Unit,
    pseudonym: str,
    purpose: Purpose,
    documents: list[Released],
    *,
    by: Person,
    now: datetime,
) -> tuple[Released, ...]:
    """Return the documents of one patient this person may read now, and note the reading."""
    record = _behind(unit, pseudonym, by)
    if record is None:
        return ()
    ask = Ask(Action.READ_RELEASED, by, record, now, purpose, leave_of(unit, record.id))
    seen = reach(ask, RELEASED)
    kept = tuple(
        one
        for one in documents
        if seen.admits(Part(one.kind, one.segment)) and not seen.hides(Part(one.kind, one.segment))
    )
    kinds = frozenset(one.kind for one in kept)
    rule = decide(ask).rule
    unit.audit.note(
        Note(now, Action.READ_RELEASED, bool(kinds), rule, by.id, record.id, purpose, kinds)
    )
    return kept


def _behind(unit: Unit, pseudonym: str, by: Person) -> Record | None:
    if by.organisation is None:
        raise NotPermitted
    try:
        return unit.records.record(unit.publications.behind(by.organisation, pseudonym))
    except NotFound:
        return None
