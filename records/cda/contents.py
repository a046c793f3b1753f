"""A clinical document as people read it: whose, from where, and section by section.

Everything here is text: the document's own markup, styles and scripts do not get this far.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from records.cda.elements import Element
from records.cda.engine import EmrRecord
from records.cda.engine.cutting import plan
from records.cda.engine.doubts import Doubt
from records.cda.engine.telling import time_words
from records.cda.engine.times import readable
from records.cda.engine.tree import (
    EFFECTIVE,
    ID,
    NON_XML,
    TEXT,
    TITLE,
    canonical,
    cda,
    section_of,
)
from records.cda.found import entries_found
from records.cda.pairing import FoundEntry
from records.vocabulary import SegmentKind

LINES = frozenset(map(cda, ("paragraph", "item", "tr", "caption")))
CELLS = frozenset(map(cda, ("td", "th")))
MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section's text; the cells of a row of a table stand apart."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """One section: its kind, its title, its text line by line, and its entries."""

    kind: SegmentKind
    title: str
    lines: tuple[Line, ...]
    entries: tuple[FoundEntry, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole document. `sha256` is of its canonical form; `name` its own id, where it has one."""

    title: str
    language: str
    made: str
    name: str
    sha256: str
    patient: str
    born: str
    custodian: str
    told_by: tuple[str, ...]
    sections: tuple[Contents, ...]
    several_patients: bool
    not_xml: bool

    def of(self, kind: SegmentKind) -> tuple[Contents, ...]:
        """Return the sections of a kind."""
        return tuple(one for one in self.sections if one.kind is kind)

    @property
    def kinds(self) -> tuple[SegmentKind, ...]:
        """Return the kinds there is something of, in the order a reader meets them."""
        return tuple(kind for kind in SegmentKind if self.of(kind))


def read_contents(record: EmrRecord) -> Reading:
    """Return what a document says, for people."""
    root = next(record.walk("ClinicalDocument"))
    kinds = plan(root).kinds
    patient = f"{cda('recordTarget')}/{cda('patientRole')}/{cda('patient')}"
    doubts = {one.doubt for one in record.doubts()}
    return Reading(
        title=_words(root.find(TITLE)),
        language=_language(root),
        made=_time(root),
        name=_name(root),
        sha256=hashlib.sha256(canonical(root.getroottree())).hexdigest(),
        patient=_words(root.find(f"{patient}/{cda('name')}")),
        born=readable(_attribute(root, f"{patient}/{cda('birthTime')}", "value"))[:10],
        custodian=_custodian(root),
        told_by=tuple(dict.fromkeys(_told_by(root))),
        sections=tuple(_contents(one, kind) for one, kind in kinds.items()),
        several_patients=Doubt.SEVERAL_PATIENTS in doubts,
        not_xml=next(root.iter(NON_XML), None) is not None,
    )


def _contents(section: Element, kind: SegmentKind) -> Contents:
    text = section.find(TEXT)
    words: dict[str, str] = {}
    for one in text.iter("*") if text is not None else ():
        if one.get("ID"):
            words.setdefault(one.get("ID", ""), _words(one))
    return Contents(
        kind=kind,
        title=_words(section.find(TITLE)),
        lines=tuple(_lines(text))[:MOST_LINES] if text is not None else (),
        entries=entries_found(section, words),
    )


def _lines(text: Element) -> Iterator[Line]:
    """Return the innermost rows, items and paragraphs, or all of the text as one line."""
    found = [one for one in text.iter(*LINES) if next(one.iterdescendants(*LINES), None) is None]
    for one in found:
        cells = [_words(cell) for cell in one.iter(*CELLS)] or [_words(one)]
        if any(cells):
            yield Line(tuple(cells))
    loose = _words(text) if not found else ""
    if loose:
        yield Line((loose,))


def _words(element: Element | None) -> str:
    if element is None:
        return ""
    parts = (str(one) for one in element.itertext("*"))
    return " ".join(" ".join(parts).split())


def _time(root: Element) -> str:
    time = root.find(EFFECTIVE)
    return time_words(time) if time is not None else ""


def _language(root: Element) -> str:
    """Return the language a document is written in as pages name it, `und` where it says none."""
    code = _attribute(root, cda("languageCode"), "code").split("-")[0].split("_")[0].lower()
    known = code.isascii() and code.isalpha() and len(code) in (2, 3)
    return {"zh": "zh-Hans"}.get(code, code) if known else "und"


def _name(root: Element) -> str:
    found = root.find(ID)
    if found is None:
        return ""
    return "^".join(one for one in (found.get("root", ""), found.get("extension", "")) if one)


def _custodian(root: Element) -> str:
    path = "/".join(
        map(cda, ("custodian", "assignedCustodian", "representedCustodianOrganization", "name"))
    )
    return _words(root.find(path))


def _told_by(root: Element) -> Iterator[str]:
    for tag in ("informant", "author"):
        for one in root.iterfind(cda(tag)):
            for name in one.iter(cda("name")):
                if section_of(name) is None and _words(name):
                    yield _words(name)
                    break


def _attribute(root: Element, path: str, name: str) -> str:
    found = root.find(path)
    return found.get(name, "") if found is not None else ""
