"""One segment version as a CDA R2 document."""

from collections.abc import Iterable, Mapping

from records.cda.codes import FIRST_SECTIONS
from records.cda.elements import new_document, to_bytes
from records.cda.facts import PatientFacts
from records.cda.header import add_header
from records.cda.parties import Parties
from records.cda.sections import add_sections
from records.people import Organisation, Person, Record, Relationship
from records.segments import Segment
from records.tracking import OrganisationId, PersonId


def write_segment(
    segment: Segment,
    *,
    record: Record,
    patient: Person,
    facts: PatientFacts,
    people: Mapping[PersonId, Person],
    organisations: Mapping[OrganisationId, Organisation],
    relationships: Iterable[Relationship] = (),
) -> bytes:
    """Return a segment version as a document valid against the CDA schema with SDTC.

    The same arguments give the same bytes. Text is kept as it is but for characters XML forbids,
    which become U+FFFD. Somebody who is not in `people` stands there by id, without a name.
    """
    parties = Parties(
        record, patient, (segment.author,), people, organisations, tuple(relationships)
    )
    document = new_document()
    add_header(document, segment, parties=parties, facts=facts)
    told = segment.observations
    first = () if told else (FIRST_SECTIONS[segment.kind],)
    add_sections(document, told, parties=parties, always=first)
    return to_bytes(document)
