"""Who stands behind a document: the patient, the helpers, the professionals, Kanglu."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from records.cda import claims
from records.cda.codes import CUSTODIAN, CUSTODIAN_NAME, ROLE_CODE
from records.cda.elements import Element, add, add_id, add_templates, moment
from records.observations import Observation
from records.people import Organisation, Person, Record, Relationship, Tie
from records.tracking import OrganisationId, PersonId
from records.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Context:
    """Who told and wrote down what stands in a section, said once for all its entries."""

    author: PersonId
    informant: PersonId

    def covers(self, observation: Observation) -> bool:
        """Say whether an entry has nothing to add: the same people, written down within a day."""
        same = (observation.author, observation.informant) == (self.author, self.informant)
        return same and abs(observation.recorded - observation.effective) < PROMPTLY


PROMPTLY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Parties:
    """Everybody a document may name, and how they are tied to the record.

    `authors` wrote the document down, and its header says who they are; who wrote a single entry
    may be somebody else. Where `context` stands an entry says only what differs from it, and is
    brief.
    """

    record: Record
    patient: Person
    authors: tuple[PersonId, ...]
    people: Mapping[PersonId, Person]
    organisations: Mapping[OrganisationId, Organisation]
    relationships: tuple[Relationship, ...] = ()
    context: Context | None = None

    @property
    def brief(self) -> bool:
        """Say whether entries are to be brief."""
        return self.context is not None

    def person(self, person_id: PersonId) -> Person | None:
        """Return somebody by id, or None for one who is not known here."""
        return self.patient if person_id == self.patient.id else self.people.get(person_id)

    def name(self, person_id: PersonId) -> str:
        """Return somebody's name, or nothing."""
        person = self.person(person_id)
        return person.name if person else ""

    def is_the_patient(self, person_id: PersonId) -> bool:
        """Say whether this is the patient."""
        return person_id == self.record.patient

    def is_a_professional(self, person_id: PersonId) -> bool:
        """Say whether this is a doctor, nurse or third party who is not the patient's caregiver."""
        person = self.person(person_id)
        if person is None or self.is_the_patient(person_id) or self._helps(person_id):
            return False
        return bool(person.roles & {Role.DOCTOR, Role.NURSE, Role.THIRD_PARTY})

    def organisation_of(self, person_id: PersonId) -> Organisation | None:
        """Return the organisation of a professional."""
        person = self.person(person_id)
        if person is None or person.organisation is None or not self.is_a_professional(person_id):
            return None
        return self.organisations.get(person.organisation)

    def _helps(self, person_id: PersonId) -> bool:
        return any(
            one.person == person_id and one.tie is Tie.CAREGIVER for one in self.relationships
        )


def add_authors(parent: Element, parties: Parties, at: datetime) -> None:
    """Append who wrote this document down, and when."""
    for author in parties.authors:
        element = add(parent, "author")
        add(element, "time", value=moment(at))
        _add_assigned(element, parties, author)


def add_device_author(parent: Element, at: datetime) -> None:
    """Append that Kanglu itself put the document together, and when."""
    element = add(parent, "author")
    add(element, "time", value=moment(at))
    assigned = add(element, "assignedAuthor")
    add(assigned, "id", root=CUSTODIAN)
    add(assigned, "addr", nullFlavor="NI")
    add(assigned, "telecom", nullFlavor="NI")
    device = add(assigned, "assignedAuthoringDevice")
    add(device, "manufacturerModelName", CUSTODIAN_NAME)
    add(device, "softwareName", CUSTODIAN_NAME)
    represented = add(assigned, "representedOrganization")
    add(represented, "id", root=CUSTODIAN)
    add(represented, "name", CUSTODIAN_NAME)
    add(represented, "telecom", nullFlavor="NI")
    add(represented, "addr", nullFlavor="NI")


def add_sources(act: Element, parties: Parties, observation: Observation) -> None:
    """Append who wrote an entry down and who told it, unless its section says so."""
    if parties.context is None or not parties.context.covers(observation):
        add_entry_author(act, parties, observation.author, observation.recorded)
        add_informant(act, parties, observation.informant)


def add_entry_author(parent: Element, parties: Parties, author: PersonId, at: datetime) -> None:
    """Append who wrote this down: by id alone where the header says the rest."""
    element = add(parent, "author")
    add_templates(element, *claims.AUTHOR)
    add(element, "time", value=moment(at))
    if author in parties.authors:
        add_id(add(element, "assignedAuthor"), author)
    else:
        _add_assigned(element, parties, author)


def _add_assigned(author: Element, parties: Parties, person_id: PersonId) -> None:
    assigned = add(author, "assignedAuthor")
    add_id(assigned, person_id)
    if parties.is_the_patient(person_id):
        add(assigned, "code", code="ONESELF", codeSystem=ROLE_CODE)
    add(assigned, "addr", nullFlavor="NI")
    add(assigned, "telecom", nullFlavor="NI")
    _add_name(add(assigned, "assignedPerson"), parties.name(person_id))
    organisation = parties.organisation_of(person_id)
    if organisation:
        represented = add(assigned, "representedOrganization")
        add_id(represented, organisation.id)
        add(represented, "name", organisation.name)


def add_informant(parent: Element, parties: Parties, informant: PersonId) -> None:
    """Append who told it: the patient or a caregiver as a related entity, else an assigned one."""
    element = add(parent, "informant")
    if parties.is_a_professional(informant):
        assigned = add(element, "assignedEntity")
        add_id(assigned, informant)
        add(assigned, "addr", nullFlavor="NI")
        _add_name(add(assigned, "assignedPerson"), parties.name(informant))
        return
    oneself = parties.is_the_patient(informant)
    related = add(element, "relatedEntity", classCode="PRS" if oneself else "CAREGIVER")
    if oneself:
        add(related, "code", code="ONESELF", codeSystem=ROLE_CODE)
    _add_name(add(related, "relatedPerson"), parties.name(informant))


def add_files(act: Element, observation: Observation) -> None:
    """Append where the files that came with it lie, and the one it was read from."""
    told = [("REFR", one) for one in observation.attachments]
    read = [("XCRPT", observation.source)] if observation.source else []
    for meaning, attachment in (*told, *read):
        reference = add(act, "reference", typeCode=meaning)
        document = add(reference, "externalDocument", classCode="DOC", moodCode="EVN")
        add_id(document, attachment)


def add_performer(event: Element, parties: Parties, person_id: PersonId) -> None:
    """Append a doctor who gives the care."""
    assigned = add(add(event, "performer", typeCode="PRF"), "assignedEntity")
    add_id(assigned, person_id)
    add(assigned, "addr", nullFlavor="NI")
    add(assigned, "telecom", nullFlavor="NI")
    _add_name(add(assigned, "assignedPerson"), parties.name(person_id))
    organisation = parties.organisation_of(person_id)
    if organisation:
        add(add(assigned, "representedOrganization"), "name", organisation.name)


def add_custodian(parent: Element) -> None:
    """Append who keeps the document: Kanglu, always."""
    custodian = add(add(parent, "custodian"), "assignedCustodian")
    organisation = add(custodian, "representedCustodianOrganization")
    add(organisation, "id", root=CUSTODIAN)
    add(organisation, "name", CUSTODIAN_NAME)
    add(organisation, "telecom", nullFlavor="NI")
    add(organisation, "addr", nullFlavor="NI")


def _add_name(person: Element, name: str) -> None:
    add(person, "name", name) if name else add(person, "name", nullFlavor="NI")
