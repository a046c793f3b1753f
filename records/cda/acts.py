"""What C-CDA has a form of its own for: conditions, medicines, allergies, illnesses of relatives,
food.

What people say has no code of a terminology, and none is guessed: the value or material is a
`nullFlavor` with the words as its original text.
"""

from records.cda import claims
from records.cda.claims import Claims
from records.cda.codes import (
    ALLERGY_TO_SUBSTANCE,
    ASSERTION,
    CONCERN,
    NUTRITION_ASSESSMENT,
    NUTRITION_STATUS,
    PROBLEM_FOUND,
    PROBLEM_TYPE,
    XSI,
)
from records.cda.elements import (
    Element,
    add,
    add_code,
    add_coding,
    add_id,
    add_own,
    add_templates,
    add_value,
    moment,
)
from records.cda.parties import Parties, add_files, add_sources
from records.observations import Observation
from records.vocabulary import Code

XSI_TYPE = f"{{{XSI}}}type"

FORMED = frozenset(
    {Code.CONDITION, Code.MEDICINE, Code.ALLERGY, Code.RELATIVE_CONDITION, Code.DIET}
)
"""What has an entry of its own form here, where it counts and says something."""


def add_formed(entry: Element, observation: Observation, *, parties: Parties, row: str) -> None:
    """Append something of `FORMED` whose words stand in `row`."""
    match observation.code:
        case Code.CONDITION:
            act = _add_concern(entry, observation, claims.PROBLEM_CONCERN)
            _add_problem(_inner(act), observation, claims.PROBLEM, row=row)
        case Code.ALLERGY:
            act = _add_concern(entry, observation, claims.ALLERGY_CONCERN)
            _add_allergy(_inner(act), observation, row=row)
        case Code.MEDICINE:
            act = _add_medicine(entry, observation, row=row)
        case Code.DIET:
            act = _add_food(entry, observation, row=row, brief=parties.brief)
        case _:
            act = _add_relative(entry, observation, row=row)
    _add_sources(act, observation, parties)


def _add_sources(act: Element, observation: Observation, parties: Parties) -> None:
    """Put author, informant and files where CDA wants them around what the act contains."""
    related = [one for one in act if one.tag.endswith("}entryRelationship")]
    parts = [one for one in act if one.tag.endswith("}component")]
    for one in (*related, *parts):
        act.remove(one)
    add_sources(act, parties, observation)
    act.extend(related)
    add_files(act, observation)
    act.extend(parts)


def _add_concern(entry: Element, observation: Observation, templates: Claims) -> Element:
    """Append the concern about something that lasts; it is active until somebody ends it."""
    act = add(entry, "act", classCode="ACT", moodCode="EVN")
    add_templates(act, *templates)
    add_id(act, observation.id, part="concern")
    add_coding(act, "code", CONCERN)
    add(act, "statusCode", code="active")
    _add_since(act, observation)
    return act


def _inner(act: Element) -> Element:
    related = add(act, "entryRelationship", typeCode="SUBJ")
    return add(related, "observation", classCode="OBS", moodCode="EVN")


def _add_problem(
    element: Element, observation: Observation, templates: Claims, *, row: str
) -> None:
    add_templates(element, *templates)
    add_id(element, observation.id)
    add_code(element, observation.code, PROBLEM_FOUND, PROBLEM_TYPE)
    add(add(element, "text"), "reference", value=f"#{row}")
    add(element, "statusCode", code="completed")
    _add_since(element, observation)
    value = add_value(element, "CD", nullFlavor="OTH")
    add(value, "originalText", str(observation.value))


def _add_allergy(element: Element, observation: Observation, *, row: str) -> None:
    add_templates(element, *claims.ALLERGY)
    add_id(element, observation.id)
    add_code(element, observation.code, ASSERTION)
    add(add(element, "text"), "reference", value=f"#{row}")
    add(element, "statusCode", code="completed")
    _add_since(element, observation)
    value = add_coding(element, "value", ALLERGY_TO_SUBSTANCE)
    value.set(XSI_TYPE, "CD")
    role = add(add(element, "participant", typeCode="CSM"), "participantRole", classCode="MANU")
    entity = add(role, "playingEntity", classCode="MMAT")
    add(add(entity, "code", nullFlavor="OTH"), "originalText", str(observation.value))


def _add_medicine(entry: Element, observation: Observation, *, row: str) -> Element:
    act = add(entry, "substanceAdministration", classCode="SBADM", moodCode="EVN")
    add_templates(act, *claims.MEDICATION)
    add_id(act, observation.id)
    add_own(add(act, "code", nullFlavor="NA"), "translation", str(observation.code))
    add(add(act, "text"), "reference", value=f"#{row}")
    add(act, "statusCode", code="active")
    time = add(act, "effectiveTime")
    time.set(XSI_TYPE, "IVL_TS")
    add(time, "low", value=moment(observation.effective))
    add(act, "doseQuantity", nullFlavor="NI")
    product = add(add(act, "consumable"), "manufacturedProduct", classCode="MANU")
    add_templates(product, *claims.MEDICINE)
    code = add(add(product, "manufacturedMaterial"), "code", nullFlavor="OTH")
    add(code, "originalText", str(observation.value))
    return act


def _add_relative(entry: Element, observation: Observation, *, row: str) -> Element:
    """Append a relative's illness; which relative is in the words, and not guessed from them."""
    act = add(entry, "organizer", classCode="CLUSTER", moodCode="EVN")
    add_templates(act, *claims.FAMILY_HISTORY)
    add_id(act, observation.id, part="family")
    add(act, "statusCode", code="completed")
    subject = add(add(act, "subject"), "relatedSubject", classCode="PRS")
    add(subject, "code", nullFlavor="UNK")
    element = add(add(act, "component"), "observation", classCode="OBS", moodCode="EVN")
    _add_problem(element, observation, claims.FAMILY_ILLNESS, row=row)
    return act


def _add_food(entry: Element, observation: Observation, *, row: str, brief: bool) -> Element:
    """Append what was eaten: an assessment within a status of nutrition that nobody was asked."""
    status = add(entry, "observation", classCode="OBS", moodCode="EVN")
    add_templates(status, *claims.NUTRITION)
    add_id(status, observation.id, part="status")
    add_coding(status, "code", NUTRITION_STATUS, brief=brief)
    add(status, "statusCode", code="completed")
    add(status, "effectiveTime", value=moment(observation.effective))
    add_value(status, "CD", nullFlavor="NI")
    element = _inner(status)
    add_templates(element, *claims.NUTRITION_ASSESSMENT)
    add_id(element, observation.id)
    add_code(element, observation.code, NUTRITION_ASSESSMENT, brief=brief)
    add(add(element, "text"), "reference", value=f"#{row}")
    add(element, "statusCode", code="completed")
    add(element, "effectiveTime", value=moment(observation.effective))
    add_value(element, "ST", str(observation.value))
    return status


def _add_since(element: Element, observation: Observation) -> None:
    """Append the time from which it is told; when it began nobody was asked."""
    add(add(element, "effectiveTime"), "low", value=moment(observation.effective))
