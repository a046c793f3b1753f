"""Series: the numbers of one code over time."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from records.tracking import ObservationId, TrackingId


@dataclass(frozen=True, slots=True)
class Point:
    """One number, or pair of numbers, of a series, in the code's canonical unit."""

    at: datetime
    numbers: tuple[Decimal, ...]
    context: str
    private: bool
    observation: ObservationId
    segment: TrackingId
