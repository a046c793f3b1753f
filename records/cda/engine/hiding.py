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
    COMPONENT,
    NON_XML,
    REFERENCE,
    SECTION,
    TEXT,
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
    _take_out(doomed, required_in(root), language)
    for section in sections:
        left = entries_in(section)
        if not left:
            empty_section(section, language)
        else:
            _retell(section, left, gone, language)
    fill_body(root, language)
    clean(root, gone)


def _affected(root: Element, doomed: set[Element], gone: set[Place]) -> list[Element]:
    """Return the sections that stay and lose an entry, or whose words tell of what goes."""
    found = {section for one in doomed if (section := section_of(one)) is not None}
    for text in root.iter(TEXT):
        parent = text.getparent()
        if parent is not None and parent.tag == SECTION and not gone.isdisjoint(places_of(text)):
            found.add(parent)
    return [
        one
        for one in root.iter(SECTION)
        if one in found and one not in doomed and not doomed.intersection(one.iterancestors())
    ]


def _take_out(doomed: set[Element], required: frozenset[str], language: Language) -> None:
    bodies = {one for one in doomed if one.tag == NON_XML}
    needed = {one for one in doomed if one.tag == SECTION and is_one_of(one, required)}
    for body in bodies:
        empty_body(body)
    for section in needed:
        empty_section(section, language, wholly=True)
    gone = doomed - bodies - needed
    holders = {one.getparent() for one in gone if one.tag == SECTION}
    remove(*gone)
    remove(*(one for one in holders if one is not None and _held_only_sections(one)))


def _held_only_sections(one: Element) -> bool:
    """Say whether what is left of the holder of sections is a component without any."""
    return one.tag == COMPONENT and one.find(SECTION) is None


def _retell(section: Element, left: list[Element], gone: set[Place], language: Language) -> None:
    text = section.find(TEXT)
    if text is None:
        return
    if not keep_only(text, left, gone):
        tell_anew(section, left, gone, language)


def clean(root: Element, gone: Iterable[Place] = ()) -> None:
    """Take out comments, instructions, foreign markup, and what points to nothing any more."""
    remove(*root.iter(etree.Comment, etree.ProcessingInstruction))
    for one in (*root.itersiblings(preceding=True), *root.itersiblings()):
        _detach(root, one)
    remove(*(one for one in root.iter("*") if etree.QName(one).namespace not in OURS))
    for one in root.iter("*"):
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
    remove(
        *(
            one
            for one in root.iter(REFERENCE)
            if one.get("value", "").startswith("#") and one.get("value", "")[1:] in missing
        )
    )
    shown = {one.get("ID") for one in root.iter(MEDIA)} | present
    remove(*(one for one in root.iter("*") if not _repoint(one, shown)))


def _repoint(one: Element, shown: set[str | None]) -> bool:
    """Let an element point only to what is there; return False where it would point to nothing."""
    for name in ("referencedObject", "IDREF", "headers"):
        if not one.get(name):
            continue
        words = [word for word in one.get(name, "").split() if word in shown]
        if words:
            one.set(name, " ".join(words))
        elif name == "headers":
            del one.attrib[name]
        else:
            return False
    return True
