"""A record that holds everything: every kind and code, from everybody who may tell it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from records.cda import write_summary
from records.observations import Observation, Status, pressure
from records.orders import Order, OrderKind
from records.people import Person, Tie
from records.segments import Segment
from records.tracking import OrderId, PersonId, RelationshipId, TrackingId
from records.vocabulary import MEANINGS, Code, Language, Role, SegmentKind, Shape
from tests.records.cda.documents import (
    AMINA,
    BELA,
    CHEN,
    CLINIC,
    CODES,
    FACTS,
    HELPS,
    MORNING,
    RECORD,
    a_segment,
    an_observation,
    quantity,
)

ROSA = Person(
    PersonId("0a" * 16),
    "Rosa",
    Language.ENGLISH,
    "Asia/Shanghai",
    frozenset({Role.THIRD_PARTY}),
    CLINIC.id,
)
PEOPLE = {one.id: one for one in (BELA, CHEN, ROSA)}
AUTHORS = {
    SegmentKind.DOCTOR_DESCRIPTION: (CHEN.id,),
    SegmentKind.THIRD_PARTY_DESCRIPTION: (ROSA.id,),
}
WORDS = {Language.ENGLISH: "as <told> & written", Language.CHINESE: "头晕 <b>，饭后"}
NUMBERS = {
    Code.HEART_RATE: "72",
    Code.TEMPERATURE: "36.6",
    Code.SPO2: "97",
    Code.HEIGHT: "162.5",
    Code.WAIST: "88",
}
LATER = MORNING + timedelta(days=1)
TREATS = replace(HELPS, id=RelationshipId("7d" * 16), person=CHEN.id, tie=Tie.DOCTOR)
ORDERS = tuple(
    Order(
        OrderId(f"{number:032x}"),
        RECORD.id,
        CHEN.id,
        kind,
        f"please {kind} <again>",
        Language.ENGLISH,
        MORNING,
        LATER,
    )
    for number, kind in enumerate(OrderKind, 0xDD00)
)


def said(code: Code, number: int, by: PersonId, words: str) -> Observation:
    """Return something of this code, told and written by somebody."""
    shape = MEANINGS[code].shape
    value = {
        Shape.QUANTITY: quantity(NUMBERS.get(code, "7.2"), code),
        Shape.PANEL: None,
        Shape.DATE: "1951-03-09",
        Shape.CHOICE: "female",
        Shape.WORDS: words,
    }[shape]
    components = pressure(128, 82) if shape is Shape.PANEL else ()
    at = MORNING + timedelta(minutes=number)
    return an_observation(code, value, components, number, effective=at, informant=by, author=by)


def rich(language: Language = Language.ENGLISH) -> tuple[Segment, ...]:
    """Return a segment of each kind with each of its codes, each of them also taken back."""
    segments = []
    number = 0
    for kind in SegmentKind:
        told = []
        for code in CODES[kind]:
            number += 3
            authors = AUTHORS.get(kind, (AMINA.id, BELA.id))
            one = said(code, number, authors[number % len(authors)], WORDS[language])
            gone = replace(one, id=f"{number + 1:032x}", status=Status.ENTERED_IN_ERROR)
            asked = replace(one, id=f"{number + 2:032x}", status=Status.PROVISIONAL)
            told += [one, gone, asked]
        segment = replace(a_segment(*told), id=TrackingId(f"{number:032x}"))
        segments.append(replace(segment, author=told[0].author))
    return tuple(segments)


def summary(segments: Iterable[Segment], patient: Person = AMINA, *, care: bool = True) -> bytes:
    """Return the CCD of some segments, with the orders and the care team unless told not to."""
    return write_summary(
        segments,
        record=RECORD,
        patient=patient,
        facts=FACTS,
        people=PEOPLE,
        organisations={CLINIC.id: CLINIC},
        relationships=(HELPS, TREATS),
        orders=ORDERS if care else (),
        team=care,
        at=LATER,
    )
