"""Prompts: what a person wishes to be asked and when, and which moments are good for it.

The times are PRODUCT.md §1.2, P1 to P9.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from records.recurring import Rule, Slot, slots
from records.tracking import PersonId
from records.vocabulary import Code
from records.walltime import moment_of, wall_of

EARLY = timedelta(minutes=90)  # a reading this long before clears the slot
NUDGE_AFTER = timedelta(minutes=90)
NUDGE_USEFUL = timedelta(minutes=60)
USEFUL = timedelta(hours=3)  # "morning" at noon is too late
LATER = timedelta(hours=1)
MISSED = 3  # slots in a row, after which the family may hear of it
LOOK_BACK = timedelta(days=15)  # far enough for three slots of three days a week
QUIET_FROM, QUIET_UNTIL = time(21, 30), time(7, 0)
OFFER_AGAIN = timedelta(days=60)
WEEK = timedelta(days=7)
REPEATS, WITHIN = 5, timedelta(minutes=30)

DAILY = "FREQ=DAILY"
THREE_DAYS = "FREQ=WEEKLY;BYDAY=MO,WE,FR"
SUNDAYS = "FREQ=WEEKLY;BYDAY=SU"
WEEK_AT = time(18, 0)
WEEK_USEFUL = timedelta(hours=20)

PROMPT, WEEKLY = "prompt", "week"  # jobs of rules


class Topic(StrEnum):
    """What a prompt asks for."""

    PRESSURE = "pressure"
    GLUCOSE = "glucose"
    MEDICINE = "medicine"
    CHECK_IN = "check_in"


ANSWERED_BY = {
    Topic.PRESSURE: frozenset({Code.BLOOD_PRESSURE}),
    Topic.GLUCOSE: frozenset({Code.GLUCOSE}),
    Topic.MEDICINE: frozenset({Code.MEDICATION_TAKEN, Code.MEDICATION_MISSED}),
    Topic.CHECK_IN: frozenset({Code.MOOD, Code.DIET}),
}
"""What, when it is told, answers a prompt."""


@dataclass(frozen=True, slots=True)
class PromptWishes:
    """What a person wishes of prompts, and what was last said because of it.

    `paused_until` None while `paused` means until the person says; `family` None means never asked;
    `heard` is when the person last reacted without a reading; `last` names the slot last asked;
    `offers` says when fewer prompts about a topic were offered.
    """

    person: PersonId
    paused: bool = False
    paused_until: datetime | None = None
    family: bool | None = None
    heard: datetime | None = None
    last: str = ""
    last_asked: datetime | None = None
    family_told: datetime | None = None
    offers: Mapping[Topic, datetime] = field(default_factory=dict)
    muted: Mapping[PersonId, datetime] = field(default_factory=dict)

    def is_paused(self, now: datetime) -> bool:
        """Say whether nothing is to be asked now."""
        return self.paused and (self.paused_until is None or now < self.paused_until)

    def is_muted(self, helper: PersonId, now: datetime) -> bool:
        """Say whether this helper wants to hear nothing for now."""
        until = self.muted.get(helper)
        return until is not None and now < until


def is_quiet(moment: datetime, zone: str) -> bool:
    """Say whether people sleep in the zone: from 21:30 until 07:00."""
    shown = wall_of(moment, zone).time()
    return shown >= QUIET_FROM or shown < QUIET_UNTIL


def is_quiet_hour(hour: time) -> bool:
    """Say whether an hour of the day lies where people sleep."""
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def when_awake(moment: datetime, zone: str) -> datetime:
    """Return the moment itself, or 07:00 of the morning after it where people sleep."""
    if not is_quiet(moment, zone):
        return moment
    shown = wall_of(moment, zone)
    day = shown.date() + timedelta(days=1 if shown.time() >= QUIET_FROM else 0)
    return moment_of(datetime.combine(day, QUIET_UNTIL), zone)


def is_cleared(due: datetime, told: datetime | None) -> bool:
    """Say whether what was told last answers a slot: told in the 90 minutes before it, or since."""
    return told is not None and told >= due - EARLY


def slots_between(rules: Sequence[Rule], after: datetime, until: datetime) -> tuple[Slot, ...]:
    """Return the slots of several rules, in order."""
    found = (slot for rule in rules for slot in slots(rule, after, until))
    return tuple(sorted(found, key=lambda one: one.due))


def silent_since(
    rules: Sequence[Rule], last: Slot, *, told: datetime | None, heard: datetime | None
) -> datetime | None:
    """Return when the first of three missed slots was due; None when fewer were missed.

    The last of them is given; neither a reading nor a reaction has come since the first.
    """
    found = slots_between(rules, last.due - LOOK_BACK, last.due)[-MISSED:]
    if len(found) < MISSED:
        return None
    first = found[0].due
    reacted = heard is not None and heard >= first
    return None if reacted or is_cleared(first, told) else first
