from decimal import Decimal

import pytest

from records.findings.history import glucose_habit, unlike_habit, unlike_weight


@pytest.mark.parametrize(
    ("kilograms", "unlike"), [("65", False), ("72", False), ("72.1", True), ("58.9", True)]
)
def test_a_weight_a_tenth_away_from_the_usual_is_unlike_it(kilograms: str, unlike: bool) -> None:
    recent = [Decimal(one) for one in ("65", "65.5", "66", "120", "65.5")]
    assert unlike_weight(Decimal(kilograms), recent) is unlike


def test_without_a_history_no_weight_is_unlike_it() -> None:
    assert not unlike_weight(Decimal(130), [])


@pytest.mark.parametrize(
    ("stated", "habit"),
    [
        ((), None),
        (("",), None),
        (("", ""), "mmol/L"),
        (("130 mg/dL", "128 mg/dL"), "mg/dL"),
        (("130 mg/dL", ""), None),
    ],
)
def test_a_habit_needs_two_readings_in_one_unit(stated: tuple[str, ...], habit: str | None) -> None:
    assert glucose_habit(stated) == habit


def test_only_another_unit_is_unlike_the_habit() -> None:
    assert unlike_habit("mg/dL", "mmol/L")
    assert unlike_habit(None, "mg/dL")
    assert not unlike_habit("mg/dL", "mg/dL")
    assert not unlike_habit("mg/dL", None)
