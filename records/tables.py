"""What is told as a table for a spreadsheet: UTF-8 with a mark, and no cell that computes."""

import csv
import io
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from records.cda.words import CODES, KINDS
from records.observations import Observation, Quantity
from records.people import Person
from records.tracking import PersonId
from records.vocabulary import Language
from records.wording import later, say

MARK = "\ufeff"
"""What tells a spreadsheet that a file is UTF-8."""
COMPUTES = frozenset("=+-@\t\r\n|%＝＋－＠")
"""What a cell begins with that a spreadsheet may run or drop."""
COLUMNS = (
    later("When"),
    later("Kind"),
    later("What"),
    later("Value"),
    later("Second value"),
    later("Unit"),
    later("Remark"),
    later("Told by"),
    later("Written by"),
)


def table_of(
    observations: Iterable[Observation],
    *,
    people: Mapping[PersonId, Person],
    language: Language,
    zone: str,
) -> bytes:
    """Return observations as CSV, a line each, in this language and zone."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([say(language, one) for one in COLUMNS])
    for one in observations:
        writer.writerow([safe(cell) for cell in _row(one, people, language, zone)])
    return (MARK + out.getvalue()).encode(errors="replace")


def safe(cell: str) -> str:
    """Return a cell that stays text in every spreadsheet."""
    cell = cell.replace("\0", "\ufffd")
    first = cell.lstrip(" \u3000\u00a0")[:1]
    return f"'{cell}" if first in COMPUTES and first else cell


def _row(
    one: Observation, people: Mapping[PersonId, Person], language: Language, zone: str
) -> list[str]:
    names = (people[who].name if who in people else "" for who in (one.informant, one.author))
    return [
        one.effective.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M"),
        say(language, KINDS[one.kind]),
        say(language, CODES[one.code]),
        *_values(one),
        one.context,
        *names,
    ]


def _values(one: Observation) -> tuple[str, str, str]:
    quantities = [part.quantity for part in one.components]
    if isinstance(one.value, Quantity):
        quantities = [one.value]
    if not quantities:
        return str(one.value or ""), "", ""
    numbers = [format(part.value, "f") for part in quantities]
    return numbers[0], "/".join(numbers[1:]), quantities[0].unit
