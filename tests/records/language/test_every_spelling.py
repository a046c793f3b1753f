# ruff: noqa: E501 - shapes are read whole
"""Readings generated in every unit and spelling are read back as they were meant."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from records.language import Context, Expect, understand
from records.vocabulary import Code, Language
from tests.records.language.scoring import NOW, stored

HAN = "零一二三四五六七八九"
STORED = (Expect.STORE, Expect.URGENT)


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


def read(text):
    return understand(text, Language.CHINESE, Context(NOW))


PRESSURES = st.integers(61, 255).flatmap(
    lambda high: (
        st.tuples(st.just(high), st.integers(31, min(high - 10, 149)))
        if high >= 61
        else st.nothing()
    )
)
PAIR_SHAPES = st.sampled_from(
    [
        "{0}/{1}",
        "{0} {1}",
        "{0}-{1}",
        "{0}，{1}",
        "{0} / {1}",
        "bp {0}/{1}",
        "BP: {0} over {1}",
        "血压{0}/{1}",
        "血压 {0} {1}",
        "高压{0}低压{1}",
        "收缩压{0}mmHg，舒张压{1}mmHg",
        "sys {0} dia {1}",
        "低压{1}，高压{0}",
        "{0}/{1}mmHg",
        "8:30 {0}/{1}",
        "2026-11-22 {0}/{1}",
        "昨天早上{0}/{1}",
        "yesterday 8am {0}/{1}",
        "my bp is {0}/{1}",
        "systolic {0} diastolic {1}",
        "top {0} bottom {1}",
        "上压{0}下压{1}",
        "{0}比{1}",
    ]
)


@settings(max_examples=400, deadline=None)
@given(PRESSURES, PAIR_SHAPES)
def test_a_pressure_in_any_shape_is_read_back(pressure, shape):
    result = read(shape.format(*pressure))
    assert result.expect in STORED
    assert [(r.code, r.value, r.second) for r in result.readings] == [
        (Code.BLOOD_PRESSURE, *map(Decimal, pressure))
    ]


@settings(max_examples=200, deadline=None)
@given(PRESSURES, st.integers(40, 150))
def test_a_pulse_beside_a_pressure_is_read_back(pressure, pulse):
    high, low = pressure
    shapes = ("{}/{} {}", "{}/{}/{}", "{} {} {}", "高压{}低压{}心率{}", "{}/{} p{}", "{}/{} HR {}")
    for shape in shapes:
        result = read(shape.format(high, low, pulse))
        assert [(r.code, r.value) for r in result.readings] == [
            (Code.BLOOD_PRESSURE, Decimal(high)),
            (Code.HEART_RATE, Decimal(pulse)),
        ], shape


@settings(max_examples=200, deadline=None)
@given(PRESSURES)
def test_a_pressure_in_chinese_numerals_is_read_back(pressure):
    high, low = pressure
    for shape in ("血压{}，{}", "高压{}低压{}", "血压{}/{}"):
        (found,) = read(shape.format(han(high), han(low))).readings
        assert (found.value, found.second) == (Decimal(high), Decimal(low)), shape


@settings(max_examples=200, deadline=None)
@given(st.decimals("1.1", "20", places=1), st.sampled_from(
    ["{}", "血糖{}", "sugar {}", "glucose {} mmol/L", "空腹{}", "fasting {}", "餐后2小时 {}", "bg {} before lunch", "{} mmol", "空腹血糖：{}"]
))  # fmt: skip
def test_a_glucose_in_millimoles_is_read_back(value, shape):
    (found,) = read(shape.format(value)).readings
    assert (found.code, found.value, found.unit) == (Code.GLUCOSE, value, "mmol/L")


@settings(max_examples=200, deadline=None)
@given(
    st.integers(36, 600),
    st.sampled_from(["sugar {}", "{} mg/dl", "血糖{}", "FBS {}", "bs {} mg/dL"]),
)
def test_a_glucose_in_milligrams_becomes_millimoles(value, shape):
    (found,) = read(shape.format(value)).readings
    assert found.value is not None
    assert abs(found.value - Decimal(value) / Decimal("18.016")) < Decimal("0.01")
    assert found.stated is not None
    assert found.stated.value == value


QUANTITIES = st.one_of(
    st.tuples(st.just(Code.WEIGHT), st.decimals(30, 250, places=1), st.sampled_from(
        [("{}kg", 1), ("体重{}公斤", 1), ("weight {} kg", 1), ("我{}千克", 1)])),
    st.tuples(st.just(Code.WEIGHT), st.decimals(67, 500, places=1), st.sampled_from(
        [("{}斤", "0.5"), ("体重{}斤", "0.5"), ("{} lb", "0.45359237"), ("weight {} lbs", "0.45359237")])),
    st.tuples(st.just(Code.TEMPERATURE), st.decimals(35, 42, places=1), st.sampled_from(
        [("体温{}", 1), ("temp {}", 1), ("{}℃", 1), ("发烧{}度", 1), ("T {}", 1)])),
    st.tuples(st.just(Code.SPO2), st.integers(70, 100), st.sampled_from(
        [("spo2 {}", 1), ("血氧{}%", 1), ("oxygen {}%", 1), ("sat {}", 1)])),
    st.tuples(st.just(Code.HEART_RATE), st.integers(40, 150), st.sampled_from(
        [("pulse {}", 1), ("{} bpm", 1), ("心率{}", 1), ("脉搏{}次/分", 1), ("HR{}", 1), ("心跳{}下", 1)])),
    st.tuples(st.just(Code.HEIGHT), st.integers(130, 220), st.sampled_from(
        [("身高{}", 1), ("height {} cm", 1), ("{}cm", 1), ("身高{}公分", 1)])),
    st.tuples(st.just(Code.STEPS), st.integers(10, 99999), st.sampled_from(
        [("{} steps", 1), ("走了{}步", 1), ("steps: {}", 1)])),
    st.tuples(st.just(Code.SLEEP), st.integers(1, 14), st.sampled_from(
        [("slept {} hours", 1), ("睡了{}小时", 1), ("sleep {}h", 1)])),
    st.tuples(st.just(Code.HBA1C), st.decimals("3.5", "18", places=1), st.sampled_from(
        [("a1c {}%", 1), ("hba1c {}", 1), ("糖化{}", 1), ("糖化血红蛋白{}%", 1)])),
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(QUANTITIES)
def test_a_quantity_in_any_unit_is_read_back(quantity):
    code, value, (shape, factor) = quantity
    result = read(shape.format(value))
    found = [r for r in result.readings if r.code is code]
    assert result.expect in STORED
    assert len(found) == 1
    assert found[0].value is not None
    assert abs(found[0].value - Decimal(value) * Decimal(factor)) < Decimal("0.01")


@settings(max_examples=200, deadline=None)
@given(PRESSURES)
def test_a_reversed_pressure_is_never_stored(pressure):
    high, low = pressure
    assert read(f"{low}/{high}").expect is Expect.ASK


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_answered(text):
    assert read(text).expect in Expect


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789 /.-,:", min_size=7, max_size=40).filter(
    lambda t: sum(c.isdigit() for c in t) > 12
))  # fmt: skip
def test_a_heap_of_figures_stores_nothing_outside_the_limits(text):
    from records.language.wire import to_line

    for found in stored(to_line(read(text))):
        if found["kind"] == "bp":
            assert 60 <= found["systolic"] <= 260
            assert 30 <= found["diastolic"] <= 150
