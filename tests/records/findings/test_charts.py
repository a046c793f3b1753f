from datetime import datetime, timedelta
from typing import Any

import pytest

from records.findings.charts import (
    Format,
    Frame,
    Spec,
    glucose_chart,
    pressure_chart,
    weight_chart,
)
from records.vocabulary import Language
from tests.records.findings.test_averages import NOW, ZONE, point

EN = Frame(Language.ENGLISH, ZONE, NOW)
ZH = Frame(Language.CHINESE, ZONE, NOW, form=Format.PHONE)


def layer(spec: Spec, number: int) -> dict[str, Any]:
    layers = spec["layer"]
    assert isinstance(layers, list)
    found: dict[str, Any] = layers[number]
    return found


def test_a_pressure_is_two_dots_joined_at_the_patients_wall_time() -> None:
    spec = pressure_chart([point(0, 0, "141", "87")], EN)
    at = "2026-11-23T08:00:00Z"
    assert layer(spec, 1)["data"]["values"] == [{"at": at, "systolic": 141.0, "diastolic": 87.0}]
    said = "23 Nov 08:00 · 141/87"
    assert layer(spec, 2)["data"]["values"] == [
        {"at": at, "value": 141.0, "part": "Systolic", "said": said},
        {"at": at, "value": 87.0, "part": "Diastolic", "said": said},
    ]


def test_the_target_is_a_band_and_stands_in_the_title() -> None:
    spec = pressure_chart([], EN)
    assert layer(spec, 0)["data"]["values"] == [{"low": 85, "high": 135}]
    assert spec["description"] == "Blood pressure, 30 days · Band: 85 to 135 mmHg"


def test_an_order_stands_on_the_axis_and_is_explained() -> None:
    spec = pressure_chart([], EN, [datetime.fromisoformat("2026-11-20T01:00:00+00:00")])
    assert layer(spec, 3)["data"]["values"] == [
        {"at": "2026-11-20T09:00:00Z", "value": 60, "said": "Order · 20 Nov 09:00"}
    ]
    assert str(spec["description"]).endswith("· ▲ Order")


@pytest.mark.parametrize(
    ("value", "level"),
    [("3.8", "Below"), ("3.9", "In range"), ("10.0", "In range"), ("10.1", "Above")],
)
def test_each_level_of_glucose_has_a_name_and_a_shape(value: str, level: str) -> None:
    dots = layer(glucose_chart([point(0, 0, value)], EN), 1)
    assert dots["data"]["values"][0]["part"] == level
    assert len(set(dots["encoding"]["shape"]["scale"]["range"])) == 3


def test_glucose_can_be_laid_over_one_day() -> None:
    spec = glucose_chart([point(3, 10, "7.0")], EN, by_hour=True)
    assert layer(spec, 1)["data"]["values"][0]["hour"] == 18.0
    assert layer(spec, 1)["encoding"]["x"]["scale"] == {"domain": [0, 24]}


@pytest.mark.parametrize("value", ["1.2", "14.7", "33.3"])
def test_no_dot_lies_outside_the_axis(value: str) -> None:
    domain = layer(glucose_chart([point(0, 0, value)], EN), 1)["encoding"]["y"]["scale"]["domain"]
    assert domain[0] <= float(value) <= domain[1]


def test_the_phone_gets_a_narrow_chart_in_its_language() -> None:
    spec = weight_chart([point(0, 0, "61.2"), point(7, 0, "61.9")], ZH)
    assert spec["width"] == 320
    assert spec["description"] == "体重，30 天"
    assert layer(spec, 0)["data"]["values"][0]["said"] == "11月23日 08:00 · 61.2 kg"


def test_the_axis_covers_the_days_asked_for() -> None:
    spec = pressure_chart([], Frame(Language.ENGLISH, ZONE, NOW, days=90))
    first = (NOW - timedelta(days=90) + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert layer(spec, 1)["encoding"]["x"]["scale"]["domain"][0] == first
