"""Rules of recurring times: RFC 5545 text, expanded as wall times, put into the person's zone."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.rrule import rrule, rrulestr

from records.errors import NotValid
from records.tracking import RuleId
from records.walltime import moment_of, wall_of

AROUND = timedelta(days=2)  # more than any zone's clock has ever been put forward or back at once
OFTEN = re.compile(r"FREQ=(?:SECONDLY|MINUTELY)|BYSECOND=[^;]*[1-9]", re.I)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a job comes round again.

    `ref` is whose or what it is of, `topic` which of several; `rrule` is the text of an RFC 5545
    recurrence, `starts` its first wall time (naive); nothing due at or before `since` is part of
    it. What could not be run within `useful` of its time is dropped. `ended` stops it.
    """

    id: RuleId
    job: str
    ref: str
    topic: str
    zone: str
    rrule: str
    starts: datetime
    since: datetime
    useful: timedelta
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One due time of a rule: what the clock shows, and the moment."""

    rule: RuleId
    wall: datetime
    due: datetime

    @property
    def key(self) -> str:
        """The slot's one name, whoever works it out: the rule and the wall time."""
        return f"{self.rule}:{self.wall:%Y-%m-%dT%H:%M}"


def slot_of(key: str, zone: str) -> Slot:
    """Return the slot a key names, in the zone of its rule."""
    rule, _, wall = key.partition(":")
    shown = datetime.strptime(wall, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - a wall time has no zone
    return Slot(RuleId(rule), shown, moment_of(shown, zone))


def read_rrule(text: str, starts: datetime) -> rrule:
    """Return the expanded form of a rule's text; raises NotValid for what is no single rule.

    Nothing comes round more often than hourly.
    """
    try:
        rule = rrulestr(text, dtstart=starts)
    except (ValueError, TypeError, KeyError) as error:
        raise NotValid("rule", "rule_unreadable") from error
    if not isinstance(rule, rrule) or OFTEN.search(text):
        raise NotValid("rule", "rule_unreadable")
    return rule


def slots(rule: Rule, after: datetime, until: datetime) -> tuple[Slot, ...]:
    """Return the slots due after one moment and up to another, in order."""
    later = max(after, rule.since)
    if rule.ended or until <= later:
        return ()
    walls = read_rrule(rule.rrule, rule.starts).between(
        wall_of(later, rule.zone) - AROUND, wall_of(until, rule.zone) + AROUND, inc=True
    )
    found = (_slot(rule, wall) for wall in walls)
    return tuple(one for one in found if later < one.due <= until)


def next_slot(rule: Rule, after: datetime) -> Slot | None:
    """Return the first slot due after a moment; None when the rule has come to its end."""
    if rule.ended:
        return None
    later = max(after, rule.since)
    walls = read_rrule(rule.rrule, rule.starts).xafter(wall_of(later, rule.zone) - AROUND, inc=True)
    return next((one for one in (_slot(rule, wall) for wall in walls) if one.due > later), None)


def _slot(rule: Rule, wall: datetime) -> Slot:
    return Slot(rule.id, wall, moment_of(wall, rule.zone))
