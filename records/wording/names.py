"""What things are called: kinds, codes and contexts, and an observation in a few words."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from records.observations import Component, Observation, Quantity
from records.vocabulary import Code, Language, SegmentKind
from records.wording.catalogue import later, say
from records.wording.circumstances import circumstance_words

KIND_NAMES = {
    SegmentKind.PERSONAL_INFORMATION: later("About me"),
    SegmentKind.HEALTH_STATUS: later("Illnesses and medicines"),
    SegmentKind.PHYSICAL_SIGNS: later("Blood pressure and sugar"),
    SegmentKind.SIGNS: later("Weight and height"),
    SegmentKind.FAMILY_HISTORY: later("Family illnesses"),
    SegmentKind.NON_PHYSICAL_SIGNS: later("How I feel"),
    SegmentKind.RECORD_OF_LIFE: later("Daily life"),
    SegmentKind.OTHER: later("Other notes"),
    SegmentKind.DOCTOR_DESCRIPTION: later("Doctor's notes"),
    SegmentKind.THIRD_PARTY_DESCRIPTION: later("Notes from others"),
}

CONTEXT_NAMES = {
    "fasting": later("fasting"),
    "before_meal": later("before a meal"),
    "after_meal": later("after a meal"),
    "after_meal_2h": later("2 hours after a meal"),
    "bedtime": later("at bedtime"),
    "random": later("at any time"),
}

NUMBER_PHRASES = {
    Code.HEART_RATE: later("pulse {value}"),
    Code.GLUCOSE: later("sugar {value}"),
    Code.TEMPERATURE: later("temperature {value} °C"),
    Code.SPO2: later("oxygen {value} %"),
    Code.HBA1C: later("HbA1c {value} %"),
    Code.HEIGHT: later("height {value} cm"),
    Code.WEIGHT: later("weight {value} kg"),
    Code.WAIST: later("waist {value} cm"),
    Code.BMI: later("BMI {value}"),
    Code.PAIN: later("pain {value} of 10"),
    Code.SLEEP: later("sleep {value} h"),
    Code.STEPS: later("{value} steps"),
    Code.SYSTOLIC: later("upper number {value}"),
    Code.DIASTOLIC: later("lower number {value}"),
}

OWN_PHRASES = {
    "mg/dL": later("sugar {value} mg/dL"),
    "[lb_av]": later("weight {value} lb"),
    "斤": later("weight {value} jin"),
    "[degF]": later("temperature {value} °F"),
}
"""What is said of a number in a unit that is not the one of the house."""

WORD_PHRASES = {
    Code.NAME: later("name: {words}"),
    Code.BIRTH_DATE: later("born: {words}"),
    Code.SEX: later("sex: {words}"),
    Code.PHONE: later("phone: {words}"),
    Code.ADDRESS: later("address: {words}"),
    Code.ID_NUMBER: later("id number: {words}"),
    Code.CONDITION: later("illness: {words}"),
    Code.MEDICINE: later("medicine: {words}"),
    Code.ALLERGY: later("allergy: {words}"),
    Code.RELATIVE_CONDITION: later("in the family: {words}"),
    Code.MOOD: later("mood: {words}"),
    Code.SYMPTOM: later("feeling: {words}"),
    Code.DIET: later("food: {words}"),
    Code.ACTIVITY: later("activity: {words}"),
    Code.MEDICATION_TAKEN: later("medicine taken: {words}"),
    Code.MEDICATION_MISSED: later("medicine not taken: {words}"),
    Code.NOTE: later("note: {words}"),
    Code.EVENT: later("event: {words}"),
    Code.PHOTO: later("the photo"),
    Code.VOICE_NOTE: later("the voice note"),
    Code.FILE: later("the file"),
    Code.DOCTOR_NOTE: later("doctor: {words}"),
    Code.PATIENT_COMMENT: later("patient, to the note: {words}"),
    Code.CORRECTION_ASKED: later("patient asks to correct the note: {words}"),
    Code.THIRD_PARTY_NOTE: later("from others: {words}"),
}

WEEKDAYS = (
    later("Mon"),
    later("Tue"),
    later("Wed"),
    later("Thu"),
    later("Fri"),
    later("Sat"),
    later("Sun"),
)
MONTHS = (
    later("Jan"),
    later("Feb"),
    later("Mar"),
    later("Apr"),
    later("May"),
    later("Jun"),
    later("Jul"),
    later("Aug"),
    later("Sep"),
    later("Oct"),
    later("Nov"),
    later("Dec"),
)
SHOWN_WORDS = 60  # characters of somebody's words that a card repeats


def kind_name(kind: SegmentKind, language: Language) -> str:
    """Return what a kind of segment is called."""
    return say(language, KIND_NAMES[kind])


def phrase(observation: Observation, language: Language) -> str:
    """Return an observation in a few words: 128/82, pulse 70, sugar 7.2 fasting."""
    one = observation
    said = phrase_of(one.code, one.value, one.components, one.context, language=language)
    how = "" if one.code is Code.HEART_RATE else circumstance_words(one, language)
    return say(language, "{what} ({how})", what=said, how=how) if how else said


def phrase_of(
    code: Code,
    value: Quantity | str | None,
    components: tuple[Component, ...],
    context: str,
    *,
    language: Language,
) -> str:
    """Return the parts of an observation in a few words."""
    if components:
        return pair(components)
    if isinstance(value, Quantity):
        words = number_phrase(code, value, language)
        return " ".join(filter(None, (words, context_name(context, language))))
    return say(language, WORD_PHRASES[code], words=shortened(str(value or "")))


def number_phrase(code: Code, quantity: Quantity, language: Language) -> str:
    """Return one number in a few words, with its unit where that is not the one of the house."""
    words = OWN_PHRASES.get(quantity.unit, NUMBER_PHRASES[code])
    return say(language, words, value=plain(quantity.value))


def context_name(context: str, language: Language) -> str:
    """Return what a context is called, or nothing where nobody needs to read it."""
    return say(language, CONTEXT_NAMES[context]) if context in CONTEXT_NAMES else ""


def pair(components: tuple[Component, ...]) -> str:
    """Return the numbers of a panel as 128/82."""
    return "/".join(plain(one.quantity.value) for one in components)


def plain(value: Decimal) -> str:
    """Return a number with one decimal at most, and none where it says nothing."""
    shown = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(int(shown)) if shown == shown.to_integral_value() else str(shown)


def shortened(words: str) -> str:
    """Return the beginning of somebody's words, as much as a card repeats."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN_WORDS else f"{line[:SHOWN_WORDS]}…"


def day_words(moment: datetime, zone: str, language: Language) -> str:
    """Return the local day as "Mon 23 Nov" or "周一 11月23日"."""
    local = moment.astimezone(ZoneInfo(zone))
    return say(
        language,
        "{weekday} {day} {month}",
        weekday=say(language, WEEKDAYS[local.weekday()]),
        day=local.day,
        month=say(language, MONTHS[local.month - 1]),
    )
