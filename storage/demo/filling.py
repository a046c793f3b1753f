"""Filling an empty house: people come in, are tied, grant, tell, and are asked, in that order."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from records.chats import Chat, ChatChannel
from records.findings.reasons import Situation
from records.observations import Channel
from records.orders import Answer, Order, OrderKind, State
from records.people import USUAL_HELP, Organisation, Person, Record, Tie
from records.services.consenting import Wish, give_grant
from records.services.describing import write_note
from records.services.enrolling import (
    add_organisation,
    add_person,
    confirm_care,
    enrol_patient,
    offer_care,
)
from records.services.intake import Draft, file_observations
from records.services.ordering import answer_order, note_sending, place_order
from records.services.ports import Unit
from records.tracking import ChatId, OccurrenceId, OrganisationId, PersonId, fresh
from records.vocabulary import (
    Code,
    Language,
    OrganisationKind,
    Purpose,
    Role,
    SegmentKind,
)
from storage.demo.clinics import write_for_patients
from storage.demo.patients import HELPERS, PATIENTS
from storage.demo.profiles import HONG_KONG, RELEASED, Profile
from storage.demo.readings import DAYS, days_of, quantity
from storage.demo.reminding import remind
from storage.demo.sayings import MEASURE, MEDICINE, NOTES, QUESTION

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


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who is not a patient, and the organisations that receive releases."""

    chan: Person
    lee: Person
    nurse: Person
    operator: Person
    researcher: Person
    provider: Person
    helpers: Mapping[str, Person]
    recipients: Mapping[str, tuple[Organisation, Purpose]]


def fill(
    begin: Begin, clock: Callable[[], datetime], progress: Callable[[str], None]
) -> DemoPeople:
    """Bring in the demo's people with sixty days behind them; an unfinished patient leaves nothing.

    `begin` gives a unit of work, a writing one for True; `progress` is told a line now and then.
    """
    now = clock()
    with begin(True) as unit:
        staff = _bring_in_staff(unit)
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


def _bring_in_staff(unit: Unit) -> Staff:
    clinic = add_organisation(unit, "Harbour Clinic", OrganisationKind.CLINIC)
    hospital = add_organisation(unit, "Hillside Hospital", OrganisationKind.HOSPITAL)
    institute = add_organisation(
        unit, "Northshore Heart Institute", OrganisationKind.RESEARCH_INSTITUTION
    )
    service = add_organisation(unit, "Doorstep Diet Service", OrganisationKind.SERVICE_PROVIDER)
    english, chinese = Language.ENGLISH, Language.CHINESE
    helpers = {
        name: add_person(unit, name, language=language, zone=zone, roles=[Role.CAREGIVER])
        for name, (language, zone) in HELPERS.items()
    }
    for one in helpers.values():
        _open_chat(unit, one)
    return Staff(
        chan=_of(unit, "Dr Chan", Role.DOCTOR, english, clinic.id),
        lee=_of(unit, "Dr Lee", Role.DOCTOR, chinese, hospital.id),
        nurse=_of(unit, "Nurse Ho", Role.NURSE, chinese, clinic.id),
        operator=_of(unit, "Sam Porter", Role.OPERATOR, english, clinic.id),
        researcher=_of(unit, "Iris Novak", Role.THIRD_PARTY, english, institute.id),
        provider=_of(unit, "Ben Frost", Role.THIRD_PARTY, english, service.id),
        helpers=helpers,
        recipients={
            "research": (institute, Purpose.RESEARCH),
            "service": (service, Purpose.SERVICE),
        },
    )


def _of(
    unit: Unit, name: str, role: Role, language: Language, organisation: OrganisationId
) -> Person:
    return add_person(
        unit, name, language=language, zone=HONG_KONG, roles=[role], organisation=organisation
    )


def _open_chat(unit: Unit, person: Person) -> None:
    unit.chats.put(Chat(ChatId(fresh()), ChatChannel.WEB, person.id, person.language, person.id))


def _bring_in(unit: Unit, profile: Profile, staff: Staff, now: datetime, seed: int) -> Person:
    since = now - timedelta(days=DAYS + 1)
    person, record = enrol_patient(
        unit, profile.name, language=profile.language, zone=profile.zone, now=since
    )
    _open_chat(unit, person)
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
    _order(unit, profile, doctor, person, record, now)
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


def _order(
    unit: Unit, profile: Profile, doctor: Person, person: Person, record: Record, now: datetime
) -> None:
    language = profile.language

    def placed(kind: OrderKind, text: str, ago: timedelta) -> OccurrenceId:
        order = place_order(
            unit,
            record_id=record.id,
            by=doctor,
            now=now - ago,
            kind=kind,
            text=text,
            due=now - ago,
        )
        return _sent(unit, order)

    match profile.situation:
        case Situation.ON_TARGET:
            ago = timedelta(days=12, hours=3)
            done = placed(OrderKind.MEASURE, MEASURE[language], ago)
            answered = now - ago + timedelta(hours=2)
            answer_order(unit, done, Answer.DONE, by=person, now=answered)
        case Situation.QUESTIONS:
            asked = placed(OrderKind.TAKE, MEDICINE[language], timedelta(hours=20))
            answer_order(
                unit,
                asked,
                Answer.QUESTION,
                by=person,
                now=now - timedelta(hours=17),
                words=QUESTION[language],
            )
        case Situation.UNANSWERED_ORDERS:
            placed(OrderKind.MEASURE, MEASURE[language], timedelta(days=4, hours=3))
        case None if profile.released_to == "research":
            placed(OrderKind.MEASURE, MEASURE[language], timedelta(hours=3))


def _sent(unit: Unit, order: Order) -> OccurrenceId:
    """Return the order's occurrence, noted as sent: its card stands in the web chat."""
    occurrence = next(
        one
        for found, occurrences in unit.orders.of_record(order.record)
        if found.id == order.id
        for one in occurrences
    )
    note_sending(unit, occurrence.id, State.SENT)
    return occurrence.id


def _release(
    unit: Unit, profile: Profile, staff: Staff, person: Person, record: Record, given: datetime
) -> None:
    if not profile.released_to:
        return
    recipient, purpose = staff.recipients[profile.released_to]
    wish = Wish(RELEASED, purpose, given + GRANTED_FOR, organisation=recipient.id)
    give_grant(unit, wish, record_id=record.id, by=person, now=given)
