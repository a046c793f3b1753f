"""One thing found in a document, and the two numbers of a blood pressure put together."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from records.observations import Component, Quantity
from records.vocabulary import PANELS, Code


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """One thing a document says: what to show of it, and what it would be filed as.

    `code` is None where nothing is filed; `at` is the time as HL7 writes it, or nothing; `site` and
    `position` are where on the body it was, and how the body was held.
    """

    key: str
    when: str
    what: str
    value: str
    at: str = ""
    code: Code | None = None
    said: Quantity | str | None = None
    components: tuple[Component, ...] = ()
    stated: str = ""
    private: bool = False
    site: str = ""
    position: str = ""


def paired(found: Sequence[FoundEntry]) -> Iterator[FoundEntry]:
    """Put the two numbers of one blood pressure together; one alone stays in words."""
    waiting: dict[tuple[Code, str], list[FoundEntry]] = {}
    for one in found:
        if one.code in PAIR:
            waiting.setdefault((one.code, one.at), []).append(one)
    for one in found:
        if one.code not in PAIR:
            yield one
            continue
        mine = waiting[one.code, one.at]
        if not any(each is one for each in mine):
            continue
        mine.remove(one)
        others = waiting.get((PAIR[one.code], one.at), [])
        yield _panel(one, others.pop(0)) if others else _alone(one)


_UPPER, _LOWER = PANELS[Code.BLOOD_PRESSURE]
PAIR = {_UPPER: _LOWER, _LOWER: _UPPER}


def _panel(one: FoundEntry, other: FoundEntry) -> FoundEntry:
    upper, lower = (one, other) if one.code is _UPPER else (other, one)
    parts = tuple(
        Component(each.code, each.said)
        for each in (upper, lower)
        if each.code is not None and isinstance(each.said, Quantity)
    )
    key = hashlib.sha256(f"{upper.key} {lower.key}".encode()).hexdigest()[:32]
    return replace(
        upper,
        key=key,
        what=f"{upper.what} / {lower.what}",
        value=f"{upper.value} / {lower.value}",
        code=Code.BLOOD_PRESSURE,
        said=None,
        components=parts,
        stated=" / ".join(one.stated for one in (upper, lower) if one.stated),
        private=upper.private or lower.private,
        site=upper.site or lower.site,
        position=upper.position or lower.position,
    )


def _alone(one: FoundEntry) -> FoundEntry:
    said = f"{one.what}: {one.value}"
    return replace(one, code=Code.NOTE, said=said, stated="")
