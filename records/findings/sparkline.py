"""A sparkline: how a number went over some weeks, as points of a line in a small box."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from records.series import Point

SPAN = timedelta(days=30)
WIDTH, HEIGHT, EDGE = 96, 24, 2


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The line as `x,y x,y …` in a box of WIDTH by HEIGHT, and the ends of what it shows."""

    line: str
    lowest: Decimal
    highest: Decimal


def sparkline(points: Sequence[Point], now: datetime) -> Sparkline | None:
    """Return the line of the first numbers of the last 30 days; None below two readings."""
    since = now - SPAN
    shown = [(one.at, one.numbers[0]) for one in points if one.at > since]
    if len(shown) < 2:
        return None
    lowest, highest = min(n for _, n in shown), max(n for _, n in shown)
    reach = float(highest - lowest) or 1.0

    def place(at: datetime, number: Decimal) -> str:
        across = EDGE + (at - since) / SPAN * (WIDTH - 2 * EDGE)
        down = HEIGHT - EDGE - float(number - lowest) / reach * (HEIGHT - 2 * EDGE)
        return f"{across:.1f},{down:.1f}"

    return Sparkline(" ".join(place(*one) for one in shown), lowest, highest)
