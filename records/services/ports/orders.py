"""Orders, what falls due, and what patients wish of prompts."""

from datetime import datetime
from typing import Protocol

from records.orders import Occurrence, Order
from records.prompts import PromptWishes
from records.recurring import Rule, Slot
from records.tracking import OccurrenceId, OrderId, PersonId, RecordId, RuleId


class Clock(Protocol):
    """What tells the moment: where several hosts share a database, the database."""

    def __call__(self) -> datetime:
        """Return the moment now, in UTC."""
        ...


class Orders(Protocol):
    """Orders and their occurrences."""

    def order(self, order_id: OrderId) -> Order:
        """Return the newest version, or raise NotFound."""
        ...

    def of_record(self, record_id: RecordId) -> tuple[tuple[Order, tuple[Occurrence, ...]], ...]:
        """Return the orders of a record with their occurrences, newest first."""
        ...

    def put(self, order: Order) -> None:
        """Keep an order, or its next version."""
        ...

    def occurrence(self, occurrence_id: OccurrenceId) -> Occurrence:
        """Return the occurrence, or raise NotFound."""
        ...

    def put_occurrence(self, occurrence: Occurrence) -> None:
        """Keep an occurrence, new or changed."""
        ...


class Timetable(Protocol):
    """What falls due, once or by a rule: the worker's clock reads it."""

    def set(
        self,
        key: str,
        due: datetime,
        job: str,
        ref: str,
        *,
        rule: RuleId | None = None,
        useful_until: datetime | None = None,
    ) -> None:
        """Insert one due slot; the same key again changes nothing."""
        ...

    def cancel(self, key: str) -> None:
        """Take a slot back that has not run."""
        ...

    def put_rule(self, rule: Rule) -> None:
        """Keep a rule, new or changed; what waits of its old form is taken off."""
        ...

    def rule(self, rule_id: RuleId) -> Rule:
        """Return the rule, or raise NotFound."""
        ...

    def rules_of(self, ref: str) -> tuple[Rule, ...]:
        """Return the rules of somebody or something, those that have ended too."""
        ...


class Prompting(Protocol):
    """What people wish of prompts."""

    def of(self, person_id: PersonId) -> PromptWishes:
        """Return a person's wishes; the usual ones where nothing was wished yet."""
        ...

    def put(self, wishes: PromptWishes) -> None:
        """Keep a person's wishes."""
        ...


class DroppedPrompts(Protocol):
    """Prompts that came too late to be useful, and so were never asked."""

    def of(self, person_id: PersonId, since: datetime) -> tuple[Slot, ...]:
        """Return the slots of a person's prompts dropped since they were due, in order."""
        ...
