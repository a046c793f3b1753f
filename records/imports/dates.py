"""Days and times as exports write them; a day that could be two is never guessed."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum


class Order(StrEnum):
    """In which order a day written as three numbers stands, where the year is the last."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
DAY_THEN_NAME = re.compile(r"(\d{1,2})\.?[\s-]*(?:de\s+)?([^\W\d_]{3,})\.?[\s,-]*(?:de\s+)?(\d{4})")
NAME_THEN_DAY = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
CLOCK = re.compile(r"(\d{1,2})\s*[:h.時时点]\s*(\d{2})(?:\s*[:分]\s*(\d{2}))?(?!\d)")
AFTERNOON = re.compile(r"p\.?\s?m\.?|下午|晚上|午後|오후", re.I)
MORNING = re.compile(r"a\.?\s?m\.?|上午|早上|午前|오전", re.I)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan gen ene sty",
            "feb fev lut",
            "mar mae maa mrt",
            "apr avr abr kwi",
            "may mai mag mei maj",
            "jun juin giu cze",
            "jul juil lug lip",
            "aug aou ago sie",
            "sep set wrz",
            "oct okt out ott paz",
            "nov lis",
            "dec dez dic gru",
        ),
        1,
    )
    for name in names.split()
}


def order_of(cells: Iterable[str]) -> tuple[Order | None, str]:
    """Return the order that a column's days are in; None with an example where it may be both."""
    first_large = second_large = False
    example = ""
    for cell in cells:
        found = YEAR_LAST.search(_plain(cell))
        if found is None or found[2] == "." or YEAR_FIRST.search(_plain(cell)):
            continue
        first, second = int(found[1]), int(found[3])
        first_large, second_large = first_large or first > 12, second_large or second > 12
        if first != second and max(first, second) <= 12 and not example:
            example = cell
    if first_large != second_large:
        return (Order.DAY_FIRST if first_large else Order.MONTH_FIRST), ""
    return (None, example) if example else (Order.DAY_FIRST, "")


def day_of(cell: str, order: Order) -> date | None:
    """Return the day a cell names, or None where it names none."""
    text = _plain(cell)
    if found := YEAR_FIRST.search(text):
        return _day(found[1], found[2], found[3])
    if found := YEAR_LAST.search(text):
        day_first = order is Order.DAY_FIRST or found[2] == "."
        day, month = (found[1], found[3]) if day_first else (found[3], found[1])
        return _day(found[4], month, day)
    if found := DAY_THEN_NAME.search(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := NAME_THEN_DAY.search(text):
        return _day(found[3], _month(found[1]), found[2])
    return None


def time_of(cell: str) -> time | None:
    """Return the time of day a cell names, or None where it names none."""
    found = CLOCK.search(_without_the_day(_plain(cell)))
    if found is None:
        return None
    hour = int(found[1])
    if AFTERNOON.search(cell) and hour < 12:
        hour += 12
    elif MORNING.search(cell) and hour == 12:
        hour = 0
    try:
        return time(hour, int(found[2]), int(found[3] or 0))
    except ValueError:
        return None


def moment_of(day_cell: str, time_cell: str | None, order: Order) -> datetime | None:
    """Return the moment two cells name; with its offset where it is written so."""
    written = _written_with_offset(day_cell)
    if written is not None:
        return written
    day, at = day_of(day_cell, order), time_of(day_cell if time_cell is None else time_cell)
    return datetime.combine(day, at) if day and at else None


def _written_with_offset(cell: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(cell.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _without_the_day(text: str) -> str:
    return YEAR_LAST.sub(" ", YEAR_FIRST.sub(" ", text))


def _day(year: str, month: str | int, day: str) -> date | None:
    number = int(year)
    try:
        return date(number + 2000 if number < 100 else number, int(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    return MONTHS.get(name[:4], MONTHS.get(name[:3], 0))


def _plain(cell: str) -> str:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", cell)).casefold()
    return "".join(one for one in text if not unicodedata.combining(one)).strip()
