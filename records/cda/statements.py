"""What an entry of a document says: the statements within its organizers and concerns."""

from collections.abc import Iterator

from records.cda.claims import ENTRY_REFERENCE, TEAM_MEMBER
from records.cda.elements import Element
from records.cda.engine.tree import (
    CODE,
    COMPONENT,
    ORGANIZER,
    RELATED,
    TEMPLATE,
    VALUE,
    cda,
    own_codes,
    statement,
)

ACT = cda("act")
NOTHING = frozenset({"NI", "UNK", "NASK", "ASKU", "NAV", "MSK", "NA", "NP"})


def statements_of(act: Element) -> Iterator[Element]:
    """Return what is said: the parts of an organizer, what a concern is about, or the act."""
    if act.tag == ORGANIZER:
        for part in act.iterfind(COMPONENT):
            inner = statement(part)
            if inner is not None:
                yield from statements_of(inner)
        return
    inside = [one for holder in act.iterfind(RELATED) if (one := statement(holder)) is not None]
    about = [one for one in inside if one.tag != ACT]
    if about and _wraps(act):
        for one in about:
            yield from statements_of(one)
        return
    yield act


def _wraps(act: Element) -> bool:
    """Say whether a statement only holds others: a concern, or a status nobody was asked."""
    if act.tag == ACT:
        return any(code == "CONC" for code, _ in own_codes(act)) or act.find(CODE) is None
    value = act.find(VALUE)
    return value is not None and value.get("nullFlavor") in NOTHING and not len(value)


def only_points(act: Element) -> bool:
    """Say whether a statement tells nothing itself: it points to another, or names who cares."""
    if _claims(act, POINTING):
        return True
    inside = [one for holder in act.iterfind(RELATED) if (one := statement(holder)) is not None]
    return act.tag == ACT and bool(inside) and all(_claims(one, POINTING) for one in inside)


def _claims(act: Element, templates: frozenset[str]) -> bool:
    return any(one.get("root") in templates for one in act.iterfind(TEMPLATE))


POINTING = frozenset({ENTRY_REFERENCE[0][0], TEAM_MEMBER[0][0]})
