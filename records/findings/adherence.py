"""How orders were answered: in time, late, or not at all; what never arrived is nobody's miss."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from records.findings.targets import UNANSWERED
from records.orders import Occurrence, State
from records.wording import later

IN_TIME = timedelta(hours=12)
"""A "done" within this of the due time is in time: the same half of the day; our choice."""


class Kept(StrEnum):
    """How one due time of an order was answered."""

    ANSWERED = "answered"
    LATE = "late"
    MISSED = "missed"


KEPT_WORDS: dict[Kept, str] = {
    Kept.ANSWERED: later("Order answered"),
    Kept.LATE: later("Order answered late"),
    Kept.MISSED: later("Order not answered"),
}


@dataclass(frozen=True, slots=True)
class KeptTime:
    """One due time and how it was answered."""

    at: datetime
    kept: Kept
    answered: datetime | None = None


def kept_of(one: Occurrence, now: datetime) -> Kept | None:
    """Return how an occurrence was answered; None while it is open, or was never delivered."""
    if one.state is State.DONE and one.answered is not None:
        return Kept.ANSWERED if one.answered - one.due <= IN_TIME else Kept.LATE
    if one.state is State.NO_ANSWER:
        return Kept.MISSED
    waits = one.state in (State.SENT, State.QUEUED) and one.again is None
    return Kept.MISSED if waits and now - one.due > UNANSWERED else None


def adherence(
    occurrences: Iterable[Occurrence], *, since: datetime, now: datetime
) -> tuple[KeptTime, ...]:
    """Return the due times of orders since a moment, oldest first, as far as one can say."""
    found = []
    for one in occurrences:
        kept = kept_of(one, now) if since <= one.due <= now else None
        if kept is not None:
            found.append(KeptTime(one.due, kept, one.answered))
    return tuple(sorted(found, key=lambda one: one.at))


def count(times: Iterable[KeptTime]) -> dict[Kept, int]:
    """Return how many there are of each, all three named."""
    told = [one.kept for one in times]
    return {one: told.count(one) for one in Kept}
