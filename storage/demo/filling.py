"""Filling an empty house: people come in, are tied, grant, tell, and are asked, in that order."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from records.findings.reasons import Situation
from records.observations import Channel
from records.people import USUAL_HELP, Person, Record, Tie
from records.services.consenting import Wish, give_grant
from records.services.describing import write_note
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.intake import Draft, file_observations
from records.services.ports import Unit
from records.tracking import PersonId
from records.vocabulary import Code, Purpose, SegmentKind
from storage.demo.asking import ask
from storage.demo.clinics import write_for_patients
from storage.demo.patients import PATIENTS
from storage.demo.profiles import RELEASED, Profile
from storage.demo.readings import DAYS, days_of, quantity
from storage.demo.reminding import remind
from storage.demo.sayings import NOTES
from storage.demo.staff import Staff, bring_in_staff, open_chat

Begin = Callable[[bool], AbstractContextManager[Unit]]

SEED = 20261123
GRANTED_FOR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """Who was brought in, by role; `situations` names the patient of each worklist section."""

    patients: tuple[PersonId, ...]
    caregivers: tuple[PersonId, ...]
    doctors: tuple[PersonId, ...]
    nurse: PersonId
    operator: PersonId
    researcher: PersonId
    provider: PersonId
    situations: Mapping[Situation, PersonId] = field(default_factory=dict)


def fill(
    begin: Begin, clock: Callable[[], datetime], progress: Callable[[str], None]
) -> DemoPeople:
    """Bring in the demo's people with sixty days behind them; an unfinished patient leaves nothing.

    `begin` gives a unit of work, a writing one for True; `progress` is told a line now and then.
    """
    now = clock()
    with begin(True) as unit:
        staff = bring_in_staff(unit)
        for doctor in (staff.chan, staff.lee):
            write_for_patients(unit, doctor, now)
    progress(f"{len(staff.helpers)} caregivers, 2 doctors, 1 nurse, 1 operator")
    ids: list[PersonId] = []
    situations: dict[Situation, PersonId] = {}
    for number, profile in enumerate(PATIENTS):
        with begin(True) as unit:
            person = _bring_in(unit, profile, staff, now, SEED + number)
        ids.append(person.id)
        if profile.situation:
            situations[profile.situation] = person.id
        progress(f"{number + 1} of {len(PATIENTS)} patients")
    return DemoPeople(
        patients=tuple(ids),
        caregivers=tuple(one.id for one in staff.helpers.values()),
        doctors=(staff.chan.id, staff.lee.id),
        nurse=staff.nurse.id,
        operator=staff.operator.id,
        researcher=staff.researcher.id,
        provider=staff.provider.id,
        situations=situations,
    )


def _bring_in(unit: Unit, profile: Profile, staff: Staff, now: datetime, seed: int) -> Person:
    since = now - timedelta(days=DAYS + 1)
    person, record = enrol_patient(
        unit, profile.name, language=profile.language, zone=profile.zone, now=since
    )
    open_chat(unit, person)
    told = _about(profile, since)
    file_observations(unit, told, record_id=record.id, by=person, channel=Channel.FORM, now=since)
    _tie(unit, profile, staff, person, record, since)
    for day in days_of(profile, now, seed):
        file_observations(
            unit,
            day.drafts,
            record_id=record.id,
            by=person,
            channel=Channel.CHAT,
            now=day.told,
        )
    doctor = staff.chan if profile.chan else staff.lee
    written = now - timedelta(days=20)
    write_note(unit, NOTES[profile.language], record_id=record.id, by=doctor, now=written)
    ask(unit, profile, doctor, person, record, now)
    _release(unit, profile, staff, person, record, now - timedelta(days=10))
    remind(unit, profile.situation, person, now)
    return person


def _about(profile: Profile, since: datetime) -> list[Draft]:
    words = [
        (Code.SEX, (profile.sex,)),
        (Code.BIRTH_DATE, (profile.born,)),
        (Code.PHONE, (profile.phone,)),
        (Code.ADDRESS, (profile.address,)),
        (Code.CONDITION, profile.conditions),
        (Code.MEDICINE, profile.medicines),
        (Code.ALLERGY, profile.allergies),
        (Code.RELATIVE_CONDITION, profile.relatives),
    ]
    told = [Draft(code, since, value) for code, values in words for value in values]
    return [*told, Draft(Code.HEIGHT, since, quantity(Code.HEIGHT, profile.height))]


def _tie(
    unit: Unit, profile: Profile, staff: Staff, person: Person, record: Record, since: datetime
) -> None:
    tied = [
        (staff.chan, Tie.DOCTOR, profile.chan),
        (staff.lee, Tie.DOCTOR, profile.lee),
        (staff.nurse, Tie.NURSE, profile.nurse),
    ]
    for clinician, tie, kinds in tied:
        if kinds:
            _care(unit, clinician, tie, person, record, since)
            _grant(unit, clinician, kinds, person, record, since)
    if profile.helper:
        _care(unit, staff.helpers[profile.helper], Tie.CAREGIVER, person, record, since)


def _care(
    unit: Unit, other: Person, tie: Tie, person: Person, record: Record, since: datetime
) -> None:
    offered = offer_care(
        unit,
        record_id=record.id,
        person=other,
        tie=tie,
        now=since,
        scopes=USUAL_HELP if tie is Tie.CAREGIVER else (),
        by_patient=tie is Tie.CAREGIVER,
    )
    confirming = other if tie is Tie.CAREGIVER else person
    confirm_care(unit, offered, by=confirming, now=since)


def _grant(
    unit: Unit,
    clinician: Person,
    kinds: frozenset[SegmentKind],
    person: Person,
    record: Record,
    since: datetime,
) -> None:
    wish = Wish(kinds, Purpose.TREATMENT, since + GRANTED_FOR, person=clinician.id)
    give_grant(unit, wish, record_id=record.id, by=person, now=since)


def _release(
    unit: Unit, profile: Profile, staff: Staff, person: Person, record: Record, given: datetime
) -> None:
    if not profile.released_to:
        return
    recipient, purpose = staff.recipients[profile.released_to]
    wish = Wish(RELEASED, purpose, given + GRANTED_FOR, organisation=recipient.id)
    give_grant(unit, wish, record_id=record.id, by=person, now=given)
