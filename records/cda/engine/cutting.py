"""Where a document is cut: every section, and part of one, that belongs to a kind of its own."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from records.cda.elements import Element
from records.cda.engine.kinds import kind_of_document, kind_of_section, take_measures
from records.cda.engine.tree import (
    CODE,
    COMPONENT,
    ENTRY,
    NON_XML,
    SECTION,
    STRUCTURED,
    TEMPLATE,
    TEXT,
    cda,
    holder,
    references,
    section_of,
)
from records.vocabulary import SegmentKind

PERSONAL, OTHER = SegmentKind.PERSONAL_INFORMATION, SegmentKind.OTHER
BESIDE = frozenset({SECTION, TEMPLATE, cda("realmCode"), cda("typeId")})
"""What may stand in a body, or in a component of one, without being told in a section."""
PHYSICAL, SIGNS = SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS


@dataclass(slots=True)
class Plan:
    """What belongs to which kind: sections, what is cut out of them, and the numbers to tell."""

    kinds: dict[Element, SegmentKind] = field(default_factory=dict)
    parts: list[Element] = field(default_factory=list)
    """Entries, components and narrative of `signs` within a section of physical signs."""
    loose: list[Element] = field(default_factory=list)
    """What stands in the body but in no section, as nothing should."""
    cuts: list[tuple[Element, SegmentKind]] = field(default_factory=list)
    codes: dict[SegmentKind, list[str | None]] = field(default_factory=dict)
    entries: Counter[SegmentKind] = field(default_factory=Counter)


def plan(root: Element) -> Plan:
    """Return where this document is to be cut; what is not cut is personal information."""
    made = Plan()
    fallback = kind_of_document(root)
    for section in root.iter(SECTION):
        _plan_section(made, section, fallback)
    for component in root.iterfind(COMPONENT):
        if component.find(NON_XML) is not None:
            made.cuts.append((component, OTHER))
    made.loose = loose_in(root)
    made.cuts += [(one, OTHER) for one in made.loose]
    made.entries[OTHER] += sum(one.tag == ENTRY for one in made.loose)
    return made


def loose_in(root: Element) -> list[Element]:
    """Return what stands in the body of a document but in no section of it."""
    bodies = (one for one in root.iterfind(COMPONENT) if one.find(NON_XML) is None)
    return [one for body in bodies for one in _loose(body)]


def _loose(holding: Element) -> Iterator[Element]:
    """Return what stands in a body or component of it beside sections: an entry, a text."""
    for one in holding.iterchildren("*"):
        if one.tag in (STRUCTURED, COMPONENT):
            yield from _loose(one)
        elif one.tag not in BESIDE:
            yield one


def _plan_section(made: Plan, section: Element, fallback: SegmentKind) -> None:
    around = section_of(section)
    outer = made.kinds[around] if around is not None else None
    kind = kind_of_section(section) or outer or fallback
    entries = list(section.iterchildren(ENTRY))
    parts: list[Element] = []
    if kind is PHYSICAL:
        for entry in entries:
            take_measures(entry, parts)
        if entries and parts == entries:
            kind, parts = SIGNS, []
    made.kinds[section] = kind
    if kind is not (outer or PERSONAL):
        made.cuts.append((holder(section), kind))
    code = next(section.iterchildren(CODE), None)
    told = code.get("code") or None if code is not None else None
    made.codes.setdefault(kind, []).append(told)
    made.entries[kind] += len(entries)
    if parts:
        made.entries[kind] -= len({*entries}.intersection(parts))
        made.entries[SIGNS] += len({_entry_of(one) for one in parts})
        made.codes.setdefault(SIGNS, []).append(told)
        made.parts += parts
        made.cuts += [(one, SIGNS) for one in (*_told(section, parts), *parts)]


def _entry_of(part: Element) -> Element:
    return part if part.tag == ENTRY else next(part.iterancestors(ENTRY))


def _told(section: Element, parts: list[Element]) -> Iterator[Element]:
    """Return the narrative that tells of these parts alone."""
    text = section.find(TEXT)
    if text is None:
        return
    ours = Counter(one for part in parts for one in references(part))
    all_told = Counter(references(section))
    alone = {one for one in ours if ours[one] == all_told[one]}
    taken: set[Element] = set()
    for element in text.iter() if alone else ():
        if element.get("ID") in alone and not taken.intersection(element.iterancestors()):
            taken.add(element)
            yield element
