"""What is written is read again as it was told, by way of the engine, and text stays text."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from records.cda import EmrRecord, NotTaken, PatientFacts, read_contents, read_document
from records.observations import Observation, Quantity
from records.segments import Segment
from records.vocabulary import MEANINGS, Code, SegmentKind, Shape
from tests.records.cda.documents import AMINA, FACTS, a_segment, an_observation, segments, written
from tests.records.cda.rich import ORDERS, rich, summary

HOSTILE = "</text><entry/>&amp;<![CDATA[x]]>\"'><script>alert(1)</script>\u202e\ufffe\x00头晕"
WORDS = [code for code in Code if MEANINGS[code].shape is Shape.WORDS]


@pytest.mark.parametrize("kind", SegmentKind)
@given(given=st.data())
@settings(max_examples=10, deadline=None)
def test_the_engine_changes_nothing_of_what_is_read(
    kind: SegmentKind, given: st.DataObject
) -> None:
    content = written(given.draw(segments(kind)))
    record = EmrRecord.parse(content)
    assert read_document(record.to_bytes()) == read_document(content)
    rejoined = EmrRecord.rejoin(record.segments())
    assert read_document(rejoined.to_bytes()) == read_document(content)


def tags(content: bytes) -> list[str]:
    return [str(one.tag) for one in etree.fromstring(content).iter()]


@pytest.mark.parametrize("code", WORDS)
def test_hostile_words_are_text_and_nothing_else(code: Code) -> None:
    plain, hostile = (
        replace(an_observation(code, words), context=words, stated=words, site=words)
        for words in ("harmless", HOSTILE)
    )
    named = replace(AMINA, name=HOSTILE)
    facts = PatientFacts(HOSTILE, FACTS.birth_date, HOSTILE, HOSTILE, HOSTILE)
    for one in (plain, hostile):
        assert EmrRecord.parse(written(a_segment(one), patient=named, facts=facts))
    same = replace(FACTS, sex="")
    assert tags(written(a_segment(plain), facts=same)) == tags(
        written(a_segment(hostile), patient=named, facts=facts)
    )


def told_in(segments: tuple[Segment, ...]) -> list[tuple[Code, object]]:
    """Return what counts that can be taken in, a panel as its components."""
    found = (one for segment in segments for one in segment.standing)
    return [(one.code, said(one)) for one in found if one.kind is not PERSONAL]


PERSONAL = SegmentKind.PERSONAL_INFORMATION


def said(one: Observation) -> object:
    return one.components or one.value


def test_a_whole_record_is_read_entry_by_entry() -> None:
    reading = read_contents(EmrRecord.parse(summary(rich())))
    read = [
        (one.code, one.components or one.said)
        for part in reading.sections
        if part.kind is not PERSONAL
        for one in part.entries
    ]
    measured = [one for one in told_in(rich()) if isinstance(one[1], Quantity | tuple)]
    assert [one for one in measured if one not in read] == []
    assert reading.patient == "Amina Yusuf"
    assert reading.custodian == "Kanglu"


def test_every_kind_of_a_whole_record_is_told_apart() -> None:
    found = {one.kind: one.entries for one in EmrRecord.parse(summary(rich())).segments()}
    assert set(found) == set(SegmentKind)
    told = {
        SegmentKind.HEALTH_STATUS: 1,  # a concern
        SegmentKind.DOCTOR_DESCRIPTION: 1 + len(ORDERS),  # an assessment, and what is planned
        SegmentKind.THIRD_PARTY_DESCRIPTION: 1,  # who gives care
    }
    for segment in rich():
        told[segment.kind] = told.get(segment.kind, 0) + len(segment.standing)
    assert found == {kind: told[kind] for kind in SegmentKind}


def test_a_person_hidden_is_nowhere_in_a_whole_record() -> None:
    kept = EmrRecord.parse(summary(rich())).hide(kinds=[PERSONAL])
    for words in (b"Salt Lane", b"19510309", b"Amina Yusuf", b"13800138000"):
        assert words not in kept.to_bytes()


def test_no_word_of_a_document_is_lost(shared_data: Path) -> None:
    read = 0
    for path in sorted((shared_data / "cda").rglob("*.xml")):
        try:
            record = EmrRecord.parse(path.read_bytes())
        except NotTaken:
            continue
        sections = list(record.walk("{urn:hl7-org:v3}section"))
        reading = read_contents(record)
        assert len(reading.sections) == len(sections), path.name
        for section, part in zip(sections, reading.sections, strict=True):
            shown = "".join(cell for line in part.lines for cell in line.cells)
            assert without_space(shown) == without_space(words_of(section)), path.name
        read += 1
    assert read > 30


def words_of(section: etree._Element) -> str:
    return "".join(map(str, section.xpath("n:text[1]//text()", namespaces={"n": "urn:hl7-org:v3"})))


def without_space(text: str) -> str:
    return "".join(text.split())
