"""The days a line names: dates in many orders, days ago, weekdays."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from records.language.moment import Moment
from records.language.numbers import from_han

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6} | {
    c: i for i, c in enumerate("一二三四五六日")
}


def hour(text: str) -> int:
    """Read a small number in figures or a Chinese numeral."""
    return int(text) if text.isdigit() else int(from_han(text).value or 0)


def _date(year: int | None, month: int, day: int, now: datetime) -> Moment | None:
    """Return the day meant; without a year the latest one that is not to come."""
    if year is not None and year < 100:
        year += 2000 if year <= now.year % 100 else 1900
    try:
        found = date(year or now.year, month, day)
        if year is None and found > now.date():
            found = date(now.year - 1, month, day)
    except ValueError:
        return None
    return Moment(found) if found.year >= 1900 else None


def of_ymd(m: re.Match[str], now: datetime) -> Moment | None:
    """Read year, month, day."""
    return _date(int(m["y"]), int(m["m"]), int(m["d"]), now)


def of_md(m: re.Match[str], now: datetime) -> Moment | None:
    """Read month and day."""
    return _date(None, hour(m["m"]), hour(m["d"]), now)


def of_day(m: re.Match[str], now: datetime) -> Moment | None:
    """Read a day without its month: the latest one that is not to come."""
    day = int(m["d"])
    month = now.month if day <= now.day else (now.month - 2) % 12 + 1
    return _date(None, month, day, now)


def of_dmy(m: re.Match[str], now: datetime) -> Moment | None:
    """Read day, month, year; where the order is open, both days are possible."""
    year, a, b = int(m["y"]), int(m["a"]), int(m["b"])
    first, other = _date(year, b, a, now), _date(year, a, b, now)
    if first and other and first != other:
        return replace(first, unclear=True)
    return first or other


_ACHES = re.compile(r"(?:pain|ache|hurts?|sore|mood|疼|痛|心情)[^,.;\d]{0,16}$")


def of_slash(m: re.Match[str], now: datetime) -> Moment | None:
    """Read two numbers with a slash as a day; the order may be open."""
    if _ACHES.search(m.string[: m.start()]):
        return None
    a, b = int(m["a"]), int(m["b"])
    first, other = _date(None, b, a, now), _date(None, a, b, now)
    if first and other and first != other:
        return replace(first, unclear=True)
    return first or other


def of_named(m: re.Match[str], now: datetime) -> Moment | None:
    """Read a day with the name of its month."""
    year = int(m["y"]) if m["y"] else None
    return _date(year, MONTHS.index(m["mon"][:3]) + 1, int(m["d"]), now)


_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def of_ago(m: re.Match[str], now: datetime) -> Moment | None:
    """Read so many days, hours or minutes ago."""
    count, unit = _SMALL.get(m["n"]) or hour(m["n"]), m["unit"][0]
    if unit in "d天":
        return Moment(now.date() - timedelta(days=count))
    step = timedelta(hours=count) if unit in "h小个" else timedelta(minutes=count)
    return Moment((now - step).date(), (now - step).time().replace(second=0, microsecond=0))


def of_weekday(m: re.Match[str], now: datetime) -> Moment | None:
    """Return the latest such day that is not to come; "last" and 上 mean one before today."""
    name = m["wd"][:3].replace("天", "日")
    back = (now.weekday() - _WEEKDAYS[name]) % 7
    if m["last"] and m["last"].startswith("上"):
        back = now.weekday() - _WEEKDAYS[name] + 7
    return Moment(now.date() - timedelta(days=back or (7 if m["last"] else 0)))
