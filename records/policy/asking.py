"""A question to the policy with the facts it needs, and the answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
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

    @property
    def moments(self) -> Iterator[datetime]:
        """Every moment anything of this names: at no other it opens or closes by itself."""
        every: list[Relationship | Grant | Hiding | Emergency] = [*self.relationships]
        every += [*self.grants, *self.hidings, *self.emergencies]
        for one in every:
            told = (getattr(one, field.name) for field in fields(one))
            yield from (value for value in told if isinstance(value, datetime))
        yield from (one.ends for one in self.relationships if one.ends is not None)


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
