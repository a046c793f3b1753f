"""Each thing of the record as the FHIR resource that is meant for it."""

from records.cda import PatientFacts
from records.cda.codes import POSITIONS, SITES, gender_of
from records.consent import Grant, Hiding
from records.fhir.elements import (
    BODY_POSITION,
    TERMINOLOGY,
    Resource,
    coded,
    concept,
    instant,
    quantity,
    reference,
    said_concept,
    sited,
    text_of,
    uuid_of,
)
from records.observations import Observation, Quantity
from records.people import Person
from records.vocabulary import Code, Purpose

GENDERS = {"F": "female", "M": "male", "UN": "other"}
PURPOSES = {
    Purpose.TREATMENT: "TREAT",
    Purpose.CARE_MANAGEMENT: "CAREMGT",
    Purpose.RESEARCH: "HRESCH",
    Purpose.SERVICE: "HOPERAT",
    Purpose.EMERGENCY: "ETREAT",
    Purpose.OWN: "PATRQT",
}


def patient_resource(patient: Person, facts: PatientFacts) -> Resource:
    """Return whose record it is, as far as may be told."""
    found: Resource = {"resourceType": "Patient", "id": uuid_of(patient.id)}
    name = text_of(facts.name or patient.name)
    if name:
        found["name"] = [{"text": name}]
    gender = gender_of(facts.sex)
    if gender:
        found["gender"] = GENDERS[gender]
    if facts.birth_date:
        found["birthDate"] = facts.birth_date.isoformat()
    if text_of(facts.phone):
        found["telecom"] = [{"system": "phone", "value": text_of(facts.phone)}]
    if text_of(facts.address):
        found["address"] = [{"text": text_of(facts.address)}]
    return found


def resource_of(one: Observation, subject: str) -> Resource:
    """Return what is said of the patient with this id as its resource."""
    made = MAKERS.get(one.code, _observation)(one, subject)
    return {**made, "id": uuid_of(one.id)}


def _observation(one: Observation, subject: str) -> Resource:
    found: Resource = {
        "resourceType": "Observation",
        "status": "final",
        "code": concept(one.code),
        "subject": reference(subject),
        "effectiveDateTime": instant(one.effective),
        "issued": instant(one.recorded),
    }
    if one.components:
        found["component"] = [
            {"code": concept(part.code), **_value(part.quantity)} for part in one.components
        ]
    else:
        found |= _value(one.value)
    if text_of(one.context):
        found["note"] = [{"text": text_of(one.context)}]
    if text_of(one.site):
        found["bodySite"] = sited(SITES.get(one.site), one.site)
    if text_of(one.position):
        held = sited(POSITIONS.get(one.position), one.position)
        found["extension"] = [{"url": BODY_POSITION, "valueCodeableConcept": held}]
    return found


def _value(value: Quantity | str | None) -> Resource:
    if isinstance(value, Quantity):
        number = quantity(value)
        if number:
            return {"valueQuantity": number}
    elif value and text_of(value):
        return {"valueString": text_of(value)}
    return {"dataAbsentReason": coded("data-absent-reason", "unknown")}


def _condition(one: Observation, subject: str) -> Resource:
    return {
        "resourceType": "Condition",
        "clinicalStatus": coded("condition-clinical", "active"),
        "verificationStatus": coded("condition-ver-status", "unconfirmed"),
        "code": said_concept(one),
        "subject": reference(subject),
        "recordedDate": instant(one.recorded),
    }


def _medicine(one: Observation, subject: str) -> Resource:
    return {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": said_concept(one),
        "subject": reference(subject),
        "effectivePeriod": {"start": instant(one.effective)},
        "dateAsserted": instant(one.recorded),
    }


def _allergy(one: Observation, subject: str) -> Resource:
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": coded("allergyintolerance-clinical", "active"),
        "verificationStatus": coded("allergyintolerance-verification", "unconfirmed"),
        "code": said_concept(one),
        "patient": reference(subject),
        "recordedDate": instant(one.recorded),
    }


def _relative(one: Observation, subject: str) -> Resource:
    return {
        "resourceType": "FamilyMemberHistory",
        "status": "partial",
        "patient": reference(subject),
        "date": instant(one.recorded),
        "relationship": coded("v3-RoleCode", "FAMMEMB"),
        "condition": [{"code": said_concept(one)}],
    }


MAKERS = {
    Code.CONDITION: _condition,
    Code.MEDICINE: _medicine,
    Code.ALLERGY: _allergy,
    Code.RELATIVE_CONDITION: _relative,
}


def hiding_resource(hiding: Hiding, subject: str, whom: str, *, open_now: bool) -> Resource:
    """Return what the patient hides: a Consent that denies; without an actor for everyone."""
    part = hiding.part
    period = {"start": instant(hiding.hidden)}
    end = hiding.lifted or hiding.until
    if end is not None:
        period["end"] = instant(end)
    found: Resource = {"type": "deny", "period": period, "code": [{"text": part.code or part.kind}]}
    who = hiding.person or hiding.organisation
    if who is not None:
        named = {"identifier": {"value": uuid_of(who)}, "display": text_of(whom) or "-"}
        role = coded("v3-ParticipationType", "IRCP")
        found["actor"] = [{"role": role, "reference": named}]
    if part.segment is not None:
        about = {"identifier": {"value": uuid_of(part.entry or part.segment)}}
        found["data"] = [{"meaning": "instance", "reference": about}]
    return {
        "resourceType": "Consent",
        "id": uuid_of(hiding.id),
        "status": "active" if open_now else "inactive",
        "scope": coded("consentscope", "patient-privacy"),
        "category": [coded("v3-ActCode", "INFA")],
        "patient": reference(subject),
        "dateTime": instant(hiding.hidden),
        "policyRule": coded("v3-ActCode", "OPTOUT"),
        "provision": found,
    }


def consent_resource(grant: Grant, subject: str, grantee: str, *, open_now: bool) -> Resource:
    """Return a grant: who may see what, for what, until when."""
    period = {"start": instant(grant.given)}
    end = grant.withdrawn or grant.until
    if end is not None:
        period["end"] = instant(end)
    who = grant.person or grant.organisation or ""
    return {
        "resourceType": "Consent",
        "id": uuid_of(grant.id),
        "status": "active" if open_now else "inactive",
        "scope": coded("consentscope", "patient-privacy"),
        "category": [coded("v3-ActCode", "INFA")],
        "patient": reference(subject),
        "dateTime": instant(grant.given),
        "policyRule": coded("v3-ActCode", "OPTIN"),
        "provision": {
            "type": "permit",
            "period": period,
            "actor": [
                {
                    "role": coded("v3-ParticipationType", "IRCP"),
                    "reference": {
                        "identifier": {"value": uuid_of(who)},
                        "display": text_of(grantee) or "-",
                    },
                }
            ],
            "purpose": [{"system": f"{TERMINOLOGY}/v3-ActReason", "code": PURPOSES[grant.purpose]}],
            "code": [
                *({"text": str(kind)} for kind in sorted(grant.kinds)),
                *({"text": str(part.code or part.kind)} for part in sorted(grant.parts)),
            ],
        },
    }
