"""What a day's check-in and the questions about a person still have to ask, read off the record."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from records.observations import Observation
from records.people import Person
from records.services.permitting import reach_of
from records.services.ports import Unit
from records.tracking import RecordId
from records.vocabulary import MEANINGS, Code, SegmentKind


class Step(StrEnum):
    """A step of the daily check-in, in its order."""

    PRESSURE = Code.BLOOD_PRESSURE.value
    GLUCOSE = Code.GLUCOSE.value
    MOOD = Code.MOOD.value
    DIET = Code.DIET.value
    MEDICINE = Code.MEDICATION_TAKEN.value


FILLED_BY: dict[Step, frozenset[Code]] = {
    Step.PRESSURE: frozenset({Code.BLOOD_PRESSURE}),
    Step.GLUCOSE: frozenset({Code.GLUCOSE}),
    Step.MOOD: frozenset({Code.MOOD, Code.SYMPTOM}),
    Step.DIET: frozenset({Code.DIET}),
    Step.MEDICINE: frozenset({Code.MEDICATION_TAKEN, Code.MEDICATION_MISSED}),
}
"""What a step asks for; any of these told today by anybody means it need not be asked."""

TOPICS = (Code.CONDITION, Code.MEDICINE, Code.ALLERGY, Code.RELATIVE_CONDITION)
"""What is asked about a person once, in this order."""

HABIT = timedelta(days=30)
DIABETES_WORDS = ("diabet", "糖尿病")


def local_day(unit: Unit, record_id: RecordId, now: datetime) -> date:
    """Return the patient's own day, whoever asks."""
    patient = unit.people.person(unit.records.record(record_id).patient)
    return now.astimezone(ZoneInfo(patient.zone)).date()


def told_today(
    unit: Unit, record_id: RecordId, *, by: Person, now: datetime
) -> tuple[Observation, ...]:
    """Return what stands in the patient's day, as far as this person may see it or told it."""
    record = unit.records.record(record_id)
    seen = reach_of(unit, record, by=by, now=now)
    day = local_day(unit, record_id, now)
    kinds = sorted({MEANINGS[code].kind for codes in FILLED_BY.values() for code in codes})
    found = (unit.segments.current(record_id, kind, day) for kind in kinds)
    return tuple(
        one
        for segment in found
        if segment is not None
        for one in segment.standing
        if one in seen.seen(segment).standing or one.author == by.id
    )


def steps_of(unit: Unit, record_id: RecordId, *, now: datetime) -> tuple[Step, ...]:
    """Return the steps that fit this patient: sugar where it is measured, else pressure."""
    sugar = _measures(unit, record_id, Code.GLUCOSE, now) or _has_diabetes(unit, record_id)
    pressure = _measures(unit, record_id, Code.BLOOD_PRESSURE, now) or not sugar
    left_out = {Step.PRESSURE} if not pressure else set() if sugar else {Step.GLUCOSE}
    return tuple(one for one in Step if one not in left_out)


def _measures(unit: Unit, record_id: RecordId, code: Code, now: datetime) -> bool:
    return bool(unit.series.points(record_id, code, now - HABIT, now))


def _has_diabetes(unit: Unit, record_id: RecordId) -> bool:
    known = _living(unit, record_id, Code.CONDITION)
    return any(word in str(one.value).lower() for one in known for word in DIABETES_WORDS)


def steps_left(
    unit: Unit, record_id: RecordId, passed: Sequence[str], *, by: Person, now: datetime
) -> tuple[Step, ...]:
    """Return the steps that nobody has told today and that were not passed over."""
    told = {one.code for one in told_today(unit, record_id, by=by, now=now)}
    steps = steps_of(unit, record_id, now=now)
    return tuple(one for one in steps if one not in passed and not FILLED_BY[one] & told)


def topics_left(unit: Unit, record_id: RecordId, passed: Sequence[str]) -> tuple[Code, ...]:
    """Return what the record says nothing of yet; what was answered is never asked twice."""
    return tuple(one for one in TOPICS if one not in passed and not _living(unit, record_id, one))


def said_about(unit: Unit, record_id: RecordId, code: Code) -> tuple[Observation, ...]:
    """Return what the record says of one topic."""
    return tuple(_living(unit, record_id, code))


def _living(unit: Unit, record_id: RecordId, code: Code) -> list[Observation]:
    kind: SegmentKind = MEANINGS[code].kind
    segment = unit.segments.current(record_id, kind, None)
    return [one for one in (segment.standing if segment else ()) if one.code is code]
