"""Our documents are read back exactly; everything else is refused with one error."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.cda import NotOurDocument, read_document
from records.cda.elements import plain
from records.cda.reader import LARGEST
from records.observations import Observation, Quantity, Status, pressure
from records.segments import Segment
from records.vocabulary import Code, SegmentKind
from tests.records.cda.documents import a_segment, an_observation, quantity, segments, written


def numbers_of(told: Observation) -> tuple[Decimal, ...]:
    if isinstance(told.value, Quantity):
        return (told.value.value,)
    return tuple(one.quantity.value for one in told.components)


@pytest.mark.parametrize("kind", SegmentKind)
@given(given=st.data())
@settings(max_examples=20, deadline=None)
def test_what_was_written_is_read_exactly(kind: SegmentKind, given: st.DataObject) -> None:
    segment: Segment = given.draw(segments(kind))
    read = read_document(written(segment))
    assert (read.kind, read.version) == (kind, segment.version)

    def told(code: Code, numbers: tuple[Decimal, ...], status: Status) -> tuple[object, ...]:
        return code, tuple(str(one) for one in numbers), status

    expected = [told(one.code, numbers_of(one), one.status) for one in segment.observations]
    got = [told(one.code, one.numbers, one.status) for one in read.observations]
    assert sorted(got, key=str) == sorted(expected, key=str)


def test_numbers_units_and_times_are_for_reading() -> None:
    read = read_document(written(a_segment(an_observation(components=pressure(128, 82)))))
    (one,) = read.observations
    assert (one.numbers, one.unit, one.loinc) == ((128, 82), "mm[Hg]", "85354-9")
    assert one.time == "2026-04-11 08:30 +0800"


@pytest.mark.parametrize("code", [Code.NOTE, Code.DOCTOR_NOTE, Code.MEDICATION_TAKEN])
def test_words_are_read_as_they_were_told(code: Code) -> None:
    words = "头晕 <b>&amp;\n\x07]]>"
    read = read_document(written(a_segment(an_observation(code, words))))
    assert [one.words for one in read.observations] == [plain(words)]


def test_a_date_is_read_as_people_write_it() -> None:
    read = read_document(written(a_segment(an_observation(Code.BIRTH_DATE, "1951-03-09"))))
    assert [one.words for one in read.observations] == ["1951-03-09"]


GOOD = written(a_segment(an_observation(Code.WEIGHT, quantity("61.5", Code.WEIGHT))))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        b"<a/>",
        b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>',
        GOOD[:-20],
        GOOD.replace(b"b93e6d70", b"b93e6d71"),
        GOOD.replace(b'"61.5"', b'"NaN"'),
        GOOD.replace(b'"61.5"', b'"1e999999"'),
        GOOD.replace(b'"weight"', b'"wait"'),
        GOOD.replace(b'"completed"', b'"done"'),
        GOOD.replace(b'code="signs"', b'code="sings"'),
        GOOD.replace(b"<ClinicalDocument", b"<!DOCTYPE x [<!ENTITY e 'x'>]><ClinicalDocument"),
        GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        b"<a>" * 100000,
        b" " * (LARGEST + 1),
    ],
    ids=lambda content: repr(content[-12:]),
)
def test_anything_else_is_refused_in_one_way(content: bytes) -> None:
    with pytest.raises(NotOurDocument):
        read_document(content)


def test_the_good_document_of_these_tests_is_read() -> None:
    assert read_document(GOOD).observations[0].numbers == (Decimal("61.5"),)


def test_hostile_documents_are_refused(shared_data: Path) -> None:
    folder = shared_data / "security/cda-shaped"
    hostile = sorted(one for one in folder.iterdir() if one.suffix == ".xml")
    assert hostile
    for one in hostile:
        with pytest.raises(NotOurDocument):
            read_document(one.read_bytes())


def test_foreign_documents_are_refused(shared_data: Path) -> None:
    for one in sorted((shared_data / "cda/us").iterdir())[:20]:
        with pytest.raises(NotOurDocument):
            read_document(one.read_bytes())
