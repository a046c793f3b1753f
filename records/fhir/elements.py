"""The bricks of FHIR resources: references, codes, quantities and times."""

import hashlib
from datetime import datetime
from uuid import UUID

from records.cda.codes import KANGLU_CODES, Coding
from records.cda.elements import plain
from records.observations import Observation, Quantity
from records.vocabulary import MEANINGS, Code

Resource = dict[str, object]

LOINC = "http://loinc.org"
SCT = "http://snomed.info/sct"
BODY_POSITION = "http://hl7.org/fhir/StructureDefinition/observation-bodyPosition"
UCUM = "http://unitsofmeasure.org"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
OWN_CODES = f"urn:uuid:{KANGLU_CODES}"
HEX_ID = 32


def uuid_of(name: str) -> str:
    """Return an id of ours as a UUID, the same for the same name."""
    try:
        return str(UUID(name))
    except ValueError:
        return str(UUID(hashlib.sha256(name.encode(errors="replace")).hexdigest()[:HEX_ID]))


def address(name: str) -> str:
    """Return where a resource of this id stands in the bundle."""
    return f"urn:uuid:{uuid_of(name)}"


def reference(name: str, display: str = "") -> Resource:
    """Return a reference to a resource of the bundle."""
    said = text_of(display)
    found: Resource = {"reference": address(name)}
    return {**found, "display": said} if said else found


def text_of(words: str) -> str:
    """Return words as FHIR takes them: nothing XML forbids, and not white space alone."""
    said = plain(words)
    return said if said.strip() else ""


def concept(code: Code) -> Resource:
    """Return what an observation is about: LOINC where it has a code, and our own."""
    meaning = MEANINGS[code]
    own = {"system": OWN_CODES, "code": str(code)}
    if not meaning.loinc:
        return {"coding": [own]}
    return {"coding": [{"system": LOINC, "code": meaning.loinc, "display": meaning.display}, own]}


def coded(system: str, code: str) -> Resource:
    """Return a concept of one code of HL7's own terminology."""
    return {"coding": [{"system": f"{TERMINOLOGY}/{system}", "code": code}]}


def said_concept(observation: Observation) -> Resource:
    """Return what was said as a concept without a code: none is guessed."""
    return {"text": text_of(str(observation.value or "")) or "-"}


def sited(coding: Coding | None, words: str) -> Resource:
    """Return a circumstance in its words, with the SNOMED CT code where there is one."""
    said: Resource = {"text": text_of(words)}
    if coding is None:
        return said
    return {"coding": [{"system": SCT, "code": coding.code, "display": coding.display}], **said}


def quantity(one: Quantity) -> Resource | None:
    """Return a number with its UCUM unit, or None where it is no number."""
    if not one.value.is_finite():
        return None
    unit = "".join(plain(one.unit).split()) or "1"
    return {"value": one.value, "unit": unit, "system": UCUM, "code": unit}


def instant(at: datetime) -> str:
    """Return a time with its offset."""
    return at.isoformat(timespec="seconds")
