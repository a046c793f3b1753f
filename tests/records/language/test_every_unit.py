# ruff: noqa: DTZ001 - wall times of a person have no zone
"""Every spelling of every unit, in every form of number, at every kind of time, is read back."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.language import Context, Expect, understand
from records.language.units import SPELLINGS, Use, canonical
from records.vocabulary import Code, Language
from tests.records.language.scoring import NOW

STORED = (Expect.STORE, Expect.URGENT)
HAN = "零一二三四五六七八九"
ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
READ_BY = {
    "/min": ("pulse", Code.HEART_RATE, "41", "149", 0),
    "Cel": ("temp", Code.TEMPERATURE, "35.1", "41.9", 1),
    "[degF]": ("temp", Code.TEMPERATURE, "95.2", "107.2", 1),
    "deg": ("体温", Code.TEMPERATURE, "35.1", "41.9", 1),
    "kg": ("weight", Code.WEIGHT, "31", "249", 1),
    "[lb_av]": ("weight", Code.WEIGHT, "70", "540", 1),
    "斤": ("体重", Code.WEIGHT, "61", "499", 1),
    "[stone_av]": ("weight", Code.WEIGHT, "6", "39", 0),
    "cm": ("height", Code.HEIGHT, "131", "219", 0),
    "m": ("height", Code.HEIGHT, "1.31", "2.19", 2),
    "[in_i]": ("waist", Code.WAIST, "18", "78", 0),
    "尺": ("腰围", Code.WAIST, "1.5", "4.5", 1),
    "mg/dL": ("glucose", Code.GLUCOSE, "21", "599", 0),
    "mmol/L": ("glucose", Code.GLUCOSE, "1.2", "33.2", 1),
    "mmol/mol": ("hba1c", Code.HBA1C, "16", "172", 0),
    "%": ("spo2", Code.SPO2, "71", "100", 0),
    "kg/m2": ("bmi", Code.BMI, "11", "69", 1),
    "h": ("slept", Code.SLEEP, "1", "19", 0),
    "{steps}": ("", Code.STEPS, "11", "99999", 0),
}
"""How a number with each unit is said, and what it may be; pressures have their own tests."""
ELSEWHERE = {"mm[Hg]", "kPa", "[ft_i]", "#"}
UNITS = [(s, u.ucum) for s, u in SPELLINGS.items() if u.use is Use.READING]


def read(text):
    return understand(text, Language.ENGLISH, Context(NOW))


def han(number):
    """Spell a number below 1000 the careful way: 一百零三, 一百二十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{HAN[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else HAN[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (HAN[ones] if ones else "")


def english(number):
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    small = ONES[rest] if rest < 20 else TENS[tens] + (f" {ONES[ones]}" if ones else "")
    if not hundreds:
        return small
    return f"{ONES[hundreds]} hundred" + (f" and {small}" if rest else "")


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def within(low, high, places):
    return st.decimals(Decimal(low), Decimal(high), places=places)


def test_every_unit_of_the_table_is_tried():
    assert {ucum for _, ucum in UNITS} == set(READ_BY) | ELSEWHERE


@pytest.mark.parametrize(("spelling", "ucum"), UNITS, ids=[f"{s} {u}" for s, u in UNITS])
def test_a_number_with_a_unit_in_each_spelling_is_read_back(spelling, ucum):
    if ucum in ELSEWHERE:
        return
    label, code, low, high, places = READ_BY[ucum]

    @settings(max_examples=4, deadline=None)
    @given(within(low, high, places), st.sampled_from(["{0} {1}{2}", "{0}: {1} {2}"]))
    def holds(value, shape):
        glued = spelling in ("'", '"', "''")  # with a space before it, it is a quotation mark
        text = shape.replace("} {2}", "}{2}") if glued else shape
        result = read(text.format(label, value, spelling).strip(" :"))
        found = [r for r in result.readings if r.code is code]
        assert result.expect in STORED
        assert len(found) == 1
        assert found[0].value is not None
        degrees = ucum == "deg"
        wanted, unit = (value, "Cel") if degrees else canonical(value, ucum)
        assert (abs(found[0].value - wanted) <= Decimal("0.05"), found[0].unit) == (True, unit)

    holds()


@settings(max_examples=80, deadline=None)
@given(
    st.integers(62, 258).flatmap(
        lambda high: st.tuples(st.just(high), st.integers(32, min(high - 12, 148)))
    ),
    st.sampled_from(["kPa", "kpa", "千帕", " kPa"]),
)
def test_a_pressure_in_kilopascals_is_within_a_millimetre(pressure, unit):
    high, low = (round(Decimal(n) / Decimal("7.50062"), 1) for n in pressure)
    result = read(f"{high}/{low}{unit}")
    assert result.expect in STORED
    (found,) = result.readings
    assert found.value is not None
    assert found.second is not None
    assert abs(found.value - pressure[0]) <= 1
    assert abs(found.second - pressure[1]) <= 1
    assert found.stated is not None
    assert (found.stated.value, found.stated.second) == (high, low)


@settings(max_examples=60, deadline=None)
@given(st.integers(4, 6), st.integers(4, 11), st.sampled_from(
    ["{}'{}\"", "{} ft {} in", "{}ft {}in", "{} feet {} inches", "height {}'{}"]
))  # fmt: skip
def test_a_height_in_feet_and_inches_is_read_back(feet, inches, shape):
    (found,) = read(shape.format(feet, inches)).readings
    assert (found.code, found.value) == (Code.HEIGHT, (feet * 12 + inches) * Decimal("2.54"))


@settings(max_examples=40, deadline=None)
@given(st.integers(6, 25), st.integers(0, 13), st.sampled_from(
    ["{} st {} lb", "{}st {}", "{} stone {}", "{} stone {} pounds"]
))  # fmt: skip
def test_a_weight_in_stones_is_read_back(stones, pounds, shape):
    (found,) = read(shape.format(stones, pounds)).readings
    wanted = (stones * 14 + pounds) * Decimal("0.45359237")
    assert found.value is not None
    assert abs(found.value - wanted) < Decimal("0.01")


LABELS = [
    ("心率{}", "pulse {}", Code.HEART_RATE, 41, 149), ("血氧{}", "oxygen {}", Code.SPO2, 71, 99),
    ("体重{}公斤", "weight {} kg", Code.WEIGHT, 31, 249),
    ("身高{}厘米", "height {} cm", Code.HEIGHT, 131, 219),
    ("血糖{}", "glucose {}", Code.GLUCOSE, 2, 20),
    ("腰围{}厘米", "waist {} cm", Code.WAIST, 41, 199),
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(LABELS))
def test_a_number_in_each_form_is_the_same_number(data, label):
    zh, en, code, low, high = label
    number = data.draw(st.integers(low, high))
    for text in (
        zh.format(number), zh.format(han(number)), wide(zh.format(number)),
        en.format(number), en.format(english(number)), wide(en.format(number)),
    ):  # fmt: skip
        (found,) = read(text).readings
        assert (found.code, found.value) == (code, Decimal(number)), text


@settings(max_examples=100, deadline=None)
@given(st.integers(11, 199), st.sampled_from(["血糖{}", "空腹血糖{}", "饭后血糖{}"]))
def test_a_chinese_numeral_with_a_point_is_read_back(tenths, shape):
    whole, part = divmod(tenths, 10)
    (found,) = read(shape.format(f"{han(whole)}点{HAN[part]}")).readings
    assert found.value == Decimal(f"{whole}.{part}")


@settings(max_examples=100, deadline=None)
@given(st.integers(11, 25), st.integers(3, 9))
def test_a_numeral_cut_short_is_read_as_people_say_it(hundred_and_tens, low):
    tens = hundred_and_tens % 10
    if not tens:
        return
    high = f"{HAN[hundred_and_tens // 10]}百{HAN[tens]}"
    (found,) = read(f"高压{high}低压{han(low * 10)}").readings
    assert (found.value, found.second) == (hundred_and_tens * 10, low * 10)


CLOCKS = [
    "{h}:{m:02d} ", "at {h}:{m:02d} ", "{h:02d}:{m:02d}, ", "{h}点{m:02d}分 ",
    "今天{h}点{m:02d}分",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(CLOCKS))
def test_a_clock_before_a_reading_is_its_time(hour, minute, shape):
    (found,) = read(shape.format(h=hour, m=minute) + "128/82").readings
    assert found.at is not None
    assert (found.at.hour, found.at.minute) == (hour, minute)
    assert (found.value, found.second) == (128, 82)


DAYS = [
    ("yesterday {}", 1), ("昨天 {}", 1), ("{} yesterday", 1), ("前天 {}", 2), ("2 days ago {}", 2),
    ("5天前 {}", 5), ("2026-11-20 {}", 3), ("2026年11月20日 {}", 3), ("11月20日 {}", 3),
    ("20 Nov {}", 3), ("Nov 20 {}", 3), ("20 Nov 2026 {}", 3), ("20.11.2026 {}", 3),
    ("Friday {}", 3), ("fri {}", 3), ("周五 {}", 3), ("星期五 {}", 3), ("上周五 {}", 3),
    ("11/20 {}", 3),
]  # fmt: skip
SIGNS = ["128/82", "血压128/82", "bp 128/82", "128/82 70"]


@pytest.mark.parametrize(("shape", "back"), DAYS)
@pytest.mark.parametrize("sign", SIGNS)
def test_a_day_beside_a_reading_is_its_day(shape, back, sign):
    result = read(shape.format(sign))
    assert result.expect is Expect.STORE
    first = result.readings[0]
    assert (first.value, first.second) == (128, 82)
    assert first.at is not None
    assert (datetime(2026, 11, 23) - first.at.replace(hour=0, minute=0)).days == back
