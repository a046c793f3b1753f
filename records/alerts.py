"""Alerts: what a rule found in a record, who has seen it, and the advice that went with it.

An alert holds no value: what it rests on is read anew from what each reader may see.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from records.findings.reasons import Situation
from records.tracking import AlertId, OrderId, PersonId, RecordId


class Advising(StrEnum):
    """What became of the clinic's advice to the patient."""

    NONE = "none"  # the clinic has written none for this rule
    HELD = "held"  # a doctor is to look at it first
    SENT = "sent"
    DROPPED = "dropped"  # a doctor decided against it


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert; at most one of a cause is open in a record.

    `doctor` is whose facts opened it, and in whose name advice goes out; `order` is that advice.
    """

    id: AlertId
    record: RecordId
    cause: Situation
    doctor: PersonId
    opened: datetime
    closed: datetime | None = None
    seen_by: PersonId | None = None
    seen: datetime | None = None
    advice: Advising = Advising.NONE
    order: OrderId | None = None

    def seen_now(self, by: PersonId, now: datetime) -> "Alert":
        """Return it acknowledged; who was first stays named."""
        return self if self.seen_by else replace(self, seen_by=by, seen=now)

    def unseen(self) -> "Alert":
        """Return it as nobody has acknowledged it: something new has come."""
        return replace(self, seen_by=None, seen=None)


class Alerts(Protocol):
    """Alerts of records."""

    def alert(self, alert_id: AlertId) -> Alert:
        """Return the alert, or raise NotFound."""
        ...

    def open_of(self, record_id: RecordId) -> tuple[Alert, ...]:
        """Return the open alerts of a record, the longest open first."""
        ...

    def closed_of(self, record_id: RecordId, limit: int) -> tuple[Alert, ...]:
        """Return the alerts of a record that closed last, newest first."""
        ...

    def seen_in(
        self, record_ids: Collection[RecordId]
    ) -> Mapping[tuple[RecordId, Situation], PersonId]:
        """Return who has acknowledged the open alerts of these records, by record and cause."""
        ...

    def put(self, alert: Alert) -> None:
        """Keep an alert, new or changed."""
        ...


class Rechecks(Protocol):
    """Records whose rules are to be looked at again."""

    def soon(self, record_id: RecordId, due: datetime) -> None:
        """Look at a record again at a time; asked several times meanwhile it is looked at once."""
        ...
