"""The whole record as one Continuity of Care Document."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from records.cda import claims
from records.cda.caring import Care, add_care_sections
from records.cda.codes import (
    ALLERGIES,
    CONFIDENTIALITY,
    LIFE,
    MEDICINES,
    PROBLEMS,
    RESULTS,
    SUMMARY,
    TYPE_ID,
    VITAL_SIGNS,
)
from records.cda.condensing import add_condensed_sections
from records.cda.elements import (
    Element,
    add,
    add_loinc,
    add_templates,
    moment,
    new_document,
    to_bytes,
)
from records.cda.entries import is_coded
from records.cda.facts import PatientFacts
from records.cda.header import LANGUAGES, add_patient, secrecy_of
from records.cda.parties import (
    Parties,
    add_authors,
    add_custodian,
    add_device_author,
    add_informant,
    add_performer,
)
from records.observations import Observation
from records.orders import Order
from records.people import Organisation, Person, Record, Relationship, Tie
from records.segments import Segment
from records.tracking import OrganisationId, PersonId
from records.wording import say

REQUIRED = (PROBLEMS, MEDICINES, ALLERGIES, VITAL_SIGNS, RESULTS, LIFE)
"""The sections every CCD has."""


def write_summary(
    segments: Iterable[Segment],
    *,
    record: Record,
    patient: Person,
    facts: PatientFacts,
    people: Mapping[PersonId, Person],
    organisations: Mapping[OrganisationId, Organisation],
    relationships: Iterable[Relationship] = (),
    orders: Iterable[Order] = (),
    team: bool = True,
    at: datetime,
) -> bytes:
    """Return a CCD of what counts in these segments, written at this time.

    What was taken back, is still asked about or says nothing is left out; what else is not to be
    told, the caller leaves out, of orders too; `team` says whether to name who gives care. The same
    arguments give the same bytes.
    """
    given = sorted(segments, key=lambda one: one.id)
    told = [one for segment in given for one in segment.standing if is_coded(one)]
    authors = tuple(sorted({one.author for one in told}))
    parties = Parties(record, patient, authors, people, organisations, tuple(relationships))
    document = new_document()
    _add_header(document, given, told, at=at, parties=parties)
    add_patient(document, parties=parties, facts=facts)
    add_authors(document, parties, at)
    add_device_author(document, at)
    for informant in sorted({one.informant for one in told}):
        add_informant(document, parties, informant)
    add_custodian(document)
    _add_care(document, told, at=at, parties=parties)
    body = add_condensed_sections(document, told, parties=parties, always=REQUIRED)
    add_care_sections(body, Care(told, tuple(orders), at, team), parties=parties)
    return to_bytes(document)


def _add_header(
    document: Element,
    segments: Sequence[Segment],
    told: Sequence[Observation],
    *,
    at: datetime,
    parties: Parties,
) -> None:
    language = parties.patient.language
    add(document, "realmCode", code="US")
    add(document, "typeId", root=TYPE_ID[0], extension=TYPE_ID[1])
    add_templates(document, *claims.US_HEADER, *claims.CCD)
    add(document, "id", root=str(_id_of(segments, at)))
    add_loinc(document, "code", *SUMMARY)
    add(document, "title", say(language, "Summary of the health record"))
    add(document, "effectiveTime", value=moment(at))
    add(document, "confidentialityCode", code=secrecy_of(told), codeSystem=CONFIDENTIALITY)
    add(document, "languageCode", code=LANGUAGES[language])


def _id_of(segments: Sequence[Segment], at: datetime) -> UUID:
    """Return an id that only these versions at this time give; their own ids are random."""
    named = "".join(f" {one.id}.{one.version}" for one in segments)
    return UUID(hashlib.sha256(f"kanglu summary {moment(at)}{named}".encode()).hexdigest()[:32])


def _add_care(
    document: Element, told: Sequence[Observation], *, at: datetime, parties: Parties
) -> None:
    """Append the care this record tells of: from its first day, by the doctors who treat."""
    event = add(add(document, "documentationOf"), "serviceEvent", classCode="PCPR")
    period = add(event, "effectiveTime")
    add(period, "low", value=moment(min((one.effective for one in told), default=at)))
    add(period, "high", value=moment(at))
    for one in sorted(parties.relationships, key=lambda one: one.id):
        if one.tie is Tie.DOCTOR and one.holds(at) and parties.person(one.person):
            add_performer(event, parties, one.person)
