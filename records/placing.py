"""What may lie outside the private cloud, sealed: little is insensitive enough."""

from dataclasses import dataclass

from records.consent import Label, label_of
from records.segments import Segment
from records.vocabulary import SegmentKind

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
