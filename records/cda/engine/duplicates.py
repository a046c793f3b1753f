"""Which entries of several documents tell the same: the same id, or the same code, time, value."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from records.cda.elements import Element
from records.cda.engine.narrative import Place, points_to
from records.cda.engine.tree import (
    COMPONENT,
    EFFECTIVE,
    ID,
    ORGANIZER,
    TEMPLATE,
    cda,
    graft,
    own_codes,
    own_ids,
    statement,
)

Key = tuple[object, ...]

SILENT = frozenset(
    (ID, TEMPLATE, *map(cda, ("text", "originalText", "author", "informant", "performer")))
)
"""Parts of a statement that say nothing of what was found, when, and how much."""
TELLING = ("code", "codeSystem", "value", "unit", "nullFlavor", "moodCode", "negationInd")


@dataclass(slots=True)
class Merged:
    """The entries that stay, and for each source the narrative of those that go."""

    kept: list[tuple[int, Element]] = field(default_factory=list)
    gone: dict[int, set[Place]] = field(default_factory=dict)


def merge(sources: Iterable[tuple[int, list[Element]]]) -> Merged:
    """Return the entries of several sources, newest first, without what was told before.

    Organizers with the same id become one, with the components of both.
    """
    merged = Merged()
    by_id: dict[tuple[str, str], Element] = {}
    by_meaning: dict[Key, Element] = {}
    for source, entries in sources:
        known_ids, known_meanings = dict(by_id), dict(by_meaning)
        usable = _usable(entries)
        for entry in entries:
            ids = [one for one in _ids(entry) if one in usable]
            meaning = _meaning(entry)
            twin = next((known_ids[one] for one in ids if one in known_ids), None)
            if twin is None and meaning:
                twin = known_meanings.get(meaning)
            if twin is not None:
                merged.gone.setdefault(source, set()).update(_join(twin, entry))
                continue
            merged.kept.append((source, entry))
            by_id.update(dict.fromkeys(ids, entry))
            if meaning:
                by_meaning.setdefault(meaning, entry)
    return merged


def _usable(entries: list[Element]) -> set[tuple[str, str]]:
    """Return the ids that name one entry only; some documents give all theirs the same."""
    counted = Counter(one for entry in entries for one in set(_ids(entry)))
    return {one for one, number in counted.items() if number == 1}


def _ids(entry: Element) -> list[tuple[str, str]]:
    act = statement(entry)
    return list(own_ids(act)) if act is not None else []


def _meaning(holding: Element) -> Key | None:
    """Return what an entry says of what, when and how much; None where there is nothing.

    Where no time is told, two are the same only if their ids are as well.
    """
    act = statement(holding)
    if act is None:
        return None
    said = tuple(_telling(act))
    timed = any(one.get("value") or len(one) for one in act.iter(EFFECTIVE))
    coded = any(True for one in act.iter("*") for _ in own_codes(one))
    return (
        said
        if timed and coded
        else (*said, *(own for one in act.iter("*") for own in own_ids(one)))
    )


def _telling(element: Element) -> Iterator[Key]:
    own = tuple(element.get(name, "") for name in TELLING)
    yield (element.tag, *own, " ".join((element.text or "").split()))
    for child in element:
        if child.tag not in SILENT and isinstance(child.tag, str):
            yield from _telling(child)
    yield ("/",)


def _join(twin: Element, entry: Element) -> Iterator[Place]:
    """Give an organizer what only its older twin has; return where that twin told the rest."""
    new, old = statement(twin), statement(entry)
    if new is None or old is None or new.tag != ORGANIZER or old.tag != ORGANIZER:
        yield from points_to(entry)
        return
    known_ids = {one for part in new.findall(COMPONENT) for one in _ids(part)}
    known = {_meaning(part) or _bare(part) for part in new.findall(COMPONENT)}
    for part in old.findall(COMPONENT):
        if known_ids.isdisjoint(_ids(part)) and (_meaning(part) or _bare(part)) not in known:
            graft(new, part)
        else:
            yield from points_to(part)


def _bare(part: Element) -> Key:
    return tuple(_telling(part))
