"""Who wrote and told what, once documents of several people stand in one."""

from collections.abc import Iterator, Sequence
from copy import deepcopy

from records.cda.elements import Element
from records.cda.engine.choosing import entries_of
from records.cda.engine.tree import ENTRY, SECTION, canonical, cda, remove, section_of, statement

AUTHOR, INFORMANT = cda("author"), cda("informant")
AFTER_INFORMANT = frozenset(
    (
        *map(cda, ("participant", "entryRelationship", "reference")),
        *map(cda, ("precondition", "referenceRange", "component")),
        "{urn:hl7-org:sdtc}precondition2",
        "{urn:hl7-org:sdtc}inFulfillmentOf1",
    )
)
"""What CDA wants after author and informant within a clinical statement."""
AFTER = {AUTHOR: AFTER_INFORMANT | {INFORMANT}, INFORMANT: AFTER_INFORMANT}


def add_authors(roots: Sequence[Element]) -> None:
    """Write into entries who wrote and told them, where documents or sections have different ones.

    An entry without an author means the author of its section or document; in a document of
    several that would be anybody. What an entry says, its section no longer has to.
    """
    if len({one for root in roots for one in _contexts(root)}) < 2:
        return
    for root in roots:
        for entry in entries_of(root):
            _add_sources(entry, root)
        for section in root.iter(SECTION):
            if section.find(ENTRY) is not None:
                _take_out(section)


def _contexts(root: Element) -> Iterator[tuple[bytes, ...]]:
    """Return what documents and sections say of who wrote and told them."""
    yield tuple(map(canonical, root.findall(AUTHOR)))
    for section in root.iter(SECTION):
        own = (*section.findall(AUTHOR), *section.findall(INFORMANT))
        if own:
            yield tuple(map(canonical, own))


def _add_sources(entry: Element, root: Element) -> None:
    act, section = statement(entry), section_of(entry)
    if act is None or section is None:
        return
    _add(act, AUTHOR, section.findall(AUTHOR) or root.findall(AUTHOR))
    _add(act, INFORMANT, section.findall(INFORMANT))


def _add(act: Element, tag: str, sources: Sequence[Element]) -> None:
    if act.find(tag) is not None:
        return
    place = next((act.index(one) for one in act if one.tag in AFTER[tag]), len(act))
    for number, source in enumerate(sources):
        copy = deepcopy(source)
        copy.tail = None
        act.insert(place + number, copy)


def _take_out(section: Element) -> None:
    remove(*section.findall(AUTHOR), *section.findall(INFORMANT))
