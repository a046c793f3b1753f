"""What the elements of a CDA body are called, and how to go from one to another."""

from collections.abc import Iterator
from copy import deepcopy

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
VALUE = cda("value")
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


def remove(*elements: Element) -> None:
    """Take elements out with all that is in them, and leave the text that follows each.

    The text of neighbours is put together once, so it is thousands at a time that should come.
    """
    gone = set(elements)
    for one in elements:
        parent, before = one.getparent(), one.getprevious()
        if parent is not None and before not in gone:
            said = "".join(_taken(parent, one, gone)) or None
            if before is None:
                parent.text = said
            else:
                before.tail = said


def _taken(parent: Element, first: Element, gone: set[Element]) -> Iterator[str]:
    """Take out this element and its neighbours that go; return the text before and after each."""
    before = first.getprevious()
    yield (parent.text if before is None else before.tail) or ""
    following: Element | None = first
    while following is not None and following in gone:
        one, following = following, following.getnext()
        yield one.tail or ""
        one.tail = None
        empty(one)
        parent.remove(one)


def empty(element: Element) -> None:
    """Take everything out of an element, innermost first.

    lxml looks for the namespace of every node in what it takes out among all it found for the
    nodes before, so nothing large is ever given to it as a whole.
    """
    for one in reversed(list(element.iter("*"))):
        if len(one):
            del one[:]
    element.text = None


def graft(parent: Element, element: Element) -> None:
    """Append a copy of what stands in another document: a copy brings its namespaces along."""
    parent.append(deepcopy(element))


def canonical(tree: Tree | Element) -> bytes:
    """Return the canonical form with comments; as it stands where there is no such form."""
    try:
        return etree.tostring(tree, method="c14n", with_comments=True)
    except etree.C14NError:
        return plainly(tree)


def plainly(tree: Tree | Element) -> bytes:
    """Return the tree as it stands: a relative namespace, for one, has no canonical form."""
    return etree.tostring(tree, encoding="utf-8", xml_declaration=False)
