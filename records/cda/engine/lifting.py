"""Sections that stand in a section of another kind: they stay when that one is hidden."""

from collections.abc import Iterable

from records.cda.elements import Element
from records.cda.engine.tree import SECTION, holder, section_of


def lift(root: Element, hidden: Iterable[Element]) -> None:
    """Put each section that is not hidden behind the outermost hidden one around it."""
    gone = set(hidden)
    for section in reversed(list(root.iter(SECTION))):
        around = section_of(section)
        if section in gone or around is None or around not in gone:
            continue
        while (further := section_of(around)) is not None and further in gone:
            around = further
        _move(section, behind=around)


def _move(section: Element, *, behind: Element) -> None:
    place, moved = holder(behind), holder(section)
    if place is behind:  # several sections share a component, as none should
        moved = section
    moved.tail = None
    place.addnext(moved)
