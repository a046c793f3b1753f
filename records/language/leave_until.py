"""Until when a wish about sharing holds: the last day named, or reckoned from today."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from records.language.dates import MONTHS

_WEEKDAYS = {
    name: place
    for place, names in enumerate(
        ("mon 一", "tue 二", "wed 三", "thu 四", "fri 五", "sat 六", "sun 日 天")
    )
    for name in names.split()
}
_SMALL = {
    **dict(zip(("a", "an", "one", "two", "three", "four"), (1, 1, 1, 2, 3, 4), strict=True)),
    **dict(zip(("five", "six", "half"), (5, 6, 0), strict=True)),
    **{han: n for n, han in enumerate("零一二三四五六七八九十")},
    "两": 2,
}


_COUNT = r"(?P<n>\d{1,3}|half(?: an?)?|an?|one|two|three|four|five|six|[一二两三四五六七八九十半])"
_SPAN = re.compile(
    rf"\b(?:for )?(?:the next )?{_COUNT} ?(?P<unit>days?|weeks?|months?|years?)\b|"
    r"(?P<n2>\d{1,3}|[一二两三四五六七八九十半])个?(?P<unit2>天|日|周|星期|礼拜|月|年)"
)
_DAY = re.compile(
    r"\b(?:until|till|to|through|up to) (?:the )?(?:end of )?(?P<next>next |this )?"
    r"(?P<wd>mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|"
    r"(?:到|至|直到)(?P<next2>下|这|本)?(?:个)?(?:周|星期|礼拜)(?P<wd2>[一二三四五六日天])(?:为止)?"
)
_DATE = re.compile(
    r"\b(?:until|till|to|through) (?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? "
    rf"(?P<mon>{'|'.join(MONTHS)})[a-z]*\b|"
    rf"\b(?:until|till|to|through) (?P<mon3>{'|'.join(MONTHS)})[a-z]* (?P<d3>\d{{1,2}})\b|"
    r"(?:到|至|直到)(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]?(?:为止)?"
)


def _end_of_month(day: date) -> date:
    return day + relativedelta(day=31)


_NEAR: tuple[tuple[str, Callable[[date], date]], ...] = (
    (r"\b(?:until|till|to) tomorrow\b|(?:到|至|直到)明天", lambda day: day + timedelta(days=1)),
    (
        (r"\b(?:until|till|to) (?:the )?end of (?:the |this )?month\b|"
        r"(?:到|至|直到)?(?:这个|本)?月底"),
        _end_of_month,
    ),
    (r"\b(?:until|till) next week\b|(?:到|至|直到)下周(?![一二三四五六日天])",
     lambda day: day + timedelta(days=7)),
    (r"\b(?:for )?(?:today|now) only\b|\bonly (?:for )?today\b|只?今天", lambda day: day),
)  # fmt: skip


def until_in(line: str, today: date) -> tuple[str, date | None]:
    """Take until when out of a line, and return the last day meant."""
    for words, reckon in _NEAR:
        found = re.search(words, line)
        if found:
            return _cut(line, found), reckon(today)
    for pattern, read in ((_DATE, _of_date), (_DAY, _of_weekday), (_SPAN, _of_span)):
        found = pattern.search(line)
        until = read(found, today) if found else None
        if found and until:
            return _cut(line, found), until
    return line, None


def _cut(line: str, found: re.Match[str]) -> str:
    return line[: found.start()] + " " + line[found.end() :]


def _of_span(found: re.Match[str], today: date) -> date:
    count, unit = found["n"] or found["n2"], found["unit"] or found["unit2"]
    n = int(count) if count.isdigit() else _SMALL.get(count, 0)
    if count[:4] in ("half", "半"):
        return today + (relativedelta(months=6) if unit[0] in "y年" else timedelta(days=15))
    if unit[0] in "m月":
        return today + relativedelta(months=n)
    if unit[0] in "y年":
        return today + relativedelta(years=n)
    return today + timedelta(days=n * (7 if unit[0] in "w周星礼" else 1))


def _of_weekday(found: re.Match[str], today: date) -> date:
    name = found["wd"] or found["wd2"]
    ahead = (_WEEKDAYS[name] - today.weekday()) % 7
    later = (found["next"] or "").strip() == "next" or found["next2"] == "下"
    if later:
        ahead = _WEEKDAYS[name] - today.weekday() + 7
    return today + timedelta(days=ahead or (0 if later else 7))


def _of_date(found: re.Match[str], today: date) -> date | None:
    month = found["m2"] or found["mon"] or found["mon3"]
    number = int(month) if month.isdigit() else MONTHS.index(month) + 1
    day = int(found["d"] or found["d2"] or found["d3"])
    try:
        meant = date(today.year, number, day)
    except ValueError:
        return None
    return meant if meant >= today else meant + relativedelta(years=1)
