"""Unusual documents: taken, divided without loss, and hidden without a trace."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from records.cda import DocumentSegment, EmrRecord, read_contents
from records.cda.engine import PatientsDiffer
from records.cda.engine.choosing import entries_of
from records.cda.engine.tree import canonical, section_of, statement
from records.vocabulary import SegmentKind
from tests.records.cda.documents import faults
from tests.records.cda.engine.unusual import unusual

DOCUMENTS = dict(unusual())
BODY = frozenset(SegmentKind) - {SegmentKind.PERSONAL_INFORMATION}
CANARY = re.compile(r"Qz\d+zQ")

every = pytest.mark.parametrize("name", DOCUMENTS)


def test_there_are_many() -> None:
    assert len(DOCUMENTS) >= 60


@every
def test_it_is_divided_without_loss(name: str) -> None:
    record = EmrRecord.parse(DOCUMENTS[name])
    apart = [DocumentSegment.from_bytes(one.to_bytes()) for one in reversed(record.segments())]
    whole = canonical(etree.fromstring(DOCUMENTS[name]).getroottree())
    assert canonical(EmrRecord.rejoin(apart)._tree) == whole


@every
def test_walking_meets_what_recursion_meets(name: str) -> None:
    record = EmrRecord.parse(DOCUMENTS[name])
    for tag in ("section", "entry", "observation", "code", "id", "text", "component"):
        assert list(record.walk(tag)) == list(recursed(record._tree.getroot(), tag))


def recursed(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    if isinstance(element.tag, str) and etree.QName(element).localname == tag:
        yield element
    for child in element:
        yield from recursed(child, tag)


@every
def test_a_hidden_entry_leaves_nothing(shared_data: Path, name: str) -> None:
    record = EmrRecord.parse(DOCUMENTS[name])
    valid = not faults(record.to_bytes(), shared_data)
    for number, one in enumerate(entries_of(record._tree.getroot()), 1):
        words = set(CANARY.findall(etree.tostring(one, encoding="unicode", with_tail=False)))
        left = record.hide(entries=[number])
        assert words.isdisjoint(CANARY.findall(left.to_bytes().decode()))
        assert not valid or not faults(left.to_bytes(), shared_data)


@every
def test_a_hidden_body_leaves_nothing(shared_data: Path, name: str) -> None:
    record = EmrRecord.parse(DOCUMENTS[name])
    valid = not faults(record.to_bytes(), shared_data)
    for left in (record.hide(kinds=BODY), record.select([SegmentKind.PERSONAL_INFORMATION])):
        assert not CANARY.findall(left.to_bytes().decode())
        assert not valid or not faults(left.to_bytes(), shared_data)


@every
def test_nothing_is_lost_where_it_is_joined(shared_data: Path, name: str) -> None:
    record = EmrRecord.parse(DOCUMENTS[name])
    try:
        joined = EmrRecord.concatenate([record, record.hide(entries=[1])])
    except PatientsDiffer:
        return
    words = set(CANARY.findall(record.to_bytes().decode()))
    assert words <= set(CANARY.findall(joined.to_bytes().decode()))
    assert faults(record.to_bytes(), shared_data) or not faults(joined.to_bytes(), shared_data)


@every
def test_it_is_read_for_people(name: str) -> None:
    record = EmrRecord.parse(DOCUMENTS[name])
    told = sum(len(part.entries) for part in read_contents(record).sections)
    stated = (one for one in record.walk("entry") if section_of(one) is not None)
    assert told >= sum(1 for one in stated if statement(one) is not None)
