"""Requests for the patient's leave: who asks, for whom, for what, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from records.tracking import GrantId, OrganisationId, PersonId, RecordId, RequestId
from records.vocabulary import Purpose, SegmentKind

LASTS = timedelta(days=14)


class RequestState(StrEnum):
    """What became of a request; the words for people are in records.wording."""

    WAITING = "waiting"
    GIVEN = "given"
    NOT_GIVEN = "not_given"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Request:
    """One version of a request.

    It is for a person, the asker or a colleague, or for the asker's organisation. `days` is how
    long the leave would last; `grant` is what the patient gave. Somebody who knows the patient only
    by a pseudonym keeps that.
    """

    id: RequestId
    record: RecordId
    asked_by: PersonId
    kinds: frozenset[SegmentKind]
    purpose: Purpose
    days: int
    reason: str
    asked: datetime
    person: PersonId | None = None
    organisation: OrganisationId | None = None
    pseudonym: str = ""
    answered: datetime | None = None
    grant: GrantId | None = None
    version: int = 1

    @property
    def expires(self) -> datetime:
        """When it ends unanswered."""
        return self.asked + LASTS

    def state(self, now: datetime) -> RequestState:
        """Return what became of it by `now`."""
        if self.answered is not None:
            return RequestState.GIVEN if self.grant is not None else RequestState.NOT_GIVEN
        return RequestState.WAITING if now < self.expires else RequestState.EXPIRED


class Requests(Protocol):
    """Requests in all versions."""

    def of_record(self, record_id: RecordId) -> tuple[Request, ...]:
        """Return the newest version of each request about this record."""
        ...

    def asked_by(self, person_id: PersonId) -> tuple[Request, ...]:
        """Return the newest version of each request this person made."""
        ...

    def request(self, request_id: RequestId) -> Request:
        """Return the newest version of this request, or raise NotFound."""
        ...

    def put(self, request: Request) -> None:
        """Keep a request, or its next version."""
        ...
