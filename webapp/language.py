"""In which language a page speaks, and how it writes days, times and numbers."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import Flask, g, request
from flask_babel import Babel
from markupsafe import Markup, escape

from records.people import Person
from records.vocabulary import Language
from records.wording import catalogue, say
from webapp.unit import now, somebody

COOKIE = "language"
LOCALES = {Language.ENGLISH: "en_GB", Language.CHINESE: "zh_Hans_CN"}
HTML = {Language.ENGLISH: "en", Language.CHINESE: "zh-Hans"}
DAY = {Language.ENGLISH: "EEE d MMM", Language.CHINESE: "EEE M月d日"}
DAY_AND_YEAR = {Language.ENGLISH: "d MMM yyyy", Language.CHINESE: "yyyy年M月d日"}
ENOUGH_TO_SAY_THE_YEAR = 300  # days


def language() -> Language:
    """Return the language of this page: the person's, else the cookie's, else the browser's."""
    if "language" in g:
        return Language(g.language)
    who = somebody()
    if who:
        return who.language
    kept = request.cookies.get(COOKIE)
    if kept in set(Language):
        return Language(kept)
    best = request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-Hans"], "en")
    return Language.CHINESE if best.startswith("zh") else Language.ENGLISH


def words(english: str, **values: object) -> Markup:
    """Return the phrase in the page's language, its places filled with escaped values."""
    phrase = escape(catalogue(language()).gettext(english))
    return phrase.format(**values) if values else phrase


def plain(english: str, **values: object) -> str:
    """Return the phrase as plain text, for what a form or a template escapes itself."""
    return say(language(), english, **values)


def zone() -> str:
    """Return the time zone of the page: the patient's where it says so, else the reader's."""
    if "clock_of" in g:
        return str(g.clock_of)
    who = somebody()
    return who.zone if who else "UTC"


def by_the_clock_of(patient: Person) -> None:
    """Write the times of this page as the patient's clock shows them; the page says so."""
    g.clock_of = patient.zone


def day(moment: date | datetime, year: bool = False) -> str:
    """Return a day as people write it; the year only where it is not plain."""
    local = moment.astimezone(ZoneInfo(zone())).date() if isinstance(moment, datetime) else moment
    far = abs((now().date() - local).days) > ENOUGH_TO_SAY_THE_YEAR
    pattern = (DAY_AND_YEAR if year or far else DAY)[language()]
    return format_date(local, pattern, locale=LOCALES[language()])


def clock(moment: datetime) -> str:
    """Return the time of day, 24 hours."""
    local = moment.astimezone(ZoneInfo(zone()))
    return format_datetime(local, "HH:mm", locale=LOCALES[language()])


def when(moment: datetime) -> str:
    """Return day and time, such as "Mon 23 Nov 08:10"."""
    return f"{day(moment)} {clock(moment)}"


def ago(moment: datetime) -> Markup:
    """Return how long ago something was, in the words one says."""
    minutes = int((now() - moment).total_seconds() // 60)
    if minutes < 1:
        return words("just now")
    if minutes < 60:
        return words("{n} min ago", n=minutes)
    if minutes < 24 * 60:
        return words("{n} h ago", n=minutes // 60)
    if minutes < 48 * 60:
        return words("yesterday")
    return words("{n} days ago", n=minutes // (24 * 60))


def last_day(until: datetime) -> str:
    """Return the last day on which something that ends at a moment still holds."""
    return day(until - timedelta(seconds=1), year=True)


def sheet_day(moment: datetime, code: str) -> str:
    """Return a day in a language of its own choice, for what is written in several."""
    local = moment.astimezone(ZoneInfo(zone())).date()
    spoken = Language(code)
    return format_date(local, DAY_AND_YEAR[spoken], locale=LOCALES[spoken])


def weekday(local: date) -> str:
    """Return a day of the week in its shortest form."""
    return format_date(local, "ccc", locale=LOCALES[language()])


def clock_or_day(moment: datetime) -> str:
    """Return the time of today's moment, and the day as well for an earlier one."""
    here = ZoneInfo(zone())
    return (
        clock(moment)
        if moment.astimezone(here).date() == now().astimezone(here).date()
        else when(moment)
    )


def speak(app: Flask) -> None:
    """Give the templates their words and formats; every phrase comes from the one catalogue."""
    Babel(app, locale_selector=lambda: LOCALES[language()], timezone_selector=zone)
    # One way to fill places, `{name}`, for Python and templates alike: the catalogue is shared.
    tools: dict[str, Any] = {
        "_": words,
        "language": language,
        "lang_code": lambda: HTML[language()],
    }
    app.jinja_env.globals.update(tools)
    app.jinja_env.filters.update(
        day=day,
        clock=clock,
        when=when,
        ago=ago,
        last_day=last_day,
        weekday=weekday,
        sheet_day=sheet_day,
        clock_or_day=clock_or_day,
    )
