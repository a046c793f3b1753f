"""Any CDA document is taken, and nothing else; what is refused says why and where."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.cda import EmrRecord, NotTaken
from records.cda.engine import Doubt, Refusal
from records.cda.engine.parsing import LARGEST, MOST_NAMESPACES, MOST_NODES
from tests.records.cda.engine.made import PROBLEMS, Entry, Section, document

DOCUMENT = document(Section(PROBLEMS, (Entry(1),)))


def refusal(content: bytes) -> NotTaken:
    with pytest.raises(NotTaken) as caught:
        EmrRecord.parse(content)
    return caught.value


def with_text(text: str, declared: str) -> str:
    made = DOCUMENT.decode().replace("Amina", text)
    return made.replace('encoding="UTF-8"', f'encoding="{declared}"')


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16"),
        ("gb18030", "GB18030"),
        ("gbk", "GBK"),
        ("gbk", "gb2312"),
    ],
)
def test_chinese_is_read_in_every_encoding_that_is_taken(codec: str, declared: str) -> None:
    record = EmrRecord.parse(with_text("王伟", declared).encode(codec))
    assert [one.text for one in record.walk("given")] == ["王伟"]


def test_latin_1_is_read() -> None:
    record = EmrRecord.parse(with_text("José", "ISO-8859-1").encode("iso-8859-1"))
    assert [one.text for one in record.walk("given")] == ["José"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (with_text("x", "UTF-7").encode(), Refusal.ENCODING),
        (with_text("x", "windows-1252").encode(), Refusal.ENCODING),
        (with_text("x", "Big5").encode(), Refusal.ENCODING),
        (with_text("x", "UTF-32").encode("utf-32"), Refusal.ENCODING),
        (with_text("x", "IBM037").encode(), Refusal.ENCODING),
        (with_text("王", "UTF-8").encode("gbk"), Refusal.BYTES),
        (with_text("x", "UTF-16").encode(), Refusal.BYTES),
        (with_text("x", "UTF-8").encode("utf-16"), Refusal.BYTES),
        (with_text("x", "GBK").encode() + b"\xff\xff", Refusal.BYTES),
    ],
)
def test_other_encodings_and_wrong_bytes_are_refused(content: bytes, reason: Refusal) -> None:
    assert refusal(content).reason is reason


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"", Refusal.EMPTY, None),
        (b" \n ", Refusal.EMPTY, None),
        (b"hello", Refusal.NOT_XML, 1),
        (b"%PDF-1.7", Refusal.PDF, None),
        (b"<a>\n<b>\n</a>", Refusal.END_TAG, 3),
        (DOCUMENT[:-40], Refusal.UNFINISHED, None),
        (DOCUMENT + b"<more/>", Refusal.TAIL, None),
        (DOCUMENT.replace(b"Amina", b"&who;"), Refusal.ENTITY, 8),
        (DOCUMENT.replace(b"<given>", b"<x:given>"), Refusal.PREFIX, 8),
        (DOCUMENT.replace(b"Amina", b"\x01"), Refusal.CHARACTER, 8),
        (b"\n" + DOCUMENT, Refusal.DECLARATION, 2),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", Refusal.FHIR, 1),
        (b"<html><body/></html>", Refusal.HTML, 1),
        (b"<ContinuityOfCareRecord xmlns='urn:astm-org:CCR'/>", Refusal.CCR, 1),
        (b"<ClinicalDocument/>", Refusal.NO_NAMESPACE, 1),
        (b"<ClinicalDocument xmlns='urn:hl7-org:v2'/>", Refusal.OTHER_NAMESPACE, 1),
        (b"<section xmlns='urn:hl7-org:v3'/>", Refusal.OTHER_ROOT, 1),
    ],
)
def test_what_is_refused_says_why_in_a_sentence_with_the_line(
    content: bytes, reason: Refusal, line: int | None
) -> None:
    refused = refusal(content)
    assert refused.reason is reason
    assert line is None or refused.line == line
    sentence = str(refused)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert refused.line is None or sentence.startswith(f"Line {refused.line}: ")


@pytest.mark.parametrize("before", [b"", b"<!-- <a> -->", b"<?go on?>\n<!--x-->\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_wherever_it_stands(before: bytes, codec: str) -> None:
    body = before + b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert refusal(body.decode().encode(codec)).reason is Refusal.DOCTYPE


def test_the_word_doctype_in_a_text_is_no_document_type() -> None:
    EmrRecord.parse(DOCUMENT.replace(b"Amina", b"<![CDATA[<!DOCTYPE html>]]>"))


def test_size_number_depth_and_breadth_are_bounded() -> None:
    open_text, close = DOCUMENT.split(b"<paragraph>Reviewed</paragraph>")
    for inside, reason in (
        (b"A" * LARGEST, Refusal.TOO_LARGE),
        (b"<br/>" * (MOST_NODES + 1), Refusal.TOO_MANY_ELEMENTS),
        (b"<!---->" * (MOST_NODES + 1), Refusal.TOO_MANY_ELEMENTS),
        (b"<a b='' c='' d='' e=''/>" * 160_000, Refusal.TOO_MANY_ATTRIBUTES),
        (
            b"<a " + b" ".join(b"a%d=''" % n for n in range(300)) + b"/>",
            Refusal.TOO_MANY_ATTRIBUTES,
        ),
        (b"<c>" * 300 + b"</c>" * 300, Refusal.TOO_DEEP),
        (
            b"".join(b"<a xmlns:n%d='u:x'>" % n for n in range(MOST_NAMESPACES))
            + b"</a>" * MOST_NAMESPACES,
            Refusal.TOO_MANY_NAMESPACES,
        ),
    ):
        assert refusal(open_text + inside + close).reason is reason


def test_many_tags_in_a_text_are_not_elements() -> None:
    open_text, close = DOCUMENT.split(b"<paragraph>Reviewed</paragraph>")
    EmrRecord.parse(open_text + b"<![CDATA[" + b"<a b=''>" * 700_000 + b"]]>" + close)


def test_a_namespace_may_be_declared_again_and_again() -> None:
    open_text, close = DOCUMENT.split(b"<paragraph>Reviewed</paragraph>")
    EmrRecord.parse(open_text + b"<br xmlns:n='u:x'/>" * 500 + close)


def test_every_hostile_file_gets_what_is_expected(shared_data: Path) -> None:
    folder = shared_data / "security/cda-shaped"
    wrong = []
    for told in json.loads((folder / "index.json").read_text()):
        if not (folder / told["file"]).exists():
            continue  # made by generate.py only
        try:
            record = EmrRecord.parse((folder / told["file"]).read_bytes())
        except NotTaken:
            if told["expect"] not in ("reject", "parse-or-reject"):
                wrong.append(told["file"])
            continue
        # An element of another namespace is reported, whether or not it asks to be included.
        reported = told["expect"] in ("report", "parse-but-never-include")
        if told["expect"] == "reject" or reported != bool(record.doubts()):
            wrong.append(told["file"])
        if told["expect"] in ("strip-pi", "strip-comments"):
            left = record.share().to_bytes()
            wrong += [told["file"]] * (b"SSN" in left or b"<?x" in left[5:] or b"<?php" in left)
    assert wrong == []


def test_what_asks_to_be_included_is_foreign_and_nothing_is_fetched(shared_data: Path) -> None:
    content = (shared_data / "security/cda-shaped/xinclude.xml").read_bytes()
    record = EmrRecord.parse(content)
    assert [one.doubt for one in record.doubts()] == [Doubt.FOREIGN_MARKUP]
    assert [one.get("href") for one in record.walk("include")] == ["file:///etc/passwd"]
    assert b"root:" not in record.to_bytes()
    assert b"passwd" not in record.share().to_bytes()


def test_what_is_not_cda_is_refused(shared_data: Path) -> None:
    reasons = {refusal(one.read_bytes()).reason for one in (shared_data / "cda/not-cda").iterdir()}
    assert reasons == {Refusal.CCR, Refusal.NO_NAMESPACE}
    for one in (shared_data / "cda/malformed").iterdir():
        refused = refusal(one.read_bytes())
        assert refused.line or refused.reason is Refusal.EMPTY


def test_the_public_attack_files_are_refused(shared_data: Path) -> None:
    for one in (shared_data / "security/defusedxml").iterdir():
        refusal(one.read_bytes())


def test_doubts_name_the_line() -> None:
    made = document(Section(PROBLEMS, (Entry(1, foreign=True),), restricted=True))
    found = EmrRecord.parse(made).doubts()
    assert {one.doubt for one in found} == {Doubt.RESTRICTED, Doubt.FOREIGN_MARKUP}
    assert all(one.line > 1 for one in found)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(DOCUMENT)), st.integers(0, 60))
def test_whatever_is_changed_in_a_document_it_is_read_or_refused(
    new: bytes, at: int, gone: int
) -> None:
    try:
        EmrRecord.parse(DOCUMENT[:at] + new + DOCUMENT[at + gone :]).segments()
    except NotTaken:
        return


def test_walk_finds_every_element_of_a_name_in_document_order() -> None:
    made = document(Section(PROBLEMS, (Entry(1, foreign=True), Entry(2, organizer=True))))
    record = EmrRecord.parse(made)
    lines = [one.getroottree().getpath(one) for one in record.walk("observation")]
    assert len(lines) == 2
    assert [one.get("extension") for one in record.walk("id")][-3:] == [
        "iQz1zQ",
        "oQz2zQ",
        "iQz2zQ",
    ]
    assert [one.tag for one in record.walk("more")] == ["{urn:x}more"]
    assert list(record.walk("{urn:hl7-org:v3}more")) == []
    assert [one.tag for one in record.walk("ClinicalDocument")] == [
        "{urn:hl7-org:v3}ClinicalDocument"
    ]
