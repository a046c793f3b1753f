"""A whole record says once what its entries share, and loses nothing by it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from lxml import etree

from records.cda import EmrRecord, read_contents
from records.observations import Observation, pressure
from records.segments import Segment
from records.tracking import TrackingId
from records.vocabulary import Code, Language, SegmentKind
from tests.records.cda.documents import (
    AMINA,
    BELA,
    CHEN,
    MORNING,
    a_segment,
    an_observation,
    faults,
    found,
    quantity,
    written,
)
from tests.records.cda.rich import summary as summary_of
from tests.records.cda.schematron import check

summary = partial(summary_of, care=False)
NAMES = {"c": "urn:hl7-org:v3"}


def diary(days: int) -> list[Segment]:
    """Return a pressure with a pulse, a sugar and a meal on each of these days."""
    segments = []
    for day in range(days):
        at = MORNING + timedelta(days=day)
        changes = {"effective": at, "recorded": at + timedelta(seconds=40)}
        told = (
            an_observation(Code.BLOOD_PRESSURE, None, pressure(128, 82), 4 * day + 1, **changes),
            an_observation(
                Code.HEART_RATE, quantity("71", Code.HEART_RATE), (), 4 * day + 2, **changes
            ),
            an_observation(Code.GLUCOSE, quantity("7.2", Code.GLUCOSE), (), 4 * day + 3, **changes),
            an_observation(Code.DIET, "rice", (), 4 * day + 4, **changes),
        )
        for kind in (SegmentKind.PHYSICAL_SIGNS, SegmentKind.RECORD_OF_LIFE):
            own = tuple(one for one in told if one.kind is kind)
            name = TrackingId(f"{10 * day + len(own):032x}")
            segments.append(replace(a_segment(*own), id=name, day=at.date()))
    return segments


def section(content: bytes, code: str) -> etree._Element:
    (one,) = found(content, f".//c:section[c:code='{code}']") or [
        one
        for one in found(content, ".//c:section")
        if one.find("c:code", NAMES).get("code") == code  # type: ignore[union-attr]
    ]
    return one


def entries(content: bytes, code: str = "8716-3") -> list[etree._Element]:
    return section(content, code).findall("c:entry", NAMES)


def whole(*observations: Observation, language: Language = Language.ENGLISH) -> bytes:
    return summary([a_segment(*observations)], replace(AMINA, language=language))


def test_what_is_said_of_a_hundred_days_is_less_than_half_of_what_their_documents_are() -> None:
    days = diary(100)
    assert len(summary(days)) < sum(map(len, map(written, days))) / 2


def test_a_condensed_record_breaks_no_rule(shared_data: Path) -> None:
    content = summary(diary(60))
    assert faults(content, shared_data) == []
    report = check(content, shared_data)
    assert report.failed == ()
    assert report.fired_for("2.16.840.1.113883.10.20.22.4.26") >= 60
    assert report.fired_for("2.16.840.1.113883.10.20.22.4.119") == 3


def test_nothing_is_lost_to_a_reader() -> None:
    reading = read_contents(EmrRecord.parse(summary(diary(45))))
    told = [one for part in reading.sections for one in part.entries]
    assert {one.code for one in told} == {
        Code.BLOOD_PRESSURE,
        Code.HEART_RATE,
        Code.GLUCOSE,
        Code.DIET,
    }
    assert len(told) == 45 * 4


def test_vital_signs_of_one_moment_stand_together_in_one_line() -> None:
    (entry,) = entries(summary(diary(1)))
    parts = entry.findall("c:organizer/c:component/c:observation", NAMES)
    assert [one.find("c:code", NAMES).get("code") for one in parts] == [  # type: ignore[union-attr]
        "8480-6",
        "8462-4",
        "8867-4",
    ]
    rows = section(summary(diary(1)), "8716-3").findall(".//c:tbody/c:tr", NAMES)
    assert [["".join(map(str, cell.itertext())) for cell in row] for row in rows] == [
        ["2026-04-11 08:30", "128/82 mmHg", "71 /min"]
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"effective": MORNING + timedelta(minutes=1)},
        {"informant": BELA.id},
        {"author": BELA.id},
        {"recorded": MORNING + timedelta(hours=3)},
    ],
)
def test_what_differs_stands_apart(changes: dict[str, object]) -> None:
    pulse = quantity("71", Code.HEART_RATE)
    content = whole(
        an_observation(Code.BLOOD_PRESSURE, None, pressure(128, 82), 1),
        an_observation(Code.HEART_RATE, pulse, (), 2, **changes),
    )
    assert len(entries(content)) == 2


def test_who_told_most_is_said_once_and_who_differs_says_so() -> None:
    told = [
        an_observation(Code.BLOOD_PRESSURE, None, pressure(128, 82), number, informant=who)
        for number, who in enumerate((AMINA.id, AMINA.id, BELA.id), 1)
    ]
    told[2] = replace(told[2], effective=MORNING + timedelta(hours=1))
    content = whole(*told)
    shown = section(content, "8716-3")
    (author,) = shown.findall("c:author", NAMES)
    assert shown.findtext("c:informant//c:name", "", NAMES) == "Amina"
    informants = [
        one.findtext("c:organizer/c:informant//c:name", "", NAMES) for one in entries(content)
    ]
    assert informants == ["", "Bela"]
    assert author.find("c:time", NAMES).get("value", "").startswith("20260411083000")  # type: ignore[union-attr]
    assert "Bela" in "".join(map(str, shown.find("c:text", NAMES).itertext()))  # type: ignore[union-attr]


def test_what_was_written_down_days_later_says_when() -> None:
    late = an_observation(
        Code.MOOD, "calm", (), 2, recorded=MORNING + timedelta(days=3), effective=MORNING
    )
    content = whole(an_observation(Code.MOOD, "well", (), 1), late)
    times = [one.get("value") for one in found(content, ".//c:entry//c:author/c:time")]
    assert times == ["20260414083000+0800"]


def test_what_lasts_says_of_each_who_wrote_it() -> None:
    told = [an_observation(Code.CONDITION, f"ill {number}", (), number) for number in (1, 2)]
    content = whole(*told)
    assert len(found(content, ".//c:entry//c:author")) == 2
    assert section(content, "11450-4").find("c:author", NAMES) is None


@pytest.mark.parametrize(("language", "when"), [("en", "When (+0800)"), ("zh", "时间 (+0800)")])
def test_a_long_section_has_a_table_a_month(language: str, when: str) -> None:
    content = summary(diary(45), replace(AMINA, language=Language(language)))
    tables = section(content, "8716-3").findall(".//c:table", NAMES)
    assert [one.findtext("c:caption", "", NAMES) for one in tables] == ["2026-04", "2026-05"]
    assert tables[0].findtext(".//c:th", "", NAMES) == when
    short = section(summary(diary(20)), "8716-3").findall(".//c:table", NAMES)
    assert len(short) == 1
    assert short[0].find("c:caption", NAMES) is None


def test_one_of_a_moment_can_be_hidden_alone(shared_data: Path) -> None:
    record = EmrRecord.parse(summary(diary(3)))
    hidden = record.hide(codes=["8867-4"])
    text = hidden.to_bytes().decode()
    assert "71 /min" not in text
    assert text.count('value="128"') == 3
    assert faults(hidden.to_bytes(), shared_data) == []
    assert check(hidden.to_bytes(), shared_data).failed == ()


def test_a_segment_and_the_whole_that_holds_it_tell_the_same_once() -> None:
    days: Sequence[Segment] = diary(2)
    joined = EmrRecord.concatenate(
        [EmrRecord.parse(summary(days)), *(EmrRecord.parse(written(one)) for one in days)]
    )
    told = [one for part in read_contents(joined).sections for one in part.entries]
    assert len(told) == 2 * 4


def test_who_wrote_a_section_is_still_told_once_documents_are_joined() -> None:
    by_bela = an_observation(Code.MOOD, "calm", (), 1, author=BELA.id, informant=BELA.id)
    by_chen = an_observation(
        Code.MOOD, "well", (), 2, author=CHEN.id, effective=MORNING + timedelta(hours=1)
    )
    joined = EmrRecord.concatenate([EmrRecord.parse(whole(one)) for one in (by_bela, by_chen)])
    (mood,) = [one for one in joined.walk("section") if one.findtext("{*}title") == "Mood and mind"]
    assert mood.find("{*}author") is None
    authors = [one.get("root") for one in mood.findall("{*}entry//{*}author//{*}id")]
    assert [str(one).replace("-", "") for one in authors] == [BELA.id, CHEN.id]
    informants = [one.text for one in mood.findall("{*}entry//{*}informant//{*}name")]
    assert informants == ["Bela", "Amina"]
