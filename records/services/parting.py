"""A record as documents other systems take: one, or several where one would be too large.

What lasts, such as conditions and medicines, stands in each of them, so that each can be read by
itself; a system that takes several in knows it again by its ids.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from records.segments import Segment
from records.services.handing import Handout, summary
from records.services.ports import Unit

LARGEST = 10_000_000
"""Bytes of the largest document that is handed out: what we, and others, take in."""
LEAST = 500
"""Bytes that one thing told takes at the least; so many of them are not even tried in one."""
YEAR, MONTH, DAY = "%Y", "%Y-%m", "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class Part:
    """One document and the time it tells of: `2025`, `2025-03`, or nothing for all of it."""

    period: str
    content: bytes


def summaries(unit: Unit, handout: Handout, *, now: datetime) -> Iterator[Part]:
    """Return the record as one document, else one a year; a year too large is told by months."""
    yield from _summed(unit, handout, "", (YEAR, MONTH, DAY), now=now)


def _summed(
    unit: Unit, handout: Handout, period: str, finer: tuple[str, ...], *, now: datetime
) -> Iterator[Part]:
    told = sum(len(one.observations) for one in handout.segments)
    if not finer or told * LEAST <= LARGEST:
        content = summary(unit, handout, now=now)
        if not finer or len(content) <= LARGEST:
            yield Part(period, content)
            return
    form, *rest = finer
    for part, segments in sorted(_by_period(handout, form).items()):
        yield from _summed(unit, replace(handout, segments=segments), part, tuple(rest), now=now)


def _by_period(handout: Handout, form: str) -> dict[str, tuple[Segment, ...]]:
    """Return segments by the time they tell of, with what lasts in each."""
    lasting = tuple(one for one in handout.segments if one.told_on is None)
    found: dict[str, list[Segment]] = {}
    for one in handout.segments:
        if one.told_on is not None:
            found.setdefault(one.told_on.strftime(form), []).append(one)
    return {part: (*lasting, *ones) for part, ones in found.items()} or {"": lasting}
