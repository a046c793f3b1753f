"""The public document: built from coded values that the rules let through."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from records.cda.codes import (
    AGE_GROUP,
    CONFIDENTIALITY,
    CUSTODIAN_NAME,
    FIRST_SECTIONS,
    LIFE,
    OTHER_SECTIONS,
    TYPE_ID,
    SectionType,
)
from records.cda.elements import (
    Element,
    add,
    add_code,
    add_id,
    add_loinc,
    add_quantity,
    add_value,
    new_document,
    to_bytes,
)
from records.cda.facts import PatientFacts, facts_in
from records.cda.header import add_gender, add_kind
from records.cda.parties import add_custodian
from records.cda.words import KINDS
from records.deidentify.rules import BOUNDS, NEVER_PUBLISHED
from records.observations import Component, Observation, Quantity
from records.segments import Segment
from records.vocabulary import MEANINGS, PANELS, Code, SegmentKind

OLDEST_BAND = 90


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that is left of an observation: what, how much, on which shifted day, in which hour."""

    hour: str
    code: Code
    parts: tuple[Component, ...]


def public_document(
    segment: Segment,
    *,
    facts: PatientFacts,
    pseudonym: str,
    document_id: str,
    shift_days: int,
    on: date,
) -> bytes | None:
    """Return the de-identified document of a segment, or None where nothing may be published.

    It holds the pseudonym, sex, an age band, and the numbers of what counts and is not private,
    each at its shifted day and the hour it began in: a minute is as good as a fingerprint, and
    rounding up would move a reading of the late evening to the next day. The hour is the one the
    patient's clock showed, without an offset, which would tell the zone. Of the day of publishing
    (`on`) it tells the year. `document_id` must be new and random for every document.
    """
    readings = () if segment.kind in NEVER_PUBLISHED else _readings(segment, shift_days)
    if not readings:
        return None
    document = new_document()
    _add_header(document, segment.kind, document_id=document_id, on=on)
    _add_patient(document, facts, pseudonym)
    _add_author(document)
    add_custodian(document)
    body = add(add(document, "component"), "structuredBody")
    if facts.birth_date:
        _add_age(body, facts.birth_date, on)
    for section_type in dict.fromkeys(_section_of(one.code) for one in readings):
        section = _add_section(body, section_type)
        for one in readings:
            if _section_of(one.code) == section_type:
                _add_entry(section, one)
    return to_bytes(document)


def public_facts_of(segments: Iterable[Segment]) -> PatientFacts:
    """Return the facts a public document may draw on: sex and birth date, unless kept private."""
    told = facts_in(
        one
        for segment in segments
        if segment.kind is SegmentKind.PERSONAL_INFORMATION
        for one in segment.standing
        if not one.private
    )
    return PatientFacts(birth_date=told.birth_date, sex=told.sex)


def skeleton() -> Element:
    """Return the markup of all public documents: no patient, no day, no number."""
    document = new_document()
    for kind in sorted(set(SegmentKind) - NEVER_PUBLISHED):
        _add_header(document, kind, document_id="", on=date(1, 1, 1))
        _add_patient(document, PatientFacts(sex="female"), "")
        _add_patient(document, PatientFacts(sex="male"), "")
        _add_author(document)
        add_custodian(document)
        body = add(add(document, "component"), "structuredBody")
        _add_age(body, date(1, 1, 1), date(1, 1, 1))
        for code in sorted({*BOUNDS, *PANELS}):
            part = Component(code, Quantity(Decimal(0), MEANINGS[code].ucum or ""))
            parts = tuple(replace(part, code=one) for one in PANELS.get(code, (code,)))
            _add_entry(_add_section(body, _section_of(code)), _Reading("", code, parts))
    return document


def _readings(segment: Segment, shift_days: int) -> tuple[_Reading, ...]:
    """Return what may be published, in an order that tells nothing of the order of filing."""
    found = (
        _reading(one, shift_days)
        for one in segment.standing
        if not one.private and one.kind is segment.kind
    )
    kept = (one for one in found if one is not None)
    return tuple(sorted(kept, key=lambda one: (one.hour, one.code, str(one.parts))))


def _reading(observation: Observation, shift_days: int) -> _Reading | None:
    hour = _hour(observation.effective, shift_days)
    panel = PANELS.get(observation.code)
    parts: tuple[Component | None, ...]
    if panel:
        if tuple(one.code for one in observation.components) != panel:
            return None
        parts = tuple(_part(one.code, one.quantity) for one in observation.components)
    else:
        value = observation.value
        parts = (_part(observation.code, value) if isinstance(value, Quantity) else None,)
    kept = tuple(one for one in parts if one is not None)
    if hour is None or len(kept) < len(parts):
        return None
    return _Reading(hour, observation.code, kept)


def _part(code: Code, quantity: Quantity) -> Component | None:
    bounds, unit = BOUNDS.get(code), MEANINGS[code].ucum
    if bounds is None or unit is None or quantity.unit != unit:
        return None
    number = bounds.rounded(quantity.value)
    return None if number is None else Component(code, Quantity(number, unit))


def _hour(effective: datetime, shift_days: int) -> str | None:
    try:
        shifted = effective.replace(tzinfo=None) + timedelta(days=shift_days)
    except OverflowError:
        return None
    return f"{shifted.year:04d}{shifted:%m%d%H}"


def _section_of(code: Code) -> SectionType:
    return OTHER_SECTIONS.get(code, FIRST_SECTIONS[MEANINGS[code].kind])


def _add_header(document: Element, kind: SegmentKind, *, document_id: str, on: date) -> None:
    add(document, "typeId", root=TYPE_ID[0], extension=TYPE_ID[1])
    add_id(document, document_id)
    add_kind(document, kind)
    add(document, "title", KINDS[kind])
    add(document, "effectiveTime", value=f"{on.year:04d}")
    add(document, "confidentialityCode", code="N", codeSystem=CONFIDENTIALITY)
    add(document, "languageCode", code="en")


def _add_patient(document: Element, facts: PatientFacts, pseudonym: str) -> None:
    role = add(add(document, "recordTarget"), "patientRole")
    add_id(role, pseudonym)
    add_gender(add(role, "patient"), facts.sex)


def _add_author(document: Element) -> None:
    author = add(document, "author")
    add(author, "time", nullFlavor="MSK")
    assigned = add(author, "assignedAuthor")
    add(assigned, "id", nullFlavor="MSK")
    add(add(assigned, "assignedAuthoringDevice"), "softwareName", CUSTODIAN_NAME)


def _add_section(body: Element, section_type: SectionType) -> Element:
    section = add(add(body, "component"), "section")
    add_loinc(section, "code", section_type.loinc, section_type.display)
    add(section, "title", section_type.title)
    return section


def _add_age(body: Element, born: date, on: date) -> None:
    """Append the age band, counted in calendar years: a birthday changes nothing between them."""
    low = min((on.year - born.year) // 10 * 10, OLDEST_BAND)
    if low < 0:
        return
    entry = add(_add_section(body, LIFE), "entry")
    observation = add(entry, "observation", classCode="OBS", moodCode="EVN")
    add_loinc(observation, "code", *AGE_GROUP)
    add(observation, "statusCode", code="completed")
    value = add_value(observation, "IVL_PQ")
    add(value, "low", value=str(low), unit="a")
    if low < OLDEST_BAND:
        add(value, "high", value=str(low + 9), unit="a")


def _add_entry(section: Element, reading: _Reading) -> None:
    entry = add(section, "entry")
    if reading.code not in PANELS:
        _add_number(entry, reading.parts[0], reading.hour)
        return
    organizer = add(entry, "organizer", classCode="CLUSTER", moodCode="EVN")
    add_code(organizer, reading.code)
    add(organizer, "statusCode", code="completed")
    add(organizer, "effectiveTime", value=reading.hour)
    for part in reading.parts:
        _add_number(add(organizer, "component"), part, reading.hour)


def _add_number(parent: Element, part: Component, hour: str) -> None:
    observation = add(parent, "observation", classCode="OBS", moodCode="EVN")
    add_code(observation, part.code)
    add(observation, "statusCode", code="completed")
    add(observation, "effectiveTime", value=hour)
    add_quantity(observation, part.quantity)
