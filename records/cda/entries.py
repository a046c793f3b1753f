"""One observation as an entry a machine reads.

What was taken back stays, with the status `nullified` ("created in error" in HL7's ActStatus), so
that a version says what became of everything the version before it said; `negationInd` would say
that it was not measured, and leaving it out would say nothing. What is still asked about is
`active`. Neither keeps to a C-CDA template, which all demand `completed`: a reader that selects by
template, or by status, never counts them.
"""

import re

from records.cda.codes import (
    NOTE,
    NOTE_ACTIVITY,
    OTHER_SECTIONS,
    RESULT,
    RESULT_ORGANIZER,
    RESULTS,
    VITAL_SIGN,
    VITAL_SIGNS_ORGANIZER,
    VITAL_SIGNS_PANEL,
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
from records.cda.parties import Parties, add_entry_author, add_informant
from records.observations import Component, Observation, Quantity, Status
from records.vocabulary import MEANINGS, Code, SegmentKind, Shape

STATUSES = {
    Status.FINAL: "completed",
    Status.PROVISIONAL: "active",
    Status.ENTERED_IN_ERROR: "nullified",
}

NOTES = frozenset({SegmentKind.DOCTOR_DESCRIPTION, SegmentKind.THIRD_PARTY_DESCRIPTION})
VITALS = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS})


def add_entry(section: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append the entry of an observation whose narrative stands in `row`."""
    entry = add(section, "entry", typeCode="DRIV")
    if observation.kind in NOTES:
        _add_note(entry, observation, parties=parties, row=row)
    elif observation.kind in VITALS:
        _add_organizer(entry, observation, parties=parties, row=row)
    else:
        _add_told(entry, observation, parties=parties, row=row)


def _counts(observation: Observation) -> bool:
    return observation.status is Status.FINAL


def _add_organizer(entry: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append a measurement: an organizer of one time with a component a number."""
    result = OTHER_SECTIONS.get(observation.code) is RESULTS
    organizer = add(entry, "organizer", classCode="CLUSTER", moodCode="EVN")
    parts = _parts(observation)
    if _counts(observation) and parts:
        add_templates(organizer, RESULT_ORGANIZER if result else VITAL_SIGNS_ORGANIZER)
    add_id(organizer, observation.id)
    add_code(organizer, observation.code, panel=None if result else VITAL_SIGNS_PANEL)
    add(organizer, "statusCode", code=STATUSES[observation.status])
    time = add(organizer, "effectiveTime")
    add(time, "low", value=moment(observation.effective))
    add(time, "high", value=moment(observation.effective))
    add_entry_author(organizer, parties, observation)
    add_informant(organizer, parties, observation.informant)
    _add_files(organizer, observation)
    template = RESULT if result else VITAL_SIGN
    for part in parts:
        _add_number(add(organizer, "component"), observation, part, template=template, row=row)


def _parts(observation: Observation) -> tuple[Component, ...]:
    if observation.components:
        return observation.components
    if isinstance(observation.value, Quantity):
        return (Component(observation.code, observation.value),)
    return ()


def _add_number(
    component: Element,
    observation: Observation,
    part: Component,
    *,
    template: tuple[str, str],
    row: str,
) -> None:
    element = add(component, "observation", classCode="OBS", moodCode="EVN")
    if _counts(observation):
        add_templates(element, template)
    add_id(element, observation.id, part=str(part.code))
    add_code(element, part.code)
    add(add(element, "text"), "reference", value=f"#{row}")
    add(element, "statusCode", code=STATUSES[observation.status])
    add(element, "effectiveTime", value=moment(observation.effective))
    add_quantity(element, part.quantity)


def _add_told(entry: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append what was said, or a number that is no vital sign, as an observation."""
    element = add(entry, "observation", classCode="OBS", moodCode="EVN")
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
    _add_files(element, observation)


def _add_files(act: Element, observation: Observation) -> None:
    """Append where the files that came with it lie, and the one it was read from."""
    told = [("REFR", one) for one in observation.attachments]
    read = [("XCRPT", observation.source)] if observation.source else []
    for meaning, attachment in (*told, *read):
        reference = add(act, "reference", typeCode=meaning)
        document = add(reference, "externalDocument", classCode="DOC", moodCode="EVN")
        add_id(document, attachment)


def _add_words(element: Element, code: Code, words: str) -> None:
    digits = words.replace("-", "")
    if MEANINGS[code].shape is Shape.DATE and re.fullmatch("[0-9]{8}", digits):
        add_value(element, "TS", value=digits)
        return
    add_value(element, "ST", words)


def _add_note(entry: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append a description: its words stand in the narrative, as a Note Activity wants it."""
    act = add(entry, "act", classCode="ACT", moodCode="EVN")
    if _counts(observation):
        add_templates(act, NOTE_ACTIVITY)
    add_id(act, observation.id)
    add_code(act, observation.code, panel=NOTE)
    add(add(act, "text"), "reference", value=f"#{row}-words")
    add(act, "statusCode", code=STATUSES[observation.status])
    add(act, "effectiveTime", value=moment(observation.effective))
    add_entry_author(act, parties, observation)
    add_informant(act, parties, observation.informant)
