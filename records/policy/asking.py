"""A question to the policy with the facts it needs, and the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from records.consent import Emergency, Grant, Hiding, Label, Part
from records.people import Person, Record, Relationship
from records.policy.actions import Action
from records.vocabulary import Purpose


@dataclass(frozen=True, slots=True)
class Leave:
    """All by which a record is open or closed to people other than the patient."""

    relationships: tuple[Relationship, ...] = ()
    grants: tuple[Grant, ...] = ()
    hidings: tuple[Hiding, ...] = ()
    emergencies: tuple[Emergency, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the policy.

    `part` is what is asked about, `label` how restricted it is and `at` when it was so; without
    them the question is whether anything of it is open at all.
    """

    action: Action
    by: Person
    record: Record
    now: datetime
    purpose: Purpose = Purpose.TREATMENT
    leave: Leave = Leave()
    part: Part | None = None
    label: Label | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it is allowed, and the clause that decided, for the audit line and for "why?"."""

    allowed: bool
    rule: str


Predicate = Callable[[Ask], bool]
