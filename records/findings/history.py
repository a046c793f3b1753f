"""What is unlike a person's own history, so that it is asked about before it counts."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from records.findings.guidelines import WEIGHT_APART

MG, MMOL = "mg/dL", "mmol/L"
LEAST_FOR_A_HABIT = 2


def unlike_weight(kilograms: Decimal, recent: Sequence[Decimal]) -> bool:
    """Say whether a weight is too far from the median of the recent ones to be noted unasked.

    A unit mixed up (pounds, 斤) or a slipped digit moves it by far more than a body does.
    """
    if not recent:
        return False
    usual = median(recent)
    return abs(kilograms - usual) * 100 > usual * WEIGHT_APART.value


def glucose_habit(stated: Sequence[str]) -> str | None:
    """Return the unit in which all recent sugar readings were typed, or None where they differ.

    `stated` is what was typed where it was converted, and nothing where it was not.
    """
    units = {MG if one.endswith(MG) else MMOL for one in stated}
    return units.pop() if len(stated) >= LEAST_FOR_A_HABIT and len(units) == 1 else None


def unlike_habit(stated_unit: str | None, habit: str | None) -> bool:
    """Say whether a sugar without a unit was read in another unit than this person's."""
    return habit is not None and (stated_unit or MMOL) != habit
