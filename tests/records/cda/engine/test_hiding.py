"""What is hidden is hidden everywhere, and nothing else is."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from records.cda import EmrRecord
from records.cda.engine import UndecidedPatient
from records.cda.engine.tree import canonical
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
    Section,
    canary,
    document,
    documents,
)

KINDS = st.sets(st.sampled_from(SegmentKind))


def told_of(record: EmrRecord, made: Document) -> set[int]:
    """Return the entries that leave any trace in the document's bytes."""
    content = record.to_bytes().decode()
    return {one.number for one in made.entries() if one.canary in content}


def numbers_of(record: EmrRecord) -> dict[int, int]:
    """Return the canary's number of each entry by the entry's own number."""
    return {
        one.number: int(f"{one.value} {one.what}".split("Qz")[1].split("zQ")[0])
        for one in record.entries()
    }


def faults(record: EmrRecord, shared_data: Path) -> list[str]:
    xsd = schema(shared_data)
    xsd.validate(etree.fromstring(record.to_bytes()))
    return [str(one.message) for one in xsd.error_log]


@settings(max_examples=400, deadline=None)
@given(documents(), st.data())
def test_a_hidden_entry_leaves_no_trace(made: Document, data: st.DataObject) -> None:
    record = EmrRecord.parse(made.to_bytes())
    named = numbers_of(record)
    hidden = data.draw(st.sets(st.sampled_from(sorted(named)))) if named else set()
    left = told_of(record.hide(entries=hidden), made)
    assert left.isdisjoint(named[one] for one in hidden)


@settings(max_examples=100, deadline=None)
@given(documents(), st.data())
def test_what_is_not_hidden_stays(made: Document, data: st.DataObject) -> None:
    record = EmrRecord.parse(made.to_bytes())
    named = numbers_of(record)
    hidden = data.draw(st.sets(st.sampled_from(sorted(named)))) if named else set()
    after = numbers_of(record.hide(entries=hidden))
    mentioning = _mentioning(made, {named[one] for one in hidden})
    assert set(named.values()) - set(after.values()) <= {named[one] for one in hidden} | mentioning


def _mentioning(made: Document, hidden: set[int]) -> set[int]:
    """Return the entries that exist to tell of a hidden one, and so on."""
    found = {one.number for one in made.entries() if one.mentions in hidden}
    return found if found <= hidden else found | _mentioning(made, hidden | found)


@settings(max_examples=100, deadline=None)
@given(documents(), KINDS)
def test_a_hidden_kind_leaves_no_trace(made: Document, kinds: set[SegmentKind]) -> None:
    record = EmrRecord.parse(made.to_bytes())
    gone = {one.number for one in record.entries() if one.kind in kinds}
    named = numbers_of(record)
    assert told_of(record.hide(kinds=kinds), made).isdisjoint(named[one] for one in gone)


@settings(max_examples=40, deadline=None)
@given(documents(), KINDS)
def test_hiding_kinds_is_selecting_the_others(made: Document, kinds: set[SegmentKind]) -> None:
    record = EmrRecord.parse(made.to_bytes())
    hidden, selected = record.hide(kinds=kinds), record.select(set(SegmentKind) - kinds)
    assert hidden.to_bytes() == selected.to_bytes()


@settings(max_examples=40, deadline=None)
@given(documents(), st.dates(date(2019, 1, 1), date(2021, 12, 31)), st.integers(0, 400))
def test_hidden_days_leave_no_trace(made: Document, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    left = EmrRecord.parse(made.to_bytes()).hide(days=(first, last))
    gone = {one.number for one in made.entries() if first <= one.day <= last}
    assert told_of(left, made).isdisjoint(gone)


@settings(max_examples=40, deadline=None)
@given(documents(), st.sampled_from(("8480-6", "29463-7", "75323-6")))
def test_a_hidden_code_leaves_no_trace(made: Document, code: str) -> None:
    left = EmrRecord.parse(made.to_bytes()).hide(codes=[(code, "2.16.840.1.113883.6.1")])
    assert told_of(left, made).isdisjoint(o.number for o in made.entries() if o.code == code)
    assert code not in left.to_bytes().decode()


@settings(max_examples=40, deadline=None)
@given(documents(), KINDS, st.data())
def test_a_valid_document_stays_valid(
    shared_data: Path, made: Document, kinds: set[SegmentKind], data: st.DataObject
) -> None:
    record = EmrRecord.parse(made.plain().to_bytes())
    assert faults(record, shared_data) == []
    named = numbers_of(record)
    entries = data.draw(st.sets(st.sampled_from(sorted(named)))) if named else set()
    assert faults(record.hide(kinds=kinds, entries=entries), shared_data) == []
    assert faults(record.share(kinds), shared_data) == []


def test_the_words_of_what_stays_are_kept_where_they_can_be_told_apart() -> None:
    made = document(Section(PROBLEMS, (Entry(1), Entry(2))))
    record = EmrRecord.parse(made).hide(entries=[1])
    rows = ["".join(one.itertext()) for one in record.walk("tr")]
    assert rows == ["What", "told " + canary(2)]


def test_words_that_cannot_be_told_apart_are_written_anew() -> None:
    made = document(Section(PROBLEMS, (Entry(1, style="shared row"), Entry(2, style="shared row"))))
    record = EmrRecord.parse(made).hide(entries=[1])
    rows = [[str(cell.xpath("string()")).strip() for cell in one] for one in record.walk("tr")]
    assert rows[1][:3] == ["2020-05-17", f"name {canary(2)}", f"value {canary(2)}"]


def test_an_emptied_section_says_there_is_no_information_and_nothing_more() -> None:
    record = EmrRecord.parse(document(Section(ALLERGIES, (Entry(1),)))).hide(entries=[1])
    (section,) = record.walk("section")
    assert section.get("nullFlavor") == "NI"
    assert str(section.xpath("string(*[local-name()='text'])")) == "No information."
    assert b"MSK" not in record.to_bytes()


def test_a_hidden_section_goes_unless_its_document_type_requires_it() -> None:
    made = document(Section(ALLERGIES, (Entry(1),)), Section(FAMILY, (Entry(2),)), Section(MOOD))
    kinds = (SegmentKind.HEALTH_STATUS, SegmentKind.FAMILY_HISTORY)
    record = EmrRecord.parse(made).hide(kinds=kinds)
    codes = [one.get("code") for one in record.walk("code")][1:]
    assert codes == [ALLERGIES, MOOD]
    assert [one.get("nullFlavor") for one in record.walk("section")] == ["NI", None]


def test_a_hidden_section_takes_its_nested_sections_along() -> None:
    inner = Section("", (Entry(2),))
    made = document(Section(FAMILY, (Entry(1),), (inner,)))
    record = EmrRecord.parse(made).hide(kinds=[SegmentKind.FAMILY_HISTORY])
    assert canary(2) not in record.to_bytes().decode()


def test_weight_can_be_hidden_from_vital_signs_and_left_alone_in_them() -> None:
    entries = (Entry(1), Entry(2, code="29463-7"))
    record = EmrRecord.parse(document(Section(VITALS, entries)))
    assert canary(2) not in record.hide(kinds=[SegmentKind.SIGNS]).to_bytes().decode()
    left = record.select([SegmentKind.SIGNS]).to_bytes().decode()
    assert canary(1) not in left
    assert canary(2) in left


def test_restricted_sections_and_entries_are_left_out_unless_asked_for() -> None:
    made = document(
        Section(MOOD, (Entry(1),), restricted=True),
        Section(PROBLEMS, (Entry(2, restricted=True), Entry(3))),
    )
    record = EmrRecord.parse(made)
    for shared in (record.share(), record.select(SegmentKind)):
        assert [canary(n) in shared.to_bytes().decode() for n in (1, 2, 3)] == [False, False, True]
    assert canary(1) in record.share(restricted=True).to_bytes().decode()


def test_the_person_is_taken_out_of_the_header() -> None:
    record = EmrRecord.parse(document(Section(PROBLEMS, (Entry(1),))))
    left = record.hide(kinds=[SegmentKind.PERSONAL_INFORMATION]).to_bytes().decode()
    assert canary(1) in left
    assert not any(word in left for word in ("Amina", "Testcase", "19600101", '"P1"'))


def test_a_segment_is_shared_by_its_tracking_id() -> None:
    made = document(Section(MOOD, (Entry(1),)), Section(PROBLEMS, (Entry(2),)))
    record = EmrRecord.parse(made)
    mood = [one for one in record.segments() if one.kind is SegmentKind.NON_PHYSICAL_SIGNS]
    shared = record.share(tracking_ids=[one.tracking_id for one in mood]).to_bytes().decode()
    assert canary(1) in shared
    assert canary(2) not in shared
    hidden = record.hide(tracking_ids=[one.tracking_id for one in mood]).to_bytes().decode()
    assert canary(1) not in hidden


def test_an_entry_is_hidden_by_its_id() -> None:
    record = EmrRecord.parse(document(Section(PROBLEMS, (Entry(1), Entry(2)))))
    left = record.hide(ids=[("1.2.7", f"i{canary(1)}")]).to_bytes().decode()
    assert canary(1) not in left
    assert canary(2) in left


def test_a_document_of_two_patients_is_not_shared() -> None:
    made = document(Section(PROBLEMS, (Entry(1),))).decode()
    start, end = made.index("<recordTarget>"), made.index("</recordTarget>") + 15
    record = EmrRecord.parse((made[:end] + made[start:end] + made[end:]).encode())
    with pytest.raises(UndecidedPatient):
        record.share()


def test_hiding_changes_nothing_in_the_document_it_was_asked_of() -> None:
    record = EmrRecord.parse(document(Section(PROBLEMS, (Entry(1), Entry(2)))))
    before = canonical(record._tree)
    record.hide(entries=[1], kinds=[SegmentKind.PERSONAL_INFORMATION])
    assert canonical(record._tree) == before
