"""A table of blood pressures as a cuff's program exports it, such as Omron Connect."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from records.findings.plausibility import is_plausible
from records.imports.columns import Columns, Sheet, open_sheet
from records.imports.dates import Order, day_of, moment_of, order_of
from records.language.units import canonical
from records.vocabulary import Code

NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)(?:\s*(?:mmhg|kpa|bpm|/min|次/分))?")
AHEAD = timedelta(days=1)  # a cuff's clock may stand in another zone


class NotATable(ValueError):
    """These bytes are no table of blood pressures."""


class Why(StrEnum):
    """Why a row is kept out."""

    NO_NUMBERS = "no_numbers"
    NO_TIME = "no_time"
    NOT_PLAUSIBLE = "not_plausible"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Measured:
    """One reading, with the line it stands in; a moment without an offset is the wall's."""

    line: int
    at: datetime
    systolic: Decimal
    diastolic: Decimal
    pulse: Decimal | None


@dataclass(frozen=True, slots=True)
class KeptOut:
    """One row that is not taken in, and why."""

    line: int
    why: Why


@dataclass(frozen=True, slots=True)
class Table:
    """What a table holds, oldest first.

    With `unclear` its days could be in either order, and nothing was read: the two days that the
    first such cell could be, day first and month first.
    """

    measured: tuple[Measured, ...]
    kept_out: tuple[KeptOut, ...] = ()
    unclear: tuple[datetime, datetime] | None = None


def read_table(content: bytes, *, now: datetime, order: Order | None = None) -> Table:
    """Read a table; `now` is the wall's time, `order` how its days stand where that was asked.

    Raises NotATable for bytes in which no such table is found.
    """
    sheet = open_sheet(content)
    if sheet is None or not sheet.rows:
        raise NotATable
    if order is None:
        order, example = order_of(_cell(cells, sheet.columns.day) for _, cells in sheet.rows)
        if order is None:
            return Table((), unclear=_both(example))
    return _read(sheet, now, order)


def _both(example: str) -> tuple[datetime, datetime]:
    days = [day_of(example, order) for order in Order]
    first, second = (datetime(one.year, one.month, one.day) for one in days if one)  # noqa: DTZ001
    return first, second


def _read(sheet: Sheet, now: datetime, order: Order) -> Table:
    measured: list[Measured] = []
    kept_out: list[KeptOut] = []
    for line, cells in sheet.rows:
        found = _measured(line, cells, sheet.columns, now, order)
        if isinstance(found, Measured):
            measured.append(found)
        else:
            kept_out.append(KeptOut(line, found))
    if not measured and all(one.why is Why.NO_NUMBERS for one in kept_out):
        raise NotATable
    measured.sort(key=lambda one: (one.at.replace(tzinfo=None), one.line))
    return Table(tuple(measured), tuple(kept_out))


def _measured(
    line: int, cells: Sequence[str], columns: Columns, now: datetime, order: Order
) -> Measured | Why:
    high = _number(_cell(cells, columns.systolic), kilopascal=columns.kilopascal)
    low = _number(_cell(cells, columns.diastolic), kilopascal=columns.kilopascal)
    if high is None or low is None:
        return Why.NO_NUMBERS
    time_cell = None if columns.time is None else _cell(cells, columns.time)
    at = moment_of(_cell(cells, columns.day), time_cell, order)
    if at is None:
        return Why.NO_TIME
    if at.replace(tzinfo=None) > now + AHEAD:
        return Why.NOT_YET
    pulse = None if columns.pulse is None else _number(_cell(cells, columns.pulse))
    sound = is_plausible(Code.BLOOD_PRESSURE, (high, low))
    if not sound or (pulse is not None and not is_plausible(Code.HEART_RATE, (pulse,))):
        return Why.NOT_PLAUSIBLE
    return Measured(line, at, high, low, pulse)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _number(cell: str, *, kilopascal: bool = False) -> Decimal | None:
    """Return the number a cell holds; a formula, or more than a number, is none."""
    text = unicodedata.normalize("NFKC", cell).strip().casefold()
    text = text.removeprefix('="').removesuffix('"').strip()
    found = NUMBER.fullmatch(text)
    if found is None:
        return None
    value = Decimal(found[1].replace(",", "."))
    return canonical(value, "kPa")[0] if kilopascal else value
