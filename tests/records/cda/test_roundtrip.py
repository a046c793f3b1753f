"""What is written is read again as it was told, by way of the engine, and text stays text."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from records.cda import (
    EmrRecord,
    FoundEntry,
    NotTaken,
    PatientFacts,
    read_contents,
    read_document,
)
from records.cda.entries import NOTES
from records.cda.moments import moment_of
from records.cda.units import POSSIBLE
from records.observations import Observation, Quantity, pressure
from records.segments import Segment
from records.vocabulary import MEANINGS, Code, SegmentKind, Shape
from tests.records.cda.documents import (
    AMINA,
    BELA,
    CODES,
    FACTS,
    a_segment,
    an_observation,
    segments,
    times,
    written,
)
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


PLAUSIBLE = {
    Shape.QUANTITY: lambda code: st.decimals(*POSSIBLE[code], places=2).map(
        lambda number: Quantity(number, MEANINGS[code].ucum or "1")
    ),
    Shape.DATE: lambda _: st.dates().map(str),
    Shape.CHOICE: lambda _: st.sampled_from(("female", "male")),
    Shape.WORDS: lambda _: st.text(LETTERS, min_size=1, max_size=60).filter(str.strip),
}
"""What people tell of a code: numbers of a living person, any words but those XML forbids."""
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t")
PLACES = ("", "left arm", "right arm", "wrist", "on the left ankle, 脚踝 <b>")
POSTURES = ("", "sitting", "standing", "lying", "on one leg & tired")


@st.composite
def told(draw: st.DrawFn, number: int) -> Observation:
    code = draw(st.sampled_from([code for kind in SegmentKind for code in CODES[kind]]))
    shape = MEANINGS[code].shape
    panel = shape is Shape.PANEL
    measured = shape in (Shape.QUANTITY, Shape.PANEL)
    return an_observation(
        code,
        None if panel else draw(PLAUSIBLE[shape](code)),
        pressure(draw(st.integers(40, 320)), draw(st.integers(15, 220))) if panel else (),
        number,
        effective=draw(times),
        informant=draw(st.sampled_from([AMINA.id, BELA.id])),
        site=draw(st.sampled_from(PLACES)) if measured else "",
        position=draw(st.sampled_from(POSTURES)) if measured else "",
    )


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_record_comes_back_from_its_summary_as_it_was_told(data: st.DataObject) -> None:
    record = [data.draw(told(number)) for number in range(1, data.draw(st.integers(2, 9)))]
    reading = read_contents(EmrRecord.parse(summary([a_segment(one) for one in record])))
    found = [one for part in reading.sections for one in part.entries if one.code is not None]
    assert sorted(map(repr, map(as_read, found))) == sorted(map(repr, map(as_told, record)))


def as_told(one: Observation) -> tuple[object, ...]:
    words = " ".join(one.value.split()) if one.kind in NOTES else one.value  # type: ignore[union-attr]
    value = str(words) if isinstance(words, str) else words
    at = one.effective.isoformat()
    return (one.code, value, one.components, at, one.site, one.position, "")


def as_read(one: FoundEntry) -> tuple[object, ...]:
    at = moment_of(one.at, ZoneInfo("UTC"))
    moment = at.isoformat() if at else ""
    return (one.code, one.said, one.components, moment, one.site, one.position, one.stated)


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
