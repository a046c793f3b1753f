"""The words of the record: the ten kinds of segment and the codes an observation may carry.

Codes and units are facts of LOINC (https://loinc.org) and UCUM (https://ucum.org); where LOINC has
no code that says the thing plainly, `loinc` is None and the document says so instead of guessing.
"""

from dataclasses import dataclass
from enum import StrEnum


class SegmentKind(StrEnum):
    """The ten kinds of segment (Table 1 of the paper), in the order a reader meets them."""

    PERSONAL_INFORMATION = "personal_information"
    HEALTH_STATUS = "health_status"
    PHYSICAL_SIGNS = "physical_signs"
    SIGNS = "signs"
    FAMILY_HISTORY = "family_history"
    NON_PHYSICAL_SIGNS = "non_physical_signs"
    RECORD_OF_LIFE = "record_of_life"
    OTHER = "other"
    DOCTOR_DESCRIPTION = "doctor_description"
    THIRD_PARTY_DESCRIPTION = "third_party_description"


class Period(StrEnum):
    """How long one segment of a kind lasts."""

    DAY = "day"  # one segment a local day
    LIVING = "living"  # one segment for good, each change a new version
    NOTE = "note"  # one segment a note


PERIODS = {
    SegmentKind.PERSONAL_INFORMATION: Period.LIVING,
    SegmentKind.HEALTH_STATUS: Period.LIVING,
    SegmentKind.PHYSICAL_SIGNS: Period.DAY,
    SegmentKind.SIGNS: Period.DAY,
    SegmentKind.FAMILY_HISTORY: Period.LIVING,
    SegmentKind.NON_PHYSICAL_SIGNS: Period.DAY,
    SegmentKind.RECORD_OF_LIFE: Period.DAY,
    SegmentKind.OTHER: Period.DAY,
    SegmentKind.DOCTOR_DESCRIPTION: Period.NOTE,
    SegmentKind.THIRD_PARTY_DESCRIPTION: Period.NOTE,
}

NEVER_PUBLIC = frozenset({SegmentKind.PERSONAL_INFORMATION})


class Shape(StrEnum):
    """What the value of an observation looks like."""

    QUANTITY = "quantity"  # a number with a unit
    PANEL = "panel"  # several numbers that belong together
    WORDS = "words"  # what somebody said
    DATE = "date"  # a calendar day
    CHOICE = "choice"  # one of a few words


class Code(StrEnum):
    """What an observation is about."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    PHONE = "phone"
    ADDRESS = "address"
    ID_NUMBER = "id_number"

    CONDITION = "condition"
    MEDICINE = "medicine"
    ALLERGY = "allergy"

    BLOOD_PRESSURE = "bp"
    SYSTOLIC = "bp.systolic"
    DIASTOLIC = "bp.diastolic"
    HEART_RATE = "heart_rate"
    GLUCOSE = "glucose"
    TEMPERATURE = "temperature"
    SPO2 = "spo2"
    HBA1C = "hba1c"

    HEIGHT = "height"
    WEIGHT = "weight"
    WAIST = "waist"
    BMI = "bmi"

    RELATIVE_CONDITION = "relative_condition"

    MOOD = "mood"
    PAIN = "pain"
    SLEEP = "sleep"
    SYMPTOM = "symptom"

    DIET = "diet"
    ACTIVITY = "activity"
    STEPS = "steps"
    MEDICATION_TAKEN = "medication_taken"
    MEDICATION_MISSED = "medication_missed"

    NOTE = "note"
    EVENT = "event"

    PHOTO = "photo"
    VOICE_NOTE = "voice_note"
    FILE = "file"

    DOCTOR_NOTE = "doctor_note"
    PATIENT_COMMENT = "patient_comment"
    CORRECTION_ASKED = "correction_asked"
    THIRD_PARTY_NOTE = "third_party_note"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for: where it is filed, its shape, and what the world calls it."""

    kind: SegmentKind
    shape: Shape
    loinc: str | None = None
    display: str = ""
    ucum: str | None = None


MEANINGS: dict[Code, Meaning] = {
    Code.NAME: Meaning(SegmentKind.PERSONAL_INFORMATION, Shape.WORDS),
    Code.BIRTH_DATE: Meaning(SegmentKind.PERSONAL_INFORMATION, Shape.DATE),
    Code.SEX: Meaning(SegmentKind.PERSONAL_INFORMATION, Shape.CHOICE),
    Code.PHONE: Meaning(SegmentKind.PERSONAL_INFORMATION, Shape.WORDS),
    Code.ADDRESS: Meaning(SegmentKind.PERSONAL_INFORMATION, Shape.WORDS),
    Code.ID_NUMBER: Meaning(SegmentKind.PERSONAL_INFORMATION, Shape.WORDS),
    Code.CONDITION: Meaning(SegmentKind.HEALTH_STATUS, Shape.WORDS, "75323-6", "Condition"),
    Code.MEDICINE: Meaning(
        SegmentKind.HEALTH_STATUS, Shape.WORDS, "10160-0", "History of Medication use Narrative"
    ),
    Code.ALLERGY: Meaning(
        SegmentKind.HEALTH_STATUS,
        Shape.WORDS,
        "48765-2",
        "Allergies and adverse reactions Document",
    ),
    Code.BLOOD_PRESSURE: Meaning(
        SegmentKind.PHYSICAL_SIGNS,
        Shape.PANEL,
        "85354-9",
        "Blood pressure panel with all children optional",
    ),
    Code.SYSTOLIC: Meaning(
        SegmentKind.PHYSICAL_SIGNS, Shape.QUANTITY, "8480-6", "Systolic blood pressure", "mm[Hg]"
    ),
    Code.DIASTOLIC: Meaning(
        SegmentKind.PHYSICAL_SIGNS, Shape.QUANTITY, "8462-4", "Diastolic blood pressure", "mm[Hg]"
    ),
    Code.HEART_RATE: Meaning(
        SegmentKind.PHYSICAL_SIGNS, Shape.QUANTITY, "8867-4", "Heart rate", "/min"
    ),
    Code.GLUCOSE: Meaning(
        SegmentKind.PHYSICAL_SIGNS,
        Shape.QUANTITY,
        "14743-9",
        "Glucose [Moles/volume] in Capillary blood by Glucometer",
        "mmol/L",
    ),
    Code.TEMPERATURE: Meaning(
        SegmentKind.PHYSICAL_SIGNS, Shape.QUANTITY, "8310-5", "Body temperature", "Cel"
    ),
    Code.SPO2: Meaning(
        SegmentKind.PHYSICAL_SIGNS,
        Shape.QUANTITY,
        "59408-5",
        "Oxygen saturation in Arterial blood by Pulse oximetry",
        "%",
    ),
    Code.HBA1C: Meaning(
        SegmentKind.PHYSICAL_SIGNS,
        Shape.QUANTITY,
        "4548-4",
        "Hemoglobin A1c/Hemoglobin.total in Blood",
        "%",
    ),
    Code.HEIGHT: Meaning(SegmentKind.SIGNS, Shape.QUANTITY, "8302-2", "Body height", "cm"),
    Code.WEIGHT: Meaning(SegmentKind.SIGNS, Shape.QUANTITY, "29463-7", "Body weight", "kg"),
    Code.WAIST: Meaning(
        SegmentKind.SIGNS,
        Shape.QUANTITY,
        "8280-0",
        "Waist Circumference at umbilicus by Tape measure",
        "cm",
    ),
    Code.BMI: Meaning(
        SegmentKind.SIGNS, Shape.QUANTITY, "39156-5", "Body mass index (BMI) [Ratio]", "kg/m2"
    ),
    Code.RELATIVE_CONDITION: Meaning(
        SegmentKind.FAMILY_HISTORY,
        Shape.WORDS,
        "10157-6",
        "History of family member diseases Narrative",
    ),
    Code.MOOD: Meaning(
        SegmentKind.NON_PHYSICAL_SIGNS, Shape.WORDS, "10190-7", "Mental status Narrative"
    ),
    Code.PAIN: Meaning(
        SegmentKind.NON_PHYSICAL_SIGNS,
        Shape.QUANTITY,
        "72514-3",
        "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
        "{score}",
    ),
    Code.SLEEP: Meaning(
        SegmentKind.NON_PHYSICAL_SIGNS, Shape.QUANTITY, "93832-4", "Sleep duration", "h"
    ),
    Code.SYMPTOM: Meaning(SegmentKind.NON_PHYSICAL_SIGNS, Shape.WORDS, "75325-1", "Symptom"),
    Code.DIET: Meaning(
        SegmentKind.RECORD_OF_LIFE, Shape.WORDS, "61144-2", "Diet and nutrition Narrative"
    ),
    Code.ACTIVITY: Meaning(SegmentKind.RECORD_OF_LIFE, Shape.WORDS, "73985-4", "Exercise activity"),
    Code.STEPS: Meaning(
        SegmentKind.RECORD_OF_LIFE,
        Shape.QUANTITY,
        "55423-8",
        "Number of steps in unspecified time Pedometer",
        "{steps}",
    ),
    Code.MEDICATION_TAKEN: Meaning(SegmentKind.RECORD_OF_LIFE, Shape.WORDS),
    Code.MEDICATION_MISSED: Meaning(SegmentKind.RECORD_OF_LIFE, Shape.WORDS),
    Code.NOTE: Meaning(SegmentKind.OTHER, Shape.WORDS, "34109-9", "Note"),
    Code.EVENT: Meaning(SegmentKind.OTHER, Shape.WORDS),
    Code.PHOTO: Meaning(SegmentKind.RECORD_OF_LIFE, Shape.WORDS),
    Code.VOICE_NOTE: Meaning(SegmentKind.NON_PHYSICAL_SIGNS, Shape.WORDS),
    Code.FILE: Meaning(SegmentKind.OTHER, Shape.WORDS),
    Code.DOCTOR_NOTE: Meaning(
        SegmentKind.DOCTOR_DESCRIPTION, Shape.WORDS, "11506-3", "Progress note"
    ),
    Code.PATIENT_COMMENT: Meaning(SegmentKind.DOCTOR_DESCRIPTION, Shape.WORDS),
    Code.CORRECTION_ASKED: Meaning(SegmentKind.DOCTOR_DESCRIPTION, Shape.WORDS),
    Code.THIRD_PARTY_NOTE: Meaning(
        SegmentKind.THIRD_PARTY_DESCRIPTION, Shape.WORDS, "34109-9", "Note"
    ),
}

SENT = frozenset({Code.PHOTO, Code.VOICE_NOTE, Code.FILE})
"""What came as a picture, a voice or a file without words of its own."""

PANELS: dict[Code, tuple[Code, ...]] = {Code.BLOOD_PRESSURE: (Code.SYSTOLIC, Code.DIASTOLIC)}


class Role(StrEnum):
    """What a person is to the house."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"
    DOCTOR = "doctor"
    NURSE = "nurse"
    THIRD_PARTY = "third_party"
    OPERATOR = "operator"


class OrganisationKind(StrEnum):
    """What an organisation is."""

    CLINIC = "clinic"
    HOSPITAL = "hospital"
    RESEARCH_INSTITUTION = "research_institution"
    SERVICE_PROVIDER = "service_provider"


class Purpose(StrEnum):
    """Why somebody reads (HL7 PurposeOfUse names the same ideas)."""

    TREATMENT = "treatment"
    CARE_MANAGEMENT = "care_management"
    RESEARCH = "research"
    SERVICE = "service"
    EMERGENCY = "emergency"
    OWN = "own"  # a person reads the own record


class Language(StrEnum):
    """The two languages of the house."""

    ENGLISH = "en"
    CHINESE = "zh"
