"""The people, the ties and the record with which every run of the consent machine begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from records.consent import Label, Part, label_of
from records.observations import Channel, pressure
from records.people import USUAL_HELP, Basis, Person, Record, Scope, Tie
from records.services.enrolling import (
    add_organisation,
    add_person,
    confirm_care,
    enrol_patient,
    offer_care,
)
from records.services.intake import Draft, file_observations
from records.services.ports import Unit
from records.tracking import OrganisationId, RelationshipId
from records.vocabulary import Code, Language, OrganisationKind, Role, SegmentKind
from storage.cells import Cells
from storage.database import Database, open_engine
from storage.keys import KeyStore
from storage.masterkey import fresh_key
from storage.migrations import upgrade
from tests.cast import ZONE, Clock

PEOPLE: dict[str, tuple[Role, str | None]] = {
    "amina": (Role.PATIENT, None),
    "bela": (Role.CAREGIVER, None),
    "gita": (Role.CAREGIVER, None),
    "yuri": (Role.CAREGIVER, None),
    "chen": (Role.DOCTOR, "clinic"),
    "dara": (Role.DOCTOR, "clinic"),
    "emil": (Role.DOCTOR, None),
    "nora": (Role.NURSE, "clinic"),
    "lena": (Role.NURSE, "clinic"),
    "rosa": (Role.THIRD_PARTY, "institute"),
    "otto": (Role.OPERATOR, None),
}
Tied = tuple[str, Tie, frozenset[Scope], Basis | None]
TIES: tuple[Tied, ...] = (
    ("chen", Tie.DOCTOR, frozenset(), None),
    ("nora", Tie.NURSE, frozenset(), None),
    ("bela", Tie.CAREGIVER, USUAL_HELP, None),
    ("gita", Tie.CAREGIVER, USUAL_HELP | {Scope.GUARDIAN}, Basis.ASKED),
    ("lena", Tie.CAREGIVER, frozenset({Scope.GUARDIAN}), Basis.CLINIC),
)
TOLD: tuple[tuple[Code, int, Any, bool], ...] = (
    (Code.BLOOD_PRESSURE, -1, None, False),
    (Code.BLOOD_PRESSURE, -30, None, False),
    (Code.MOOD, -1, "calm", False),
    (Code.SYMPTOM, -2, "dizzy", False),
    (Code.DIET, -1, "rice", True),
    (Code.NAME, 0, "Amina", False),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the record: where it lies, how restricted it is, and its hour."""

    part: Part
    label: Label
    hour: int

    @property
    def told(self) -> tuple[str, str | None, str | None, str | None]:
        """The part in the words of the law."""
        return told_part(self.part)


def told_part(part: Part) -> tuple[str, str | None, str | None, str | None]:
    """Return a part in the words of the law."""
    return str(part.kind), part.segment, part.entry, part.code and str(part.code)


@dataclass(frozen=True, slots=True)
class Furnished:
    """A database with the people, the organisations and the record of every run."""

    database: Database
    clock: Clock
    people: dict[str, Person]
    organisations: dict[str, OrganisationId]
    record: Record
    ties: tuple[RelationshipId, ...]
    entries: tuple[Entry, ...]


@contextmanager
def furnished_house(folder: Path) -> Iterator[Furnished]:
    """Give the furnished house over a database in a folder."""
    clock = Clock()
    engine = open_engine(f"sqlite:///{folder}/house.sqlite")
    upgrade(engine)
    keys = KeyStore(f"sqlite:///{folder}/keys.sqlite", fresh_key())
    yield furnish(Database(engine, Cells(keys), clock), clock)
    engine.dispose()
    keys.close()


def furnish(database: Database, clock: Clock) -> Furnished:
    """Enter everybody, tie some of them to Amina, and file what she told."""
    with database.begin(True) as unit:
        organisations = {
            name: add_organisation(unit, name, kind).id
            for name, kind in (
                ("clinic", OrganisationKind.CLINIC),
                ("institute", OrganisationKind.RESEARCH_INSTITUTION),
            )
        }
        amina, record = enrol_patient(
            unit, "Amina", language=Language.ENGLISH, zone=ZONE, now=clock()
        )
        people = {"amina": amina}
        for name, (role, where) in PEOPLE.items():
            if name not in people:
                people[name] = add_person(
                    unit,
                    name,
                    language=Language.ENGLISH,
                    zone=ZONE,
                    roles=[role],
                    organisation=organisations[where] if where else None,
                )
        ties = tuple(_tied(unit, record, amina, people, tie, clock()) for tie in TIES)
        entries = tuple(_filed(unit, record, amina, clock()))
    return Furnished(database, clock, people, organisations, record, ties, entries)


def _tied(
    unit: Unit, record: Record, amina: Person, people: dict[str, Person], told: Tied, now: datetime
) -> RelationshipId:
    name, tie, scopes, basis = told
    offered = offer_care(
        unit,
        record_id=record.id,
        person=people[name],
        tie=tie,
        now=now,
        scopes=scopes,
        by_patient=False,
        basis=basis,
    )
    return confirm_care(unit, offered, by=amina, now=now).id


def _filed(unit: Unit, record: Record, amina: Person, now: datetime) -> Iterator[Entry]:
    drafts = [
        Draft(
            code,
            now + timedelta(hours=hour),
            value,
            components=() if value else pressure(128, 82),
            private=private,
        )
        for code, hour, value, private in TOLD
        if code is not Code.NAME
    ]
    file_observations(unit, drafts, record_id=record.id, by=amina, channel=Channel.CHAT, now=now)
    for segment in unit.segments.of_record(record.id, frozenset(SegmentKind)):
        for one in segment.standing:
            ago = int((one.effective - now) / timedelta(hours=1))
            part = Part(segment.kind, segment.id, one.id, one.code)
            yield Entry(part, label_of(one.code, private=one.private), ago)
