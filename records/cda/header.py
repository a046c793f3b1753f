"""The header: what the document is, whose, who wrote and told it, who keeps it."""

from collections.abc import Iterable

from records.cda import claims
from records.cda.codes import (
    CONFIDENTIALITY,
    DOCUMENTS,
    GENDER,
    PATIENT_NOTE,
    TYPE_ID,
    gender_of,
)
from records.cda.elements import (
    Element,
    add,
    add_id,
    add_loinc,
    add_own,
    add_templates,
    dialled,
    moment,
)
from records.cda.facts import PatientFacts
from records.cda.parties import Parties, add_authors, add_custodian, add_informant
from records.cda.words import KINDS
from records.observations import Observation
from records.segments import Segment
from records.vocabulary import Code, Language, SegmentKind
from records.wording import say

NORMAL, RESTRICTED = "N", "R"
LANGUAGES = {Language.ENGLISH: "en", Language.CHINESE: "zh-CN"}


def add_header(
    document: Element, segment: Segment, *, parties: Parties, facts: PatientFacts
) -> None:
    """Append everything that stands before the body of a segment version."""
    told_by_professionals = segment.kind in DOCUMENTS or parties.is_a_professional(segment.author)
    add(document, "realmCode", code="US")
    add(document, "typeId", root=TYPE_ID[0], extension=TYPE_ID[1])
    add_templates(document, *claims.US_HEADER)
    add_templates(document, *(() if told_by_professionals else claims.PATIENT_GENERATED))
    # One id a version, as CDA wants it: the tracking id, extended by the number of the version.
    add_id(document, segment.id, part=str(segment.version))
    add_kind(document, segment.kind)
    add(document, "title", _title(segment, parties.patient.language))
    add(document, "effectiveTime", value=moment(segment.recorded))
    add(
        document,
        "confidentialityCode",
        code=secrecy_of(segment.observations),
        codeSystem=CONFIDENTIALITY,
    )
    add(document, "languageCode", code=LANGUAGES[parties.patient.language])
    add_id(document, segment.id, tag="setId")
    add(document, "versionNumber", value=str(segment.version))
    add_patient(document, parties=parties, facts=facts)
    add_authors(document, parties, segment.recorded)
    for informant in dict.fromkeys(one.informant for one in segment.observations):
        add_informant(document, parties, informant)
    add_custodian(document)


def add_kind(document: Element, kind: SegmentKind) -> None:
    """Append the type of the document with our own kind beside it."""
    code = add_loinc(document, "code", *DOCUMENTS.get(kind, PATIENT_NOTE))
    add_own(code, "translation", str(kind))


def _title(segment: Segment, language: Language) -> str:
    title = say(language, KINDS[segment.kind])
    return f"{title} {segment.day.isoformat()}" if segment.day else title


def secrecy_of(observations: Iterable[Observation]) -> str:
    """Return R (restricted) where a mood is told or something is private, else N (normal)."""
    restricted = any(one.private or one.code is Code.MOOD for one in observations)
    return RESTRICTED if restricted else NORMAL


def add_patient(document: Element, *, parties: Parties, facts: PatientFacts) -> None:
    """Append whose record it is, as far as was told."""
    role = add(add(document, "recordTarget"), "patientRole")
    add_id(role, parties.record.patient)
    _add_address(role, facts.address)
    if facts.phone:
        add(role, "telecom", value=dialled(facts.phone))
    else:
        add(role, "telecom", nullFlavor="NI")
    patient = add(role, "patient")
    # People are asked for one name and it is not guessed which part of it is the family's.
    name = add(patient, "name")
    add(name, "given", nullFlavor="NI")
    add(name, "family", facts.name or parties.patient.name)
    add_gender(patient, facts.sex)
    if facts.birth_date:
        add(patient, "birthTime", value=facts.birth_date.isoformat().replace("-", ""))
    else:
        add(patient, "birthTime", nullFlavor="NI")
    add(patient, "raceCode", nullFlavor="NI")  # US Realm asks for both; Kanglu asks nobody
    add(patient, "ethnicGroupCode", nullFlavor="NI")
    language = str(parties.patient.language)
    add(add(patient, "languageCommunication"), "languageCode", code=language)


def _add_address(role: Element, address: str) -> None:
    if not address:
        add(role, "addr", nullFlavor="NI")
        return
    element = add(role, "addr")
    add(element, "streetAddressLine", address)
    for part in ("city", "state", "postalCode"):
        add(element, part, nullFlavor="NI")


def add_gender(patient: Element, sex: str) -> None:
    """Append the administrative gender, or that it was not told."""
    gender = gender_of(sex)
    if gender:
        add(patient, "administrativeGenderCode", code=gender, codeSystem=GENDER)
    else:
        add(patient, "administrativeGenderCode", nullFlavor="NI")
