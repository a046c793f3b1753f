"""Series: the numbers of one code over time, and the words that lists of patients look at."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from records.tracking import ObservationId, TrackingId
from records.vocabulary import Code


@dataclass(frozen=True, slots=True)
class Point:
    """One number, or pair of numbers, of a series, in the code's canonical unit."""

    at: datetime
    numbers: tuple[Decimal, ...]
    context: str
    private: bool
    observation: ObservationId
    segment: TrackingId


@dataclass(frozen=True, slots=True)
class Saying:
    """Words a list of patients looks at: a warning, or the birthday."""

    code: Code
    at: datetime
    words: str
    context: str
    private: bool
    observation: ObservationId
    segment: TrackingId
