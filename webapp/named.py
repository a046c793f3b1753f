"""The words people read for each kind, code, unit, role, purpose, state and deed."""

from records.cda import words as documents
from records.orders import State
from records.people import Scope
from records.policy import Action
from records.receipts import Step
from records.requests import RequestState
from records.vocabulary import Code, OrganisationKind, Purpose, Role, SegmentKind
from records.wording import later

KINDS = documents.KINDS | {
    SegmentKind.NON_PHYSICAL_SIGNS: later("Feelings and symptoms"),
    SegmentKind.DOCTOR_DESCRIPTION: later("Doctor's notes"),
    SegmentKind.THIRD_PARTY_DESCRIPTION: later("Letters from others"),
}
"""A page says what a document says, but for these: its reader may be somebody else."""

KINDS_MEAN = {
    SegmentKind.PERSONAL_INFORMATION: later("name, birthday, sex, contact"),
    SegmentKind.HEALTH_STATUS: later("conditions, medicines, allergies"),
    SegmentKind.PHYSICAL_SIGNS: later("blood pressure, pulse, blood sugar, temperature, oxygen"),
    SegmentKind.SIGNS: later("height, weight, waist"),
    SegmentKind.FAMILY_HISTORY: later("illnesses of your relatives"),
    SegmentKind.NON_PHYSICAL_SIGNS: later("mood, pain, sleep, symptoms"),
    SegmentKind.RECORD_OF_LIFE: later("food, activity, medicine taken"),
    SegmentKind.OTHER: later("what fits nowhere else"),
    SegmentKind.DOCTOR_DESCRIPTION: later("what your doctor wrote"),
    SegmentKind.THIRD_PARTY_DESCRIPTION: later("what others wrote to you"),
}

CODES = documents.CODES | {
    Code.BIRTH_DATE: later("Birthday"),
    Code.SYSTOLIC: later("Upper number (systolic)"),
    Code.DIASTOLIC: later("Lower number (diastolic)"),
    Code.BMI: later("Body mass index"),
    Code.RELATIVE_CONDITION: later("Illness of a relative"),
    Code.DIET: later("Food and drink"),
    Code.PATIENT_COMMENT: later("Patient's word to it"),
    Code.CORRECTION_ASKED: later("Patient asks to correct it"),
    Code.THIRD_PARTY_NOTE: later("Letter"),
}
"""On a page there is room for plainer words, and a word to a note stands below the note."""

UNITS = {
    "mm[Hg]": "mmHg",
    "/min": later("per minute"),
    "mmol/L": "mmol/L",
    "Cel": "°C",
    "%": "%",
    "cm": "cm",
    "mg/dL": "mg/dL",
    "[degF]": "°F",
    "kg": "kg",
    "[lb_av]": later("lb"),
    "斤": later("jin"),
    "kg/m2": "kg/m²",
    "h": later("hours"),
    "{score}": "",
    "{steps}": later("steps"),
}

SEXES = {
    "female": later("Female"),
    "male": later("Male"),
    "undifferentiated": later("Other"),
}

ROLES = {
    Role.PATIENT: later("Patient"),
    Role.CAREGIVER: later("Caregiver"),
    Role.DOCTOR: later("Doctor"),
    Role.NURSE: later("Nurse"),
    Role.THIRD_PARTY: later("Third party"),
    Role.OPERATOR: later("Operator"),
}

ORGANISATIONS = {
    OrganisationKind.CLINIC: later("Clinic"),
    OrganisationKind.HOSPITAL: later("Hospital"),
    OrganisationKind.RESEARCH_INSTITUTION: later("Research institution"),
    OrganisationKind.SERVICE_PROVIDER: later("Service provider"),
}

PURPOSES = {
    Purpose.TREATMENT: later("for your treatment"),
    Purpose.CARE_MANAGEMENT: later("for arranging your care"),
    Purpose.RESEARCH: later("for research, without your name"),
    Purpose.SERVICE: later("for a service, without your name"),
    Purpose.EMERGENCY: later("in an emergency"),
    Purpose.OWN: later("own record"),
}

SCOPES = {
    Scope.RECORD: later("may enter numbers"),
    Scope.SEE: later("may see the record"),
    Scope.ANSWER_ORDERS: later("may answer orders"),
    Scope.URGENT: later("is told of urgent numbers at once"),
    Scope.GUARDIAN: later("decides for the patient"),
}

CHECKS = {
    "database": later("Database"),
    "private store": later("Private store"),
    "public store": later("Public store"),
    "overflow store": later("Overflow store"),
    "queue": later("Queue"),
    "chat": later("Chat"),
    "keys": later("Keys"),
    "worker": later("Worker"),
}

STATE_TAGS = {
    State.DONE: "done",
    State.QUESTION: "high",
    State.UNREACHABLE: "very-high",
    State.NO_ANSWER: "wait",
    State.SENT: "wait",
    State.UNKNOWN: "high",
    State.QUEUED: "wait",
    State.LATER: "wait",
}

REQUESTS = {
    RequestState.WAITING: later("waits for an answer"),
    RequestState.GIVEN: later("given"),
    RequestState.NOT_GIVEN: later("not given"),
    RequestState.EXPIRED: later("not answered in time"),
}
STEPS = {
    Step.GIVEN: later("given"),
    Step.CHANGED: later("changed"),
    Step.WITHDRAWN: later("withdrawn"),
    Step.EXPIRED: later("ended"),
    Step.HIDDEN: later("hidden"),
    Step.SHOWN: later("shown again"),
    Step.RAN_OUT: later("hidden no more: the time was over"),
}
REQUEST_TAGS = {RequestState.WAITING: "wait", RequestState.GIVEN: "done"}

DONE = {
    Action.SEE_RECORD: later("opened the page"),
    Action.READ_SEGMENT: later("read"),
    Action.HAND_OUT: later("took a copy"),
    Action.IMPORT_DOCUMENT: later("added from a document"),
    Action.FILE_OBSERVATION: later("wrote an entry"),
    Action.FILE_FROM_DEVICE: later("sent readings by a device"),
    Action.TIE_DEVICE: later("looked after devices"),
    Action.FILE_DESCRIPTION: later("wrote a note"),
    Action.COMMENT_ON_NOTE: later("wrote to a note"),
    Action.GIVE_GRANT: later("looked after sharing"),
    Action.ASK_FOR_LEAVE: later("asked for leave"),
    Action.CHOOSE_HELP: later("looked after who helps"),
    Action.HAND_OVER: later("handed the record over"),
    Action.SEE_ACCESS: later("looked at this list"),
    Action.PLACE_ORDER: later("placed or withdrew an order"),
    Action.SEE_ORDERS: later("looked at the orders"),
    Action.ANSWER_ORDER: later("answered an order"),
    Action.CHOOSE_PROMPTS: later("chose reminders"),
    Action.SET_LIMITS: later("set from where the doctor is alerted"),
    Action.ACKNOWLEDGE_ALERT: later("looked at an alert"),
    Action.NOTE_DEATH: later("noted a death, or took that back"),
    Action.ERASE: later("asked to erase everything, or took that back"),
    Action.CHOOSE_UNITS: later("chose units"),
    Action.CHOOSE_PLACE: later("looked at or chose where the record is kept"),
    Action.OPEN_IN_EMERGENCY: later("opened the record in an emergency"),
    Action.REVIEW_EMERGENCY: later("reviewed an emergency"),
    Action.READ_RELEASED: later("read what you released"),
    Action.WRITE_BACK: later("wrote to you"),
}
