"""The words people read for kinds, codes, units, purposes and what was done."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask import Flask, g
from markupsafe import Markup

from records.measures import HOUSE, Measures
from records.observations import Observation, Quantity
from records.orders import Occurrence, State
from records.people import Person, Scope
from records.policy import Action
from records.receipts import Step
from records.requests import RequestState
from records.services.ordering import OrderView
from records.services.ports import Note
from records.tracking import PersonId
from records.vocabulary import (
    MEANINGS,
    SENT,
    Code,
    OrganisationKind,
    Purpose,
    Role,
    SegmentKind,
    Shape,
)
from records.wording import later
from records.wording.circumstances import circumstance_words
from records.wording.orders import ORDER_KINDS, state_words
from webapp.language import LOCALES, day, language, words, zone
from webapp.levels import level_of, numbers_of
from webapp.unit import unit

KINDS = {
    SegmentKind.PERSONAL_INFORMATION: later("Personal information"),
    SegmentKind.HEALTH_STATUS: later("Health status"),
    SegmentKind.PHYSICAL_SIGNS: later("Physical signs"),
    SegmentKind.SIGNS: later("Body measures"),
    SegmentKind.FAMILY_HISTORY: later("Family history"),
    SegmentKind.NON_PHYSICAL_SIGNS: later("Feelings and symptoms"),
    SegmentKind.RECORD_OF_LIFE: later("Daily life"),
    SegmentKind.OTHER: later("Other notes"),
    SegmentKind.DOCTOR_DESCRIPTION: later("Doctor's notes"),
    SegmentKind.THIRD_PARTY_DESCRIPTION: later("Letters from others"),
}

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

CODES = {
    Code.NAME: later("Name"),
    Code.BIRTH_DATE: later("Birthday"),
    Code.SEX: later("Sex"),
    Code.PHONE: later("Phone"),
    Code.ADDRESS: later("Address"),
    Code.ID_NUMBER: later("ID number"),
    Code.CONDITION: later("Condition"),
    Code.MEDICINE: later("Medicine"),
    Code.ALLERGY: later("Allergy"),
    Code.BLOOD_PRESSURE: later("Blood pressure"),
    Code.SYSTOLIC: later("Upper number (systolic)"),
    Code.DIASTOLIC: later("Lower number (diastolic)"),
    Code.HEART_RATE: later("Pulse"),
    Code.GLUCOSE: later("Blood sugar"),
    Code.TEMPERATURE: later("Temperature"),
    Code.SPO2: later("Oxygen"),
    Code.HBA1C: later("HbA1c"),
    Code.HEIGHT: later("Height"),
    Code.WEIGHT: later("Weight"),
    Code.WAIST: later("Waist"),
    Code.BMI: later("Body mass index"),
    Code.RELATIVE_CONDITION: later("Illness of a relative"),
    Code.MOOD: later("Mood"),
    Code.PAIN: later("Pain (0 to 10)"),
    Code.SLEEP: later("Sleep"),
    Code.SYMPTOM: later("Symptom"),
    Code.DIET: later("Food and drink"),
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
    Code.THIRD_PARTY_NOTE: later("Letter"),
}

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

CONTEXTS = {
    "fasting": later("fasting"),
    "before_meal": later("before a meal"),
    "after_meal": later("after a meal"),
    "bedtime": later("at bedtime"),
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
    Action.GIVE_GRANT: later("looked after sharing"),
    Action.ASK_FOR_LEAVE: later("asked for leave"),
    Action.CHOOSE_HELP: later("looked after who helps"),
    Action.HAND_OVER: later("handed the record over"),
    Action.SEE_ACCESS: later("looked at this list"),
    Action.PLACE_ORDER: later("placed or withdrew an order"),
    Action.SEE_ORDERS: later("looked at the orders"),
    Action.ANSWER_ORDER: later("answered an order"),
    Action.CHOOSE_PROMPTS: later("chose reminders"),
    Action.NOTE_DEATH: later("noted a death, or took that back"),
    Action.ERASE: later("asked to erase everything, or took that back"),
    Action.CHOOSE_UNITS: later("chose units"),
    Action.OPEN_IN_EMERGENCY: later("opened the record in an emergency"),
    Action.REVIEW_EMERGENCY: later("reviewed an emergency"),
    Action.READ_RELEASED: later("read what you released"),
    Action.WRITE_BACK: later("wrote to you"),
}


def number(value: Decimal) -> str:
    """Return a number as the page's language writes it."""
    return format_decimal(value, "#,##0.##", locale=LOCALES[language()])


def unit_words(ucum: str) -> Markup:
    """Return the unit people write for a UCUM unit."""
    return words(UNITS.get(ucum, ucum))


def own_unit(code: Code) -> str:
    """Return the unit in which the patient of this page reads a code."""
    measures: Measures = g.get("measures") or HOUSE
    return measures.unit_of(code)


def in_own_units(observation: Observation) -> Observation:
    """Return an observation as the patient of this page reads it; to others it is as it is kept."""
    measures: Measures | None = g.get("measures")
    return measures.shown(observation) if measures else observation


def amount(observation: Observation) -> str:
    """Return the number, or the numbers, of an observation without the unit."""
    return "/".join(number(one) for one in numbers_of(in_own_units(observation)))


def measure(observation: Observation) -> Markup:
    """Return the unit of an observation's numbers, as people write it."""
    if observation.components:
        return unit_words(observation.components[0].quantity.unit)
    value = in_own_units(observation).value
    return unit_words(value.unit) if isinstance(value, Quantity) else Markup()


def value_words(observation: Observation) -> Markup:
    """Return what an observation says, with its unit, as one short line."""
    if numbers_of(observation):
        return Markup("{} {}").format(amount(observation), measure(observation))
    said = str(observation.value or "")
    shape = MEANINGS[observation.code].shape
    if shape is Shape.DATE:
        return Markup.escape(_day_said(said))
    if shape is Shape.CHOICE:
        return words(SEXES.get(said, said))
    return Markup.escape(said)


def _day_said(said: str) -> str:
    try:
        return day(date.fromisoformat(said), year=True)
    except ValueError:
        return said


def how_words(observation: Observation) -> str:
    """Return where on the body and in which position it was measured, if that was said."""
    return circumstance_words(observation, language())


def note_words(note: Note) -> Markup:
    """Return what a line of the log says was done."""
    done = words(DONE[note.action])
    return done if note.allowed else words("was refused: {action}", action=done)


def told_by(observation: Observation, patient: Person) -> Markup:
    """Return "by Li Na" where somebody else than the patient told it, else nothing."""
    if observation.informant == patient.id:
        return Markup()
    names: dict[PersonId, str] = g.setdefault("names", {})
    if observation.informant not in names:
        names[observation.informant] = unit().people.person(observation.informant).name
    return words("by {name}", name=names[observation.informant])


def name_things(app: Flask) -> None:
    """Give the templates the words for the core's things."""
    tables: dict[str, Mapping[Any, str]] = {
        "kind_name": KINDS,
        "kind_means": KINDS_MEAN,
        "code_name": CODES,
        "context_name": CONTEXTS,
        "role_name": ROLES,
        "organisation_name": ORGANISATIONS,
        "purpose_name": PURPOSES,
        "scope_name": SCOPES,
        "order_kind": ORDER_KINDS,
        "check_name": CHECKS,
        "request_state": REQUESTS,
        "consent_step": STEPS,
    }
    for name, table in tables.items():
        app.jinja_env.filters[name] = _namer(table)
    app.jinja_env.filters.update(
        value_words=value_words,
        how_words=how_words,
        amount=amount,
        measure=measure,
        level=level_of,
        note_words=note_words,
        unit_words=unit_words,
        number=number,
        in_order=in_order,
        scopes_in_order=lambda scopes: [one for one in Scope if one in scopes],
        told_by=told_by,
        came_along=lambda code: code in SENT,
        state_said=state_said,
        unit_of=lambda form: unit_words(MEANINGS[form.code].ucum or ""),
        request_tag=lambda state: REQUEST_TAGS.get(state, "off"),
        state_tag=lambda state: STATE_TAGS.get(state, "off"),
    )


def in_order(kinds: Iterable[SegmentKind]) -> list[SegmentKind]:
    """Return kinds in the order a reader meets them."""
    wanted = set(kinds)
    return [one for one in SegmentKind if one in wanted]


def state_said(occurrence: Occurrence, order: OrderView) -> str:
    """Return what became of an occurrence, with who answered."""
    who = order.people.get(occurrence.answered_by) if occurrence.answered_by else None
    name = who.name if who else ""
    return state_words(occurrence, language=language(), zone=zone(), who=name)


def _namer(table: Mapping[Any, str]) -> Callable[[object], Markup]:
    return lambda thing: words(table.get(thing, str(thing)))
