"""A zone from what somebody's clock shows: nobody is asked for the name of a time zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from records.vocabulary import Language

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
EARLIEST, LATEST = timedelta(hours=-12), timedelta(hours=14)

_LIKELY: dict[Language, tuple[str, ...]] = {
    Language.CHINESE: (
        "Asia/Shanghai",
        "Asia/Hong_Kong",
        "Asia/Singapore",
        "Asia/Tokyo",
        "America/Vancouver",
        "America/Toronto",
        "Australia/Sydney",
        "Pacific/Auckland",
        "Europe/London",
        "Europe/Paris",
    ),
    Language.ENGLISH: (
        "Europe/London",
        "Europe/Paris",
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "Australia/Sydney",
        "Pacific/Auckland",
        "Asia/Kolkata",
        "Asia/Hong_Kong",
    ),
}
_OTHERWISE = (
    *("Pacific/Pago_Pago", "Pacific/Honolulu", "Pacific/Marquesas", "America/Anchorage"),
    *("America/Los_Angeles", "America/Phoenix", "America/Denver", "America/Mexico_City"),
    *("America/Chicago", "America/Bogota", "America/New_York", "America/Caracas"),
    *("America/Halifax", "America/St_Johns", "America/Sao_Paulo", "America/Noronha"),
    *("Atlantic/Azores", "Atlantic/Cape_Verde", "Africa/Abidjan", "Europe/London"),
    *("Africa/Lagos", "Europe/Berlin", "Africa/Johannesburg", "Europe/Athens"),
    *("Europe/Istanbul", "Africa/Nairobi", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul"),
    *("Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon"),
    *("Asia/Bangkok", "Asia/Shanghai", "Australia/Eucla", "Australia/Perth", "Asia/Tokyo"),
    *("Australia/Darwin", "Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney"),
    *("Australia/Lord_Howe", "Pacific/Guadalcanal", "Pacific/Fiji", "Pacific/Auckland"),
    *("Pacific/Chatham", "Pacific/Tongatapu", "Pacific/Apia", "Pacific/Kiritimati"),
    *("Pacific/Gambier", "Pacific/Pitcairn", "Etc/GMT+2", "Etc/GMT+12"),
)


def zone_from_clock(shown: time, now: datetime, *, near: str, language: Language) -> str | None:
    """Return a zone whose clocks show this time now; None if clocks show it nowhere.

    A time gives an offset from UTC, not a place, and places of one offset may part when the clocks
    are next put. So the likeliest is taken: the zone `near` (that of the clinic) where it shows
    this time, for most people live near their clinic; else one where many who write this language
    live; else the zone of that offset with the most people. The offset is right to the quarter of
    an hour in any case, and whoever's clock is put differently answers the question again.
    A clock a few minutes off is rounded to the quarter.
    """
    wanted = _offset(shown, now, near)
    for zone in (near, *_LIKELY[language], *_OTHERWISE):
        if now.astimezone(ZoneInfo(zone)).utcoffset() == wanted:
            return zone
    return None


def choices_near(now: datetime, near: str, language: Language) -> tuple[tuple[time, str], ...]:
    """Return three times somebody's clock may show, with a zone each: here, and an hour apart."""
    here = now.astimezone(ZoneInfo(near))
    found = []
    for hours in (0, 1, -1):
        shown = (here + timedelta(hours=hours)).time()
        zone = zone_from_clock(shown, now, near=near, language=language)
        if zone is not None:
            found.append((shown.replace(second=0, microsecond=0), zone))
    return tuple(found)


def all_choices(now: datetime, near: str, language: Language) -> tuple[tuple[time, str], ...]:
    """Return every time of the whole hours clocks show now, by the hour, with a zone each."""
    here = now.astimezone(ZoneInfo(near))
    found = []
    for hours in range(24):
        shown = (here + timedelta(hours=hours)).time().replace(second=0, microsecond=0)
        zone = zone_from_clock(shown, now, near=near, language=language)
        if zone is not None:
            found.append((shown, zone))
    return tuple(sorted(found))


def _offset(shown: time, now: datetime, near: str) -> timedelta:
    """Return the offset of a clock, that of the day nearest to the zone's where two would do."""
    there = now.astimezone(UTC)
    utc = timedelta(hours=there.hour, minutes=there.minute)
    here = now.astimezone(ZoneInfo(near)).utcoffset() or timedelta(0)
    apart = timedelta(hours=shown.hour, minutes=shown.minute) - utc
    rounded = ((apart + QUARTER / 2) // QUARTER) * QUARTER
    possible = [rounded + DAY * n for n in (-1, 0, 1)]
    within = [one for one in possible if EARLIEST <= one <= LATEST]
    return min(within, key=lambda one: abs(one - here))
