"""A document is divided into the ten kinds without losing a node, and put together again."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from records.cda import DocumentSegment, EmrRecord, NotTaken
from records.cda.engine import NotRejoined
from records.vocabulary import SegmentKind
from tests.records.cda.engine.made import (
    FAMILY,
    LIFE,
    MOOD,
    NOTE,
    PROBLEMS,
    VITALS,
    Document,
    Entry,
    Section,
    canary,
    document,
    documents,
)
from tests.records.cda.engine.real import documents_in, wrapped_fragments


def canonical(content: bytes) -> bytes:
    tree = etree.fromstring(content).getroottree()
    return etree.tostring(tree, method="c14n", with_comments=True)


def stored_apart(record: EmrRecord) -> list[DocumentSegment]:
    return [DocumentSegment.from_bytes(one.to_bytes()) for one in reversed(record.segments())]


def kinds(content: bytes) -> dict[str, tuple[list[str | None], int]]:
    segments = EmrRecord.parse(content).segments()
    return {str(one.kind): (list(one.sections), one.entries) for one in segments}


@settings(max_examples=30, deadline=None)
@given(documents())
def test_segments_stored_apart_give_the_document_back(made: Document) -> None:
    content = made.to_bytes()
    record = EmrRecord.parse(content)
    assert canonical(EmrRecord.rejoin(stored_apart(record)).to_bytes()) == canonical(content)
    assert canonical(record.to_bytes()) == canonical(content)


@settings(max_examples=30, deadline=None)
@given(documents())
def test_every_entry_is_in_a_segment_of_its_kind(made: Document) -> None:
    record = EmrRecord.parse(made.to_bytes())
    for one in record.entries():
        holding = [s.kind for s in record.segments() if one.value.encode() in s.content]
        assert not one.value or one.kind in holding


def test_every_real_document_is_divided_and_put_together_again(shared_data: Path) -> None:
    number = 0
    for name, content in (*documents_in(shared_data), *wrapped_fragments(shared_data)):
        record = EmrRecord.parse(content)
        assert canonical(EmrRecord.rejoin(stored_apart(record)).to_bytes()) == canonical(content), (
            name
        )
        number += 1
    assert number >= 195


def test_sections_are_filed_by_their_code() -> None:
    made = document(
        Section(PROBLEMS, (Entry(1),)),
        Section(FAMILY, (Entry(2), Entry(3))),
        Section(MOOD),
        Section(LIFE),
        Section(NOTE),
        Section("99999-9", (Entry(4),)),
        Section(""),
    )
    assert kinds(made) == {
        "personal_information": ([], 0),
        "health_status": ([PROBLEMS], 1),
        "family_history": ([FAMILY], 2),
        "non_physical_signs": ([MOOD], 0),
        "record_of_life": ([LIFE], 0),
        "other": (["99999-9", None], 1),
        "doctor_description": ([NOTE], 0),
    }


def test_body_measures_are_taken_out_of_vital_signs_with_their_words() -> None:
    entries = (Entry(1), Entry(2, code="29463-7"), Entry(3, code="8302-2", organizer=True))
    made = document(Section(VITALS, entries))
    assert kinds(made)["physical_signs"] == ([VITALS], 1)
    assert kinds(made)["signs"] == ([VITALS], 2)
    held = {one.kind: one.content.decode() for one in EmrRecord.parse(made).segments()}
    assert canary(2) not in held[SegmentKind.PHYSICAL_SIGNS]
    assert canary(1) not in held[SegmentKind.SIGNS]


def test_an_organizer_of_both_is_divided_between_them() -> None:
    made = document(Section(VITALS, (Entry(1, organizer=True),))).decode()
    weight = '<component><observation classCode="OBS" moodCode="EVN"><code code="29463-7"/>'
    mixed = made.replace("</organizer>", f"{weight}</observation></component></organizer>")
    assert kinds(mixed.encode())["physical_signs"] == ([VITALS], 1)
    assert kinds(mixed.encode())["signs"] == ([VITALS], 1)


def test_organizers_in_organizers_are_divided_however_deep_they_lie() -> None:
    weight, pressure = (
        f'<component><observation><code code="{code}"/></observation></component>'
        for code in ("29463-7", "8480-6")
    )
    inner = f"<organizer>{weight}{pressure}{weight}</organizer>"
    for _ in range(50):
        inner = f"<organizer>{weight}<component>{inner}</component></organizer>"
    made = document(Section(VITALS, (Entry(1),))).decode()
    made = made.replace("<entry>", f"<entry>{inner}</entry><entry>", 1)
    assert kinds(made.encode())["physical_signs"] == ([VITALS], 2)
    assert kinds(made.encode())["signs"] == ([VITALS], 1)
    held = {one.kind: one.content for one in EmrRecord.parse(made.encode()).segments()}
    assert held[SegmentKind.SIGNS].count(b'code="29463-7"') == 52
    assert b'code="29463-7"' not in held[SegmentKind.PHYSICAL_SIGNS]


def test_what_is_said_between_the_cuts_stays_where_it_was() -> None:
    entries = (Entry(1, code="29463-7"), Entry(2), Entry(3, code="8302-2"))
    said = document(Section(VITALS, entries)).replace(b"</entry>", b"</entry>after &#13;")
    said = said.replace(b"<entry>", b"<!--c-->before<entry>")
    record = EmrRecord.parse(said)
    before = [(one.text, one.tail) for one in record._tree.iter()]
    segments = record.segments()
    assert [(one.text, one.tail) for one in record._tree.iter()] == before
    assert canonical(EmrRecord.rejoin(segments).to_bytes()) == canonical(said)


def test_vital_signs_of_body_measures_only_are_signs() -> None:
    made = document(Section(VITALS, (Entry(1, code="29463-7"), Entry(2, code="39156-5"))))
    assert kinds(made) == {"personal_information": ([], 0), "signs": ([VITALS], 2)}


def test_a_nested_section_without_a_known_code_stays_with_its_parent() -> None:
    made = document(Section(FAMILY, (), (Section("", (Entry(1),)),)), Section(PROBLEMS))
    assert kinds(made)["family_history"] == ([FAMILY, None], 1)


def test_a_body_that_is_not_xml_is_other() -> None:
    made = document().decode()
    start, end = made.index("<structuredBody>"), made.index("</structuredBody>") + 17
    body = '<nonXMLBody><text mediaType="application/pdf">JVBERi0=</text></nonXMLBody>'
    content = (made[:start] + body + made[end:]).encode()
    assert kinds(content) == {"personal_information": ([], 0), "other": ([], 0)}
    record = EmrRecord.parse(content)
    assert canonical(EmrRecord.rejoin(stored_apart(record)).to_bytes()) == canonical(content)
    assert b"JVBERi0=" not in record.hide(kinds=[SegmentKind.OTHER]).to_bytes()


def test_namespaces_prefixes_and_what_stands_between_are_kept() -> None:
    content = b"""<?a b?><!--c--><h:ClinicalDocument xmlns:h="urn:hl7-org:v3" xmlns="urn:hl7-org:v3"
 xmlns:kanglu="urn:taken" xmlns:q="urn:a?b&amp;c"> <h:component><structuredBody><!-- d -->
<component xmlns:h="urn:other"><section kanglu:z="1"><h:odd q:x="y"/>&#13;<code code="10157-6"/>
<?kanglu-hole 00 1?><text xml:space="preserve">  a <content xmlns="">b</content>  </text>
</section></component> tail </structuredBody></h:component></h:ClinicalDocument><!--e-->"""
    record = EmrRecord.parse(content)
    assert [one.kind for one in record.segments()] == [
        SegmentKind.PERSONAL_INFORMATION,
        SegmentKind.FAMILY_HISTORY,
    ]
    assert canonical(EmrRecord.rejoin(stored_apart(record)).to_bytes()) == canonical(content)


def test_a_document_with_a_relative_namespace_is_put_together_as_it_was() -> None:
    content = document(Section(FAMILY, (Entry(1),))).replace(b"<title>P", b"<title xmlns:r='r'>P")
    record = EmrRecord.parse(content)
    again = EmrRecord.rejoin(stored_apart(record))
    assert etree.tostring(again._tree) == etree.tostring(record._tree)


def test_the_deepest_document_that_is_taken_can_be_stored_apart() -> None:
    before, after = document(Section(FAMILY)).split(b"<paragraph>Reviewed</paragraph>")
    content = before + b"<content>" * 248 + b"</content>" * 248 + after
    with pytest.raises(NotTaken):
        EmrRecord.parse(before + b"<content>" * 252 + b"</content>" * 252 + after)
    record = EmrRecord.parse(content)
    assert canonical(EmrRecord.rejoin(stored_apart(record)).to_bytes()) == canonical(content)


def test_the_same_document_gives_the_same_segments() -> None:
    made = document(Section(FAMILY, (Entry(1),)), Section(PROBLEMS, (Entry(2),)))
    first, second = EmrRecord.parse(made).segments(), EmrRecord.parse(made).segments()
    assert first == second
    assert len({one.tracking_id for one in first}) == len(first)
    other = EmrRecord.parse(made.replace(b"20240501", b"20240502")).segments()
    assert {one.tracking_id for one in first}.isdisjoint(one.tracking_id for one in other)


def test_a_missing_foreign_or_altered_segment_is_noticed() -> None:
    made = document(Section(FAMILY, (Entry(1),)), Section(PROBLEMS, (Entry(2),)))
    segments = EmrRecord.parse(made).segments()
    other = EmrRecord.parse(made.replace(b"20240501", b"20240502")).segments()
    altered = DocumentSegment.from_bytes(segments[1].content.replace(b"Qz2zQ", b"Qz3zQ"))
    for wrong in (
        segments[1:],
        segments[:-1],
        (),
        (*segments[:-1], other[-1]),
        (segments[0], altered, segments[2]),
    ):
        with pytest.raises(NotRejoined):
            EmrRecord.rejoin(wrong)


@pytest.mark.parametrize(
    "content",
    [
        b"<a/>",
        b"<k:segment xmlns:k='urn:kanglu:segment:1'/>",
        b"<k:segment xmlns:k='urn:kanglu:segment:1' document='%s' kind='x'/>" % (b"0" * 64),
    ],
)
def test_what_is_no_segment_is_refused(content: bytes) -> None:
    with pytest.raises(NotTaken):
        DocumentSegment.from_bytes(content)


@settings(max_examples=30, deadline=None)
@given(documents(), st.randoms())
def test_segments_may_come_in_any_order(made: Document, chance: object) -> None:
    segments = list(EmrRecord.parse(made.to_bytes()).segments())
    chance.shuffle(segments)  # type: ignore[attr-defined]
    assert canonical(EmrRecord.rejoin(segments).to_bytes()) == canonical(made.to_bytes())
