"""What parts of a record are called where people share or hide them."""

from collections.abc import Iterable

from records.consent import Grant, Label, Part
from records.vocabulary import Code, Language, SegmentKind
from records.wording.catalogue import later, say
from records.wording.names import kind_name

TOPIC_NAMES = {
    Code.NAME: later("name"),
    Code.BIRTH_DATE: later("birthday"),
    Code.SEX: later("sex"),
    Code.PHONE: later("phone"),
    Code.ADDRESS: later("address"),
    Code.ID_NUMBER: later("id number"),
    Code.CONDITION: later("illnesses"),
    Code.MEDICINE: later("medicines"),
    Code.ALLERGY: later("allergies"),
    Code.BLOOD_PRESSURE: later("blood pressure"),
    Code.HEART_RATE: later("pulse"),
    Code.GLUCOSE: later("blood sugar"),
    Code.TEMPERATURE: later("temperature"),
    Code.SPO2: later("oxygen"),
    Code.HBA1C: later("long-term sugar"),
    Code.HEIGHT: later("height"),
    Code.WEIGHT: later("weight"),
    Code.WAIST: later("waist"),
    Code.BMI: later("body mass"),
    Code.MOOD: later("mood"),
    Code.PAIN: later("pain"),
    Code.SLEEP: later("sleep"),
    Code.SYMPTOM: later("how I feel ill"),
    Code.DIET: later("food"),
    Code.ACTIVITY: later("exercise"),
    Code.STEPS: later("steps"),
    Code.PHOTO: later("photos"),
    Code.VOICE_NOTE: later("voice notes"),
}


def parts_words(parts: Iterable[Part], language: Language) -> str:
    """Return what parts of a record are called, each once."""
    names = dict.fromkeys(_part_name(one, language) for one in parts)
    return say(language, ", ").join(names)


def _part_name(part: Part, language: Language) -> str:
    if part.code is not None and part.code in TOPIC_NAMES:
        return say(language, TOPIC_NAMES[part.code])
    name = kind_name(part.kind, language)
    if part.entry is not None:
        return say(language, "one entry of “{kind}”", kind=name)
    if part.segment is not None:
        return say(language, "one day of “{kind}”", kind=name)
    return name


def grant_words(grant: Grant, language: Language) -> str:
    """Return what a grant opens, in one line."""
    kinds = [Part(one) for one in SegmentKind if one in grant.kinds]
    words = parts_words((*kinds, *sorted(grant.parts)), language)
    if grant.ceiling < Label.RESTRICTED:
        return say(language, "{kinds} (without mood)", kinds=words)
    return words
