"""Sections of the same code from several documents as one section."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from records.cda.claims import ONLY_WITH_ENTRIES
from records.cda.elements import Element, add
from records.cda.engine.duplicates import merge
from records.cda.engine.narrative import (
    UNITS,
    Place,
    fresh_text,
    places_of,
    tell_anew,
)
from records.cda.engine.times import spans
from records.cda.engine.tree import (
    COMPONENT,
    EFFECTIVE,
    ENTRY,
    TEMPLATE,
    TEXT,
    TITLE,
    canonical,
    cda,
    graft,
    remove,
)
from records.vocabulary import Language

CONFIDENTIALITY = cda("confidentialityCode")
SECRECY = {"N": 1, "R": 2, "V": 3}
HEAD_TAGS = tuple(map(cda, ("thead", "caption")))
HOLD_UNITS = frozenset(map(cda, ("tbody", "table", "list")))


@dataclass(frozen=True, slots=True)
class Sourced:
    """A section and the number of the document it comes from; a higher number is newer."""

    source: int
    section: Element


def join_sections(found: Sequence[Sourced], language: Language) -> Element:
    """Return one section of all of these: the newest's shell, everybody's entries and words."""
    told = [one for one in found if not is_empty(one.section)] or [found[-1]]
    if len(told) == 1:
        return _ordered(told[0].section)
    merged = merge((one.source, one.section.findall(ENTRY)) for one in reversed(told))
    joined = _shell(told)
    for one in told:
        left = [entry for source, entry in merged.kept if source == one.source]
        _add_words(joined, one, left, merged.gone.get(one.source, set()), language)
    for _, entry in sorted(merged.kept, key=lambda one: (first_day(one[1]), one[0])):
        graft(joined, entry)
    for part in _nested(told):
        graft(joined, part)
    return joined


def is_empty(section: Element) -> bool:
    """Say whether a section says that there is no information."""
    return section.get("nullFlavor") is not None and section.find(ENTRY) is None


def first_day(entry: Element) -> str:
    """Return the first day an entry tells of, as text that sorts."""
    return min(
        (low for time in entry.iter(EFFECTIVE) for low, _ in spans(time) if low.strip("0")),
        default="",
    )


def _ordered(section: Element) -> Element:
    """Put the entries of a section in the order of their days, where they stand."""
    entries = section.findall(ENTRY)
    if entries:
        *before, following = sorted(entries, key=first_day)
        section.insert(section.index(entries[0]), following)
        for entry in reversed(before):
            following.addprevious(entry)
            following = entry
    return section


def _shell(told: Sequence[Sourced]) -> Element:
    """Return the newest section without entries and words, with the templates of all."""
    newest = told[-1].section
    joined = deepcopy(newest)
    joined.tail = None
    remove(*joined.findall(ENTRY), *joined.findall(COMPONENT))
    fresh_text(joined)
    templates = {
        _key(one): one for sourced in reversed(told) for one in sourced.section.iterfind(TEMPLATE)
    }
    for key in [one for one in templates if one[0] in ONLY_WITH_ENTRIES and not _all(told, one)]:
        del templates[key]
    remove(*joined.findall(TEMPLATE))
    for place, key in enumerate(sorted(templates)):
        template = deepcopy(templates[key])
        template.tail = None
        joined.insert(place, template)
    _keep_title(joined, told)
    _keep_strictest(joined, told)
    return joined


def _all(told: Sequence[Sourced], key: tuple[str, str]) -> bool:
    """Say whether every section with entries claims this template."""
    with_entries = [one.section for one in told if one.section.find(ENTRY) is not None]
    claims = [{_key(one) for one in each.iterfind(TEMPLATE)} for each in with_entries]
    return all(key in one for one in claims)


def _key(template: Element) -> tuple[str, str]:
    return template.get("root", ""), template.get("extension", "")


def _keep_title(joined: Element, told: Sequence[Sourced]) -> None:
    """Give a section without a title the newest title there is."""
    titles = [title for one in told if (title := one.section.find(TITLE)) is not None]
    text = joined.find(TEXT)
    if joined.find(TITLE) is None and titles and text is not None:
        joined.insert(joined.index(text), deepcopy(titles[-1]))


def _keep_strictest(joined: Element, told: Sequence[Sourced]) -> None:
    marks = [mark for one in told for mark in one.section.iterfind(CONFIDENTIALITY)]
    if not marks:
        return
    strictest = max(marks, key=lambda one: SECRECY.get(one.get("code", ""), 0))
    remove(*joined.findall(CONFIDENTIALITY))
    text = joined.find(TEXT)
    joined.insert(joined.index(text) + 1 if text is not None else len(joined), deepcopy(strictest))


def _add_words(
    joined: Element, one: Sourced, left: list[Element], gone: set[Place], language: Language
) -> None:
    text, whole = one.section.find(TEXT), joined.find(TEXT)
    if whole is None:
        return
    if text is not None:
        drop_units(text, gone)
    if text is None or not says_anything(text):
        if not left:
            return
        tell_anew(one.section, left, set(), language)
        text = one.section.find(TEXT)
    if text is None:
        return
    if text.text and text.text.strip():
        add(whole, "paragraph", text.text.strip())
    for child in text:
        graft(whole, child)


def drop_units(text: Element, gone: set[Place]) -> None:
    """Take the rows, items and paragraphs out that tell of what is told elsewhere."""
    told = (one for place, found in places_of(text).items() if place in gone for one in found)
    units = {
        next((up for up in (one, *one.iterancestors()) if up.tag in UNITS or up is text), one)
        for one in told
    }
    units = {one for one in units if one is not text and gone.issuperset(places_of(one))}
    while units:
        around = {one.getparent() for one in units}
        remove(*units)
        units = {one for one in around if one is not None and _held_only_units(one)}


def _held_only_units(around: Element) -> bool:
    """Say whether a table or list holds nothing any more that tells of something."""
    return around.tag in HOLD_UNITS and not any(
        one.tag in UNITS or one.tag in HOLD_UNITS for one in around
    )


def says_anything(text: Element) -> bool:
    """Say whether a narrative has words, or shows something, beside its headings."""
    headings = {one for head in text.iter(*HEAD_TAGS) for one in head.iter()}
    for one in text.iter("*"):
        if one.get("referencedObject"):
            return True
        if (one.text and one.text.strip() and one not in headings) or (
            one is not text and one.tail and one.tail.strip()
        ):
            return True
    return False


def _nested(told: Sequence[Sourced]) -> list[Element]:
    """Return the nested sections of all, what is the same standing there once."""
    found = {canonical(part): part for one in told for part in one.section.iterfind(COMPONENT)}
    return list(found.values())
