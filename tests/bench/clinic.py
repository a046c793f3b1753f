"""A clinic of many patients, filled in whole rows: ten thousand of them within minutes.

One patient has ten years of readings, the others ninety days; a blood pressure in the morning and
one in the evening.
"""

import random
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import insert

from records.consent import Grant
from records.observations import Channel, Observation, pressure
from records.people import Person, Place, Record, Relationship, Tie
from records.segments import Segment, day_of
from records.services.enrolling import add_person
from records.tracking import (
    GlobalId,
    GrantId,
    ObservationId,
    PersonId,
    RecordId,
    RelationshipId,
    TrackingId,
    fresh,
)
from records.vocabulary import Code, Language, Purpose, Role, SegmentKind
from storage.families.marking import RESTORING
from storage.keytables import patient_keys
from storage.masterkey import fresh_key
from storage.registry.deriving import derive_all
from storage.rows.segments import ObservationRow, SegmentRow
from storage.unit import StorageUnit
from storage.wrapping import wrap
from tests.cast import ZONE
from tests.webapp.conftest import Site

LONG, SHORT = 3_650, 90  # days
KINDS = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.PERSONAL_INFORMATION})
A_TIME = 250  # patients filed in one transaction


def fill(site: Site, size: int) -> tuple[Person, list[RecordId]]:
    """Enrol this many patients with one doctor; the first has the ten years."""
    dice = random.Random(7)
    with site.database.begin(True) as unit:
        doctor = add_person(
            unit,
            "Dr Long",
            language=Language.ENGLISH,
            zone=ZONE,
            roles=[Role.DOCTOR],
            organisation=site.cast.clinic.id,
        )
    records: list[RecordId] = []
    for begin in range(0, size, A_TIME):
        numbers = range(begin, min(begin + A_TIME, size))
        patients = [_patient(number) for number in numbers]
        _give_keys(site, patients)
        with site.database.begin(True) as unit:
            unit.desk.session.info[RESTORING] = True  # no cloud is measured here
            for number, (person, record) in zip(numbers, patients, strict=True):
                _file(unit, site, doctor, person, record, SHORT if number else LONG, dice)
        records += [record.id for _, record in patients]
    return doctor, records


def _patient(number: int) -> tuple[Person, Record]:
    name = f"Patient {number:05}"
    roles = frozenset({Role.PATIENT})
    person = Person(PersonId(fresh()), name, Language.ENGLISH, ZONE, roles)
    named = GlobalId(fresh())
    return person, Record(RecordId(fresh()), person.id, named, Place("private", named))


def _give_keys(site: Site, patients: list[tuple[Person, Record]]) -> None:
    keys = site.database.cells.keys
    owners = [one for person, record in patients for one in (person.id, record.id)]
    rows = [
        {
            "owner": one,
            "generation": 1,
            "wrapped": wrap(fresh_key(), keys.master.in_use),  # type: ignore[attr-defined]  # KeyStore's
            "made_at": site.clock(),
        }
        for one in owners
    ]
    with keys.engine.begin() as connection:  # type: ignore[attr-defined]  # KeyStore's
        connection.execute(insert(patient_keys), rows)


def _file(
    unit: StorageUnit,
    site: Site,
    doctor: Person,
    patient: Person,
    record: Record,
    days: int,
    dice: random.Random,
) -> None:
    began = site.clock() - timedelta(days=days)
    unit.people.put(patient)
    unit.records.put(record)
    tie = Relationship(
        RelationshipId(fresh()),
        *(record.id, doctor.id, Tie.DOCTOR, frozenset(), began, began, began),
    )
    unit.relationships.put(tie)
    unit.grants.put(
        Grant(
            GrantId(fresh()),
            *(record.id, KINDS, Purpose.TREATMENT, began, None),
            person=doctor.id,
            given_by=patient.id,
        )
    )
    segments = list(_segments(site, record, patient, days, dice))
    desk = unit.desk
    rows = [
        {
            "id": one.id,
            "version": 1,
            "record": one.record,
            "kind": one.kind,
            "day": one.day,
            "recorded": one.recorded,
            "newest": True,
            "document": desk.cells.write(one.record, f"segment:{one.id}:1", one),
        }
        for one in segments
    ]
    places = [{"id": o.id, "segment": one.id} for one in segments for o in one.observations]
    desk.session.execute(insert(SegmentRow), rows)
    desk.session.execute(insert(ObservationRow), places)
    derive_all(desk, segments)
    desk.session.expunge_all()


def _segments(
    site: Site, record: Record, patient: Person, days: int, dice: random.Random
) -> Iterator[Segment]:
    usual = dice.randrange(112, 150)
    for back in range(days):
        found = [
            Observation(
                ObservationId(fresh()),
                Code.BLOOD_PRESSURE,
                at,
                at,
                patient.id,
                patient.id,
                Channel.CHAT,
                components=pressure(usual + dice.randrange(-9, 10), 80 + dice.randrange(-7, 8)),
            )
            for at in (site.clock() - timedelta(days=back, hours=hours) for hours in (3, 9))
        ]
        yield _segment(record, patient, SegmentKind.PHYSICAL_SIGNS, found)


def _segment(
    record: Record, patient: Person, kind: SegmentKind, found: list[Observation]
) -> Segment:
    at = found[0].effective
    return Segment(
        TrackingId(fresh()),
        record.id,
        kind,
        day_of(kind, at, ZONE),
        1,
        tuple(found),
        at,
        patient.id,
    )
