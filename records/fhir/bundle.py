"""The bundle: the patient, what was said, the leave given for it, and who said it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from records.cda import PatientFacts
from records.consent import Grant, Hiding
from records.fhir.elements import Resource, address, coded, instant, reference, text_of, uuid_of
from records.fhir.resources import consent_resource, hiding_resource, patient_resource, resource_of
from records.observations import Observation
from records.people import Person
from records.tracking import AttachmentId, PersonId
from records.vocabulary import SegmentKind


@dataclass(frozen=True, slots=True)
class Source:
    """What a bundle is made of: whose, what is told, by whom, and the leave to be shown.

    `grants` and `hidings` come with the name of whom they are about; `people` are those who told
    or wrote something.
    """

    patient: Person
    facts: PatientFacts
    observations: tuple[Observation, ...]
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    grants: tuple[tuple[Grant, str], ...] = ()
    hidings: tuple[tuple[Hiding, str], ...] = ()


def bundle_of(source: Source, *, now: datetime) -> Resource:
    """Return a Bundle of type collection; the same source at the same time gives the same."""
    subject = source.patient.id
    told = [one for one in source.observations if one.kind is not SegmentKind.PERSONAL_INFORMATION]
    resources = [
        patient_resource(source.patient, source.facts),
        *(resource_of(one, subject) for one in told),
        *(
            consent_resource(one, subject, name, open_now=one.open(now))
            for one, name in source.grants
        ),
        *(
            hiding_resource(one, subject, name, open_now=one.open(now))
            for one, name in source.hidings
        ),
        *_provenances(told, source),
    ]
    entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": instant(now),
        "entry": entries,
    }


def to_json(resource: Resource) -> bytes:
    """Return a resource as UTF-8 JSON, every number with the digits it was given with."""
    return msgspec.json.Encoder(decimal_format="number").encode(resource)


def _provenances(told: Iterable[Observation], source: Source) -> list[Resource]:
    """Return for each informant, author and file they read it from what was told."""
    groups: dict[tuple[PersonId, PersonId, AttachmentId], list[Observation]] = {}
    for one in told:
        groups.setdefault((one.informant, one.author, one.source), []).append(one)
    return [_provenance(key, found, source) for key, found in sorted(groups.items())]


def _provenance(
    key: tuple[PersonId, PersonId, AttachmentId], found: list[Observation], source: Source
) -> Resource:
    informant, author, document = key
    made: Resource = {
        "resourceType": "Provenance",
        "id": uuid_of(f"provenance {source.patient.id} {informant} {author} {document}".strip()),
        "target": [{"reference": address(one.id)} for one in found],
        "recorded": instant(max(one.recorded for one in found)),
        "agent": [
            {"type": coded("provenance-participant-type", kind), "who": _who(person, source)}
            for kind, person in (("informant", informant), ("author", author))
        ],
    }
    if document:
        what = {"identifier": {"value": uuid_of(document)}}
        made["entity"] = [{"role": "source", "what": what}]
    return made


def _who(person_id: PersonId, source: Source) -> Resource:
    if person_id == source.patient.id:
        return reference(person_id)
    person = source.people.get(person_id)
    name = text_of(person.name) if person else ""
    return {"identifier": {"value": uuid_of(person_id)}} | ({"display": name} if name else {})
