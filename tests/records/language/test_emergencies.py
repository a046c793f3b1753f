"""An emergency is answered where it is one now: the speaker's, or of whom they stand beside."""

import pytest

from records.language import Context, Expect, Reason, understand
from records.vocabulary import Code, Language
from tests.records.language.scoring import NOW


def read(text):
    return understand(text, Language.ENGLISH, Context(NOW))


@pytest.mark.parametrize(
    "text",
    [
        "father just collapsed",
        "my father is having a stroke",
        "could this be a stroke?",
        "I fainted an hour ago",
        "chest pain started 20 minutes ago",
        "I had a stroke last year and now my arm is numb",
        "我爸中风了",
        "一直胸痛",
        "最近经常胸口疼",
    ],
)
def test_an_emergency_of_now_is_urgent(text):
    assert read(text).expect is Expect.URGENT
    assert read(text).reason is Reason.RED_FLAG


@pytest.mark.parametrize("text", ["I had a stroke in 2015", "我2015年中风过", "三年前得过心梗"])
def test_an_illness_of_the_past_is_a_note(text):
    assert read(text).expect is Expect.STORE
    assert [r.code for r in read(text).readings] == [Code.NOTE]


@pytest.mark.parametrize(
    "text", ["my father had a stroke", "grandma died of a heart attack", "我爸得过中风"]
)
def test_the_illness_of_another_is_asked_about(text):
    assert (read(text).expect, read(text).reason) == (Expect.ASK, Reason.SEVERAL_PEOPLE)


@pytest.mark.parametrize("text", ["what are the signs of a stroke", "怎么预防中风"])
def test_a_question_about_an_illness_is_no_emergency(text):
    assert read(text).expect is Expect.IGNORE


@pytest.mark.parametrize("text", ["do not record chest pain", "不要记录胸痛"])
def test_an_emergency_that_may_not_be_recorded_keeps_its_reason_alone(text):
    understanding = read(text)
    assert understanding.expect is Expect.NO_RECORD
    assert (understanding.reason, understanding.readings) == (Reason.RED_FLAG, ())


@pytest.mark.parametrize("text", ["keep private: chest pain", "胸痛,别告诉我女儿"])
def test_an_emergency_kept_private_keeps_its_reason(text):
    understanding = read(text)
    assert understanding.expect is Expect.STORE_PRIVATE
    assert understanding.reason is Reason.RED_FLAG
    assert [r.code for r in understanding.readings] == [Code.SYMPTOM]


@pytest.mark.parametrize(
    "text",
    [
        "no food and chest pain",
        "not slept and chest pain",
        "not feeling well chest pain",
        "no fever and chest pain",
        "haven't had my pills and have chest pain",
        "没吃药，胸口痛",
    ],
)
def test_what_else_is_missing_denies_no_emergency(text):
    assert read(text).expect is Expect.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "haven't had any chest pain this week",
        "chest pain hasn't come back",
        "no dizziness or chest pain",
        "胸痛没再犯",
    ],
)
def test_an_emergency_denied_is_a_note(text):
    assert read(text).expect is Expect.STORE
    assert [r.code for r in read(text).readings] == [Code.NOTE]
