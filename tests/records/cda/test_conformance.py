"""Documents keep to the C-CDA templates they claim."""

from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree, isoschematron

from records.observations import Observation, pressure
from records.vocabulary import Code
from tests.records.cda.documents import CHEN, MORNING, a_segment, an_observation, quantity, written

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
MEASURED = [
    an_observation(components=pressure(128, 82), number=1),
    an_observation(Code.HEART_RATE, quantity("70", Code.HEART_RATE), number=2),
    an_observation(
        Code.GLUCOSE,
        quantity("7.2", Code.GLUCOSE),
        number=3,
        effective=MORNING + timedelta(minutes=5),
    ),
]
NOTE = an_observation(Code.DOCTOR_NOTE, "Stable.", informant=CHEN.id, author=CHEN.id)


@pytest.fixture(scope="module")
def rules(shared_data: Path) -> isoschematron.Schematron:
    """The Schematron of C-CDA 4.0, errors only."""
    source = etree.parse(shared_data / "schema/schematron/CCDA-4.0.sch")
    return isoschematron.Schematron(
        source, validate_schema=False, phase="errors", store_report=True
    )


@pytest.mark.parametrize("told", [MEASURED, [NOTE], []], ids=["measured", "note", "nothing"])
def test_a_document_breaks_no_rule_of_its_templates(
    rules: isoschematron.Schematron, told: list[Observation]
) -> None:
    segment = a_segment(*told, kind=MEASURED[0].kind if not told else None)
    rules.validate(etree.fromstring(written(segment)))
    failed = rules.validation_report.iter(f"{SVRL}failed-assert")
    assert ["".join(one.itertext()).strip() for one in failed] == []
