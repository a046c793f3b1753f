"""The standing cast: Amina owns the record, Bela helps, Dr Chen has the grant, Dr Dara nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from records.consent import Grant
from records.people import USUAL_HELP, Organisation, Person, Record, Tie
from records.services.consenting import Wish, give_grant
from records.services.enrolling import (
    add_organisation,
    add_person,
    confirm_care,
    enrol_patient,
    offer_care,
)
from records.services.ports import Unit
from records.tracking import OrganisationId
from records.vocabulary import Language, OrganisationKind, Purpose, Role, SegmentKind

ZONE = "Asia/Shanghai"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # noon in Amina's zone


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody of the tests, and Amina's record."""

    amina: Person
    record: Record
    bela: Person
    chen: Person
    dara: Person
    clinic: Organisation
    institute: Organisation
    researcher: Person
    grant: Grant


def enter(unit: Unit, now: datetime, language: Language = Language.ENGLISH) -> Cast:
    """Bring the cast in: Bela may do everything for Amina, Dr Chen may read her physical signs."""
    clinic = add_organisation(unit, "Clinic by the River", OrganisationKind.CLINIC)
    institute = add_organisation(unit, "Salt Institute", OrganisationKind.RESEARCH_INSTITUTION)
    amina, record = enrol_patient(unit, "Amina", language=language, zone=ZONE, now=now)

    def staff(name: str, role: Role, organisation: OrganisationId | None) -> Person:
        return add_person(
            unit, name, language=language, zone=ZONE, roles=[role], organisation=organisation
        )

    bela = staff("Bela", Role.CAREGIVER, None)
    chen = staff("Dr Chen", Role.DOCTOR, clinic.id)
    dara = staff("Dr Dara", Role.DOCTOR, clinic.id)
    researcher = staff("Rosa", Role.THIRD_PARTY, institute.id)
    for person, tie, scopes in ((chen, Tie.DOCTOR, ()), (bela, Tie.CAREGIVER, USUAL_HELP)):
        offered = offer_care(
            unit,
            record_id=record.id,
            person=person,
            tie=tie,
            now=now,
            scopes=scopes,
            by_patient=False,
        )
        confirm_care(unit, offered, by=amina, now=now)
    wish = Wish(frozenset({SegmentKind.PHYSICAL_SIGNS}), Purpose.TREATMENT, None, person=chen.id)
    grant = give_grant(unit, wish, record_id=record.id, by=amina, now=now)
    return Cast(amina, record, bela, chen, dara, clinic, institute, researcher, grant)
