"""One observation as an entry a machine reads.

What was taken back stays, with the status `nullified` ("created in error" in HL7's ActStatus), so
that a version says what became of everything the version before it said; `negationInd` would say
that it was not measured, and leaving it out would say nothing. What is still asked about is
`active`. Neither keeps to a C-CDA template, which all demand `completed`: a reader that selects by
template, or by status, never counts them.
"""

import re

from records.cda import claims
from records.cda.acts import FORMED, add_formed
from records.cda.claims import Claims
from records.cda.codes import (
    NOTE,
    OTHER_SECTIONS,
    RESULTS,
    VITAL_SIGNS_PANEL,
    VITAL_SIGNS_TAKEN,
    Coding,
)
from records.cda.elements import (
    Element,
    add,
    add_code,
    add_id,
    add_quantity,
    add_templates,
    add_value,
    moment,
)
from records.cda.parties import Parties, add_entry_author, add_files, add_informant
from records.observations import Component, Observation, Quantity, Status
from records.vocabulary import MEANINGS, Code, SegmentKind, Shape

STATUSES = {
    Status.FINAL: "completed",
    Status.PROVISIONAL: "active",
    Status.ENTERED_IN_ERROR: "nullified",
}

NOTES = frozenset({SegmentKind.DOCTOR_DESCRIPTION, SegmentKind.THIRD_PARTY_DESCRIPTION})
VITALS = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS})
TOLD: dict[Code, Claims] = {
    Code.PAIN: claims.SCALE,
    Code.SLEEP: claims.FUNCTION,
    Code.ACTIVITY: claims.LIFE,
    Code.STEPS: claims.LIFE,
}
"""What an observation that is told, and no vital sign, claims."""


def add_entry(section: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append the entry of an observation whose narrative stands in `row`."""
    entry = add(section, "entry", typeCode="DRIV")
    if observation.code in FORMED and is_coded(observation):
        add_formed(entry, observation, parties=parties, row=row)
    elif observation.kind in NOTES:
        _add_note(entry, observation, parties=parties, row=row)
    elif observation.kind in VITALS:
        _add_organizer(entry, observation, parties=parties, row=row)
    else:
        _add_told(entry, observation, parties=parties, row=row)


def is_coded(observation: Observation) -> bool:
    """Say whether an observation counts and says something, so that it can keep to a template."""
    said = observation.components or observation.value
    return observation.status is Status.FINAL and bool(said)


def _add_organizer(entry: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append a measurement: an organizer of one time with a component a number."""
    result = OTHER_SECTIONS.get(observation.code) is RESULTS
    organizer = add(entry, "organizer", classCode="CLUSTER", moodCode="EVN")
    parts = _parts(observation)
    if is_coded(observation) and parts:
        add_templates(organizer, *(claims.RESULTS if result else claims.VITAL_SIGNS))
    add_id(organizer, observation.id)
    before = () if result else (VITAL_SIGNS_TAKEN, VITAL_SIGNS_PANEL)
    add_code(organizer, observation.code, *before)
    add(organizer, "statusCode", code=STATUSES[observation.status])
    time = add(organizer, "effectiveTime")
    add(time, "low", value=moment(observation.effective))
    add(time, "high", value=moment(observation.effective))
    add_entry_author(organizer, parties, observation)
    add_informant(organizer, parties, observation.informant)
    add_files(organizer, observation)
    templates = claims.RESULT if result else claims.VITAL_SIGN
    for part in parts:
        component = add(organizer, "component")
        _add_number(component, observation, part, templates=templates, row=row)


def _parts(observation: Observation) -> tuple[Component, ...]:
    if observation.components:
        return observation.components
    if isinstance(observation.value, Quantity):
        return (Component(observation.code, observation.value),)
    return ()


def _add_number(
    component: Element, observation: Observation, part: Component, *, templates: Claims, row: str
) -> None:
    element = add(component, "observation", classCode="OBS", moodCode="EVN")
    if is_coded(observation):
        add_templates(element, *templates)
    add_id(element, observation.id, part=str(part.code))
    add_code(element, part.code)
    add(add(element, "text"), "reference", value=f"#{row}")
    add(element, "statusCode", code=STATUSES[observation.status])
    add(element, "effectiveTime", value=moment(observation.effective))
    add_quantity(element, part.quantity)


def _add_told(entry: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append what was said, or a number that is no vital sign, as an observation."""
    element = add(entry, "observation", classCode="OBS", moodCode="EVN")
    if is_coded(observation):
        add_templates(element, *TOLD.get(observation.code, ()))
    add_id(element, observation.id)
    add_code(element, observation.code)
    add(add(element, "text"), "reference", value=f"#{row}")
    add(element, "statusCode", code=STATUSES[observation.status])
    add(element, "effectiveTime", value=moment(observation.effective))
    match observation.value:
        case Quantity() as quantity:
            add_quantity(element, quantity)
        case str() as words if words:
            _add_words(element, observation.code, words)
        case _:
            add_value(element, "ST", nullFlavor="NI")
    add_entry_author(element, parties, observation)
    add_informant(element, parties, observation.informant)
    add_files(element, observation)


def _add_words(element: Element, code: Code, words: str) -> None:
    digits = words.replace("-", "")
    if MEANINGS[code].shape is Shape.DATE and re.fullmatch("[0-9]{8}", digits):
        add_value(element, "TS", value=digits)
        return
    add_value(element, "ST", words)


def _add_note(entry: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append a description: its words stand in the narrative, as a Note Activity wants it."""
    act = add(entry, "act", classCode="ACT", moodCode="EVN")
    if is_coded(observation):
        add_templates(act, *claims.NOTE)
    add_id(act, observation.id)
    add_code(act, observation.code, Coding(*NOTE))
    add(add(act, "text"), "reference", value=f"#{row}-words")
    add(act, "statusCode", code=STATUSES[observation.status])
    add(act, "effectiveTime", value=moment(observation.effective))
    add_entry_author(act, parties, observation)
    add_informant(act, parties, observation.informant)
