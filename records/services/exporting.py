"""A record as files people take with them: CDA, FHIR and a table."""

from datetime import datetime

from records.consent import Grant, Hiding
from records.fhir import Source, bundle_of, to_json
from records.people import Person
from records.services.composing import circle_of
from records.services.handing import Handout
from records.services.ports import Unit
from records.tables import table_of
from records.tracking import PersonId
from records.vocabulary import Language


def as_bundle(unit: Unit, handout: Handout, *, by: Person, now: datetime) -> bytes:
    """Return a handout as a FHIR R4 Bundle, with the leave its reader may know of."""
    source = Source(
        patient=handout.patient,
        facts=handout.facts,
        observations=handout.observations,
        people=_people(unit, handout),
        grants=tuple((one, _name(unit, one)) for one in _grants(unit, handout, by, now)),
        hidings=_hidings(unit, handout, by),
    )
    return to_json(bundle_of(source, now=now))


def as_table(unit: Unit, handout: Handout, *, language: Language, zone: str) -> bytes:
    """Return a handout as CSV in the reader's language and zone."""
    return table_of(
        handout.observations, people=_people(unit, handout), language=language, zone=zone
    )


def _people(unit: Unit, handout: Handout) -> dict[PersonId, Person]:
    circle = circle_of(unit, handout.record.id, handout.segments, facts=handout.facts)
    return {**circle.people, handout.patient.id: handout.patient}


def _grants(unit: Unit, handout: Handout, by: Person, now: datetime) -> tuple[Grant, ...]:
    """Return all of the patient's own; to somebody else only what is open to them."""
    found = unit.grants.of_record(handout.record.id)
    if by.id == handout.patient.id:
        return found
    return tuple(
        one
        for one in found
        if one.open(now)
        and (one.person == by.id or (one.organisation and one.organisation == by.organisation))
    )


def _hidings(unit: Unit, handout: Handout, by: Person) -> tuple[tuple[Hiding, str], ...]:
    """Return what the patient hides, to the patient alone."""
    if by.id != handout.patient.id:
        return ()
    return tuple((one, _name(unit, one)) for one in unit.hidings.of_record(handout.record.id))


def _name(unit: Unit, grant: Grant | Hiding) -> str:
    if grant.person is not None:
        return unit.people.person(grant.person).name
    if grant.organisation is not None:
        return unit.people.organisation(grant.organisation).name
    return ""
