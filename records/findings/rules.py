"""The rules that raise an alert: when one opens, when it closes again, and whose number that is.

An alert opens where the situation of the worklist begins and closes only when the numbers have
come back by a margin, so that one around the limit does not open and close every day.
"""

from collections.abc import Callable
from dataclasses import dataclass

from records.findings import guidelines as numbers
from records.findings import situations
from records.findings.averages import change, glucose_shares
from records.findings.guidelines import ALERT_FROM, Guideline
from records.findings.reasons import Situation
from records.findings.situations import Facts, Match, Rule
from records.findings.targets import LEAST_GLUCOSE, LISTED_FOR, WEEK
from records.vocabulary import Code
from records.wording import later


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One rule: what opens an alert, what keeps it open, and what its numbers rest on.

    What is `urgent` is told to the patient at any hour.
    """

    opens: Rule
    stays: Callable[[Facts], bool]
    urgent: bool = False

    def holds(self, facts: Facts, *, already: bool) -> bool:
        """Say whether an alert is open by these facts, where one was open already or not."""
        return self.opens(facts) is not None or (already and self.stays(facts))


def stays_urgent(facts: Facts) -> bool:
    """An urgent value keeps its alert for as long as it is listed."""
    return situations.must_act_now(facts) is not None


def stays_low(facts: Facts) -> bool:
    """Any glucose of the week that is not well above the limit."""
    since = facts.now - LISTED_FOR
    back = facts.limits.glucose_low + numbers.BACK_ABOVE.value
    return any(one.at > since and one.numbers[0] < back for one in facts.points(Code.GLUCOSE))


def stays_above(facts: Facts) -> bool:
    """Open until the week's mean is well below the target; too few readings close nothing."""
    average = facts.average()
    if average is None or not average.enough:
        return True
    return average.excess(facts.limits.target) > -numbers.BACK_BELOW.value


def stays_worse(facts: Facts) -> bool:
    """Open until neither the mean nor the glucose has moved much; nothing known closes nothing."""
    moved = change(facts.average(), facts.average(weeks_ago=1))
    lost = _lost(facts)
    known = [one for one in (moved, lost) if one is not None]
    still_up = moved is not None and moved >= numbers.BACK_STEADY.value
    still_lost = lost is not None and lost >= numbers.BACK_IN_RANGE.value
    return not known or still_up or still_lost


def stays_silent(facts: Facts) -> bool:
    """The first reading ends a silence."""
    return situations.is_silent(facts) is not None


def _lost(facts: Facts) -> int | None:
    """Return how many percentage points in range were lost within a week, if one can say."""
    points = facts.points(Code.GLUCOSE)
    week = glucose_shares(points, now=facts.now, zone=facts.zone, days=WEEK)
    before = glucose_shares(points, now=facts.now, zone=facts.zone, days=WEEK, days_ago=WEEK)
    if not week or not before or min(week.readings, before.readings) < LEAST_GLUCOSE:
        return None
    return before.percent(before.in_range) - week.percent(week.in_range)


ALERT_RULES: dict[Situation, AlertRule] = {
    Situation.ACT_NOW: AlertRule(situations.must_act_now, stays_urgent, urgent=True),
    Situation.LOW_GLUCOSE: AlertRule(situations.has_low_glucose, stays_low, urgent=True),
    Situation.ABOVE_TARGET: AlertRule(situations.is_above_target, stays_above),
    Situation.GETTING_WORSE: AlertRule(situations.gets_worse, stays_worse),
    Situation.NO_DATA: AlertRule(situations.is_silent, stays_silent),
}
"""The rules, in the order in which a patient is listed."""

CAUSES: dict[Situation, str] = {
    Situation.ACT_NOW: later("Urgent value or warning words"),
    Situation.LOW_GLUCOSE: later("Low glucose"),
    Situation.ABOVE_TARGET: later("Above target"),
    Situation.GETTING_WORSE: later("Getting worse"),
    Situation.NO_DATA: later("No readings"),
}


def source_of(cause: Situation, guideline: Guideline) -> str:
    """Return the guideline, or the choice of ours, the numbers of a rule come from."""
    match cause:
        case Situation.ACT_NOW:
            return f"{numbers.URGENT_SYSTOLIC.source}; {numbers.URGENT_LOW_GLUCOSE.source}"
        case Situation.LOW_GLUCOSE:
            return numbers.LOW_GLUCOSE.source
        case Situation.ABOVE_TARGET:
            return ALERT_FROM[guideline][0].source
        case Situation.GETTING_WORSE:
            return f"TIDE (Stanford); {numbers.OUR_CHOICE}"
        case _:
            return numbers.OUR_CHOICE


def why_open(cause: Situation, facts: Facts) -> Match | None:
    """Return why an alert is open by these facts; None where it only has not closed yet."""
    return ALERT_RULES[cause].opens(facts)
