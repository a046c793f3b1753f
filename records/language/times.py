"""Dates and times in a line: where they stand and what moment they mean."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from records.language.dayparts import WORD, WORDS
from records.language.numbers import HAN, from_han

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_N = rf"(?:\d{{1,2}}|[{HAN[:12]}]{{1,3}})"
_MINUTE = rf"(?:\d{{1,2}}|[二三四五]?十[{HAN[1:11]}]?|零[{HAN[1:11]}]|[{HAN[1:11]}](?=分))"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a phrase says of when: a day, an hour, or both; `unclear` where two days are meant."""

    day: date | None = None
    clock: time | None = None
    unclear: bool = False
    guessed: bool = False  # the hour follows from a part of the day

    def joined(self, later: "Moment") -> "Moment":
        """Take what the later phrase adds; a clock beats a part of the day."""
        hour = later.clock is not None and not (later.guessed and self.clock is not None)
        clock = later.clock if hour else self.clock
        if self.guessed and later.clock and not later.guessed and self.clock:
            clock = _towards(later.clock, self.clock)
        return Moment(
            later.day or self.day, clock, self.unclear or later.unclear,
            later.guessed if hour else self.guessed,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Where a moment stands in the line."""

    start: int
    end: int
    moment: Moment


def _towards(clock: time, part: time) -> time:
    if part.hour >= 13 and 1 <= clock.hour < 12:
        return clock.replace(hour=clock.hour + 12)
    return clock


_HINT = re.compile(
    r"\d[/:.年月日号点时\-\s]|\d\s?(?:am|pm|a\.m|p\.m|h\d)|[点号日时]|day|ago|前|at \d|past|to \d"
)


def _hour(text: str) -> int:
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


def _of_ymd(m: re.Match[str], now: datetime) -> Moment | None:
    return _date(int(m["y"]), int(m["m"]), int(m["d"]), now)


def _of_md(m: re.Match[str], now: datetime) -> Moment | None:
    return _date(None, _hour(m["m"]), _hour(m["d"]), now)


def _of_dmy(m: re.Match[str], now: datetime) -> Moment | None:
    year, a, b = int(m["y"]), int(m["a"]), int(m["b"])
    first, other = _date(year, b, a, now), _date(year, a, b, now)
    if first and other and first != other:
        return replace(first, unclear=True)
    return first or other


def _of_slash(m: re.Match[str], now: datetime) -> Moment | None:
    a, b = int(m["a"]), int(m["b"])
    first, other = _date(None, b, a, now), _date(None, a, b, now)
    if first and other and first != other:
        return replace(first, unclear=True)
    return first or other


def _of_named(m: re.Match[str], now: datetime) -> Moment | None:
    year = int(m["y"]) if m["y"] else None
    return _date(year, MONTHS.index(m["mon"][:3]) + 1, int(m["d"]), now)


def _clock(hour: int, minute: int, half: str, second: int = 0) -> Moment | None:
    if half.startswith("p") and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    try:
        return Moment(clock=time(hour % 24 if hour == 24 else hour, minute, second))
    except ValueError:
        return None


def _of_clock(m: re.Match[str], now: datetime) -> Moment | None:
    found = m.groupdict()
    return _clock(
        int(m["h"]), int(found.get("min") or 0), found.get("half") or "", int(found.get("s") or 0)
    )


def _of_han_clock(m: re.Match[str], now: datetime) -> Moment | None:
    minute = {"半": 30, "一刻": 15, "三刻": 45}.get(m["min"] or "")
    if minute is None:
        minute = _hour(m["min"]) if m["min"] else 0
    return _clock(_hour(m["h"]), minute, "")


def _of_to_past(m: re.Match[str], now: datetime) -> Moment | None:
    minutes = {"half": 30, "quarter": 15}.get(m["part"]) or int(m["part"])
    clock = _clock(int(m["h"]), 0, m["half"] or "")
    if clock is None or clock.clock is None or minutes > 59:
        return None
    turned = datetime.combine(now, clock.clock)
    turned += timedelta(minutes=minutes if m["way"] == "past" else -minutes)
    return Moment(clock=turned.time())


_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def _of_ago(m: re.Match[str], now: datetime) -> Moment | None:
    count, unit = _SMALL.get(m["n"]) or _hour(m["n"]), m["unit"][0]
    if unit in "d天":
        return Moment(now.date() - timedelta(days=count))
    step = timedelta(hours=count) if unit in "h小个" else timedelta(minutes=count)
    return Moment((now - step).date(), (now - step).time().replace(second=0, microsecond=0))


def _of_weekday(m: re.Match[str], now: datetime) -> Moment | None:
    back = (now.weekday() - WEEKDAYS.index(m["wd"])) % 7
    return Moment(now.date() - timedelta(days=back or (7 if m["last"] else 0)))


def _of_word(m: re.Match[str], now: datetime) -> Moment | None:
    ago, hour = WORDS[m[0]]
    day = None if ago is None else now.date() - timedelta(days=ago)
    return Moment(day, None if hour is None else time(hour), guessed=hour is not None)


Reader = Callable[[re.Match[str], datetime], Moment | None]
_HALF = r"\s*(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
_RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s?([-/.])\s?(?P<m>\d{1,2})\s?\2\s?(?P<d>\d{1,2})(?!\d)t?", _of_ymd),  # noqa: E501 - a pattern is read whole
        (r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?", _of_ymd),
        (r"(?<!\d)(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>(?:19|20)\d\d)(?!\d)", _of_dmy),
        (rf"(?<!\d)(?P<m>{_N})月(?P<d>{_N})[日号]?", _of_md),
        (rf"(?<![a-z\d/.])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]?(?:of\s)?{_MONTH}(?:,?\s(?P<y>(?:19|20)\d\d)\b)?", _of_named),  # noqa: E501 - a pattern is read whole
        (rf"(?<![a-z]){_MONTH}[\s-]?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/.:-]|\s?/)(?:,?\s(?P<y>(?:19|20)\d\d)\b)?", _of_named),  # noqa: E501 - a pattern is read whole
        (rf"(?<![\d:/.])(?P<h>\d{{1,2}}):(?P<min>\d\d)(?::(?P<s>\d\d))?(?![\d:/])(?:{_HALF})?", _of_clock),  # noqa: E501 - a pattern is read whole
        (rf"(?<![\d:/.])(?P<h>\d{{1,2}})\.(?P<min>\d\d){_HALF}", _of_clock),
        (rf"(?<![\d:/.])(?P<h>\d{{1,2}}){_HALF}", _of_clock),
        (r"(?<![\d:/.])(?P<h>\d{1,2})\s?o'?clock", _of_clock),
        (r"(?<![\d:/.])(?P<h>[0-2]\d)(?P<min>[0-5]\d)\s?(?:h|hrs)\b", _of_clock),
        (r"(?P<part>half|quarter|\d{1,2}) (?P<way>past|to) (?P<h>\d{1,2})(?![\d/])(?:\s*(?P<half>am|pm))?", _of_to_past),  # noqa: E501 - a pattern is read whole
        (rf"(?<=[上午晨晚天夜早])(?P<h>{_N})[点时](?P<min>半|一刻|三刻|{_MINUTE}(?=分|\D|$))?[分钟整]?", _of_han_clock),  # noqa: E501 - a pattern is read whole
        (rf"(?<![\d{HAN}./])(?P<h>{_N})(?:点(?P<min>半|一刻|三刻|\d{{2}}(?!\d|[./]\d|/)分?)|[点时](?P<x>钟|整)?(?![\d{HAN}半]))", _of_han_clock),  # noqa: E501 - a pattern is read whole
        (rf"(?<!\d)(?P<n>{_N}|\ban?\b|\bone\b|\btwo\b|\bthree\b)\s?(?P<unit>days?|hours?|hrs?|h|minutes?|mins?|天|个小时|小时|分钟)\s?(?:ago|前|以前|之前)", _of_ago),  # noqa: E501 - a pattern is read whole
        (r"(?P<last>last )?(?:on )?\b(?P<wd>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", _of_weekday),  # noqa: E501 - a pattern is read whole
    )
)  # fmt: skip
_SLASH = re.compile(
    r"(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/.])"
    r"(?=(?:\D+\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?)?\D+\d{2,3}\s?[/-]\s?\d{2})"
)
_AT = re.compile(
    r"(?<=\bat )(?P<h>\d{1,2})(?=$|[\s,;!?]|\.(?!\d))(?!\s?(?:/|-|%|kg|mmol|mg|bpm|over|lb))"
)


def moments(line: str, now: datetime) -> list[Span]:
    """Find every date and time, earliest first, none inside another."""
    spans: list[Span] = []
    if _HINT.search(line):
        for pattern, reader in _RULES:
            _gather(spans, pattern, reader, line, now)
        _gather(spans, _SLASH, _of_slash, line, now)
        _gather(spans, _AT, _of_clock, line, now)
    _gather(spans, WORD, _of_word, line, now)
    return sorted(spans, key=lambda span: span.start)


def _gather(
    spans: list[Span], pattern: re.Pattern[str], reader: Reader, line: str, now: datetime
) -> None:
    for found in pattern.finditer(line):
        if all(found.end() <= s.start or found.start() >= s.end for s in spans):
            moment = reader(found, now)
            if moment is not None:
                spans.append(Span(found.start(), found.end(), moment))


def at(moment: Moment, now: datetime) -> datetime | None:
    """Put a moment on the calendar; an hour still to come today was yesterday's."""
    if moment.day is None and moment.clock is None:
        return None
    if moment.clock is None:
        same = moment.day == now.date() or moment.day is None
        return None if same else datetime.combine(moment.day or now, time(12))
    found = datetime.combine(moment.day or now.date(), moment.clock)
    if moment.guessed and found.date() == now.date():
        return None if found > now or now - found < timedelta(hours=4) else found
    if moment.day is None and found > now + timedelta(minutes=5):
        found -= timedelta(days=1)
    return found
