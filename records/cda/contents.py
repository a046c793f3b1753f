"""A clinical document as people read it: whose, from where, and section by section.

Everything here is text: the document's own markup, styles and scripts do not get this far.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from records.cda.elements import Element
from records.cda.engine import EmrRecord
from records.cda.engine.cutting import plan
from records.cda.engine.doubts import Doubt
from records.cda.engine.telling import time_words
from records.cda.engine.times import readable
from records.cda.engine.tree import (
    EFFECTIVE,
    ENTRY,
    ID,
    NON_XML,
    TEXT,
    TITLE,
    canonical,
    cda,
    references,
    section_of,
)
from records.cda.found import LONGEST, entries_found
from records.cda.pairing import FoundEntry
from records.vocabulary import SegmentKind

ROW = cda("tr")
CELLS = frozenset(map(cda, ("td", "th")))
_BLOCKS = "paragraph item list table thead tbody tfoot tr td th caption br renderMultiMedia"
BLOCKS = frozenset(map(cda, _BLOCKS.split()))
MOST_LINES = 5000


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
    wanted = {name for entry in section.iterfind(ENTRY) for name in references(entry)}
    return Contents(
        kind=kind,
        title=_words(section.find(TITLE)),
        lines=tuple(islice(_lines(text), MOST_LINES)) if text is not None else (),
        entries=entries_found(section, _words_by_id(text, wanted) if text is not None else {}),
    )


def _words_by_id(text: Element, wanted: set[str]) -> dict[str, str]:
    """Return the words in what has one of these IDs, the first of each; read once for all."""
    pieces: list[str] = []
    begun: dict[str, int] = {}
    ended: dict[str, int] = {}
    open_now: list[Element] = []
    at = 0
    for event, one in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
        if event == "end" and open_now and one is open_now[-1]:
            ended[open_now.pop().get("ID", "")] = at
        pieces.append(_piece(one, event))
        at += len(pieces[-1])
        name = one.get("ID", "") if event == "start" else ""
        if name in wanted and name not in begun:
            begun[name] = at - len(one.text or "")
            open_now.append(one)
    whole = "".join(pieces)
    return {
        name: " ".join(whole[start : min(ended[name], start + 2 * LONGEST)].split())
        for name, start in begun.items()
    }


def _piece(one: Element, event: str) -> str:
    """Return the words where an element starts, or where it or a comment ends."""
    if event not in ("start", "end"):
        return one.tail or ""
    space = " " if one.tag in BLOCKS or one.tag in PARTS_OF_NAMES else ""
    return space + ((one.text if event == "start" else one.tail) or "")


def _lines(text: Element) -> Iterator[Line]:
    """Return all the words of a section line by line: rows, items, paragraphs, what is between."""
    loose: list[str] = []
    yield from _walked(text, loose)
    yield from _flushed(loose)


def _walked(element: Element, loose: list[str]) -> Iterator[Line]:
    loose.append(element.text or "")
    for child in element:
        if child.tag == ROW:
            yield from _flushed(loose)
            yield _row(child)
        elif child.tag in BLOCKS:
            yield from _flushed(loose)
            yield from _walked(child, loose)
            yield from _flushed(loose)
        elif isinstance(child.tag, str):
            yield from _walked(child, loose)
        loose.append(child.tail or "")


def _flushed(loose: list[str]) -> Iterator[Line]:
    said = " ".join("".join(loose).split())
    loose.clear()
    if said:
        yield Line((said,))


def _row(row: Element) -> Line:
    """Return a row's cells; as one where words stand outside of them."""
    cells = tuple(_words(cell) for cell in row if cell.tag in CELLS)
    whole = _words(row)
    return Line(cells) if " ".join(" ".join(cells).split()) == whole else Line((whole,))


def _words(element: Element | None) -> str:
    """Return all the words in an element; parts of a word that are marked stay one word."""
    if element is None:
        return ""
    said: list[str] = []
    _collect(element, said)
    return " ".join("".join(said).split())


def _collect(element: Element, said: list[str]) -> None:
    said.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            space = " " if child.tag in BLOCKS or child.tag in PARTS_OF_NAMES else ""
            said.append(space)
            _collect(child, said)
            said.append(space)
        said.append(child.tail or "")


PARTS_OF_NAMES = frozenset(map(cda, ("given", "family", "prefix", "suffix")))


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
