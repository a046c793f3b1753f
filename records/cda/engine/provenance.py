"""Who wrote what, once documents of several authors stand in one."""

from collections.abc import Sequence
from copy import deepcopy

from records.cda.elements import Element
from records.cda.engine.choosing import entries_of
from records.cda.engine.tree import canonical, cda, section_of, statement

AUTHOR = cda("author")
AFTER_AUTHOR = frozenset(
    (
        *map(cda, ("informant", "participant", "entryRelationship", "reference")),
        *map(cda, ("precondition", "referenceRange", "component")),
        "{urn:hl7-org:sdtc}precondition2",
        "{urn:hl7-org:sdtc}inFulfillmentOf1",
    )
)
"""What CDA wants after the author within a clinical statement."""


def add_authors(roots: Sequence[Element]) -> None:
    """Write a document's author into its entries, where documents have different ones.

    An entry without an author means the author of its section or document; in a document of
    several that would be anybody.
    """
    if len({tuple(map(canonical, root.findall(AUTHOR))) for root in roots}) < 2:
        return
    for root in roots:
        for entry in entries_of(root):
            _add_author(entry, root)


def _add_author(entry: Element, root: Element) -> None:
    act, section = statement(entry), section_of(entry)
    if act is None or act.find(AUTHOR) is not None:
        return
    of_section = section.findall(AUTHOR) if section is not None else []
    place = next((act.index(one) for one in act if one.tag in AFTER_AUTHOR), len(act))
    for number, author in enumerate(of_section or root.findall(AUTHOR)):
        copy = deepcopy(author)
        copy.tail = None
        act.insert(place + number, copy)
