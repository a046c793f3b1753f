"""Hiding adds no failed rule of C-CDA R2.1: its own Schematron is asked before and after."""

from collections.abc import Callable
from pathlib import Path

import pytest
import saxonche
from lxml import etree, isoschematron

from records.cda import EmrRecord
from records.vocabulary import SegmentKind

Count = Callable[[EmrRecord], int]

DOCUMENTS = (
    "FHIR-Converter--Ccda--Diagnostic_Imaging_Report.xml",
    "sample_ccdas--PracticeFusion_Samples--PracticeFusion_Summary",
)
RULES = "schema/schematron"


@pytest.fixture(scope="module")
def failed_rules(shared_data: Path) -> Count:
    """A count of the error-phase rules a document fails."""
    folder = (shared_data / RULES).resolve()
    source = (folder / "CCDA-R2.1-HL7.sch").read_bytes()
    values = f"document('{(folder / 'voc.xml').as_uri()}')".encode()
    rules = isoschematron.Schematron(
        etree.fromstring(source.replace(b"document('voc.xml')", values)),
        validate_schema=False,
        phase="errors",
        store_xslt=True,
    )
    processor = saxonche.PySaxonProcessor(license=False)
    sheet = etree.tostring(rules.validator_xslt).decode()
    compiled = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=sheet)

    def count(record: EmrRecord) -> int:
        text = etree.tostring(record._tree.getroot()).decode()
        told = compiled.transform_to_string(xdm_node=processor.parse_xml(xml_text=text))
        return int(told.count("<svrl:failed-assert"))

    return count


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hiding_adds_no_failed_rule(shared_data: Path, failed_rules: Count, name: str) -> None:
    (file,) = (shared_data / "cda/us").glob(f"{name}*")
    record = EmrRecord.parse(file.read_bytes())
    before = failed_rules(record)
    every = [one.number for one in record.entries()]
    for hidden in (
        record.hide(kinds=[SegmentKind.HEALTH_STATUS, SegmentKind.OTHER]),
        record.hide(entries=every[::2]),
        record.hide(entries=every),
        record.hide(kinds=[SegmentKind.PERSONAL_INFORMATION]),
    ):
        assert failed_rules(hidden) <= before


def test_the_rules_are_asked_at_all(shared_data: Path, failed_rules: Count) -> None:
    file = shared_data / "cda/us/2015-ccda-certific--B.2--LaurenWalker.xml"
    assert failed_rules(EmrRecord.parse(file.read_bytes())) == 1
