"""Facts of CDA R2 and C-CDA: code systems, templates, sections, and where each code belongs.

Sources: HL7 CDA R2 with the SDTC extensions, C-CDA R2.1 and 4.0 (section codes),
LOINC (https://loinc.org). Where no standard has a word, Kanglu's own code stands beside a
`nullFlavor`: a code system may be named by a UUID as well as by an OID.
"""

from dataclasses import dataclass

from records.vocabulary import Code, SegmentKind
from records.wording import later

CDA = "urn:hl7-org:v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
TYPE_ID = ("2.16.840.1.113883.1.3", "POCD_HD000040")

LOINC = "2.16.840.1.113883.6.1"
CONFIDENTIALITY = "2.16.840.1.113883.5.25"
GENDER = "2.16.840.1.113883.5.1"
ROLE_CODE = "2.16.840.1.113883.5.111"
ACT_CLASS = "2.16.840.1.113883.5.6"
ACT_CODE = "2.16.840.1.113883.5.4"
SNOMED = "2.16.840.1.113883.6.96"

SYSTEM_NAMES = {LOINC: "LOINC", SNOMED: "SNOMED CT", ACT_CLASS: "ActClass", ACT_CODE: "ActCode"}


@dataclass(frozen=True, slots=True)
class Coding:
    """A code of a code system, with the name that system gives it."""

    code: str
    display: str
    system: str = LOINC


VITAL_SIGNS_TAKEN = Coding("46680005", "Vital signs", SNOMED)
PROBLEM_FOUND = Coding("55607006", "Problem", SNOMED)
ALLERGY_TO_SUBSTANCE = Coding("419199007", "Allergy to substance", SNOMED)
SITES = {
    "left arm": Coding("368208006", "Left upper arm structure", SNOMED),
    "right arm": Coding("368209003", "Right upper arm structure", SNOMED),
    "wrist": Coding("8205005", "Wrist region structure", SNOMED),
}
POSITIONS = {
    "sitting": Coding("33586001", "Sitting position", SNOMED),
    "standing": Coding("10904000", "Orthostatic body position", SNOMED),
    "lying": Coding("102538003", "Recumbent body position", SNOMED),
}
"""Where on the body something was measured, and how the body was held."""

CONCERN = Coding("CONC", "Concern", ACT_CLASS)
ASSERTION = Coding("ASSERTION", "Assertion", ACT_CODE)

KANGLU_CODES = "0c8f2b1e-6f0d-4e0b-9a57-3d2a8c1f7e60"
"""The code system of our own words (kinds and codes of records.vocabulary)."""
KANGLU_IDS = "5b7d9a34-1c2e-4f86-b0a9-e4d6c7f81293"
"""The root of ids that are not 32 hexadecimal digits."""
CUSTODIAN = "b93e6d70-58a4-4c1b-8f2d-7a6e0c9d1548"
"""Kanglu, who keeps every document."""
CUSTODIAN_NAME = "Kanglu"

Template = tuple[str, str]

PATIENT_NOTE = ("51855-5", "Patient Note")
PROGRESS_NOTE = ("11506-3", "Progress note")
NOTE = ("34109-9", "Note")
AGE_GROUP = ("46251-5", "Age group")
VITAL_SIGNS_PANEL = Coding(
    "74728-7",
    "Vital signs, weight, height, head circumference, oxygen saturation and BMI panel",
)
SUMMARY = ("34133-9", "Summarization of Episode Note")
PROBLEM_TYPE = Coding("75326-9", "Problem")
NUTRITION_STATUS = Coding("75305-3", "Nutrition status")
NUTRITION_ASSESSMENT = Coding("75303-8", "Nutrition assessment")

DOCUMENTS = {
    SegmentKind.DOCTOR_DESCRIPTION: PROGRESS_NOTE,
    SegmentKind.THIRD_PARTY_DESCRIPTION: NOTE,
}
"""The type of document of a kind; what the patient tells is a Patient Note."""


@dataclass(frozen=True, slots=True)
class SectionType:
    """A section: its title, LOINC code and template (in the form that requires no entries)."""

    title: str
    loinc: str = ""
    display: str = ""
    template: Template = ("", "")


DEMOGRAPHICS = SectionType(later("About the person"))
PROBLEMS = SectionType(
    later("Health problems"),
    "11450-4",
    "Problem list - Reported",
    ("2.16.840.1.113883.10.20.22.2.5", "2015-08-01"),
)
MEDICINES = SectionType(
    later("Medicines"),
    "10160-0",
    "History of Medication use Narrative",
    ("2.16.840.1.113883.10.20.22.2.1", "2014-06-09"),
)
ALLERGIES = SectionType(
    later("Allergies"),
    "48765-2",
    "Allergies and adverse reactions Document",
    ("2.16.840.1.113883.10.20.22.2.6", "2015-08-01"),
)
VITAL_SIGNS = SectionType(
    later("Vital signs"),
    "8716-3",
    "Vital signs",
    ("2.16.840.1.113883.10.20.22.2.4", "2015-08-01"),
)
RESULTS = SectionType(
    later("Test results"),
    "30954-2",
    "Relevant diagnostic tests/laboratory data Narrative",
    ("2.16.840.1.113883.10.20.22.2.3", "2015-08-01"),
)
FAMILY_HISTORY = SectionType(
    later("Family history"),
    "10157-6",
    "History of family member diseases Narrative",
    ("2.16.840.1.113883.10.20.22.2.15", "2015-08-01"),
)
MENTAL_STATUS = SectionType(
    later("Mood and mind"),
    "10190-7",
    "Mental status Narrative",
    ("2.16.840.1.113883.10.20.22.2.56", "2015-08-01"),
)
FUNCTIONAL_STATUS = SectionType(
    later("Daily living"),
    "47420-5",
    "Functional status assessment note",
    ("2.16.840.1.113883.10.20.22.2.14", "2014-06-09"),
)
SYMPTOMS = SectionType(
    later("Symptoms"),
    "10187-3",
    "Review of systems Narrative - Reported",
    ("1.3.6.1.4.1.19376.1.5.3.1.3.18", ""),
)
LIFE = SectionType(
    later("Life"),
    "29762-2",
    "Social history Narrative",
    ("2.16.840.1.113883.10.20.22.2.17", "2015-08-01"),
)
NUTRITION = SectionType(
    later("Food"),
    "61144-2",
    "Diet and nutrition Narrative",
    ("2.16.840.1.113883.10.20.22.2.57", ""),
)
OWN_WORDS = SectionType(
    later("In the patient's own words"),
    "61150-9",
    "Subjective Narrative",
    ("2.16.840.1.113883.10.20.21.2.2", ""),
)
NOTES_TEMPLATE: Template = ("2.16.840.1.113883.10.20.22.2.65", "2016-11-01")
DOCTOR_NOTES = SectionType(later("Doctor's note"), *PROGRESS_NOTE, NOTES_TEMPLATE)
THIRD_PARTY_NOTES = SectionType(later("Third party's description"), *NOTE, NOTES_TEMPLATE)

CONCERNS = SectionType(
    later("Health concerns"),
    "75310-3",
    "Health concerns Document",
    ("2.16.840.1.113883.10.20.22.2.58", "2015-08-01"),
)
ASSESSMENT = SectionType(
    later("Assessment"),
    "51848-0",
    "Evaluation note",
    ("2.16.840.1.113883.10.20.22.2.8", ""),
)
PLAN = SectionType(
    later("What is planned"),
    "18776-5",
    "Plan of care note",
    ("2.16.840.1.113883.10.20.22.2.10", "2014-06-09"),
)
CARE_TEAM = SectionType(
    later("Who gives care"),
    "85847-2",
    "Patient Care team information",
    ("2.16.840.1.113883.10.20.22.2.500", "2022-06-01"),
)
TEAM = Coding("86744-0", "Care team")
TEAM_MEMBER = Coding("85847-2", "Patient Care team information")
HEALTH_CONCERN = Coding("75310-3", "Health concerns Document")

FIRST_SECTIONS = {
    SegmentKind.PERSONAL_INFORMATION: DEMOGRAPHICS,
    SegmentKind.HEALTH_STATUS: PROBLEMS,
    SegmentKind.PHYSICAL_SIGNS: VITAL_SIGNS,
    SegmentKind.SIGNS: VITAL_SIGNS,
    SegmentKind.FAMILY_HISTORY: FAMILY_HISTORY,
    SegmentKind.NON_PHYSICAL_SIGNS: MENTAL_STATUS,
    SegmentKind.RECORD_OF_LIFE: LIFE,
    SegmentKind.OTHER: OWN_WORDS,
    SegmentKind.DOCTOR_DESCRIPTION: DOCTOR_NOTES,
    SegmentKind.THIRD_PARTY_DESCRIPTION: THIRD_PARTY_NOTES,
}
"""The section of a kind: where its codes belong unless `OTHER_SECTIONS` says otherwise."""

OTHER_SECTIONS = {
    Code.MEDICINE: MEDICINES,
    Code.ALLERGY: ALLERGIES,
    Code.GLUCOSE: RESULTS,
    Code.HBA1C: RESULTS,
    Code.PAIN: FUNCTIONAL_STATUS,
    Code.SLEEP: FUNCTIONAL_STATUS,
    Code.SYMPTOM: SYMPTOMS,
    Code.DIET: NUTRITION,
}

GENDERS = {
    "female": "F",
    "f": "F",
    "女": "F",
    "male": "M",
    "m": "M",
    "男": "M",
    "other": "UN",
    "x": "UN",
    "其他": "UN",
}
"""AdministrativeGender (2.16.840.1.113883.5.1) for what people say."""


def gender_of(words: str) -> str | None:
    """Return F, M or UN for what was said of the sex, or None where it says neither."""
    return GENDERS.get(words.strip().casefold())
