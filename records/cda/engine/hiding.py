"""Hide part of a document everywhere: entries, words, mentions, references, comments, files."""

from collections.abc import Iterable

from lxml import etree

from records.cda.codes import CDA, XSI
from records.cda.elements import Element
from records.cda.engine.emptying import empty_body, empty_section, fill_body, is_one_of, required_in
from records.cda.engine.mentions import with_mentions
from records.cda.engine.narrative import (
    MEDIA,
    Place,
    entries_in,
    keep_only,
    places_of,
    points_to,
    tell_anew,
)
from records.cda.engine.tree import (
    NON_XML,
    REFERENCE,
    SECTION,
    TEXT,
    holder,
    remove,
    section_of,
)
from records.vocabulary import Language

SDTC = "urn:hl7-org:sdtc"
OURS = frozenset({CDA, SDTC})
ATTRIBUTES = frozenset({"", XSI, SDTC, "http://www.w3.org/XML/1998/namespace"})


def hide_parts(root: Element, parts: Iterable[Element], language: Language) -> None:
    """Take these sections, bodies, entries and components out, and whatever tells of them.

    A schema-valid document stays valid; a part its template requires says NI and nothing more.
    """
    doomed = with_mentions(root, parts)
    if not doomed:
        return
    gone = {place for one in doomed for place in points_to(one)}
    sections = _affected(root, doomed, gone)
    required = required_in(root)
    for one in doomed:
        _take_out(one, required, language)
    for section in sections:
        if section in doomed or doomed.intersection(section.iterancestors()):
            continue
        left = entries_in(section)
        if not left:
            empty_section(section, language)
        else:
            _retell(section, left, gone, language)
    fill_body(root, language)
    clean(root, gone)


def _affected(root: Element, doomed: set[Element], gone: set[Place]) -> list[Element]:
    """Return the sections that lose an entry or whose words tell of something that goes."""
    found = {section for one in doomed if (section := section_of(one)) is not None}
    for text in root.iter(TEXT):
        parent = text.getparent()
        if parent is not None and parent.tag == SECTION and not gone.isdisjoint(places_of(text)):
            found.add(parent)
    return [one for one in root.iter(SECTION) if one in found]


def _take_out(one: Element, required: frozenset[str], language: Language) -> None:
    if one.tag == NON_XML:
        empty_body(one)
    elif one.tag == SECTION and is_one_of(one, required):
        empty_section(one, language, wholly=True)
    else:
        remove(holder(one) if one.tag == SECTION else one)


def _retell(section: Element, left: list[Element], gone: set[Place], language: Language) -> None:
    text = section.find(TEXT)
    if text is None:
        return
    if not keep_only(text, left, gone):
        tell_anew(section, left, gone, language)


def clean(root: Element, gone: Iterable[Place] = ()) -> None:
    """Take out comments, instructions, foreign markup, and what points to nothing any more."""
    for one in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        remove(one)
    for one in (*root.itersiblings(preceding=True), *root.itersiblings()):
        _detach(root, one)
    for one in list(root.iter("*")):
        if etree.QName(one).namespace not in OURS:
            remove(one)
            continue
        for name in one.attrib:
            if (etree.QName(name).namespace or "") not in ATTRIBUTES:
                del one.attrib[name]
    _unpoint(root, {name for _, name in gone})


def _detach(root: Element, beside: Element) -> None:
    """Take a comment or instruction away that stands beside the root."""
    etree.Element("nowhere").append(beside)


def _unpoint(root: Element, gone: set[str]) -> None:
    present = {one.get("ID") for one in root.iter("*") if one.get("ID")}
    missing = gone - present
    for one in list(root.iter(REFERENCE)):
        if one.get("value", "")[1:] in missing and one.get("value", "").startswith("#"):
            remove(one)
    shown = {one.get("ID") for one in root.iter(MEDIA)} | present
    for one in list(root.iter("*")):
        for name in ("referencedObject", "IDREF", "headers"):
            if one.get(name):
                _repoint(one, name, [word for word in one.get(name, "").split() if word in shown])


def _repoint(one: Element, name: str, words: list[str]) -> None:
    if words:
        one.set(name, " ".join(words))
    elif name == "headers":
        del one.attrib[name]
    else:
        remove(one)
