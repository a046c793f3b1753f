"""Profiles for patients without a phone: begun by family or clinic, never without a guardian."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from records.errors import NotValid
from records.observations import Channel
from records.people import (
    LONGEST_HELP,
    USUAL_HELP,
    Basis,
    Person,
    Place,
    Record,
    Relationship,
    Scope,
    Tie,
)
from records.policy import Action
from records.services.enrolling import add_person, offer_care
from records.services.expiring import keep_help
from records.services.helping import guardians_of
from records.services.intake import Draft, add_observation
from records.services.ports import Note, Unit
from records.services.telling import tell
from records.services.viewing import is_clinician
from records.tracking import GlobalId, RecordId, fresh
from records.vocabulary import Code, Language, Purpose, Role
from records.wording.helping import decides_now_card

MOST_PROFILES = 12
LONGEST_NAME = 80
FULL_HELP = USUAL_HELP | {Scope.URGENT, Scope.GUARDIAN}
OLDEST = 130


@dataclass(frozen=True, slots=True)
class Profile:
    """What is told of a patient when somebody else begins the record; only the name is needed.

    `born` is a year, or a day as YYYY-MM-DD; `sex` is female or male.
    """

    name: str
    sex: str = ""
    born: str = ""
    language: Language | None = None


def open_profile(
    unit: Unit, profile: Profile, *, basis: Basis, by: Person, now: datetime
) -> tuple[Person, Record, Relationship]:
    """Begin the record of a patient without a phone; whoever begins it decides until it ends.

    Clinic staff only stand in: they invite one of the family, see nothing by this, and their
    own care waits until that guardian confirms it.
    """
    name = _checked(unit, profile, by=by, now=now)
    staff = is_clinician(by)
    language = profile.language or by.language
    patient = add_person(unit, name, language=language, zone=by.zone, roles=[Role.PATIENT])
    global_id = GlobalId(fresh())
    record = Record(RecordId(fresh()), patient.id, global_id, Place("private", global_id))
    unit.records.put(record)
    guardian = _guardian(unit, record, by, Basis.CLINIC if staff else basis, now)
    if staff:
        tie = Tie.DOCTOR if Role.DOCTOR in by.roles else Tie.NURSE
        offer_care(unit, record_id=record.id, person=by, tie=tie, now=now, by_patient=False)
    told = ((Code.NAME, name), (Code.SEX, profile.sex), (Code.BIRTH_DATE, profile.born))
    for code, value in told:
        if value:
            draft = Draft(code, now, value=value)
            add_observation(unit, record.id, draft, by=by, now=now, told=(by.id, Channel.FORM))
    unit.audit.note(
        Note(now, Action.CHOOSE_HELP, True, "profile_begun", by.id, record.id, Purpose.TREATMENT)
    )
    return patient, record, guardian


def _checked(unit: Unit, profile: Profile, *, by: Person, now: datetime) -> str:
    """Return the name to be kept; raises NotValid for a profile that cannot be begun."""
    name = " ".join(profile.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise NotValid("name", "name_needed")
    if profile.born and not is_birthday(profile.born, now.date()):
        raise NotValid("born", "year_unclear")
    mine = [one for one in unit.relationships.of_person(by.id) if one.guards(now)]
    if len(mine) >= MOST_PROFILES:
        raise NotValid("name", "too_many_profiles")
    return name


def is_birthday(words: str, today: date) -> bool:
    """Say whether these words are a year, or a day as YYYY-MM-DD, in which one can be born."""
    try:
        born = date.fromisoformat(words if "-" in words else f"{words}-01-01")
    except ValueError:
        return False
    return today.year - OLDEST <= born.year and born <= today


def _guardian(unit: Unit, record: Record, by: Person, basis: Basis, now: datetime) -> Relationship:
    scopes = frozenset({Scope.GUARDIAN}) if basis is Basis.CLINIC else FULL_HELP
    offered = offer_care(
        unit,
        record_id=record.id,
        person=by,
        tie=Tie.CAREGIVER,
        now=now,
        scopes=scopes,
        by_patient=True,
        basis=basis,
    )
    if basis is not Basis.CLINIC and Role.CAREGIVER not in by.roles:
        unit.people.put(replace(by, roles=by.roles | {Role.CAREGIVER}))
    confirmed = replace(offered, confirmed_by_other=now, version=offered.version + 1)
    unit.relationships.put(confirmed)
    return confirmed


def hand_over(unit: Unit, guardian: Relationship, *, now: datetime) -> None:
    """Let a guardian of the family take the place of the clinic, whose own care begins."""
    for one in guardians_of(unit, guardian.record, now):
        if one.basis is Basis.CLINIC and one.id != guardian.id:
            unit.relationships.put(replace(one, ended=now, version=one.version + 1))
            _begin_care_of(unit, one, now)


def _begin_care_of(unit: Unit, stand_in: Relationship, now: datetime) -> None:
    for one in unit.relationships.of_record(stand_in.record):
        waiting = one.confirmed_by_patient is None and one.ended is None
        if one.person == stand_in.person and one.tie is not Tie.CAREGIVER and waiting:
            begun = replace(one, confirmed_by_patient=now, version=one.version + 1)
            unit.relationships.put(begun)


def take_over(unit: Unit, patient: Person, *, now: datetime) -> None:
    """Let a patient decide from now on; who decided until now goes on helping, for a year."""
    record = unit.records.of_patient(patient.id)
    if record is None:
        return
    unit.records.lock(record.id)
    for one in guardians_of(unit, record.id, now):
        gone = one.basis is Basis.CLINIC
        changed = replace(
            one,
            scopes=one.scopes - {Scope.GUARDIAN},
            basis=None,
            until=now + LONGEST_HELP,
            ended=now if gone else None,
            version=one.version + 1,
        )
        keep_help(unit, changed)
        if gone:
            _begin_care_of(unit, one, now)
        else:
            tell(unit, one.person, lambda chat: decides_now_card(patient.name, chat.language))
