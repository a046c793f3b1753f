"""Several documents of one patient become one that a person can read, each thing told once."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from records.cda import EmrRecord
from records.cda.engine import PatientsDiffer
from records.vocabulary import SegmentKind
from tests.records.cda.documents import schema
from tests.records.cda.engine.made import (
    ALLERGIES,
    FAMILY,
    MOOD,
    PROBLEMS,
    VITALS,
    Document,
    Entry,
    Patient,
    Section,
    canary,
    documents,
)
from tests.records.cda.engine.real import documents_in

KINDS = st.sets(st.sampled_from(SegmentKind))
DAY = date(2020, 1, 1)


def record(*sections: Section, **more: str | Patient) -> EmrRecord:
    return EmrRecord.parse(Document(sections, **more).to_bytes())  # type: ignore[arg-type]


def faults(whole: EmrRecord, shared_data: Path) -> list[str]:
    xsd = schema(shared_data)
    xsd.validate(etree.fromstring(whole.to_bytes()))
    return [str(one.message) for one in xsd.error_log]


def codes(whole: EmrRecord) -> list[str | None]:
    return [one.findtext("x") or _code(one) for one in whole.walk("section")]


def _code(section: etree._Element) -> str | None:
    code = section.find("{urn:hl7-org:v3}code")
    return None if code is None else code.get("code")


@settings(max_examples=25, deadline=None)
@given(documents(), KINDS)
def test_hiding_then_concatenating_is_selecting_the_others(
    made: Document, kinds: set[SegmentKind]
) -> None:
    whole = EmrRecord.parse(made.to_bytes())
    kinds -= {SegmentKind.PERSONAL_INFORMATION}
    hidden = EmrRecord.concatenate([whole.hide(kinds=kinds)])
    selected = EmrRecord.concatenate([whole.select(set(SegmentKind) - kinds)])
    assert hidden.to_bytes() == selected.to_bytes()


@settings(max_examples=25, deadline=None)
@given(documents(), KINDS)
def test_both_halves_of_a_document_together_tell_what_it_told(
    made: Document, kinds: set[SegmentKind]
) -> None:
    sections = tuple(
        replace(one, entries=tuple(replace(e, mentions=0) for e in one.entries), inner=())
        for one in made.sections
    )
    whole = EmrRecord.parse(replace(made, sections=sections).to_bytes())
    kinds -= {SegmentKind.PERSONAL_INFORMATION}
    person = {SegmentKind.PERSONAL_INFORMATION}
    both = EmrRecord.concatenate([whole.hide(kinds=kinds), whole.select(kinds | person)])
    assert sorted(e.value for e in both.entries()) == sorted(e.value for e in whole.entries())


@settings(max_examples=25, deadline=None)
@given(documents(), documents(), st.booleans())
def test_the_order_of_the_documents_and_a_repetition_change_nothing(
    one: Document, other: Document, again: bool
) -> None:
    first = EmrRecord.parse(one.to_bytes())
    second = EmrRecord.parse(replace(other, made="20240601", author="A2").to_bytes())
    joined = EmrRecord.concatenate([first, second])
    reverse = EmrRecord.concatenate([second, first, *([first] if again else [])])
    assert joined.to_bytes() == reverse.to_bytes()


@settings(max_examples=25, deadline=None)
@given(documents(), documents())
def test_valid_documents_make_a_valid_one(
    shared_data: Path, one: Document, other: Document
) -> None:
    parts = [
        EmrRecord.parse(one.to_bytes()).share(),
        EmrRecord.parse(replace(other, made="20240601", author="A2").to_bytes()).share(),
    ]
    assert faults(EmrRecord.concatenate(parts), shared_data) == []


def test_real_documents_make_valid_ones(shared_data: Path) -> None:
    for name, content in list(documents_in(shared_data))[::9]:
        whole = EmrRecord.parse(content)
        if faults(whole, shared_data):
            continue
        half = whole.select([SegmentKind.PERSONAL_INFORMATION, SegmentKind.PHYSICAL_SIGNS])
        with suppress(PatientsDiffer):  # one or two do not say whose they are
            assert faults(EmrRecord.concatenate([whole, half]), shared_data) == [], name


def test_there_is_one_section_a_code_in_the_order_of_the_kinds() -> None:
    joined = EmrRecord.concatenate(
        [
            record(Section(MOOD, (Entry(1),)), Section(PROBLEMS, (Entry(2),))),
            record(Section(PROBLEMS, (Entry(3),)), Section(FAMILY), made="20240601"),
        ]
    )
    found = codes(joined)
    assert len(set(found)) == len(found)
    assert [one for one in found if one in (PROBLEMS, FAMILY, MOOD)] == [PROBLEMS, FAMILY, MOOD]
    text = joined.to_bytes().decode()
    assert all(canary(number) in text for number in (1, 2, 3))


def test_what_a_ccd_requires_and_nobody_told_says_no_information() -> None:
    joined = EmrRecord.concatenate([record(Section(PROBLEMS, (Entry(1),)))])
    empty = {_code(one) for one in joined.walk("section") if one.get("nullFlavor") == "NI"}
    assert empty == {"10160-0", "29762-2", "30954-2", ALLERGIES, VITALS}


def test_the_same_entry_is_told_once_and_the_newer_one_stays() -> None:
    old, new = Entry(1, day=DAY), Entry(1, day=date(2020, 2, 2))
    joined = EmrRecord.concatenate(
        [
            record(Section(PROBLEMS, (new, Entry(2))), made="20240601"),
            record(Section(PROBLEMS, (old, Entry(3)))),
        ]
    )
    assert [one.when for one in joined.entries()] == ["2020-02-02", "2020-05-17", "2020-05-17"]
    assert joined.to_bytes().decode().count("told " + canary(1)) == 1


def test_the_same_code_time_and_value_is_the_same_entry_under_another_id() -> None:
    text = Document((Section(PROBLEMS, (Entry(1),)),)).to_bytes()
    other = text.replace(b'extension="iQz1zQ"', b'extension="other"').replace(
        b'effectiveTime value="20240501"', b'effectiveTime value="20240601"'
    )
    joined = EmrRecord.concatenate([EmrRecord.parse(text), EmrRecord.parse(other)])
    assert len(joined.entries()) == 1


def test_the_header_tells_whose_and_whose_work_it_is_and_over_what_time() -> None:
    joined = EmrRecord.concatenate(
        [
            record(Section(PROBLEMS, (Entry(1),)), author="A1"),
            record(Section(PROBLEMS, (Entry(2),)), author="A2", made="20240601"),
        ]
    )
    root = etree.fromstring(joined.to_bytes())
    names = {"c": "urn:hl7-org:v3"}
    authors = root.findall("c:author/c:assignedAuthor/c:id", names)
    assert [one.get("extension") for one in authors] == ["A1", "A2"]
    event = root.find("c:documentationOf/c:serviceEvent/c:effectiveTime", names)
    assert event is not None
    assert [one.get("value") for one in event] == ["20240501", "20240601"]
    parents = root.findall("c:relatedDocument/c:parentDocument/c:id", names)
    assert [one.get("extension") for one in parents] == ["20240501", "20240601"]
    written = root.findall(".//c:observation/c:author/c:assignedAuthor/c:id", names)
    assert [one.get("extension") for one in written] == ["A1", "A2"]
    assert root.findtext("c:custodian//c:name", "", names) == ""
    assert root.find("c:custodian", names) is not None


def test_ids_of_two_sources_do_not_meet() -> None:
    sections = Section(PROBLEMS, (Entry(1), Entry(2)))
    other = Section(FAMILY, (Entry(1), Entry(2)))
    joined = EmrRecord.concatenate([record(sections), record(other, made="20240601")])
    ids = [one.get("ID") for one in joined.walk("*") if one.get("ID")]
    assert len(set(ids)) == len(ids) == 4
    pointed = {one.get("value", "")[1:] for one in joined.walk("reference")}
    assert pointed == set(ids)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Patient(), True),
        (Patient(name="Amina Maria"), True),
        (Patient(id="P2"), False),
        (Patient(id="P2", root="1.9"), True),
        (Patient(id="P2", root="1.9", name="Bela"), False),
        (Patient(id="P2", root="1.9", born="19600102"), False),
        (Patient(born="19600102"), False),
        (Patient(id="P2", root="1.9", born=""), False),
    ],
)
def test_documents_of_different_patients_are_refused(other: Patient, same: bool) -> None:
    parts = [record(Section(MOOD)), record(Section(MOOD), patient=other, made="20240601")]
    if same:
        EmrRecord.concatenate(parts)
        return
    with pytest.raises(PatientsDiffer):
        EmrRecord.concatenate(parts)


def test_nothing_cannot_be_concatenated() -> None:
    with pytest.raises(PatientsDiffer):
        EmrRecord.concatenate([])
