"""Everybody of the demo who is not a patient: who works where, and who helps at home."""

from collections.abc import Mapping
from dataclasses import dataclass

from records.chats import Chat, ChatChannel
from records.people import Organisation, Person
from records.services.enrolling import add_organisation, add_person
from records.services.ports import Unit
from records.tracking import ChatId, OrganisationId, fresh
from records.vocabulary import Language, OrganisationKind, Purpose, Role
from storage.demo.patients import HELPERS
from storage.demo.profiles import HONG_KONG


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


def bring_in_staff(unit: Unit) -> Staff:
    """Bring in the organisations, who works in them, and the caregivers with a chat each."""
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
        open_chat(unit, one)
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


def open_chat(unit: Unit, person: Person) -> None:
    """Open the chat on the site for somebody."""
    unit.chats.put(Chat(ChatId(fresh()), ChatChannel.WEB, person.id, person.language, person.id))
