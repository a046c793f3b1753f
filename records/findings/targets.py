"""What averages are held against: targets, how many readings are enough, what counts as change.

Limits of single readings are in `guidelines`; here stands what a week of them must reach.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from records.findings import guidelines


@dataclass(frozen=True, slots=True)
class PressureTarget:
    """The mean home blood pressure that should not be reached, in mm[Hg]."""

    systolic: int
    diastolic: int


HOME_TARGET = PressureTarget(
    int(guidelines.HOME_TARGET_SYSTOLIC.value), int(guidelines.HOME_TARGET_DIASTOLIC.value)
)

WEEK = 7
"""Days an average of blood pressure looks back on, today included (NICE NG136: 4 to 7 days)."""

LEAST_READINGS = 12
"""NICE NG136: 3 counted days, twice a day, two readings each."""

LEAST_DAYS = 4
"""NICE NG136: measure on at least 4 days."""

STEADY_BELOW = 5
"""A change of the week's mean by less, in mm[Hg], is called steady; our choice."""

WORSE_BY = 10
"""A rise of the week's mean, in mm[Hg], that a doctor is shown; our choice."""

GLUCOSE_LOW = guidelines.LOW_GLUCOSE.value
"""Lower end of the target range in mmol/L (ADA Standards of Care, section 6)."""

GLUCOSE_HIGH = Decimal("10.0")
"""Upper end of the target range in mmol/L (ADA Standards of Care, section 6), itself in range."""

GLUCOSE_DAYS = 14
"""Days a glucose profile looks back on (ambulatory glucose profile: 14 days)."""

LEAST_GLUCOSE = 5
"""Readings a week from which shares of two weeks are compared; our choice."""

IN_RANGE_DOWN = 15
"""Percentage points in range lost within a week that a doctor is shown (TIDE, Stanford)."""

SILENT = timedelta(days=7)
"""Time without a reading after which a patient is listed as silent (PRODUCT.md, section 2)."""

UNANSWERED = timedelta(hours=72)
"""Time after which an order counts as not answered (PRODUCT.md, section 1.3)."""

LISTED_FOR = timedelta(days=7)
"""How long an urgent value or a warning word keeps a patient under "Act now"."""

STABLE_WEEKS = 2
"""Weeks in a row that must be on target before fewer prompts are offered (PRODUCT.md P5)."""

STABLE_IN_RANGE = 70
"""Percentage of glucose readings in range that must be exceeded (ADA Standards of Care, section 6:
more than 70 % of the time in 3.9 to 10.0 mmol/L)."""

STABLE_BELOW = 0
"""Readings below range that a stable week may hold; our choice, stricter than the 4 % of the time
that the ADA allows, since a few readings a day miss most of the lows."""
