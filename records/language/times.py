"""Dates and times in a line: where they stand and what moment they mean."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

from records.language.dates import (
    hour,
    of_ago,
    of_day,
    of_dmy,
    of_md,
    of_named,
    of_slash,
    of_weekday,
    of_ymd,
)
from records.language.dayparts import WORD, WORDS
from records.language.moment import Moment, Span
from records.language.numbers import HAN

_MONTH = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_N = rf"(?:\d{{1,2}}|[{HAN[:12]}]{{1,3}})"
_MINUTE = rf"(?:\d{{1,2}}|[二三四五]?十[{HAN[1:11]}]?|零[{HAN[1:11]}]|[{HAN[1:11]}](?=分))"


_HINT = re.compile(
    r"\d[/:.年月日号点时\-\s]|\d\s?(?:am|pm|a\.m|p\.m|h\d)|[点号日时]|day|ago|周|星期|礼拜|"
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)|前|at \d|past|to \d|(?:since|until|till|in) \d"
)


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
        minute = hour(m["min"]) if m["min"] else 0
    return _clock(hour(m["h"]), minute, "")


def _of_to_past(m: re.Match[str], now: datetime) -> Moment | None:
    minutes = {"half": 30, "quarter": 15}.get(m["part"]) or int(m["part"])
    clock = _clock(int(m["h"]), 0, m["half"] or "")
    if clock is None or clock.clock is None or minutes > 59:
        return None
    turned = datetime.combine(now, clock.clock)
    turned += timedelta(minutes=minutes if m["way"] == "past" else -minutes)
    return Moment(clock=turned.time())


def _of_year(m: re.Match[str], now: datetime) -> Moment | None:
    """Know a year that stands alone for no number; what it says is asked about."""
    return Moment()


def _of_word(m: re.Match[str], now: datetime) -> Moment | None:
    ago, hour = WORDS[m[0]]
    day = None if ago is None else now.date() - timedelta(days=ago)
    return Moment(day, None if hour is None else time(hour), guessed=hour is not None)


Reader = Callable[[re.Match[str], datetime], Moment | None]
_HALF = r"\s*(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
_RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s?([-/.])\s?(?P<m>\d{1,2})\s?\2\s?(?P<d>\d{1,2})(?!\d)t?", of_ymd),  # noqa: E501 - a pattern is read whole
        (r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?", of_ymd),
        (r"(?<!\d)(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>(?:19|20)\d\d)(?!\d)", of_dmy),
        (r"(?:(?<=\bin )|(?<=since ))(?:19|20)\d\d(?![\d./])|(?<!\d)(?:19|20)\d\d年(?!\d)", _of_year),  # noqa: E501 - a pattern is read whole
        (r"(?<![\d月])(?P<d>\d{1,2})[日号](?=[\s:,]?(?:早|晚|上午|下午|中午|血压|血糖|体重|\d{2,3}[/ ]\d))", of_day),  # noqa: E501 - a pattern is read whole
        (rf"(?<!\d)(?P<m>{_N})月(?P<d>{_N})[日号]?", of_md),
        (rf"(?<![a-z\d/.])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]?(?:of\s)?{_MONTH}(?:,?\s(?P<y>(?:19|20)\d\d)\b)?", of_named),  # noqa: E501 - a pattern is read whole
        (rf"(?<![a-z]){_MONTH}[\s-]?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/-]|[.:]\d|\s?/)(?:,?\s(?P<y>(?:19|20)\d\d)\b)?", of_named),  # noqa: E501 - a pattern is read whole
        (rf"(?<![\d:/.])(?P<h>\d{{1,2}}):(?P<min>\d\d)(?::(?P<s>\d\d))?(?![\d/]|:\d)(?:{_HALF})?", _of_clock),  # noqa: E501 - a pattern is read whole
        (rf"(?<![\d:/.])(?P<h>\d{{1,2}})\.(?P<min>\d\d){_HALF}", _of_clock),
        (rf"(?<![\d:/.])(?P<h>\d{{1,2}}){_HALF}", _of_clock),
        (r"(?<![\d:/.])(?P<h>\d{1,2})\s?o'?clock", _of_clock),
        (r"(?<![\d:/.])(?P<h>[0-2]\d)(?P<min>[0-5]\d)\s?(?:h|hrs)\b", _of_clock),
        (r"(?<![\d/.:])(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?=\s?[:,-]?\s(?:bp:?\s?)?\d{2,3}\s?/)", _of_clock),  # noqa: E501 - a pattern is read whole
        (r"(?P<part>half|quarter|\d{1,2}) (?P<way>past|to) (?P<h>\d{1,2})(?![\d/])(?:\s*(?P<half>am|pm))?", _of_to_past),  # noqa: E501 - a pattern is read whole
        (rf"(?<=[上午晨晚天夜早])(?P<h>{_N})[点时](?P<min>半|一刻|三刻|{_MINUTE}(?=分|\D|$))?[分钟整]?", _of_han_clock),  # noqa: E501 - a pattern is read whole
        (rf"(?<![\d{HAN}./])(?P<h>{_N})(?:点(?P<min>半|一刻|三刻|\d{{2}}(?!\d|[./]\d|/))分?|[点时](?P<x>钟|整)?(?![\d{HAN}半]))", _of_han_clock),  # noqa: E501 - a pattern is read whole
        (rf"(?<!\d)(?P<n>{_N}|\ban?\b|\bone\b|\btwo\b|\bthree\b)\s?(?P<unit>days?|hours?|hrs?|h|minutes?|mins?|天|个小时|小时|分钟)\s?(?:ago|前|以前|之前)", of_ago),  # noqa: E501 - a pattern is read whole
        (r"(?P<last>last )?(?:on )?(?<![a-z])(?P<wd>monday|tues(?:day)?|tue|wednesday|weds?|thursday|thurs?|friday|fri|saturday|sunday|sun|mon|sat(?=\.?\s\d{2,3}/))(?![a-z])", of_weekday),  # noqa: E501 - a pattern is read whole
        (rf"(?<![\d{HAN}])(?P<last>上)?(?:个)?(?:星期|礼拜|周)(?P<wd>[一二三四五六日天])(?![次个])", of_weekday),  # noqa: E501 - a pattern is read whole
    )
)  # fmt: skip
_SLASH = re.compile(
    r"(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/.])"
    r"(?=(?:\D+\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?)?\D+\d{2,3}\s?[/-]\s?\d{2})"
)
_ON = re.compile(
    r"(?<=\d on )(?P<a>\d{1,2})/(?P<b>\d{1,2})(?=$|[,.;!]?$|[,.;]?\s(?:at|in|around|about|this)\b)"
)
_AT = re.compile(
    r"(?:(?<=\bat )|(?<=since )|(?<=until )|(?<=till ))(?P<h>\d{1,2})"
    r"(?=$|[\s,;!?]|\.(?!\d))(?!(?<=1[3-9]|2\d),? (?:my|i)\b)"
    r"(?!\s?(?:/|-|%|kg|mmol|mg|bpm|over|lb))"
)


def moments(line: str, now: datetime) -> list[Span]:
    """Find every date and time, earliest first, none inside another."""
    spans: list[Span] = []
    if _HINT.search(line):
        for pattern, reader in _RULES:
            _gather(spans, pattern, reader, line, now)
        _gather(spans, _SLASH, of_slash, line, now)
        _gather(spans, _ON, of_slash, line, now)
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
