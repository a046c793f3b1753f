"""What the elements of a CDA body are called, and how to go from one to another."""

from collections.abc import Iterator

from lxml import etree

from records.cda.codes import CDA
from records.cda.elements import Element
from records.cda.engine.parsing import Tree


def cda(name: str) -> str:
    """Return the full tag of a CDA element."""
    return f"{{{CDA}}}{name}"


SECTION, ENTRY, COMPONENT, TEXT = cda("section"), cda("entry"), cda("component"), cda("text")
CODE, ID, REFERENCE, ORGANIZER = cda("code"), cda("id"), cda("reference"), cda("organizer")
NON_XML, STRUCTURED = cda("nonXMLBody"), cda("structuredBody")
TRANSLATION, TEMPLATE, TITLE = cda("translation"), cda("templateId"), cda("title")
RELATED, EFFECTIVE, LOW, HIGH = (
    cda("entryRelationship"),
    cda("effectiveTime"),
    cda("low"),
    cda("high"),
)
STATEMENTS = frozenset(
    map(
        cda,
        (
            "act",
            "encounter",
            "observation",
            "observationMedia",
            "organizer",
            "procedure",
            "regionOfInterest",
            "substanceAdministration",
            "supply",
        ),
    )
)
"""The clinical statements an entry, an organizer or another statement may hold."""


def statement(holder: Element) -> Element | None:
    """Return the clinical statement an entry, component or relationship holds."""
    return next((one for one in holder if one.tag in STATEMENTS), None)


def holder(section: Element) -> Element:
    """Return the component that holds this section alone, or the section itself."""
    parent = section.getparent()
    if parent is None or parent.tag != COMPONENT:
        return section
    after, before = section.itersiblings(SECTION), section.itersiblings(SECTION, preceding=True)
    return parent if next(after, None) is None and next(before, None) is None else section


def own_codes(element: Element) -> Iterator[tuple[str, str]]:
    """Return (code, code system) of what an element is, its translations after its code."""
    code = next(element.iterchildren(CODE), None)
    if code is None:
        return
    for one in (code, *code.iterchildren(TRANSLATION)):
        if one.get("code"):
            yield one.get("code", ""), one.get("codeSystem", "")


def own_ids(element: Element) -> Iterator[tuple[str, str]]:
    """Return (root, extension) of every id of an element that is an id at all."""
    for one in element.iterfind(ID):
        if one.get("root"):
            yield one.get("root", ""), one.get("extension", "")


def section_of(element: Element) -> Element | None:
    """Return the nearest section around an element."""
    return next(element.iterancestors(SECTION), None)


def references(element: Element) -> Iterator[str]:
    """Return the narrative ids an element and what is in it point to."""
    for one in element.iter(REFERENCE):
        value = one.get("value", "")
        if value.startswith("#") and len(value) > 1:
            yield value[1:]


def remove(element: Element) -> None:
    """Take an element out and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def canonical(tree: Tree | Element) -> bytes:
    """Return the canonical form with comments; as it stands where there is no such form."""
    try:
        return etree.tostring(tree, method="c14n", with_comments=True)
    except etree.C14NError:
        return plainly(tree)


def plainly(tree: Tree | Element) -> bytes:
    """Return the tree as it stands: a relative namespace, for one, has no canonical form."""
    return etree.tostring(tree, encoding="utf-8", xml_declaration=False)
