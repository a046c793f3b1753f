"""Documents keep to the C-CDA R2.1 templates they claim, and claim all that apply."""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from records.segments import Segment
from records.tracking import TrackingId
from records.vocabulary import Language, SegmentKind
from tests.records.cda.documents import AMINA, anything, faults, found, segments, written
from tests.records.cda.rich import rich, summary
from tests.records.cda.schematron import Report, check

CCD = "2.16.840.1.113883.10.20.22.1.2"
PATIENT_GENERATED = "2.16.840.1.113883.10.20.29.1"
PROFESSIONAL = (SegmentKind.DOCTOR_DESCRIPTION, SegmentKind.THIRD_PARTY_DESCRIPTION)


def whole(language: Language) -> bytes:
    return summary(rich(language), replace(AMINA, language=language))


@cache
def report_of_whole(shared_data: Path, language: Language) -> Report:
    return check(whole(language), shared_data)


@pytest.mark.parametrize("language", Language)
def test_the_whole_record_is_a_ccd_without_an_error(shared_data: Path, language: Language) -> None:
    report = report_of_whole(shared_data, language)
    assert report.failed == ()
    assert len(report.fired) > 150
    assert report.fired_for(CCD)
    assert faults(whole(language), shared_data) == []


@pytest.mark.parametrize("template", ["3", "4", "7", "16", "26", "27", "30", "38", "45", "46"])
def test_the_rules_of_an_entry_fire(shared_data: Path, template: str) -> None:
    report = report_of_whole(shared_data, Language.ENGLISH)
    assert report.fired_for(f"2.16.840.1.113883.10.20.22.4.{template}")


@pytest.mark.parametrize("segment", rich(), ids=lambda one: one.kind)
def test_a_segment_breaks_no_rule_and_is_patient_generated(
    shared_data: Path, segment: Segment
) -> None:
    content = written(segment)
    report = check(content, shared_data)
    assert report.failed == ()
    assert not report.fired_for(CCD)
    assert bool(report.fired_for(PATIENT_GENERATED)) is (segment.kind not in PROFESSIONAL)


@pytest.mark.parametrize("segments", [(), rich()[:1]], ids=["nothing", "only the person"])
def test_a_record_of_little_is_a_ccd_too(shared_data: Path, segments: tuple[Segment, ...]) -> None:
    assert check(summary(segments), shared_data).failed == ()


@given(given=st.data())
@settings(max_examples=5, deadline=None, phases=[Phase.generate])
def test_a_record_of_anything_is_a_ccd(shared_data: Path, given: st.DataObject) -> None:
    drawn = [
        replace(given.draw(segments(kind)), id=TrackingId(f"{number:032x}"))
        for number, kind in enumerate(SegmentKind)
    ]
    content = summary(drawn, replace(AMINA, name=given.draw(anything)))
    assert faults(content, shared_data) == []
    assert check(content, shared_data).failed == ()


def test_the_rules_find_what_is_broken(shared_data: Path) -> None:
    content = whole(Language.ENGLISH).replace(b'code="CONC"', b'code="CONCERN"')
    assert any("CONF:1198-19184" in one for one in check(content, shared_data).failed)


def test_every_template_that_applies_is_claimed(shared_data: Path) -> None:
    sections = {
        one.find("{*}code").get("code"): {  # type: ignore[union-attr]  # each has one
            (name.get("root"), name.get("extension", "")) for name in one.findall("{*}templateId")
        }
        for one in found(whole(Language.ENGLISH), ".//c:section")
    }
    with (shared_data / "codes/segments_to_ccda.csv").open(newline="") as lines:
        rows = [one for one in csv.DictReader(lines) if one["loinc"] in sections]
    assert {one["loinc"] for one in rows} == {one for one in sections if one} - OF_A_CCD_ONLY
    for row in rows:
        wanted = row["template_root"], row["template_extension"]
        assert wanted in sections[row["loinc"]], row["section"]


OF_A_CCD_ONLY = {"10160-0", "48765-2"}  # medicines and allergies: a CCD wants a section for each


def test_what_does_not_count_is_not_in_the_whole() -> None:
    content = whole(Language.ENGLISH)
    statuses = {one.get("code") for one in found(content, ".//c:entry/*/c:statusCode")}
    assert statuses == {"completed", "active"}
    for segment in rich():
        for one in segment.observations:
            there = str(one.id).encode() in content.replace(b"-", b"")
            assert there is (one in segment.standing), one.code


def test_who_told_it_stands_beside_it() -> None:
    content = whole(Language.ENGLISH)
    carers = found(content, ".//c:entry//c:informant/c:relatedEntity[@classCode='CAREGIVER']")
    assert {one.findtext(".//{*}name") for one in carers} == {"Bela"}


def test_the_same_record_gives_the_same_bytes() -> None:
    assert whole(Language.CHINESE) == whole(Language.CHINESE)
    assert whole(Language.CHINESE) == summary(
        reversed(rich(Language.CHINESE)), replace(AMINA, language=Language.CHINESE)
    )
