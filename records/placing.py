"""What may lie outside the private cloud, sealed: little is insensitive enough."""

from dataclasses import dataclass

from records.consent import Label, label_of
from records.segments import Segment
from records.vocabulary import SegmentKind

GIGABYTE = 1_000_000_000
MAY_MIGRATE = frozenset({SegmentKind.SIGNS, SegmentKind.RECORD_OF_LIFE})
"""Kinds that may leave the private cloud as it fills (the paper's Table 1)."""


def may_migrate(segment: Segment) -> bool:
    """Say whether everything in this version is of normal confidentiality and of such a kind."""
    return segment.kind in MAY_MIGRATE and all(
        label_of(one.code, private=one.private) is Label.NORMAL for one in segment.observations
    )


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How much of a record lies where, in versions of segments; `stays` is the patient's wish.

    `moved` is what lies sealed in the overflow store. While nothing more may go there, what does
    is on its way back.
    """

    home: int
    moved: int
    stays: bool


@dataclass(frozen=True, slots=True)
class Load:
    """So many objects, and the bytes they take up."""

    count: int = 0
    size: int = 0

    def cost(self, price: float | None) -> float | None:
        """Return what it costs a month at a price for a gigabyte; None where that is not known."""
        return None if price is None else self.size / GIGABYTE * price


@dataclass(frozen=True, slots=True)
class Overflow:
    """What the operator has said may flow over, how much lies where, and what a month costs.

    `least` and `quota` are bytes; `may_go` is what the policy still lets go, its labels unopened.
    A price is for a gigabyte and month; where one is not known, no cost is.
    """

    kinds: frozenset[SegmentKind]
    days: int
    least: int
    quota: int | None
    home: Load
    moved: Load
    may_go: Load
    home_price: float | None = None
    moved_price: float | None = None
    currency: str = "USD"

    @property
    def filled(self) -> float | None:
        """How much of the private cloud's quota is used, 1 being all; None without a quota."""
        return self.home.size / self.quota if self.quota else None

    @property
    def before(self) -> float | None:
        """What a month would cost with everything in the private cloud."""
        return _sum(self.home.cost(self.home_price), self.moved.cost(self.home_price))

    @property
    def now(self) -> float | None:
        """What a month costs as it lies now."""
        return _sum(self.home.cost(self.home_price), self.moved.cost(self.moved_price))

    @property
    def after(self) -> float | None:
        """What a month would cost once all has moved that may."""
        left = Load(size=self.home.size - self.may_go.size)
        gone = Load(size=self.moved.size + self.may_go.size)
        return _sum(left.cost(self.home_price), gone.cost(self.moved_price))


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other
