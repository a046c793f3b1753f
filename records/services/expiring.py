"""The end of help and of guardianship: seen coming, and said to both sides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from records.observations import Observation, Status
from records.people import OF_AGE, Basis, Person, Record, Relationship, Scope, Tie
from records.prompts import when_awake
from records.services.ports import Unit
from records.services.telling import tell
from records.tracking import PersonId, RecordId
from records.vocabulary import Code, SegmentKind
from records.walltime import moment_of
from records.wording.expiring import (
    help_ends_card,
    of_age_card,
    of_age_help_card,
    you_stop_helping_card,
)

ENDS, AGE = "help_ends", "of_age"  # jobs
NOTICE = timedelta(days=14)


def keep_help(unit: Unit, relationship: Relationship) -> None:
    """Keep a relationship; where it ends by itself, both sides hear of that two weeks before."""
    unit.relationships.put(relationship)
    ends = relationship.ends
    if relationship.tie is not Tie.CAREGIVER or ends is None or relationship.ended is not None:
        return
    zone = _patient(unit, relationship.record).zone
    due = when_awake(ends - NOTICE, zone)
    key = f"{ENDS}:{relationship.id}:{ends:%Y%m%d%H%M}"
    unit.timetable.set(key, due, ENDS, relationship.record, useful_until=ends)


def warn_of_end(unit: Unit, record_id: RecordId, *, now: datetime) -> None:
    """Tell both sides once of each help with this patient that ends within two weeks."""
    unit.records.lock(record_id)
    for one in unit.relationships.of_record(record_id):
        ends = one.ends
        soon = ends is not None and ends - NOTICE <= now
        if one.tie is Tie.CAREGIVER and one.holds(now) and soon and one.warned is None:
            _warn(unit, one, ends or now)
            unit.relationships.put(replace(one, warned=now, version=one.version + 1))


def _warn(unit: Unit, one: Relationship, ends: datetime) -> None:
    patient, helper = _patient(unit, one.record), unit.people.person(one.person)
    for person in _deciders(unit, one.record, patient.id):
        _ask_to_renew(unit, unit.people.person(person), one, helper.name, ends)
    tell(
        unit,
        helper.id,
        lambda chat: you_stop_helping_card(
            patient.name, ends, zone=helper.zone, language=chat.language
        ),
    )


def _ask_to_renew(
    unit: Unit, decider: Person, one: Relationship, name: str, ends: datetime
) -> None:
    tell(
        unit,
        decider.id,
        lambda chat: help_ends_card(name, one.id, ends, zone=decider.zone, language=chat.language),
    )


def _deciders(unit: Unit, record_id: RecordId, patient: PersonId) -> tuple[PersonId, ...]:
    """Return the patient, and who decides for one."""
    guardians = (
        one.person
        for one in unit.relationships.of_record(record_id)
        if Scope.GUARDIAN in one.scopes and one.ended is None and one.suspended is None
    )
    return (patient, *guardians)


def watch_age(unit: Unit, record_id: RecordId, told: Sequence[Observation], now: datetime) -> None:
    """Set the day on which a young patient comes of age, where a birth date was told."""
    for one in told:
        if one.code is Code.BIRTH_DATE and one.status is not Status.ENTERED_IN_ERROR:
            due = comes_of_age(str(one.value), _patient(unit, record_id).zone)
            if due is not None and due > now:
                unit.timetable.set(f"{AGE}:{record_id}:{due:%Y%m%d}", due, AGE, record_id)


def comes_of_age(born: str, zone: str) -> datetime | None:
    """Return the morning from which somebody is surely of age; None where nothing was told.

    Of whom only the year is known, that is when the year after the eighteenth begins.
    """
    year, _, day = born.partition("-")
    try:
        first = date.fromisoformat(born) if day else date(int(year) + 1, 1, 1)
    except ValueError:
        return None
    try:
        birthday = first.replace(year=first.year + OF_AGE)
    except ValueError:  # born on 29 February: of age on 1 March
        birthday = date(first.year + OF_AGE, 3, 1)
    return when_awake(moment_of(datetime.combine(birthday, time()), zone), zone)


def come_of_age(unit: Unit, record_id: RecordId, *, now: datetime) -> None:
    """Suspend what others may do for a patient who has come of age, and say so to each of them.

    They may still hand the record over; the patient decides who helps from then on.
    """
    unit.records.lock(record_id)
    patient = _patient(unit, record_id)
    of_age = comes_of_age(_born(unit, record_id), patient.zone)
    helps = [
        one
        for one in unit.relationships.of_record(record_id)
        if one.tie is Tie.CAREGIVER and one.holds(now)
    ]
    if of_age is None or of_age > now or not any(one.guards(now) for one in helps):
        return
    for one in helps:
        unit.relationships.put(replace(one, suspended=now, version=one.version + 1))
        _say_of_age(unit, one, patient, record_id)


def _say_of_age(unit: Unit, one: Relationship, patient: Person, record_id: RecordId) -> None:
    guards = Scope.GUARDIAN in one.scopes and one.basis is not Basis.CLINIC
    if guards:
        tell(unit, one.person, lambda chat: of_age_card(patient.name, record_id, chat.language))
    else:
        tell(unit, one.person, lambda chat: of_age_help_card(patient.name, chat.language))


def _born(unit: Unit, record_id: RecordId) -> str:
    living = unit.segments.current(record_id, SegmentKind.PERSONAL_INFORMATION, None)
    told = [str(o.value) for o in (living.standing if living else ()) if o.code is Code.BIRTH_DATE]
    return told[-1] if told else ""


def _patient(unit: Unit, record_id: RecordId) -> Person:
    record: Record = unit.records.record(record_id)
    return unit.people.person(record.patient)
