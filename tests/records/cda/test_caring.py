"""A whole record tells of the care: concerns, assessment, what is planned, and by whom."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from records.cda import EmrRecord, read_contents
from records.vocabulary import Code, Language, SegmentKind
from tests.records.cda.documents import AMINA, CHEN, a_segment, an_observation, faults, found
from tests.records.cda.rich import rich, summary
from tests.records.cda.schematron import Report, check

ROOT = "2.16.840.1.113883.10.20.22"


@cache
def told() -> bytes:
    """Return the whole of an illness, a note about it, and the orders of the rich record."""
    return summary(
        [
            a_segment(an_observation(Code.CONDITION, "high pressure")),
            a_segment(
                an_observation(Code.DOCTOR_NOTE, "first word", (), 2, author=CHEN.id),
                an_observation(Code.DOCTOR_NOTE, "last word", (), 3, author=CHEN.id),
            ),
        ]
    )


@cache
def report(shared_data: Path) -> Report:
    return check(told(), shared_data)


def texts(content: bytes, code: str) -> str:
    section = next(
        one
        for one in found(content, ".//c:section")
        if one.find("{*}code").get("code") == code  # type: ignore[union-attr]  # each has one
    )
    return " ".join(map(str, section.find("{*}text").itertext()))  # type: ignore[union-attr]


@pytest.mark.parametrize("template", ["2.58", "4.132", "4.122", "2.8", "2.10", "4.39", "4.40"])
def test_the_rules_of_care_fire_and_none_fails(shared_data: Path, template: str) -> None:
    assert report(shared_data).failed == ()
    assert report(shared_data).fired_for(f"{ROOT}.{template}")
    assert faults(told(), shared_data) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("75310-3", "high pressure"),
        ("51848-0", "Dr Chen 2026-04-11"),
        ("51848-0", "last word"),
        ("18776-5", "please measure <again>"),
        ("85847-2", "Doctor Dr Chen"),
    ],
)
def test_people_read_it_too(code: str, words: str) -> None:
    assert words in texts(told(), code)


def test_it_speaks_chinese() -> None:
    content = summary(rich(Language.CHINESE), replace(AMINA, language=Language.CHINESE))
    titles = [one.text for one in found(content, ".//c:section/c:title")]
    assert {"健康关注", "医生评估", "诊疗计划", "照护团队"} <= set(titles)


def test_only_the_last_word_of_a_doctor_is_the_assessment() -> None:
    assert "first word" not in texts(told(), "51848-0")


@pytest.mark.parametrize(
    ("words", "code"), [("high pressure", "75310-3"), ("last word", "51848-0")]
)
def test_what_is_hidden_is_hidden_where_it_is_pointed_to(words: str, code: str) -> None:
    record = EmrRecord.parse(told())
    hidden = record.hide(entries=[one.number for one in record.entries() if told_in(one, words)])
    assert words not in hidden.to_bytes().decode()
    assert code not in [one.section for one in hidden.entries()]


def told_in(entry: object, words: str) -> bool:
    """Say whether an entry is the one itself, which others only point to."""
    section = getattr(entry, "section", "")
    return section == ("11450-4" if words == "high pressure" else "11506-3")


def test_what_only_points_is_never_filed_twice() -> None:
    reading = read_contents(EmrRecord.parse(told()))
    filed = [one.code for part in reading.sections for one in part.entries if one.code]
    assert sorted(map(str, filed)) == ["condition", "doctor_note", "doctor_note"]


def test_without_anything_of_it_there_is_no_such_section() -> None:
    content = summary([a_segment(an_observation(Code.MOOD, "calm"))])
    titles = [one.text for one in found(content, ".//c:section/c:title")]
    assert "Health concerns" not in titles
    assert "Assessment" not in titles


def test_its_kinds_are_those_of_the_table() -> None:
    kinds = {code: one.kind for one in EmrRecord.parse(told()).segments() for code in one.sections}
    assert kinds["75310-3"] is SegmentKind.HEALTH_STATUS
    assert kinds["51848-0"] is kinds["18776-5"] is SegmentKind.DOCTOR_DESCRIPTION
    assert kinds["85847-2"] is SegmentKind.THIRD_PARTY_DESCRIPTION
