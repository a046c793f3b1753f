"""HL7's Schematron of C-CDA R2.1, run as the XSLT it stands for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree, isoschematron
from saxonche import PySaxonProcessor, PyXsltExecutable

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one document: the rules that fired, by what they look at, and what failed."""

    fired: tuple[str, ...]
    failed: tuple[str, ...]

    def fired_for(self, template: str) -> int:
        """Return how often a rule fired that looks at this template."""
        return sum(f"'{template}'" in one for one in self.fired)


@cache
def _compiled(shared_data: Path) -> tuple[PySaxonProcessor, PyXsltExecutable]:
    folder = shared_data / "schema/schematron"
    source = (folder / "CCDA-R2.1-HL7.sch").read_bytes()
    vocabulary = (folder / "voc.xml").as_uri()
    source = source.replace(b"document('voc.xml')", f"document('{vocabulary}')".encode())
    # Some abstract rules have no assertion, which lxml's own grammar of Schematron does not like.
    rules = isoschematron.Schematron(
        etree.fromstring(source), validate_schema=False, phase="errors", store_xslt=True
    )
    processor = PySaxonProcessor(license=False)
    text = etree.tostring(rules.validator_xslt, encoding="unicode")
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=text)


def check(content: bytes, shared_data: Path) -> Report:
    """Return what the rules for errors say of a document."""
    processor, executable = _compiled(shared_data)
    node = processor.parse_xml(xml_text=content.decode())
    report = etree.fromstring(executable.transform_to_string(xdm_node=node).encode())
    return Report(
        tuple(one.get("context", "") for one in report.iter(f"{SVRL}fired-rule")),
        tuple(
            f"{' '.join(''.join(map(str, one.itertext())).split())} at {one.get('location')}"
            for one in report.iter(f"{SVRL}failed-assert")
        ),
    )
