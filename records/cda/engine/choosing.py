"""Which sections, entries and parts of them a wish is about: by kind, entry, id, code and day."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from records.cda.elements import Element
from records.cda.engine.cutting import PHYSICAL, SIGNS, Plan
from records.cda.engine.times import spans
from records.cda.engine.tree import (
    COMPONENT,
    EFFECTIVE,
    ENTRY,
    ID,
    NON_XML,
    ORGANIZER,
    SECTION,
    VALUE,
    cda,
    own_codes,
    section_of,
    statement,
)
from records.vocabulary import SegmentKind

Test = Callable[[Iterable[Element]], bool]

CodeWish = str | tuple[str, str | None]
"""A code of any code system, or (code, code system)."""
EntryId = str | tuple[str, str]
"""The root of an entry's id, or (root, extension)."""

RESTRICTED = frozenset({"R", "V"})
SECURITY_LABEL = "SECCLASSOBS"
"""HL7 ActCode of an observation that says how confidential its entry is."""
CONFIDENTIALITY = cda("confidentialityCode")


@dataclass(frozen=True, slots=True)
class Wish:
    """What to hide: all that any of these names."""

    kinds: frozenset[SegmentKind] = frozenset()
    entries: frozenset[int] = frozenset()
    ids: frozenset[EntryId] = frozenset()
    codes: frozenset[CodeWish] = frozenset()
    days: tuple[date, date] | None = None
    restricted: bool = False


def hidden_sections(made: Plan, wish: Wish) -> list[Element]:
    """Return the sections that go as a whole because of their kind, or of how secret they are."""
    parts = _by_section(made)
    return [
        one
        for one, kind in made.kinds.items()
        if _goes(kind, wish, parts.get(one, []))
        or (wish.restricted and secrecy_of(one) in RESTRICTED)
    ]


def _goes(kind: SegmentKind, wish: Wish, parts: list[Element]) -> bool:
    """Say whether a section is of a hidden kind, and holds nothing of body measures that stay."""
    return kind in wish.kinds and (kind is not PHYSICAL or SIGNS in wish.kinds or not parts)


def targets(root: Element, made: Plan, wish: Wish) -> list[Element]:
    """Return what the wish is about in document order: sections, bodies, entries, components."""
    parts = _by_section(made)
    found = [
        one
        for section in root.iter(SECTION)
        for one in _in_section(section, made, wish, parts.get(section, []))
    ]
    whole = root.find(CONFIDENTIALITY)
    secret = whole is not None and whole.get("code") in RESTRICTED
    if wish.kinds & {SegmentKind.OTHER} or (wish.restricted and secret):
        found += (*root.iter(NON_XML), *made.loose)
    if wish.entries:
        numbered = enumerate(entries_of(root), 1)
        found += [one for number, one in numbered if number in wish.entries]
    tests = tuple(_tests(wish))
    if tests:
        found += [
            one
            for entry in entries_of(root)
            for one in _parts(entry, lambda content: _any(tests, content))
        ]
    return found


def entries_of(root: Element) -> Iterator[Element]:
    """Return the entries of all sections, and those in none, in document order."""
    for one in root.iter(ENTRY):
        parent = one.getparent()
        if parent is not None and (parent.tag == SECTION or section_of(one) is None):
            yield one


def _by_section(made: Plan) -> dict[Element, list[Element]]:
    """Return the parts of a kind of their own that lie in each section, or in one in it."""
    found: dict[Element, list[Element]] = {}
    for one in made.parts:
        for section in one.iterancestors(SECTION):
            found.setdefault(section, []).append(one)
    return found


def _in_section(
    section: Element, made: Plan, wish: Wish, parts: list[Element]
) -> Iterable[Element]:
    kind = made.kinds[section]
    if (wish.codes and _names(own_codes(section), wish.codes)) or (
        wish.restricted and secrecy_of(section) in RESTRICTED
    ):
        return [section]
    if _goes(kind, wish, parts):
        return [section]
    if kind in wish.kinds:
        return _all_but(section, set(parts))
    return parts if SIGNS in wish.kinds else []


def secrecy_of(section: Element) -> str:
    """Return how confidential a section is: by its own mark, or that of what it stands in."""
    around = (section, *section.iterancestors(SECTION), section.getroottree().getroot())
    marks = (one.find(CONFIDENTIALITY) for one in around)
    return next((one.get("code", "") for one in marks if one is not None and one.get("code")), "")


def _all_but(section: Element, parts: set[Element]) -> Iterator[Element]:
    """Return everything of a section but these entries and components."""
    around: set[Element] = set()
    for one in (one for one in parts if one.tag == COMPONENT):
        for up in takewhile(lambda up: up not in around, one.iterancestors(COMPONENT, ENTRY)):
            around.add(up)
    for entry in section.iterfind(ENTRY):
        yield from _but(entry, parts, around)


def _but(holding: Element, parts: set[Element], around: set[Element]) -> Iterator[Element]:
    if holding in parts:
        return
    if holding not in around:
        yield holding
        return
    act = statement(holding)
    for component in act.findall(COMPONENT) if act is not None else ():
        yield from _but(component, parts, around)


def _tests(wish: Wish) -> Iterator[Test]:
    if wish.codes:
        yield lambda content: _names(
            ((one.get("code", ""), one.get("codeSystem", "")) for one in content), wish.codes
        )
    if wish.ids:
        yield lambda content: _has_id(content, wish.ids)
    if wish.days:
        first, last = (f"{one:%Y%m%d}" for one in wish.days)
        yield lambda content: any(
            low <= last and high >= first
            for one in content
            if one.tag == EFFECTIVE
            for low, high in spans(one)
        )
    if wish.restricted:
        yield _is_restricted


def _any(tests: Iterable[Test], content: Iterable[Element]) -> bool:
    elements = list(content)
    return any(test(elements) for test in tests)


def _parts(holding: Element, test: Test) -> list[Element]:
    """Return the entry or component if the test holds for it, else the parts it holds for."""
    act = statement(holding)
    components = act.findall(COMPONENT) if act is not None and act.tag == ORGANIZER else []
    if test(_outside(holding, set(components)) if components else holding.iter("*")):
        return [holding]
    found = [part for component in components for part in _parts(component, test)]
    return [holding] if components and set(components) <= set(found) else found


def _outside(holding: Element, components: set[Element]) -> Iterator[Element]:
    """Return what is in an entry or component but not in these components of its organizer."""
    pending = [holding]
    while pending:
        one = pending.pop()
        yield one
        pending += (child for child in one.iterchildren("*") if child not in components)


def _names(codes: Iterable[tuple[str, str]], wanted: Collection[CodeWish]) -> bool:
    return any(
        code in wanted or (code, system) in wanted or (code, None) in wanted
        for code, system in codes
        if code
    )


def _has_id(content: Iterable[Element], wanted: Collection[EntryId]) -> bool:
    return any(
        one.get("root") in wanted or (one.get("root", ""), one.get("extension", "")) in wanted
        for one in content
        if one.tag == ID and one.get("root")
    )


def _is_restricted(content: Iterable[Element]) -> bool:
    for one in content:
        if str(one.tag).endswith("}confidentialityCode") and one.get("code") in RESTRICTED:
            return True
        if one.get("code") == SECURITY_LABEL:
            parent = one.getparent()
            values = parent.iterfind(VALUE) if parent is not None else ()
            if any(value.get("code") in RESTRICTED for value in values):
                return True
    return False
