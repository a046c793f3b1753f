"""The one way from a wall clock to a moment, and back.

Recurring times are what a clock on the wall shows; only here are they put into a zone. In spring
some wall times do not exist, in autumn some come twice, and now and then a whole day is left out.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


def moment_of(wall: datetime, zone: str) -> datetime:
    """Return the moment, in UTC, at which a clock in the zone shows this naive wall time.

    A time the clock shows twice means the first of them; one it never shows means the first moment
    after the hole: 02:30 in a night that goes from 02:00 to 03:00 means 03:00.
    """
    there = ZoneInfo(zone)
    shown = wall.replace(microsecond=0)
    first = _read(shown, there, fold=0)
    if wall_of(first, zone) == shown:
        return first
    return _first_after_the_hole(_read(shown, there, fold=1), first, there)


def wall_of(moment: datetime, zone: str) -> datetime:
    """Return what a clock in the zone shows at a moment, without a zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _read(wall: datetime, there: ZoneInfo, fold: int) -> datetime:
    return wall.replace(tzinfo=there, fold=fold).astimezone(UTC)


def _first_after_the_hole(early: datetime, late: datetime, there: ZoneInfo) -> datetime:
    """Halve the time around the change until its first second is found."""
    before = early.astimezone(there).utcoffset()
    while late - early > SECOND:
        middle = early + (late - early) // SECOND // 2 * SECOND
        if middle.astimezone(there).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late
