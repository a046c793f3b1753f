"""When a patient may come to stand elsewhere on a list though nobody tells anything new.

The rules of `situations` look back over local days, and over spans of time from a reading, from
words or from the due time of an order. Here stands when the first of these passes.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from records.findings.situations import Facts
from records.findings.targets import LISTED_FOR, UNANSWERED
from records.findings.urgency import is_urgent
from records.series import Point
from records.vocabulary import Code
from records.walltime import moment_of, wall_of

AN_INSTANT = timedelta(microseconds=1)


def turns_at(facts: Facts) -> datetime:
    """Return until when at most these facts, nothing added, leave the patient where they do."""
    return min(one for one in (_next_day(facts), *_passing(facts)) if one > facts.now)


def leaves_the_week(facts: Facts, seen: frozenset[str]) -> Iterator[datetime]:
    """Give when each thing of the last week that is not among `seen` is of the week no more."""
    told = [(one.observation, one.at) for points in facts.series.values() for one in points]
    told += [(one.observation, one.at) for one in facts.warnings]
    yield from (at + LISTED_FOR for observation, at in told if observation not in seen)


def _passing(facts: Facts) -> Iterator[datetime]:
    newest: list[datetime] = []
    for code, points in facts.series.items():
        newest += [one.at for one in points[-1:]]
        yield from (one.at + LISTED_FOR for one in points if _is_listed(facts, code, one))
    yield from (one.at + LISTED_FOR for one in facts.warnings)
    if newest:
        yield max(newest) + facts.limits.silent
    # An order is late after this time, not at it.
    yield from (one.due + UNANSWERED + AN_INSTANT for one in facts.occurrences)


def _is_listed(facts: Facts, code: Code, point: Point) -> bool:
    low = code is Code.GLUCOSE and point.numbers[0] < facts.limits.glucose_low
    return low or is_urgent(code, point.numbers)


def _next_day(facts: Facts) -> datetime:
    tomorrow = wall_of(facts.now, facts.zone).date() + timedelta(days=1)
    return moment_of(datetime.combine(tomorrow, time()), facts.zone)
