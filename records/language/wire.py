"""An understanding in plain JSON words: the answer of `flask understand`."""

from decimal import Decimal

from records.language.understanding import Reading, Stated, Understanding
from records.vocabulary import Code

_KINDS = {Code.ACTIVITY: "event"}  # the vocabulary of the scored lines has no word of its own
Plain = str | int | float | bool | dict[str, str | int | float | None]


def to_line(understanding: Understanding) -> dict[str, str | list[dict[str, Plain]]]:
    """Return {"expect", "readings"}: kinds, canonical units, numbers as JSON numbers."""
    return {
        "expect": understanding.expect.value,
        "readings": [_reading(r) for r in understanding.readings],
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral() else float(value)


def _reading(reading: Reading) -> dict[str, Plain]:
    line: dict[str, Plain] = {"kind": _KINDS.get(reading.code, reading.code.value)}
    if reading.code is Code.BLOOD_PRESSURE:
        line |= _pressure(reading)
    elif reading.code is Code.GLUCOSE:
        line |= _glucose(reading)
    elif reading.value is not None:
        line |= {"value": _number(reading.value), "unit": reading.unit}
        line |= {"stated": _stated(reading.stated)} if reading.stated else {}
    if reading.code is Code.PAIN:
        line |= {"of": 10}
        line.pop("unit", None)
    if reading.text:
        line["text"] = reading.text
    if reading.context:
        line["context"] = reading.context
    if reading.unit_inferred:
        line["unit_inferred"] = True
    line |= _about(reading)
    if reading.at:
        line["at"] = reading.at.isoformat(timespec="seconds" if reading.at.second else "minutes")
    return line


def _about(reading: Reading) -> dict[str, Plain]:
    """Give the circumstances the line named, under their own words."""
    about = reading.about
    named = {
        "site": about.site, "position": about.position, "place": about.place, "when": about.when,
        "trend": about.trend, "meal": about.meal, "comparator": about.comparator,
    }  # fmt: skip
    return {key: said for key, said in named.items() if said}


def _pressure(reading: Reading) -> dict[str, Plain]:
    line: dict[str, Plain] = {"unit": reading.unit}
    if reading.value is not None and reading.second is not None:
        line |= {"systolic": _number(reading.value), "diastolic": _number(reading.second)}
    if reading.stated and reading.stated.value is not None and reading.stated.second is not None:
        line["stated"] = {
            "systolic": _number(reading.stated.value),
            "diastolic": _number(reading.stated.second),
            "unit": reading.stated.unit,
        }
        line["tolerance"] = 1
    return line


def _glucose(reading: Reading) -> dict[str, Plain]:
    """Give the unit as stated and the value in mmol/L beside it."""
    if reading.value is None:
        return {}
    line: dict[str, Plain] = {"value": _number(reading.value), "unit": "mmol/L"}
    if reading.stated and reading.stated.value is not None:
        line = {"value": _number(reading.stated.value), "unit": reading.stated.unit}
    if reading.text in ("HI", "LO"):
        line["comparator"] = ">" if reading.text == "HI" else "<"
    return line | {"mmol_l": _number(reading.value)}


def _stated(stated: Stated) -> dict[str, str | int | float | None]:
    value = None if stated.value is None else _number(stated.value)
    return {"value": value, "unit": stated.unit}
