"""One observation as an entry a machine reads.

What was taken back stays, with the status `nullified` ("created in error" in HL7's ActStatus), so
that a version says what became of everything the version before it said; `negationInd` would say
that it was not measured, and leaving it out would say nothing. What is still asked about is
`active`. Neither keeps to a C-CDA template, which all demand `completed`: a reader that selects by
template, or by status, never counts them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from records.cda import claims
from records.cda.acts import FORMED, add_formed
from records.cda.claims import Claims
from records.cda.codes import (
    NOTE,
    OTHER_SECTIONS,
    POSITIONS,
    RESULTS,
    SITES,
    VITAL_SIGNS_PANEL,
    VITAL_SIGNS_TAKEN,
    Coding,
)
from records.cda.elements import (
    Element,
    add,
    add_code,
    add_coding,
    add_id,
    add_quantity,
    add_templates,
    add_value,
    moment,
)
from records.cda.parties import Parties, add_files, add_sources
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


Told = Sequence[tuple[str, Observation]]
"""What one entry holds: each observation with the ID of its words. Several are of one moment."""


def add_entry(section: Element, told: Told, *, parties: Parties) -> None:
    """Append the entry of one observation, or of measurements of one moment."""
    entry = add(section, "entry", typeCode="DRIV")
    row, observation = told[0]
    if observation.code in FORMED and is_coded(observation):
        add_formed(entry, observation, parties=parties, row=row)
    elif observation.kind in NOTES:
        _add_note(entry, observation, parties=parties, row=row)
    elif observation.kind in VITALS:
        _add_organizer(entry, told, parties=parties)
    else:
        _add_told(entry, observation, parties=parties, row=row)


def is_coded(observation: Observation) -> bool:
    """Say whether an observation counts and says something, so that it can keep to a template."""
    said = observation.components or observation.value
    return observation.status is Status.FINAL and bool(said)


def is_result(observation: Observation) -> bool:
    """Say whether a measurement is one of a laboratory's, or a test strip's."""
    return OTHER_SECTIONS.get(observation.code) is RESULTS


def _add_organizer(entry: Element, told: Told, *, parties: Parties) -> None:
    """Append measurements of one time: an organizer with a component a number."""
    first = told[0][1]
    result = is_result(first)
    organizer = add(entry, "organizer", classCode="CLUSTER", moodCode="EVN")
    parts = [(row, one, part) for row, one in told for part in _parts(one)]
    if is_coded(first) and parts:
        add_templates(organizer, *(claims.RESULTS if result else claims.VITAL_SIGNS))
    for _, one in told:
        add_id(organizer, one.id)
    _add_panel(organizer, first, result=result, brief=parties.brief)
    add(organizer, "statusCode", code=STATUSES[first.status])
    _add_time(organizer, moment(first.effective), whole=parties.brief and not result)
    add_sources(organizer, parties, first)
    for _, one in told:
        add_files(organizer, one)
    for row, one, part in parts:
        _add_number(add(organizer, "component"), one, part, row=row, brief=parties.brief)


def _add_time(organizer: Element, at: str, *, whole: bool) -> None:
    """Append a moment: at once where that will do, as the first and last the templates know."""
    if whole:
        add(organizer, "effectiveTime", value=at)
        return
    time = add(organizer, "effectiveTime")
    add(time, "low", value=at)
    add(time, "high", value=at)


def _add_panel(organizer: Element, first: Observation, *, result: bool, brief: bool) -> None:
    """Append what a panel is; in a brief one its numbers alone say what was measured."""
    if result:
        add_code(organizer, first.code, brief=brief)
    elif brief:
        code = add_coding(organizer, "code", VITAL_SIGNS_TAKEN, brief=True)
        add(code, "translation", code=VITAL_SIGNS_PANEL.code, codeSystem=VITAL_SIGNS_PANEL.system)
    else:
        add_code(organizer, first.code, VITAL_SIGNS_TAKEN, VITAL_SIGNS_PANEL)


def _parts(observation: Observation) -> tuple[Component, ...]:
    if observation.components:
        return observation.components
    if isinstance(observation.value, Quantity):
        return (Component(observation.code, observation.value),)
    return ()


def _add_number(
    component: Element, observation: Observation, part: Component, *, row: str, brief: bool
) -> None:
    element = add(component, "observation", classCode="OBS", moodCode="EVN")
    if is_coded(observation):
        add_templates(element, *(claims.RESULT if is_result(observation) else claims.VITAL_SIGN))
    add_id(element, observation.id, part=str(part.code))
    add_code(element, part.code, brief=brief)
    add(add(element, "text"), "reference", value=f"#{row}")
    add(element, "statusCode", code=STATUSES[observation.status])
    add(element, "effectiveTime", value=moment(observation.effective))
    add_quantity(element, part.quantity)
    _add_circumstances(element, observation)


def _add_circumstances(element: Element, observation: Observation) -> None:
    """Append in which position and where on the body it was, in words where there is no code."""
    told = (
        ("methodCode", observation.position, POSITIONS),
        ("targetSiteCode", observation.site, SITES),
    )
    for tag, words, codes in told:
        if words in codes:
            add(add_coding(element, tag, codes[words]), "originalText", words)
        elif words:
            add(add(element, tag, nullFlavor="OTH"), "originalText", words)


def _add_told(entry: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append what was said, or a number that is no vital sign, as an observation."""
    element = add(entry, "observation", classCode="OBS", moodCode="EVN")
    if is_coded(observation):
        add_templates(element, *TOLD.get(observation.code, ()))
    add_id(element, observation.id)
    add_code(element, observation.code, brief=parties.brief)
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
    _add_circumstances(element, observation)
    add_sources(element, parties, observation)
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
    add_sources(act, replace(parties, context=None), observation)  # a note has to say its author
