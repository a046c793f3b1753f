"""What is urgent is answered at once with what to do; [I feel …] and the family follow."""

from collections.abc import Sequence
from decimal import Decimal

from bot.dialogue.knowing import read
from bot.dialogue.messages import Reply
from bot.dialogue.own_units import shown
from bot.dialogue.told import RED_FLAG, draft_of, file, flagged, key_of, said_of
from bot.dialogue.turn import Turn
from records.chats import Card
from records.findings.guidelines import LOW_GLUCOSE
from records.findings.urgency import is_urgent
from records.language import Expect, Reading, Reason, Understanding
from records.observations import Observation
from records.people import Tie
from records.policy import Action
from records.services import alarming
from records.services.permitting import ask_policy
from records.services.telling import tell
from records.tracking import RecordId, fresh
from records.vocabulary import Code, SegmentKind
from records.wording import readings as noting
from records.wording import safety, say
from records.wording.menus import menu_card

TEXTS = {
    Reason.VERY_HIGH: (safety.VERY_HIGH, Code.BLOOD_PRESSURE),
    Reason.VERY_LOW: (safety.VERY_LOW, Code.BLOOD_PRESSURE),
    Reason.HIGH_GLUCOSE: (safety.HIGH_GLUCOSE, Code.GLUCOSE),
    Reason.FAST_PULSE: (safety.FAST_PULSE, Code.HEART_RATE),
    Reason.SLOW_PULSE: (safety.SLOW_PULSE, Code.HEART_RATE),
    Reason.LOW_OXYGEN: (safety.LOW_OXYGEN, Code.SPO2),
    Reason.HIGH_FEVER: (safety.HIGH_FEVER, Code.TEMPERATURE),
    Reason.PREGNANCY: (safety.PREGNANT, Code.BLOOD_PRESSURE),
    Reason.METER_HI: (safety.METER_HI, Code.GLUCOSE),
    Reason.METER_LO: (safety.METER_LO, Code.GLUCOSE),
}
NOT_OF_NOW = frozenset({Reason.NOT_NOW, Reason.FUTURE, Reason.TAKEN_BACK})
UNSHARED = frozenset({Expect.STORE_PRIVATE, Expect.NO_RECORD})
METER_WORDS = ("HI", "LO")  # the meter's own words have a text of their own


def safety_reply(
    turn: Turn,
    record_id: RecordId | None,
    understanding: Understanding,
    observations: Sequence[Observation],
) -> Card | None:
    """Return the safety card for what was told, or None where nothing is urgent.

    Without a record nobody's doctor is named: it is not known yet whose doctor that is.
    """
    number, language = turn.settings.emergency_number, turn.language
    pressing = _is_pressing(understanding)
    if understanding.reason is Reason.RED_FLAG and pressing:
        kinds = {one.kind for one in observations if one.context == RED_FLAG and not one.private}
        doctor = turn.doctor_who_reads(record_id, kinds) if record_id else ""
        return safety.red_flag_card(number=number, doctor=doctor, language=language)
    low = next((one for one in observations if _is_low_glucose(one)), None)
    if low is not None:
        what = noting.listed(shown(turn, record_id, [low]), language)
        return safety.low_glucose_card(what=what, number=number, urgent=pressing, language=language)
    if not pressing:
        return None
    text, code = TEXTS.get(understanding.reason or Reason.NO_NUMBER, (safety.UNUSUAL, None))
    meant = [one for one in observations if one.code is code] or observations
    what = noting.listed(shown(turn, record_id, meant), language)
    return safety.safety_card(
        text, what=what, number=number, code=meant[0].code if meant else None, language=language
    )


def _is_pressing(understanding: Understanding) -> bool:
    """Say whether a line wants advice at once, also where little or nothing of it is kept."""
    unshared = understanding.expect in UNSHARED and understanding.reason is not None
    return understanding.expect is Expect.URGENT or unshared


def unshared_advice(
    turn: Turn,
    record_id: RecordId,
    understanding: Understanding,
    observations: Sequence[Observation] = (),
) -> list[Reply]:
    """Return the advice that goes before the answer to what is kept private, or not at all."""
    if understanding.expect not in UNSHARED:
        return []
    safety_first = safety_reply(turn, record_id, understanding, observations)
    return [safety_first] if safety_first else []


def warning(turn: Turn, record_id: RecordId, understanding: Understanding) -> Card | None:
    """Return what to say at once to readings that do not count yet; None where nothing is urgent.

    A question about an urgent number never comes before what to do.
    """
    number, language = turn.settings.emergency_number, turn.language
    if _is_pressing(understanding) and understanding.reason is Reason.RED_FLAG:
        return safety.red_flag_card(number=number, doctor="", language=language)
    urgent = [one for one in understanding.readings if _cannot_wait(one)]
    if not urgent or understanding.reason in NOT_OF_NOW:
        return None
    what = say(language, ", ").join(said_of(turn, one) for one in urgent)
    sure = len(urgent) == 1 and sum(r.code is urgent[0].code for r in understanding.readings) == 1
    if sure and _is_low(urgent[0]):
        deep = is_urgent(Code.GLUCOSE, [urgent[0].value or Decimal(0)])
        return safety.low_glucose_card(what=what, number=number, urgent=deep, language=language)
    plain = read(turn, record_id, what, turn.now) if sure else None
    reason = plain.reason if plain and plain.expect is Expect.URGENT else None
    text, _ = TEXTS.get(reason or Reason.NO_NUMBER, (safety.UNUSUAL, None))
    return safety.safety_card(
        text, what=what, number=number, code=urgent[0].code if sure else None, language=language
    )


def _cannot_wait(reading: Reading) -> bool:
    numbers = [one for one in (reading.value, reading.second) if one is not None]
    return bool(numbers) and (is_urgent(reading.code, numbers) or _is_low(reading))


def _is_low(reading: Reading) -> bool:
    low = reading.value is not None and reading.value < LOW_GLUCOSE.value
    return reading.code is Code.GLUCOSE and not reading.text and low


def _is_low_glucose(observation: Observation) -> bool:
    return (
        observation.code is Code.GLUCOSE
        and not observation.stated.upper().startswith(METER_WORDS)
        and not isinstance(observation.value, str)
        and observation.number(Code.GLUCOSE) < LOW_GLUCOSE.value
    )


def tell_helpers(
    turn: Turn,
    record_id: RecordId,
    observations: Sequence[Observation],
    understanding: Understanding | None = None,
) -> None:
    """Tell the patient's chosen helpers of what is urgent among what was just filed."""
    urgent = alarming.urgent_among(observations)
    if not urgent and understanding is not None and understanding.expect is Expect.URGENT:
        urgent = tuple(observations)
    alarming.tell_helpers(turn.unit, record_id, urgent, by=turn.by, now=turn.now)


def feel(turn: Turn, record_id: RecordId, how: str) -> list[Reply]:
    """Answer how somebody feels after an urgent value."""
    number, language = turn.settings.emergency_number, turn.language
    how, _, of = how.partition(".")
    match how:
        case safety.FINE:
            _told(turn, record_id, Reading(Code.MOOD, text=say(language, "I feel fine")))
            code = Code(of) if of else Code.BLOOD_PRESSURE
            return [safety.feels_fine_card(code=code, number=number, language=language)]
        case safety.UNWELL:
            _told(turn, record_id, Reading(Code.SYMPTOM, text=say(language, "I feel unwell")))
            doctor = turn.doctor_who_reads(record_id, [SegmentKind.NON_PHYSICAL_SIGNS])
            return [safety.red_flag_card(number=number, doctor=doctor, language=language)]
        case safety.FAMILY:
            return [_ask_family(turn, record_id)]
        case safety.BETTER:
            return [safety.take_sugar_card(language)]
    return [menu_card(language)]


def _told(turn: Turn, record_id: RecordId, reading: Reading) -> None:
    """File how somebody feels, where the speaker may; who feels unwell stands on the list."""
    record = turn.unit.records.record(record_id)
    action = Action.FILE_OBSERVATION
    if ask_policy(turn.unit, action, by=turn.by, record=record, now=turn.now).allowed:
        draft = draft_of(turn, reading, turn.now)
        unwell = reading.code is Code.SYMPTOM
        kept = [flagged(draft) if unwell else draft]
        filed = file(turn, record_id, kept, key_of(turn.chat, f"feel-{fresh()[:16]}"))
        if unwell:
            tell_helpers(turn, record_id, filed.observations)


def _ask_family(turn: Turn, record_id: RecordId) -> Card:
    """Ask each caregiver who has a chat to call, and say who was asked."""
    patient = turn.unit.people.person(turn.unit.records.record(record_id).patient)
    asked = []
    for one in turn.unit.relationships.of_record(record_id):
        if one.tie is Tie.CAREGIVER and one.holds(turn.now) and one.person != turn.by.id:
            reached = tell(
                turn.unit,
                one.person,
                lambda chat: safety.please_call_card(name=patient.name, language=chat.language),
            )
            if reached:
                asked.append(turn.unit.people.person(one.person).name)
    return safety.family_asked_card(
        names=say(turn.language, ", ").join(asked),
        number=turn.settings.emergency_number,
        language=turn.language,
    )
