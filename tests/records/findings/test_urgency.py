from decimal import Decimal

import pytest

from records.findings.urgency import is_urgent
from records.vocabulary import Code


@pytest.mark.parametrize(
    ("code", "numbers", "urgent"),
    [
        (Code.BLOOD_PRESSURE, (180, 80), True),
        (Code.BLOOD_PRESSURE, (179, 119), False),
        (Code.BLOOD_PRESSURE, (150, 120), True),
        (Code.BLOOD_PRESSURE, (79, 60), True),
        (Code.BLOOD_PRESSURE, (80, 50), False),
        (Code.GLUCOSE, ("2.9",), True),
        (Code.GLUCOSE, ("3.0",), False),
        (Code.GLUCOSE, ("13.3",), True),
        (Code.GLUCOSE, ("13.2",), False),
        (Code.HEART_RATE, (39,), True),
        (Code.HEART_RATE, (150,), False),
        (Code.HEART_RATE, (151,), True),
        (Code.SPO2, (89,), True),
        (Code.SPO2, (99,), False),
        (Code.TEMPERATURE, (40,), True),
        (Code.TEMPERATURE, ("39.9",), False),
        (Code.WEIGHT, (250,), False),
    ],
)
def test_a_reading_is_urgent_at_its_limit(
    code: Code, numbers: tuple[int | str, ...], urgent: bool
) -> None:
    assert is_urgent(code, [Decimal(one) for one in numbers]) is urgent
