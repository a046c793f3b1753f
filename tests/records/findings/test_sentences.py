from datetime import timedelta
from decimal import Decimal
from string import Formatter

import pytest

from records.findings import sentences
from records.findings.averages import GlucoseShares, PressureAverage
from records.findings.sentences import (
    Register,
    findings,
    glucose_sentences,
    pressure_sentences,
    say_all,
)
from records.vocabulary import Code, Language, SegmentKind
from records.wording import catalogue
from tests.records.findings.test_averages import NOW, ZONE, point

EN, ZH = Language.ENGLISH, Language.CHINESE
WEEK = [point(day, hour, "141", "87") for day in range(7) for hour in (0, 10)]
PHYSICAL = {SegmentKind.PHYSICAL_SIGNS}


def test_a_doctor_reads_the_average_against_the_target() -> None:
    said = pressure_sentences(PressureAverage(141, 87, 22, 7), 6, register=Register.DOCTOR)
    assert said[0].say(EN) == "7-day average 141/87 (22 readings), above the target 135/85."
    assert say_all(EN, said).endswith("target 135/85. ↑ Up 6 mmHg on the week before.")
    assert say_all(ZH, said) == (
        "7 日均值 141/87（22 次），高于目标 135/85。↑ 较前一周上升 6 mmHg。"
    )


def test_a_patient_reads_it_in_plain_words() -> None:
    said = pressure_sentences(PressureAverage(141, 87, 22, 7), None, register=Register.PATIENT)
    assert said[0].say(EN) == (
        "Your average this week is 141/87. That is above your target, 135/85."
    )
    assert said[0].say(ZH) == "您这周平均高压 141、低压 87，高于您的目标 135/85。"


def test_few_readings_say_how_many_there_are() -> None:
    said = pressure_sentences(PressureAverage(141, 87, 5, 5), None, register=Register.DOCTOR)
    assert say_all(EN, said) == "Blood pressure: not enough readings yet (5 of 12)."
    assert say_all(ZH, said) == "血压读数尚不足（5/12 次）。"


def test_many_readings_of_few_days_say_so() -> None:
    said = pressure_sentences(PressureAverage(141, 87, 20, 3), None, register=Register.DOCTOR)
    assert say_all(EN, said) == "Blood pressure: 20 readings, but of only 3 days."


def test_glucose_is_told_with_its_shares() -> None:
    shares = GlucoseShares(1, 15, 4, Decimal("6.8"))
    said = say_all(EN, glucose_sentences(shares, register=Register.DOCTOR))
    assert said == (
        "Glucose, 14 days, 20 readings: 75 % in 3.9–10.0 mmol/L, 5 % below, 20 % above. "
        "Fasting median 6.8 mmol/L."
    )


def test_nothing_is_said_of_a_kind_that_is_not_open() -> None:
    series = {Code.BLOOD_PRESSURE: WEEK}
    args = {"now": NOW, "zone": ZONE, "register": Register.DOCTOR}
    assert findings(PHYSICAL, series, **args)
    assert findings({SegmentKind.SIGNS}, series, **args) == ()


def test_silence_of_a_week_is_said_where_there_was_a_reading_before() -> None:
    old = {Code.BLOOD_PRESSURE: [point(9, 0, "120", "80")]}
    said = findings(PHYSICAL, old, now=NOW, zone=ZONE, register=Register.DOCTOR)
    assert say_all(EN, said) == "No blood pressure in the last 7 days."
    later = {"now": NOW + timedelta(days=40), "zone": ZONE, "register": Register.PATIENT}
    assert say_all(EN, findings(PHYSICAL, old, **later)).startswith("You have not sent")


PHRASES = [
    phrase
    for register in Register
    for phrase in (
        *sentences._PRESSURE[register].values(),
        *sentences._TRENDS[register].values(),
        sentences._GLUCOSE[register],
        sentences._FASTING[register],
    )
]


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_sentence_has_its_chinese(phrase: str) -> None:
    assert catalogue(ZH).gettext(phrase) != phrase


@pytest.mark.parametrize("phrase", [*sentences._PRESSURE[Register.PATIENT].values()])
def test_no_patient_reads_clinical_words(phrase: str) -> None:
    chinese = catalogue(ZH).gettext(phrase)
    assert "收缩压" not in chinese
    assert "你" not in chinese
    assert {name for _, name, _, _ in Formatter().parse(phrase) if name} <= {
        "average",
        "n",
        "least",
        "days",
        "target",
    }
