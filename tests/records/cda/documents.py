"""Segments of every kind for the tests of documents, and the words that try to break them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from lxml import etree

from records.cda import PatientFacts, write_segment
from records.observations import Channel, Component, Observation, Quantity, Status
from records.people import Organisation, Person, Place, Record, Relationship, Scope, Tie
from records.segments import Segment
from records.tracking import (
    GlobalId,
    ObservationId,
    OrganisationId,
    PersonId,
    RecordId,
    RelationshipId,
    TrackingId,
)
from records.vocabulary import (
    MEANINGS,
    PANELS,
    Code,
    Language,
    OrganisationKind,
    Role,
    SegmentKind,
    Shape,
)

BEIJING = timezone(timedelta(hours=8))
MORNING = datetime(2026, 4, 11, 8, 30, tzinfo=BEIJING)

CLINIC = Organisation(OrganisationId("0c" * 16), "Clinic by the River", OrganisationKind.CLINIC)
AMINA = Person(
    PersonId("a1" * 16), "Amina", Language.ENGLISH, "Asia/Shanghai", frozenset({Role.PATIENT})
)
BELA = Person(
    PersonId("be" * 16), "Bela", Language.ENGLISH, "Asia/Shanghai", frozenset({Role.CAREGIVER})
)
CHEN = Person(
    PersonId("c4" * 16),
    "Dr Chen",
    Language.ENGLISH,
    "Asia/Shanghai",
    frozenset({Role.DOCTOR}),
    CLINIC.id,
)
RECORD = Record(
    RecordId("4e" * 16), AMINA.id, GlobalId("61" * 16), Place("private", "container-61")
)
HELPS = Relationship(
    RelationshipId("7e" * 16),
    RECORD.id,
    BELA.id,
    Tie.CAREGIVER,
    frozenset({Scope.RECORD}),
    MORNING,
    MORNING,
    MORNING,
)
FACTS = PatientFacts("Amina Yusuf", date(1951, 3, 9), "female", "+86 138 0013 8000", "3 Salt Lane")
PANEL_PARTS = frozenset(part for parts in PANELS.values() for part in parts)
CODES = {
    kind: tuple(c for c, m in MEANINGS.items() if m.kind is kind and c not in PANEL_PARTS)
    for kind in SegmentKind
}

files = st.integers(1, 2**128 - 1).map(lambda number: f"{number:032x}")
anything = st.text(st.characters(), max_size=40)
numbers = st.decimals(-1000000, 1000000, allow_nan=False, allow_infinity=False, places=6)
times = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, BEIJING, timezone(timedelta(hours=-3, minutes=-30))]),
)


def an_observation(
    code: Code = Code.BLOOD_PRESSURE,
    value: Quantity | str | None = None,
    components: tuple[Component, ...] = (),
    number: int = 1,
    **changes: object,
) -> Observation:
    given = {
        "id": ObservationId(f"{number:032x}"),
        "code": code,
        "effective": MORNING,
        "recorded": MORNING,
        "informant": AMINA.id,
        "author": AMINA.id,
        "channel": Channel.CHAT,
        "value": value,
        "components": components,
        **changes,
    }
    return Observation(**given)  # type: ignore[arg-type]  # the fields are named above


def a_segment(*observations: Observation, kind: SegmentKind | None = None) -> Segment:
    return Segment(
        TrackingId("5e" * 16),
        RECORD.id,
        kind or observations[0].kind,
        MORNING.date(),
        3,
        observations,
        MORNING,
        AMINA.id,
    )


@st.composite
def observations(draw: st.DrawFn, kind: SegmentKind, number: int) -> Observation:
    code = draw(st.sampled_from(CODES[kind]))
    shape = MEANINGS[code].shape
    unit = MEANINGS[code].ucum or "1"
    value: Quantity | str | None = None
    components: tuple[Component, ...] = ()
    if shape is Shape.QUANTITY:
        value = Quantity(draw(numbers), unit)
    elif shape is Shape.PANEL:
        components = tuple(
            Component(part, Quantity(draw(numbers), "mm[Hg]")) for part in PANELS[code]
        )
    else:
        value = draw(anything)
    return an_observation(
        code,
        value,
        components,
        number,
        effective=draw(times),
        recorded=draw(times),
        informant=draw(st.sampled_from([AMINA.id, BELA.id, CHEN.id, PersonId("nobody known")])),
        author=draw(st.sampled_from([AMINA.id, BELA.id, CHEN.id])),
        status=draw(st.sampled_from(Status)),
        context=draw(anything),
        site=draw(anything),
        position=draw(st.sampled_from(["", "sitting", "standing", "lying", "on one leg"])),
        stated=draw(anything),
        private=draw(st.booleans()),
        attachments=tuple(draw(st.lists(files, max_size=2))),
        source=draw(st.just("") | files),
    )


@st.composite
def segments(draw: st.DrawFn, kind: SegmentKind) -> Segment:
    many = draw(st.integers(0, 4))
    told = tuple(draw(observations(kind, number)) for number in range(1, many + 1))
    return a_segment(*told, kind=kind)


def written(segment: Segment, *, patient: Person = AMINA, facts: PatientFacts = FACTS) -> bytes:
    return write_segment(
        segment,
        record=RECORD,
        patient=patient,
        facts=facts,
        people={one.id: one for one in (BELA, CHEN)},
        organisations={CLINIC.id: CLINIC},
        relationships=(HELPS,),
    )


@cache
def schema(shared_data: Path) -> etree.XMLSchema:
    place = shared_data / "schema/cda-sdtc/infrastructure/cda/CDA_SDTC.xsd"
    return etree.XMLSchema(etree.parse(place))


def faults(content: bytes, shared_data: Path) -> list[str]:
    """Return what the CDA schema has against a document."""
    xsd = schema(shared_data)
    xsd.validate(etree.fromstring(content))
    return [str(one.message) for one in xsd.error_log]


def found(content: bytes, path: str) -> list[etree._Element]:
    names = {"c": "urn:hl7-org:v3"}
    return etree.fromstring(content).findall(path, names)


def quantity(number: str, code: Code) -> Quantity:
    return Quantity(Decimal(number), MEANINGS[code].ucum or "1")
