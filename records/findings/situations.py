"""Who needs a doctor today, and why: eight situations, the first that fits counts.

The rules read only the facts handed in, which hold only what is open to the reader.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from records.findings import reasons as words
from records.findings.averages import (
    PressureAverage,
    glucose_shares,
    pressure_average,
    rise,
)
from records.findings.limits import HOUSE_LIMITS, Limits
from records.findings.reasons import Situation
from records.findings.sentences import Sentence
from records.findings.targets import (
    IN_RANGE_DOWN,
    LEAST_GLUCOSE,
    LEAST_READINGS,
    LISTED_FOR,
    UNANSWERED,
    WEEK,
)
from records.findings.urgency import is_urgent
from records.orders import Occurrence, State
from records.series import Point
from records.tracking import ObservationId
from records.vocabulary import Code


@dataclass(frozen=True, slots=True)
class WarningWords:
    """Words that must not wait, as the patient said them."""

    at: datetime
    words: str
    observation: ObservationId


@dataclass(frozen=True, slots=True)
class Facts:
    """What a doctor may know of one patient; `watched` says whether readings are open at all."""

    now: datetime
    zone: str
    watched: bool
    series: Mapping[Code, tuple[Point, ...]]
    warnings: tuple[WarningWords, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    limits: Limits = HOUSE_LIMITS
    averages: dict[int, PressureAverage | None] = field(
        default_factory=dict, compare=False, repr=False
    )  # worked out once: several rules ask for the same

    def points(self, code: Code) -> tuple[Point, ...]:
        """Return the points of a code, oldest first."""
        return self.series.get(code, ())

    def average(self, weeks_ago: int = 0) -> PressureAverage | None:
        """Return the mean blood pressure of the last week, or of an earlier one."""
        if weeks_ago not in self.averages:
            self.averages[weeks_ago] = pressure_average(
                self.points(Code.BLOOD_PRESSURE),
                now=self.now,
                zone=self.zone,
                weeks_ago=weeks_ago,
            )
        return self.averages[weeks_ago]


@dataclass(frozen=True, slots=True)
class Match:
    """Why a patient is listed: the sentence, how far up (greatest first), and since when.

    The weight is the same whenever it is worked out while nothing changes: it is kept.
    """

    why: Sentence
    weight: float
    at: datetime | None = None


Rule = Callable[[Facts], Match | None]


def situation_of(facts: Facts) -> tuple[Situation, Match]:
    """Return the first situation that fits, and why."""
    for situation, rule in RULES.items():
        match = rule(facts)
        if match is not None:
            return situation, match
    return Situation.ON_TARGET, _resting(facts)


def must_act_now(facts: Facts) -> Match | None:
    """An urgent value or a warning word of the last week; the newest first."""
    since = facts.now - LISTED_FOR
    found = [
        Match(_reading(code, one), one.at.timestamp(), one.at)
        for code, points in facts.series.items()
        for one in points
        if one.at > since and is_urgent(code, one.numbers)
    ]
    found += [
        Match(Sentence(words.WARNING, {"words": one.words}), one.at.timestamp(), one.at)
        for one in facts.warnings
        if one.at > since
    ]
    return max(found, key=lambda one: one.weight, default=None)


def has_low_glucose(facts: Facts) -> Match | None:
    """Any glucose below the range within a week; the most often first."""
    since = facts.now - LISTED_FOR
    limit = facts.limits.glucose_low
    low = [one for one in facts.points(Code.GLUCOSE) if one.at > since and one.numbers[0] < limit]
    if not low:
        return None
    lowest = min(one.numbers[0] for one in low)
    why = Sentence(words.LOW_READINGS, {"n": len(low), "lowest": lowest})
    return Match(why, len(low), low[-1].at)


def waits_for_an_answer(facts: Facts) -> Match | None:
    """A question about an order; the oldest first."""
    asked = [
        (one.answered or one.due, one) for one in facts.occurrences if one.state is State.QUESTION
    ]
    if not asked:
        return None
    at, oldest = min(asked, key=lambda pair: pair[0])
    why = (
        Sentence(words.ASKS, {"words": oldest.words}) if oldest.words else Sentence(words.QUESTION)
    )
    return Match(why, -at.timestamp(), at)


def is_above_target(facts: Facts) -> Match | None:
    """The week's mean blood pressure reaches the target; the furthest above first."""
    average = facts.average()
    target = facts.limits.target
    if average is None or not (average.enough and average.above(target)):
        return None
    why = Sentence(words.ABOVE, _of_average(average, facts.limits))
    return Match(why, average.excess(target))


def gets_worse(facts: Facts) -> Match | None:
    """The week's mean has risen, or fewer glucose readings are in range; the most first."""
    average, before = facts.average(), facts.average(weeks_ago=1)
    up = rise(average, before)
    if average and before and up >= facts.limits.rise:
        values = {"before": before.numbers, "average": average.numbers}
        return Match(Sentence(words.RISEN, values), up)
    return _leaves_the_range(facts)


def leaves_orders_unanswered(facts: Facts) -> Match | None:
    """An order sent days ago that nobody has answered; the oldest first."""
    due = [
        one.due
        for one in facts.occurrences
        if one.state in _NOT_ANSWERED and facts.now - one.due > UNANSWERED
    ]
    if not due:
        return None
    why = Sentence(words.NO_ANSWER, {"days": (facts.now - min(due)).days})
    return Match(why, -min(due).timestamp(), min(due))


def is_silent(facts: Facts) -> Match | None:
    """No reading for a week; the longest first. Who shows no readings is not called silent."""
    if not facts.watched:
        return None
    newest = max((one.at for points in facts.series.values() for one in points), default=None)
    if newest is None:
        return Match(Sentence(words.NEVER), 0.0)
    silence = facts.now - newest
    if silence < facts.limits.silent:
        return None
    days = {"days": silence.days}
    return Match(Sentence(words.NO_READING, days), -newest.timestamp(), newest)


RULES: dict[Situation, Rule] = {
    Situation.ACT_NOW: must_act_now,
    Situation.LOW_GLUCOSE: has_low_glucose,
    Situation.QUESTIONS: waits_for_an_answer,
    Situation.ABOVE_TARGET: is_above_target,
    Situation.GETTING_WORSE: gets_worse,
    Situation.UNANSWERED_ORDERS: leaves_orders_unanswered,
    Situation.NO_DATA: is_silent,
}

_NOT_ANSWERED = frozenset({State.QUEUED, State.SENT, State.UNKNOWN, State.NO_ANSWER})
OF_ORDERS = _NOT_ANSWERED | {State.QUESTION}
"""The states of an order the rules look at."""


def _leaves_the_range(facts: Facts) -> Match | None:
    points = facts.points(Code.GLUCOSE)
    week = glucose_shares(points, now=facts.now, zone=facts.zone, days=WEEK)
    before = glucose_shares(points, now=facts.now, zone=facts.zone, days=WEEK, days_ago=WEEK)
    if not week or not before or min(week.readings, before.readings) < LEAST_GLUCOSE:
        return None
    then, now = before.percent(before.in_range), week.percent(week.in_range)
    if then - now < IN_RANGE_DOWN:
        return None
    return Match(Sentence(words.LEFT_RANGE, {"before": then, "now": now}), then - now)


def _resting(facts: Facts) -> Match:
    average = facts.average()
    if average is None:
        shares = glucose_shares(
            facts.points(Code.GLUCOSE), now=facts.now, zone=facts.zone, days=WEEK
        )
        if shares is None:
            return Match(Sentence(words.NOTHING), 0)
        inside = {"inside": shares.percent(shares.in_range), "n": shares.readings}
        return Match(Sentence(words.INSIDE, inside), 0)
    return Match(
        Sentence(
            words.AVERAGE if average.enough else words.FEW, _of_average(average, facts.limits)
        ),
        0,
    )


def _of_average(average: PressureAverage, limits: Limits) -> dict[str, object]:
    return {
        "average": average.numbers,
        "n": average.readings,
        "least": LEAST_READINGS,
        "target": f"{limits.target.systolic}/{limits.target.diastolic}",
    }


def _reading(code: Code, point: Point) -> Sentence:
    return Sentence(words.READINGS[code], {"value": "/".join(str(one) for one in point.numbers)})
