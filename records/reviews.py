"""Reviews: a clinician has seen why a patient is listed, until something new comes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from records.findings.reasons import Situation
from records.findings.situations import Facts
from records.findings.targets import LISTED_FOR
from records.tracking import PersonId, RecordId, ReviewId

HOLDS = timedelta(days=7)
"""How long a review holds though nothing new comes: silence itself must come back; our choice."""


@dataclass(frozen=True, slots=True)
class Review:
    """One clinician's review of one patient: what was seen, and in which section."""

    id: ReviewId
    record: RecordId
    by: PersonId
    at: datetime
    situation: Situation
    seen: frozenset[str]
    undone: datetime | None = None

    def holds(self, situation: Situation, facts: Facts) -> bool:
        """Say whether it still stands: the same section, and nothing in it that was not seen."""
        lasting = self.undone is None and facts.now - self.at < HOLDS
        return lasting and self.situation is situation and what_is_seen(facts) <= self.seen


def what_is_seen(facts: Facts) -> frozenset[str]:
    """Return the ids of all the last week shows of a patient: of readings, words and orders."""
    since = facts.now - LISTED_FOR
    return frozenset(
        [
            *(p.observation for points in facts.series.values() for p in points if p.at > since),
            *(one.observation for one in facts.warnings if one.at > since),
            *(f"{one.id}:{one.state}" for one in facts.occurrences),
        ]
    )


class Reviews(Protocol):
    """Reviews, in all that a clinician made."""

    def standing(
        self, by: PersonId, since: datetime, record_ids: Collection[RecordId]
    ) -> Mapping[RecordId, Review]:
        """Return this clinician's newest review of these since then, if it is not undone."""
        ...

    def put(self, review: Review) -> None:
        """Keep a review, new or undone."""
        ...
