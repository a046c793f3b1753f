"""Every segment version is a valid document that people and machines can read."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from records.cda import PatientFacts, facts_of, read_document
from records.cda.codes import SNOMED
from records.observations import Quantity, Status, pressure
from records.vocabulary import Code, Language, SegmentKind
from tests.records.cda.documents import (
    AMINA,
    BELA,
    CHEN,
    FACTS,
    a_segment,
    an_observation,
    anything,
    faults,
    found,
    quantity,
    segments,
    written,
)

READING = an_observation(components=pressure(128, 82))
both = pytest.mark.parametrize("language", Language)
every_kind = pytest.mark.parametrize("kind", SegmentKind)


@every_kind
@both
@given(given=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
def test_a_segment_of_any_kind_and_text_is_valid(
    shared_data: Path, kind: SegmentKind, language: Language, given: st.DataObject
) -> None:
    patient = replace(AMINA, language=language, name=given.draw(anything))
    texts = given.draw(st.tuples(anything, anything, anything, anything))
    facts = PatientFacts(texts[0], given.draw(st.none() | st.dates()), *texts[1:])
    content = written(given.draw(segments(kind)), patient=patient, facts=facts)
    assert faults(content, shared_data) == []


@every_kind
@both
def test_an_empty_segment_is_valid(
    shared_data: Path, kind: SegmentKind, language: Language
) -> None:
    content = written(a_segment(kind=kind), patient=replace(AMINA, language=language))
    assert faults(content, shared_data) == []


def test_the_same_version_has_the_same_bytes() -> None:
    segment = a_segment(READING, an_observation(Code.HEART_RATE, quantity("70", Code.HEART_RATE)))
    assert written(segment) == written(replace(segment))
    assert written(segment) != written(replace(segment, version=4))


def test_characters_that_xml_forbids_are_replaced() -> None:
    told = an_observation(Code.NOTE, "a\x00b\x1bc\ud800d\uffff\t<&]]>\"'")
    text = "".join(found(written(a_segment(told)), ".//c:value")[0].itertext())
    assert text == "a\ufffdb\ufffdc\ufffdd\ufffd\t<&]]>\"'"


def test_the_tracking_id_names_the_document_and_its_set() -> None:
    segment = a_segment(READING)
    content = written(segment)
    name = str(UUID(segment.id))
    assert dict(found(content, "c:id")[0].attrib) == {"root": name, "extension": "3"}
    assert found(content, "c:setId")[0].get("root") == name
    assert found(content, "c:versionNumber")[0].get("value") == "3"


def test_a_pressure_is_an_organizer_with_two_components() -> None:
    content = written(a_segment(READING))
    parts = found(content, ".//c:organizer/c:component/c:observation")
    codes = [one.find("{*}code").get("code") for one in parts]  # type: ignore[union-attr]
    values = [one.find("{*}value").get("value") for one in parts]  # type: ignore[union-attr]
    assert (codes, values) == (["8480-6", "8462-4"], ["128", "82"])
    translations = found(content, ".//c:organizer/c:code/c:translation")
    assert [one.get("code") for one in translations] == ["74728-7", "85354-9", "bp"]


def test_times_keep_their_offset() -> None:
    low = found(written(a_segment(READING)), ".//c:organizer/c:effectiveTime/c:low")[0]
    assert low.get("value") == "20260411083000+0800"


def test_an_offset_with_seconds_is_told_in_universal_time(shared_data: Path) -> None:
    long_ago = datetime(1890, 1, 1, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    content = written(a_segment(replace(READING, effective=long_ago)))
    assert faults(content, shared_data) == []
    low = found(content, ".//c:organizer/c:effectiveTime/c:low")[0]
    assert low.get("value") == "18900101035417+0000"


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.FINAL, "completed"),
        (Status.PROVISIONAL, "active"),
        (Status.ENTERED_IN_ERROR, "nullified"),
    ],
)
def test_what_does_not_count_says_so_and_keeps_to_no_template(status: Status, word: str) -> None:
    content = written(a_segment(replace(READING, status=status)))
    organizer = found(content, ".//c:organizer")[0]
    assert {one.get("code") for one in organizer.iter("{*}statusCode")} == {word}
    templates = found(content, ".//c:organizer/c:templateId")
    assert bool(templates) is (status is Status.FINAL)


@pytest.mark.parametrize(
    ("told", "secrecy"),
    [
        (READING, "N"),
        (replace(READING, private=True), "R"),
        (an_observation(Code.MOOD, "low"), "R"),
        (an_observation(Code.SLEEP, quantity("7", Code.SLEEP)), "N"),
    ],
)
def test_moods_and_private_things_are_restricted(told: object, secrecy: str) -> None:
    content = written(a_segment(told))  # type: ignore[arg-type]  # an observation each
    assert found(content, "c:confidentialityCode")[0].get("code") == secrecy


def test_informants_are_told_apart() -> None:
    told = [
        replace(READING, id=f"{number:032x}", informant=person)
        for number, person in enumerate([AMINA.id, BELA.id, CHEN.id])
    ]
    content = written(a_segment(*told))
    related = [one.get("classCode") for one in found(content, "c:informant/c:relatedEntity")]
    names = [one.text for one in found(content, "c:informant//c:name")]
    assert related == ["PRS", "CAREGIVER"]
    assert names == ["Amina", "Bela", "Dr Chen"]


def test_a_doctors_note_does_not_claim_to_be_patient_generated() -> None:
    note = an_observation(Code.DOCTOR_NOTE, "Stable.", informant=CHEN.id, author=CHEN.id)
    patient_generated = "2.16.840.1.113883.10.20.29.1"
    roots = [
        [one.get("root") for one in found(written(segment), "c:templateId")]
        for segment in (replace(a_segment(note), author=CHEN.id), a_segment(READING))
    ]
    assert [patient_generated in one for one in roots] == [False, True]
    content = written(replace(a_segment(note), author=CHEN.id))
    name = found(content, "c:author/c:assignedAuthor/c:representedOrganization/c:name")[0]
    assert name.text == "Clinic by the River"


def test_the_narrative_is_in_the_patients_language() -> None:
    content = written(a_segment(READING), patient=replace(AMINA, language=Language.CHINESE))
    cells = [one.text for one in found(content, ".//c:tr/c:td")]
    assert found(content, ".//c:section/c:text")[0].get("language") == "zh-CN"
    assert "血压" in cells


def test_glucose_is_a_result_and_no_vital_sign() -> None:
    told = an_observation(Code.GLUCOSE, quantity("7.2", Code.GLUCOSE), number=2)
    codes = [
        one.get("code") for one in found(written(a_segment(READING, told)), ".//c:section/c:code")
    ]
    assert codes == ["8716-3", "30954-2"]


def test_facts_are_the_last_word_that_counts() -> None:
    told = [
        an_observation(Code.NAME, "Amina", number=1),
        an_observation(
            Code.NAME, "Amina Yusuf", number=2, effective=READING.effective.replace(hour=9)
        ),
        an_observation(Code.SEX, "female", number=3, status=Status.ENTERED_IN_ERROR),
        an_observation(Code.BIRTH_DATE, "1951-03-09", number=4),
        an_observation(Code.PHONE, "not given", number=5),
    ]
    expected = PatientFacts("Amina Yusuf", date(1951, 3, 9), "", "not given")
    assert facts_of([a_segment(*told), a_segment(READING)]) == expected


def test_a_birth_date_that_is_none_is_left_out() -> None:
    told = an_observation(Code.BIRTH_DATE, "in the year of the tiger")
    assert facts_of([a_segment(told)]) == PatientFacts()


def test_the_header_says_who_the_patient_is() -> None:
    content = written(a_segment(READING))
    assert found(content, ".//c:patient/c:birthTime")[0].get("value") == "19510309"
    assert found(content, ".//c:patientRole/c:telecom")[0].get("value") == "tel:+8613800138000"
    assert found(content, ".//c:patient/c:administrativeGenderCode")[0].get("code") == "F"
    assert found(content, ".//c:patient/c:name/c:family")[0].text == FACTS.name


def test_a_file_that_came_with_it_is_named_by_its_id_alone() -> None:
    photo, table = "ab" * 16, "cd" * 16
    told = replace(READING, attachments=(photo,), source=table)
    said = an_observation(Code.PHOTO, "", number=2, attachments=(photo,))
    for one in (told, said):
        references = found(written(a_segment(one)), ".//c:reference[@typeCode]")
        files = [
            (reference.get("typeCode"), UUID(reference[0][0].get("root")).hex)
            for reference in references
        ]
        assert files == [("REFR", photo), ("XCRPT", table)][: 2 if one is told else 1]


def test_where_and_how_it_was_measured_are_codes_and_are_read_again() -> None:
    told = replace(READING, site="left arm", position="sitting")
    content = written(a_segment(told))
    for name, code in (("targetSiteCode", "368208006"), ("methodCode", "33586001")):
        numbers = found(content, f".//c:observation/c:{name}")
        assert {(one.get("code"), one.get("codeSystem")) for one in numbers} == {(code, SNOMED)}
        assert len(numbers) == len(READING.components)
    (read,) = read_document(content).observations
    assert (read.site, read.position) == ("left arm", "sitting")
    assert "left arm, sitting" in " ".join(etree.fromstring(content).itertext())


def test_a_place_without_a_code_stays_in_words() -> None:
    told = an_observation(Code.PAIN, Quantity(Decimal(6), "{score}"), site="left knee")
    content = written(a_segment(told))
    (site,) = found(content, ".//c:targetSiteCode")
    assert (site.get("nullFlavor"), site[0].text) == ("OTH", "left knee")
    assert read_document(content).observations[0].site == "left knee"
