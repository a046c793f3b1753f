"""The words of a document for people: kinds, codes, units and states in the patient's language."""

from records.observations import Observation, Quantity, Status
from records.vocabulary import Code, Language, SegmentKind
from records.wording import later, say
from records.wording.circumstances import circumstance_words

KINDS = {
    SegmentKind.PERSONAL_INFORMATION: later("Personal information"),
    SegmentKind.HEALTH_STATUS: later("Health status"),
    SegmentKind.PHYSICAL_SIGNS: later("Physical signs"),
    SegmentKind.SIGNS: later("Body measures"),
    SegmentKind.FAMILY_HISTORY: later("Family history"),
    SegmentKind.NON_PHYSICAL_SIGNS: later("How I feel"),
    SegmentKind.RECORD_OF_LIFE: later("Daily life"),
    SegmentKind.OTHER: later("Other notes"),
    SegmentKind.DOCTOR_DESCRIPTION: later("Doctor's note"),
    SegmentKind.THIRD_PARTY_DESCRIPTION: later("Third party's description"),
}

CODES = {
    Code.NAME: later("Name"),
    Code.BIRTH_DATE: later("Date of birth"),
    Code.SEX: later("Sex"),
    Code.PHONE: later("Phone"),
    Code.ADDRESS: later("Address"),
    Code.ID_NUMBER: later("ID number"),
    Code.CONDITION: later("Condition"),
    Code.MEDICINE: later("Medicine"),
    Code.ALLERGY: later("Allergy"),
    Code.BLOOD_PRESSURE: later("Blood pressure"),
    Code.SYSTOLIC: later("Upper blood pressure"),
    Code.DIASTOLIC: later("Lower blood pressure"),
    Code.HEART_RATE: later("Pulse"),
    Code.GLUCOSE: later("Blood sugar"),
    Code.TEMPERATURE: later("Temperature"),
    Code.SPO2: later("Oxygen"),
    Code.HBA1C: later("HbA1c"),
    Code.HEIGHT: later("Height"),
    Code.WEIGHT: later("Weight"),
    Code.WAIST: later("Waist"),
    Code.BMI: later("BMI"),
    Code.RELATIVE_CONDITION: later("Illness in the family"),
    Code.MOOD: later("Mood"),
    Code.PAIN: later("Pain (0 to 10)"),
    Code.SLEEP: later("Sleep"),
    Code.SYMPTOM: later("Symptom"),
    Code.DIET: later("Food"),
    Code.ACTIVITY: later("Activity"),
    Code.STEPS: later("Steps"),
    Code.MEDICATION_TAKEN: later("Medicine taken"),
    Code.MEDICATION_MISSED: later("Medicine missed"),
    Code.NOTE: later("Note"),
    Code.EVENT: later("Event"),
    Code.PHOTO: later("Photo"),
    Code.VOICE_NOTE: later("Voice note"),
    Code.FILE: later("File"),
    Code.DOCTOR_NOTE: later("Doctor's note"),
    Code.PATIENT_COMMENT: later("Patient's word to the note"),
    Code.CORRECTION_ASKED: later("Patient asks to correct the note"),
    Code.THIRD_PARTY_NOTE: later("Third party's description"),
}

UNITS = {
    "mm[Hg]": "mmHg",
    "Cel": "°C",
    "kg/m2": "kg/m²",
    "{score}": "",
    "{steps}": "",
    "1": "",
}
"""UCUM units as people write them, where that differs."""


def value_words(observation: Observation) -> str:
    """Return the value as people write it: `128/82 mmHg`, `7.2 mmol/L`, or the words."""
    if observation.components:
        numbers = "/".join(format(one.quantity.value, "f") for one in observation.components)
        return f"{numbers} {_unit(observation.components[0].quantity)}".strip()
    match observation.value:
        case Quantity() as quantity:
            return f"{format(quantity.value, 'f')} {_unit(quantity)}".strip()
        case words:
            return words or ""


def remark_words(observation: Observation, language: Language) -> str:
    """Return what else is to be known: state, privacy, circumstances, what was typed."""
    remarks = [observation.context, circumstance_words(observation, language)]
    if observation.status is Status.ENTERED_IN_ERROR:
        remarks.insert(0, say(language, "Taken back: does not count"))
    if observation.status is Status.PROVISIONAL:
        remarks.insert(0, say(language, "Still asked about: does not count yet"))
    if observation.private:
        remarks.append(say(language, "Private"))
    if observation.stated:
        remarks.append(say(language, "Typed as: {words}", words=observation.stated))
    return "; ".join(one for one in remarks if one)


def _unit(quantity: Quantity) -> str:
    return UNITS.get(quantity.unit, quantity.unit)
