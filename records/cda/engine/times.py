"""Times of a document as spans of days that compare as text."""

from collections.abc import Iterator

from records.cda.elements import Element
from records.cda.engine.tree import HIGH, LOW

Span = tuple[str, str]
"""First and last day as YYYYMMDD; a year or month stands for all its days."""

EARLIEST, LATEST = "00000000", "99999999"


def spans(time: Element) -> Iterator[Span]:
    """Return the spans an effectiveTime covers; open ends stay open, unknown times give none."""
    if point := _digits(time.get("value", "")):
        yield point.ljust(8, "0"), point.ljust(8, "9")
    for one in time.iter("*"):
        low, high = one.find(LOW), one.find(HIGH)
        first = _digits(low.get("value", "")) if low is not None else ""
        last = _digits(high.get("value", "")) if high is not None else ""
        if first or last:
            yield first.ljust(8, "0") if first else EARLIEST, last.ljust(8, "9") or LATEST
        if one is not time and (point := _digits(one.get("value", ""))) and one.tag not in ENDS:
            yield point.ljust(8, "0"), point.ljust(8, "9")


ENDS = frozenset({LOW, HIGH})


def _digits(value: str) -> str:
    day = value[:8].split(".")[0].split("+")[0].split("-")[0]
    return day if day.isdigit() and len(day) >= 4 else ""


def readable(value: str) -> str:
    """Return an HL7 time as people read it: 2026-04-11 08:30; as it is where it is none."""
    day = _digits(value)
    if not day:
        return value
    date = "-".join(one for one in (day[:4], day[4:6], day[6:8]) if one)
    clock = value[8:12]
    return f"{date} {clock[:2]}:{clock[2:]}" if clock.isdigit() and len(clock) == 4 else date
