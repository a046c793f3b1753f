"""A moment a line states: a day, an hour or both, and where it falls on the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


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


_PARTS = {7: "morning", 10: "morning", 12: "noon", 15: "afternoon", 20: "evening", 21: "evening"}
_RECENT = 7  # days; farther back, the date says it better


def in_words(moment: Moment, now: datetime) -> str:
    """Say a recent day and a part of the day in words: yesterday evening; else nothing."""
    back = (now.date() - moment.day).days if moment.day else 0
    if not 0 <= back <= _RECENT or (not back and not moment.guessed):
        return ""
    day = ["", "yesterday"][back] if back < 2 else f"{back} days ago"
    if moment.clock is None:
        return day
    hour = _PARTS.get(moment.clock.hour, "") if moment.guessed else f"{moment.clock:%H:%M}"
    return f"{day} {hour}".strip()
