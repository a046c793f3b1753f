"""The ways in which people and machines write a name, a number, a date, an id."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from uuid import UUID

SHORTEST_NUMBER = 7
"""Digits of the shortest telephone number."""
SHORTEST_WORDS = 8
"""Bytes of the shortest thing said that is looked for: `F` or `good` names nobody."""


def written_forms(kind: str, value: str) -> Iterator[str]:
    """Yield the ways in which people and machines write an identifier of this class."""
    value = value.strip()
    yield value
    yield from WRITINGS.get(kind, _as_id)(value)


def _as_name(name: str) -> Iterator[str]:
    parts = re.split(r"[\s,，·.]+", name)
    if len(parts) > 1:
        for ordered in (parts, parts[::-1], [parts[-1], *parts[:-1]]):
            yield from (mark.join(ordered) for mark in (" ", "", ", ", "_", "-", "."))
    elif not name.isascii() and len(name) in (2, 3, 4):
        for given in (name[1:], name[2:]):  # a Chinese family name has one character, or two
            family = name[: len(name) - len(given)]
            yield from (mark.join((given, family)) for mark in (" ", "", ", ") if given)
            yield from (mark.join((family, given)) for mark in (" ", ", ") if given)


def _as_date(iso: str) -> Iterator[str]:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return
    year, month, number = f"{day.year:04d}", day.month, day.day
    yield f"{year}{month:02d}{number:02d}"
    for mark in "-/.":
        yield mark.join((year, f"{month:02d}", f"{number:02d}"))
        yield mark.join((year, str(month), str(number)))
        for first, second in ((month, number), (number, month)):
            yield mark.join((f"{first:02d}", f"{second:02d}", year))
            yield mark.join((str(first), str(second), year))
    yield f"{year}年{month}月{number}日"
    yield f"{year}年{month:02d}月{number:02d}日"
    for name in (MONTHS[month - 1], MONTHS[month - 1][:3]):
        yield from (
            f"{number} {name} {year}",
            f"{name} {number}, {year}",
            f"{name} {number} {year}",
        )


def _as_phone(phone: str) -> Iterator[str]:
    digits = "".join(one for one in phone if one.isdecimal())
    if len(digits) >= SHORTEST_NUMBER:
        yield digits
        yield from (digits[-length:] for length in (11, 10) if len(digits) > length)


def _as_address(address: str) -> Iterator[str]:
    parts = (one.strip() for one in re.split(r"[,，;；\n]", address))
    yield from (one for one in parts if len(one.encode(errors="replace")) >= SHORTEST_WORDS)


def _as_id(value: str) -> Iterator[str]:
    if re.fullmatch("[0-9a-fA-F]{32}", value):
        yield str(UUID(value))


MONTHS = tuple(date(2000, month, 1).strftime("%B") for month in range(1, 13))

WRITINGS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "name": _as_name,
    "phone": _as_phone,
    "id number": _as_phone,
    "address": _as_address,
    "birth date": _as_date,
    "date": _as_date,
}
