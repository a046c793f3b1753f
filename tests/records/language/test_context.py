"""What the house knows beforehand settles what a line leaves open, and nothing else."""

from decimal import Decimal

import pytest

from records.language import Context, Expect, Reading, Reason, Stated, amends, understand
from records.language.wire import to_line
from records.vocabulary import Code, Language
from tests.records.language.scoring import NOW

PRESSURE = Reading(Code.BLOOD_PRESSURE, Decimal(128), Decimal(82), "mm[Hg]")
PULSE = Reading(Code.HEART_RATE, Decimal(70), unit="/min")
GLUCOSE = Reading(Code.GLUCOSE, Decimal(14), unit="mmol/L", context="fasting")
MILLIGRAMS = Reading(
    Code.GLUCOSE, Decimal("7.22"), unit="mmol/L", stated=Stated(Decimal(130), None, "mg/dL")
)
JIN = Reading(Code.WEIGHT, Decimal(65), unit="kg", stated=Stated(Decimal(130), None, "斤"))


def read(text, **known):
    return understand(text, Language.ENGLISH, Context(NOW, **known))


def values(understanding):
    return [(r.code, r.value, r.second) for r in understanding.readings]


# --- the person's units ---


@pytest.mark.parametrize("unit", ["mg/dL", "mmol/L", None])
def test_a_bare_130_after_a_glucose_question_is_in_milligrams(unit):
    (found,) = read("130", question=Code.GLUCOSE, glucose_unit=unit).readings
    assert (found.value, found.unit_inferred) == (Decimal("7.22"), True)
    assert found.stated == Stated(Decimal(130), None, "mg/dL")


def test_the_usual_unit_comes_first_where_both_are_possible():
    for unit, other in (("mg/dL", "mmol/L"), ("mmol/L", "mg/dL")):
        asked = read("sugar 28", glucose_unit=unit)
        assert asked.expect is Expect.ASK
        assert [r["unit"] for r in to_line(asked)["readings"]] == [unit, other]


def test_a_weight_without_a_unit_is_in_the_usual_one():
    assert read("weight 160").expect is Expect.ASK
    assert values(read("weight 160", weight_unit="[lb_av]")) == [
        (Code.WEIGHT, Decimal("72.57"), None)
    ]
    assert values(read("体重 130", weight_unit="斤")) == [(Code.WEIGHT, Decimal(65), None)]
    assert values(read("75", question=Code.WEIGHT, weight_unit="kg")) == [
        (Code.WEIGHT, Decimal(75), None)
    ]


def test_a_stated_unit_beats_the_usual_one():
    (found,) = read("weight 72 kg", weight_unit="[lb_av]").readings
    assert found.value == Decimal(72)
    (found,) = read("5.6 mmol/L", glucose_unit="mg/dL").readings
    assert found.value == Decimal("5.6")


# --- the open question ---


@pytest.mark.parametrize(
    ("text", "question", "wanted"),
    [
        ("72", Code.HEART_RATE, (Code.HEART_RATE, Decimal(72), None)),
        ("36.8", Code.TEMPERATURE, (Code.TEMPERATURE, Decimal("36.8"), None)),
        ("97", Code.SPO2, (Code.SPO2, Decimal(97), None)),
        ("it is 6", Code.PAIN, (Code.PAIN, Decimal(6), None)),
        ("128 82", Code.GLUCOSE, (Code.BLOOD_PRESSURE, Decimal(128), Decimal(82))),
    ],
)
def test_a_bare_number_answers_the_open_question(text, question, wanted):
    assert values(read(text, question=question)) == [wanted]


def test_one_number_does_not_answer_for_a_pressure():
    assert read("128", question=Code.BLOOD_PRESSURE).reason is Reason.LOWER_MISSING


def test_an_answer_is_held_to_the_same_limits():
    assert read("300", question=Code.HEART_RATE).expect is Expect.ASK
    assert read("2.4", question=Code.GLUCOSE).expect is Expect.URGENT


# --- what was told last ---


@pytest.mark.parametrize(
    ("text", "high", "low"),
    [
        ("no, 138", 138, 82), ("不对，138", 138, 82), ("改成138", 138, 82), ("no, 88", 128, 88),
        ("sorry, 138 not 128", 138, 82), ("不是128，是138", 138, 82), ("I meant 138", 138, 82),
        ("高压改成138", 138, 82), ("no, the lower was 85", 128, 85), ("错了，是85", 128, 85),
        ("no, 138/85", 138, 85),
    ],
)  # fmt: skip
def test_a_correction_amends_the_half_it_must_mean(text, high, low):
    amended = read(text, last=(PRESSURE,))
    assert (amended.expect, amended.correction) == (Expect.STORE, True)
    assert values(amended) == [(Code.BLOOD_PRESSURE, Decimal(high), Decimal(low))]


def test_a_correction_that_may_mean_either_half_is_asked_about():
    asked = read("no, 105", last=(PRESSURE,))
    assert asked.expect is Expect.ASK
    assert [(r.value, r.second) for r in asked.readings] == [(105, 82), (128, 105)]


def test_a_correction_that_may_mean_two_kinds_proposes_neither():
    assert read("no, 75", last=(PRESSURE, PULSE)).expect is Expect.ASK
    assert read("no, 75", last=(PRESSURE, PULSE)).readings == ()


@pytest.mark.parametrize("text", ["no, 138", "不对，138"])
def test_a_number_near_one_of_a_cuffs_three_is_that_one(text):
    amended = read(text, last=(PRESSURE, PULSE))
    assert amended.expect is Expect.STORE
    assert [(r.code, r.value, r.second) for r in amended.readings] == [
        (Code.BLOOD_PRESSURE, 138, 82)
    ]


def test_a_correction_keeps_the_unit_and_the_mealtime_of_what_it_amends():
    (glucose,) = read("no, 7.4", last=(GLUCOSE,)).readings
    assert (glucose.value, glucose.context) == (Decimal("7.4"), "fasting")
    (glucose,) = read("no, 120", last=(MILLIGRAMS,)).readings
    assert glucose.stated == Stated(Decimal(120), None, "mg/dL")
    (weight,) = read("不对，128", last=(JIN,)).readings
    assert weight.value == Decimal(64)


def test_an_amended_value_is_urgent_where_it_is_so():
    assert read("no, 190", last=(PRESSURE,)).reason is Reason.VERY_HIGH


@pytest.mark.parametrize("text", ["138", "no, 5", "no thanks, 2 cups"])
def test_what_amends_nothing_stores_nothing(text):
    assert read(text, last=(PRESSURE,)).expect in (Expect.ASK, Expect.IGNORE)


def test_without_a_last_reading_a_correction_is_asked_about():
    assert read("no, 138").expect is Expect.ASK


def test_a_line_says_beforehand_whether_it_amends():
    assert amends("no, 138")
    assert amends("改成 138/82")
    assert not amends("138/82")
    assert not amends("no " * 5_000)
