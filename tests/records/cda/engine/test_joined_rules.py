"""Joining adds no failed rule: schema and Schematron of C-CDA are asked of sources and whole."""

from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from records.cda import EmrRecord
from records.segments import Segment
from records.vocabulary import SegmentKind
from tests.records.cda.documents import faults, written
from tests.records.cda.engine.real import documents_in
from tests.records.cda.rich import rich, summary
from tests.records.cda.schematron import check

CCD = "2.16.840.1.113883.10.20.22.1.2"
TARGET = "{urn:hl7-org:v3}recordTarget"
REAL = (
    "us/C-CDA-Examples--Discharge_Summary",
    "us/CDA-ccda--examples--history-and-physical-header-example",
    "intl-fr/TestContenuCDA--ExemplesCDA--DLU-FLUDT_2021.01",
    "intl-it/it-fse-gtw-validat--KO--CDA2_Scheda_Singola_Vaccinazione_Errore_40",
)


def named(shared_data: Path, name: str) -> bytes:
    return next(content for one, content in documents_in(shared_data) if one.startswith(name))


def of_the_same_patient(ours: bytes, theirs: bytes) -> bytes:
    """Return a document of ours about the patient of theirs."""
    document = etree.fromstring(ours)
    own, other = document.find(TARGET), etree.fromstring(theirs).find(TARGET)
    assert own is not None
    assert other is not None
    document.replace(own, deepcopy(other))
    return etree.tostring(document)


def no_worse(sources: list[bytes], shared_data: Path) -> bytes:
    """Join documents, hold the whole against its sources, and return it."""
    whole = EmrRecord.concatenate(map(EmrRecord.parse, sources)).to_bytes()
    before = [check(EmrRecord.parse(one).to_bytes(), shared_data) for one in sources]
    assert len(check(whole, shared_data).failed) <= sum(len(one.failed) for one in before)
    if not any(faults(EmrRecord.parse(one).to_bytes(), shared_data) for one in sources):
        assert faults(whole, shared_data) == []
    return whole


@pytest.mark.parametrize("whole", [(), (rich(),)], ids=["segments alone", "with the whole"])
def test_own_segments_together_are_a_ccd_without_an_error(
    shared_data: Path, whole: tuple[tuple[Segment, ...], ...]
) -> None:
    parts = [*map(summary, whole), *map(written, rich())]
    joined = EmrRecord.concatenate(map(EmrRecord.parse, parts)).to_bytes()
    report = check(joined, shared_data)
    assert report.failed == ()
    assert faults(joined, shared_data) == []
    assert report.fired_for(CCD)
    assert len(report.fired) > 150


@pytest.mark.parametrize("name", REAL)
def test_an_imported_document_adds_no_failed_rule_of_its_own(shared_data: Path, name: str) -> None:
    theirs = named(shared_data, name)
    no_worse([theirs, of_the_same_patient(summary(rich()), theirs)], shared_data)


@pytest.mark.parametrize("name", REAL[:2])
def test_parts_of_one_document_add_no_failed_rule(shared_data: Path, name: str) -> None:
    whole = EmrRecord.parse(named(shared_data, name))
    person = {SegmentKind.PERSONAL_INFORMATION}
    one, other = list(SegmentKind)[:5], list(SegmentKind)[5:]
    parts = [whole.select(person | set(kinds)).to_bytes() for kinds in (one, other)]
    no_worse(parts, shared_data)


def test_what_is_all_of_r2_1_still_says_so(shared_data: Path) -> None:
    theirs = named(shared_data, "us/2015-ccda-certific--B.2--LaurenWalker")
    whole = no_worse([theirs, of_the_same_patient(summary(rich()), theirs)], shared_data)
    assert check(whole, shared_data).fired_for(CCD)
