"""Units as documents write them: known ones become UCUM, others never a number."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from records.cda.units import USUAL, measured, ucum_of
from records.vocabulary import MEANINGS, Code


@pytest.mark.parametrize(
    ("code", "number", "unit", "value"),
    [
        (Code.SYSTOLIC, "120", "MM[HG]", "120"),
        (Code.SYSTOLIC, "16", "kPa", "120"),
        (Code.WEIGHT, "150", "lbs", "68.04"),
        (Code.WEIGHT, "88.00", "Kg", "88.00"),
        (Code.WEIGHT, "3500", "g", "3.5"),
        (Code.HEIGHT, "69", "[in_us]", "175.26"),
        (Code.HEIGHT, "1.77", "m", "177"),
        (Code.TEMPERATURE, "36.9", "DEG", "36.9"),
        (Code.TEMPERATURE, "98.6", "[degF]", "37.0"),
        (Code.GLUCOSE, "180", "mg/dl", "9.99"),
        (Code.SPO2, "97", "%", "97"),
        (Code.HEART_RATE, "72", "次/分", "72"),
    ],
)
def test_a_known_unit_makes_a_number(code: Code, number: str, unit: str, value: str) -> None:
    found = measured(code, number, unit)
    assert found is not None
    assert (found.value, found.unit) == (Decimal(value), MEANINGS[code].ucum)


@pytest.mark.parametrize(
    ("code", "number", "unit"),
    [
        (Code.SYSTOLIC, "120", ""),
        (Code.SYSTOLIC, "120", "kg"),
        (Code.WEIGHT, "88", "furlongs"),
        (Code.WEIGHT, "1e2", "kg"),
        (Code.WEIGHT, "-3", "kg"),
        (Code.WEIGHT, "NaN", "kg"),
        (Code.WEIGHT, "٨٨", "kg"),
        (Code.TEMPERATURE, "98.6", "DEG"),
        (Code.TEMPERATURE, "0", "[degF]"),
        (Code.HEART_RATE, "0", "/min"),
        (Code.SPO2, "0.97", "1"),
        (Code.BLOOD_PRESSURE, "120", "mm[Hg]"),
    ],
)
def test_what_is_not_known_or_not_possible_makes_none(code: Code, number: str, unit: str) -> None:
    assert measured(code, number, unit) is None


def test_the_spellings_found_in_documents_are_known(shared_data: Path) -> None:
    with (shared_data / "codes/unit_spellings.csv").open(newline="") as lines:
        rows = [(one[0], one[1].split("|")) for one in list(csv.reader(lines))[1:]]
    codes = {unit: code for code, units in USUAL.items() for unit in units}
    missing = [
        (unit, spelling)
        for unit, spellings in rows
        if unit in codes
        for spelling in spellings
        if ucum_of(spelling, codes[unit]) != unit
    ]
    assert missing == []
