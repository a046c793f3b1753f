"""Whatever else in a document mentions, by its id, a statement that is to be hidden."""

from collections import Counter
from collections.abc import Iterable

from records.cda.elements import Element
from records.cda.engine.tree import (
    COMPONENT,
    ENTRY,
    ID,
    ORGANIZER,
    REFERENCE,
    RELATED,
    STATEMENTS,
    TEMPLATE,
    cda,
    own_ids,
)

ENTRY_REFERENCE = "2.16.840.1.113883.10.20.22.4.122"
HOLDERS = frozenset({ENTRY, COMPONENT, RELATED, REFERENCE, cda("inFulfillmentOf")})
EXTERNAL = frozenset(map(cda, ("externalAct", "externalObservation", "externalProcedure", "order")))
Ids = set[tuple[str, str]]
Mentions = dict[tuple[str, str], list[Element]]
Alike = dict[Element, Counter[str | None]]
"""How many relationships of each type an act has; asked for thousands of times of some."""


def with_mentions(root: Element, parts: Iterable[Element]) -> set[Element]:
    """Return these parts, and the entries and relationships that mention a statement of theirs.

    An act that would lose the only thing it stands for goes with it. None lies in another.
    """
    mentions = _mentions(root)
    standing = {
        name: [one for one in found if _holding(one) in (ENTRY, COMPONENT)]
        for name, found in mentions.items()
    }
    doomed: set[Element] = set()
    known: Ids = set()
    alike: Alike = {}
    left: dict[Element, int] = {}
    pending = list(parts)
    while pending:
        part = pending.pop()
        if part in doomed or doomed.intersection(part.iterancestors()):
            continue
        doomed.add(part)
        pending += _emptied(part, left)
        for one in _ids_in(part, standing, known):
            known.add(one)
            pending += (_outermost(found, alike) for found in mentions.get(one, ()))
    return {one for one in doomed if not doomed.intersection(one.iterancestors())}


def _mentions(root: Element) -> Mentions:
    found: Mentions = {}
    for element in root.iter(ID):
        act = element.getparent()
        if act is not None and (act.tag in STATEMENTS or act.tag in EXTERNAL):
            key = (element.get("root", ""), element.get("extension", ""))
            found.setdefault(key, []).append(act)
    found.pop(("", ""), None)
    return found


def _ids_in(part: Element, standing: Mentions, known: Ids) -> Ids:
    """Return the ids of the statements in a part; what only refers elsewhere has none here."""
    own: Ids = set()
    nested: Ids = set()
    for act in part.iter(*STATEMENTS):
        if not any(one.get("root") == ENTRY_REFERENCE for one in act.iterfind(TEMPLATE)):
            (nested if _holding(act) == RELATED else own).update(own_ids(act))
    # Each id is asked about once: a document may say the same one thousands of times.
    asked = nested - own - known
    return own - known | {
        one for one in asked if not _stands_elsewhere(part, standing.get(one, []))
    }


def _stands_elsewhere(part: Element, acts: list[Element]) -> bool:
    """Say whether one of these acts is an entry, or a component, of its own outside this part."""
    return any(part not in act.iterancestors() for act in acts)


def _holding(act: Element) -> str:
    parent = act.getparent()
    return "" if parent is None else str(parent.tag)


def _emptied(part: Element, left: dict[Element, int]) -> list[Element]:
    """Return the organizer's holder where this part was the last component left in it."""
    organizer = part.getparent()
    if part.tag != COMPONENT or organizer is None or organizer.tag != ORGANIZER:
        return []
    if organizer not in left:
        left[organizer] = sum(1 for _ in organizer.iterchildren(COMPONENT))
    left[organizer] -= 1
    around = organizer.getparent()
    return [around] if not left[organizer] and around is not None else []


def _outermost(act: Element, alike: Alike) -> Element:
    """Return what has to go with a statement: its holder, or more where that stood for it alone."""
    holding = act.getparent()
    if holding is None or holding.tag not in HOLDERS:
        return act
    if holding.tag != RELATED:
        return holding
    around = holding.getparent()
    if around is None:
        return holding
    if around not in alike:
        alike[around] = Counter(one.get("typeCode") for one in around.iterchildren(RELATED))
    several = alike[around][holding.get("typeCode")] > 1
    return holding if several else _outermost(around, alike)
