"""Bytes to a tree, safely: bounded in size, depth and number, with nothing fetched or expanded."""

import re
from typing import TypedDict

from lxml import etree

from records.cda.codes import CDA
from records.cda.elements import Element
from records.cda.engine.encodings import as_utf8
from records.cda.engine.refusals import NotTaken, Refusal

Tree = etree._ElementTree

LARGEST = 10 * 1024 * 1024
"""Bytes of the largest document that is taken."""
MOST_NODES = 300_000
MOST_ATTRIBUTES = 600_000
MOST_ATTRIBUTES_OF_ONE = 256
MOST_NAMESPACES = 64
"""Namespaces declared on the way from the root to one element; each costs every node below it."""

# Where a `<!DOCTYPE` may stand: only declarations, comments and white space come before the root.
DOCTYPE = re.compile(rb"(?:\s|<\?(?>.*?\?>)|<!--(?>.*?-->))*+<!DOCTYPE", re.DOTALL)
OPAQUE = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>", re.DOTALL)
BETWEEN_TAGS = re.compile(rb">[^<]*")
# What is short or shallow enough for a cheap look is not looked at twice.
SHORTEST_NODE, SHORTEST_ATTRIBUTE = len("<a/>"), len(" a=''")
LONG_TAG = SHORTEST_ATTRIBUTE * MOST_ATTRIBUTES_OF_ONE
PIECE = 65_536
TOO_WIDE = etree.XPath(f"boolean(//*[@*[{MOST_ATTRIBUTES_OF_ONE + 1}]])")


class _Safe(TypedDict):
    encoding: str
    resolve_entities: bool
    load_dtd: bool
    no_network: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool
    collect_ids: bool


SAFE: _Safe = {
    "encoding": "utf-8",
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": False,
    "remove_pis": False,
    "collect_ids": False,
}

REASONS = {
    "ERR_TAG_NAME_MISMATCH": Refusal.END_TAG,
    "ERR_TAG_NOT_FINISHED": Refusal.UNFINISHED,
    "ERR_GT_REQUIRED": Refusal.UNFINISHED,
    "ERR_DOCUMENT_END": Refusal.TAIL,
    "ERR_DOCUMENT_EMPTY": Refusal.NOT_XML,
    "ERR_INVALID_ENCODING": Refusal.BYTES,
    "ERR_INVALID_CHAR": Refusal.CHARACTER,
    "ERR_INVALID_CHARREF": Refusal.CHARACTER,
    "ERR_UNDECLARED_ENTITY": Refusal.ENTITY,
    "ERR_RESERVED_XML_NAME": Refusal.DECLARATION,
    "ERR_XMLDECL_NOT_FINISHED": Refusal.DECLARATION,
    "ERR_RESOURCE_LIMIT": Refusal.TOO_DEEP,
    "ERR_NAME_TOO_LONG": Refusal.TOO_DEEP,
    "ERR_ATTRIBUTE_REDEFINED": Refusal.ATTRIBUTE,
    "ERR_ATTRIBUTE_NOT_STARTED": Refusal.ATTRIBUTE,
    "ERR_ATTRIBUTE_NOT_FINISHED": Refusal.ATTRIBUTE,
    "ERR_ATTRIBUTE_WITHOUT_VALUE": Refusal.ATTRIBUTE,
    "ERR_LT_IN_ATTRIBUTE": Refusal.ATTRIBUTE,
    "NS_ERR_ATTRIBUTE_REDEFINED": Refusal.ATTRIBUTE,
    "NS_ERR_UNDEFINED_NAMESPACE": Refusal.PREFIX,
    "NS_ERR_XML_NAMESPACE": Refusal.NAMESPACE,
    "WAR_NS_URI": Refusal.NAMESPACE,
}
FOREIGN = {"ContinuityOfCareRecord": Refusal.CCR, "html": Refusal.HTML, "HTML": Refusal.HTML}


def parse_document(content: bytes) -> Tree:
    """Return the tree of a CDA document; raises NotTaken for anything else."""
    tree = parse_xml(content, largest=LARGEST)
    root = tree.getroot()
    if root.tag != f"{{{CDA}}}ClinicalDocument":
        raise NotTaken(_not_cda(root), line_of(root))
    return tree


def parse_xml(content: bytes, *, largest: int, deep: bool = False) -> Tree:
    """Return the tree of bounded, self-contained XML; raises NotTaken for anything else.

    Elements lie at most 256 deep, as libxml2 has it; `deep` lifts that, but for the size.
    """
    if len(content) > largest:
        raise NotTaken(Refusal.TOO_LARGE)
    if not content.strip(b" \t\r\n\0"):
        raise NotTaken(Refusal.EMPTY)
    if content.startswith(b"%PDF"):
        raise NotTaken(Refusal.PDF)
    body = as_utf8(content)
    if DOCTYPE.match(body):
        raise NotTaken(Refusal.DOCTYPE)
    _check_numbers(body)
    safe = SAFE | {"huge_tree": True} if deep else SAFE
    tree = _parsed(body, safe)
    if (
        getattr(tree.docinfo, "internalDTD", None) is not None
    ):  # should one ever come past the look at its bytes
        raise NotTaken(Refusal.DOCTYPE)
    if _may_be_wide(body) and TOO_WIDE(tree):
        raise NotTaken(Refusal.TOO_MANY_ATTRIBUTES)
    return tree


def line_of(element: Element) -> int:
    """Return the line an element starts on."""
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stub has no type
    return line or 1


def _check_numbers(body: bytes) -> None:
    """Count before a tree is built: a node costs some fifty times its bytes."""
    if len(body) < SHORTEST_NODE * MOST_NODES:
        return
    nodes = body.count(b"<") - body.count(b"</")
    equals = body.count(b"=")
    if nodes <= MOST_NODES and equals <= MOST_ATTRIBUTES:
        return
    plain, cut = OPAQUE.subn(b"", body)
    if plain.count(b"<") - plain.count(b"</") + cut > MOST_NODES:
        raise NotTaken(Refusal.TOO_MANY_ELEMENTS)
    if BETWEEN_TAGS.sub(b">", plain).count(b"=") > MOST_ATTRIBUTES:
        raise NotTaken(Refusal.TOO_MANY_ATTRIBUTES)


def _may_be_wide(body: bytes) -> bool:
    """Say whether a tag could hold too many attributes: a long way without `<`, with many `=`."""
    start = 0
    while start + LONG_TAG < len(body):
        last = body.rfind(b"<", start, start + LONG_TAG)
        if last < 0:
            end = body.find(b"<", start + LONG_TAG)
            end = len(body) if end < 0 else end
            if body.count(b"=", start, end) > MOST_ATTRIBUTES_OF_ONE:
                return True
            last = end
        start = last + 1
    return False


def _parsed(body: bytes, safe: _Safe) -> Tree:
    many = body.count(b"xmlns") > MOST_NAMESPACES
    try:
        root = _watched(body, safe) if many else etree.fromstring(body, etree.XMLParser(**safe))
    except etree.XMLSyntaxError as error:
        raise _malformed(error) from None
    except ValueError:
        raise NotTaken(Refusal.MALFORMED) from None
    return root.getroottree()


def _watched(body: bytes, safe: _Safe) -> Element:
    """Follow the declarations in scope where there are many: canonical form costs their square."""
    parser = etree.XMLPullParser(("start-ns", "end-ns"), **safe)
    open_now = 0
    for start in range(0, len(body), PIECE):
        parser.feed(body[start : start + PIECE])
        for event, _ in parser.read_events():
            open_now += 1 if event == "start-ns" else -1
            if open_now > MOST_NAMESPACES:
                raise NotTaken(Refusal.TOO_MANY_NAMESPACES)
    return parser.close()


def _malformed(error: etree.XMLSyntaxError) -> NotTaken:
    name = etree.ErrorTypes._getName(getattr(error, "code", 0), "")
    return NotTaken(REASONS.get(name, Refusal.MALFORMED), error.lineno or 1)


def _not_cda(root: Element) -> Refusal:
    name = etree.QName(root)
    if name.localname in FOREIGN:
        return FOREIGN[name.localname]
    if name.namespace == "http://hl7.org/fhir":
        return Refusal.FHIR
    if name.localname != "ClinicalDocument":
        return Refusal.OTHER_ROOT
    return Refusal.OTHER_NAMESPACE if name.namespace else Refusal.NO_NAMESPACE
