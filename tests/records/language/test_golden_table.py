# ruff: noqa: DTZ001, E501 - wall times of a person have no zone; a table is read across
from datetime import datetime
from decimal import Decimal

import pytest

from records.language import Command, Context, Expect, Reason, understand
from records.vocabulary import Code, Language
from tests.records.language.golden import GOLDEN
from tests.records.language.scoring import NOW, agrees, answer


def read(text, **known):
    return understand(text, Language.ENGLISH, Context(known.pop("now", NOW), **known))


@pytest.mark.parametrize(("text", "expect", "readings"), GOLDEN, ids=[g[0] for g in GOLDEN])
def test_a_line_of_the_golden_table_is_understood(text, expect, readings):
    result = answer(text, "zh" if not text.isascii() else "en")
    assert result["expect"] == expect
    assert readings is None or agrees(result["readings"], readings), result


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("128/82", None),
        ("yesterday 8am 130/85", datetime(2026, 11, 22, 8)),
        ("昨天早上 130/85", datetime(2026, 11, 22, 7)),
        ("2019-04-22 10:08 136/83 68", datetime(2019, 4, 22, 10, 8)),
        ("2019-04-22 10:08:30 136/83 68", datetime(2019, 4, 22, 10, 8, 30)),
        ("8:30 128/82", datetime(2026, 11, 23, 8, 30)),
        ("21:30 128/82", datetime(2026, 11, 22, 21, 30)),
        ("1月5日 128/82", datetime(2026, 1, 5, 12)),
        ("2026-11-22 128/82", datetime(2026, 11, 22, 12)),
        ("昨晚9点血压148/92", datetime(2026, 11, 22, 21)),
        ("3 days ago 131/79", datetime(2026, 11, 20, 12)),
    ],
)
def test_a_reading_carries_the_moment_the_line_states(text, when):
    assert {r.at for r in read(text).readings} == {when}


def test_two_moments_give_two_readings_their_own():
    first, second = read("am 138/88 pm 129/81", now=datetime(2026, 11, 23, 22)).readings
    assert first.at == datetime(2026, 11, 23, 7)
    assert second.at == datetime(2026, 11, 23, 15)


def test_a_date_that_may_be_two_days_is_asked_about():
    assert read("5/1 131/79").reason is Reason.DATE_UNCLEAR


def test_a_bare_number_answers_what_the_bot_asked():
    pulse = read("72", question=Code.HEART_RATE)
    assert pulse.expect is Expect.STORE
    assert [(r.code, r.value) for r in pulse.readings] == [(Code.HEART_RATE, Decimal(72))]
    assert read("72").reason is Reason.BARE_NUMBER


def test_an_open_question_never_hides_a_full_reading():
    assert read("128/82", question=Code.GLUCOSE).readings[0].code is Code.BLOOD_PRESSURE


def test_a_pressure_far_from_the_week_is_asked_about():
    usual = (Decimal(130), Decimal(80))
    assert read("172/95", recent_pressure=usual).reason is Reason.AGAINST_HISTORY
    assert read("165/95", recent_pressure=usual).expect is Expect.STORE
    assert read("185/110", recent_pressure=usual).expect is Expect.URGENT


def test_a_raised_pressure_in_pregnancy_is_urgent():
    assert read("145/92", pregnant=True).reason is Reason.PREGNANCY
    assert read("145/92").expect is Expect.STORE


def test_glucose_in_milligrams_is_kept_as_typed_beside_millimoles():
    (found,) = read("130 mg/dl").readings
    assert (found.value, found.unit) == (Decimal("7.22"), "mmol/L")
    assert found.stated is not None
    assert (found.stated.value, found.stated.unit) == (Decimal(130), "mg/dL")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("undo", Command.UNDO), ("不对", Command.UNDO), ("撤销", Command.UNDO), ("?", Command.HELP),
        ("帮助", Command.HELP), ("hello", Command.MENU), ("/start i_abc", Command.START),
        ("/stop@kanglu_bot", Command.STOP), ("yes", Command.YES), ("晚点", Command.LATER),
    ],
)  # fmt: skip
def test_words_that_ask_the_bot_are_commands(text, command):
    assert read(text).command is command


@pytest.mark.parametrize("text", ["改成 138/82", "no, 138/82", "说错了，我今天血压135/85"])
def test_an_amendment_is_marked_as_one(text):
    assert read(text).correction
    assert not read("138/82").correction


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("82/128", Reason.REVERSED), ("12882", Reason.GLUED), ("bp 128", Reason.LOWER_MISSING),
        ("sugar 30", Reason.UNIT_UNCLEAR), ("血压一三五 八五", Reason.DIGIT_BY_DIGIT),
        ("120.5/80", Reason.DECIMAL_PRESSURE), ("my sugar is fine", Reason.NO_NUMBER),
        ("mum 128/82", Reason.SEVERAL_PEOPLE), ("chest pain", Reason.RED_FLAG), ("HI", Reason.METER_HI),
        ("128/82 and 9", Reason.UNEXPLAINED_DIGITS), ("体温365", Reason.LOST_POINT),
    ],
)  # fmt: skip
def test_the_reason_says_why_it_asks_or_warns(text, reason):
    assert read(text).reason is reason


def test_the_word_that_joins_is_no_part_of_what_is_told():
    told = read("128/82 and feeling good")
    assert [one.text for one in told.readings] == ["", "feeling good"]
