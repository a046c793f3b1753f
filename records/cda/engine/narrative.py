"""The text of a section: whose words are whose, and a table made anew where that is not clear."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from records.cda.elements import Element, add
from records.cda.engine.telling import Row, rows_of
from records.cda.engine.tree import ENTRY, TEXT, TITLE, cda, empty, references, remove
from records.vocabulary import Language
from records.wording import later, say

NOTHING = later("No information.")
HEADINGS = (later("When"), later("What"), later("Value"), later("In words"))
UNITS = frozenset(map(cda, ("tr", "item", "paragraph")))
HEAD = cda("thead")
MEDIA = cda("observationMedia")

Place = tuple[str, str]
"""How a narrative element is pointed to: ("#", its ID) or ("media", the ID of what it shows)."""


def points_to(holding: Element) -> Iterator[Place]:
    """Return the narrative places an entry or component and what is in it point to."""
    for one in references(holding):
        yield "#", one
    for media in holding.iter(MEDIA):
        if media.get("ID"):
            yield "media", media.get("ID", "")


def places_of(text: Element) -> dict[Place, list[Element]]:
    """Return the elements of a narrative that can be pointed to."""
    found: dict[Place, list[Element]] = {}
    for one in text.iter("*"):
        if one.get("ID"):
            found.setdefault(("#", one.get("ID", "")), []).append(one)
        for name in one.get("referencedObject", "").split():
            found.setdefault(("media", name), []).append(one)
    return found


def keep_only(text: Element, left: list[Element], gone: set[Place]) -> bool:
    """Keep the rows, items and paragraphs that tell of the entries left, and nothing else.

    Returns False and changes nothing where words cannot be told apart: a unit is shared with what
    is gone, units lie in one another, or an entry has no words of its own.
    """
    places = places_of(text)
    kept: set[Element] = set()
    for entry in left:
        units = {_unit(text, one) for place in points_to(entry) for one in places.get(place, ())}
        if not units:
            return False
        kept |= units
    lost = {_unit(text, one) for place in gone for one in places.get(place, ())}
    around = {one for unit in kept for one in unit.iterancestors()}
    if (
        text in kept
        or kept & lost
        or kept & around
        or any(kept.intersection(one.iterancestors()) for one in lost)
    ):
        return False
    _drop(text, kept, around)
    return True


def _unit(text: Element, element: Element) -> Element:
    """Return the row, item or paragraph around an element, or its part of the text."""
    for one in (element, *element.iterancestors()):
        if one is text or one.tag in UNITS or one.getparent() is text:
            return one
    return element


def _drop(element: Element, kept: set[Element], around: set[Element]) -> None:
    element.text = None
    for child in element:
        child.tail = None
        if child in around and child not in kept:
            _drop(child, kept, around)
    remove(
        *(
            child
            for child in element
            if child not in kept
            and child not in around
            and not (child.tag == HEAD and element in around)
        )
    )


def tell_anew(section: Element, left: list[Element], gone: set[Place], language: Language) -> None:
    """Replace a section's text by a table of what is left, or by a neutral sentence.

    Words a remaining entry points to are kept with their IDs, unless what is gone had them too.
    """
    old = section.find(TEXT)
    places = places_of(old) if old is not None else {}
    words = {
        place[1]: " ".join("".join(str(part) for part in found[0].itertext()).split())
        for place, found in places.items()
        if place[0] == "#" and place not in gone and not _holds(found[0], gone)
    }
    rows = list(_named_once(row for entry in left for row in rows_of(entry, words)))
    text = fresh_text(section)
    if rows:
        add_table(text, rows, language)
    else:
        text.text = say(language, NOTHING)


def _named_once(rows: Iterable[Row]) -> Iterator[Row]:
    """Return the rows with each ID once: words that several entries share keep it where first."""
    seen: set[str] = set()
    for row in rows:
        yield replace(row, words=tuple(one for one in row.words if one[0] not in seen))
        seen.update(name for name, _ in row.words)


def _holds(element: Element, gone: set[Place]) -> bool:
    """Say whether words lie in, or around, those of something that is gone."""
    lines = (*element.iter("*"), *element.iterancestors())
    return any(("#", one.get("ID", "")) in gone for one in lines)


def fresh_text(section: Element) -> Element:
    """Replace the text of a section by an empty one in its place and return it."""
    old = section.find(TEXT)
    if old is not None:
        empty(old)
        return old
    text = add(section, "text")
    before = [one for one in section if one.tag in BEFORE_TEXT]
    section.insert(section.index(before[-1]) + 1 if before else 0, text)
    return text


BEFORE_TEXT = frozenset((TITLE, *map(cda, ("realmCode", "typeId", "templateId", "id", "code"))))


def add_table(text: Element, rows: Iterable[Row], language: Language) -> None:
    """Append a table people read; the IDs that entries point to stand in it."""
    table = add(text, "table")
    head = add(add(table, "thead"), "tr")
    for heading in HEADINGS:
        add(head, "th", say(language, heading))
    body = add(table, "tbody")
    for row in rows:
        line = add(body, "tr")
        for cell in (row.when, row.what, row.value):
            add(line, "td", cell)
        words = add(line, "td")
        for name, said in row.words:
            add(words, "content", said, ID=name).tail = " "


def entries_in(section: Element) -> list[Element]:
    """Return the entries of a section, those of its nested sections not among them."""
    return section.findall(ENTRY)
