"""What is urgent is stored and answered with what to do at once."""

import pytest

from records.vocabulary import Code, Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.talking import Desk, Talk, labels
from tests.cast import Cast


def test_a_very_high_pressure_is_stored_and_answered_with_advice(amina: Talk, filed: Filed) -> None:
    line = amina.say("186/112")
    assert line.text == (
        "⚠️ 186/112 is very high. Sit quietly for 5 minutes and measure again. Chest pain, hard to"
        " breathe, weak on one side, hard to speak? Call 999 now."
    )
    assert labels(line) == ["I feel fine", "I feel unwell"]
    assert filed.standing() == ["186/112"]


@pytest.mark.usefixtures("chen_reads_notes")
def test_who_feels_unwell_is_told_to_call_and_stands_on_the_list(amina: Talk, filed: Filed) -> None:
    amina.say("186/112")
    assert amina.tap("I feel unwell").text == (
        "📞 Please call 999 now. I am a machine and cannot see you.\nI have told Dr Chen's list."
    )
    assert "symptom I feel unwell red_flag" in filed.standing()


def test_an_emergency_that_may_not_be_kept_is_answered_and_not_kept(
    amina: Talk, filed: Filed
) -> None:
    amina.say("do not record chest pain")
    advice, unkept = amina.lines[-2:]
    assert advice.text.startswith("📞 Please call 999 now.")
    assert unkept.text == "👌 OK. I kept nothing of this."
    assert filed.all() == []


def test_an_emergency_kept_private_is_answered_and_the_doctor_not_told(
    amina: Talk, filed: Filed
) -> None:
    amina.say("keep private: chest pain")
    advice, kept = amina.lines[-2:]
    assert advice.text == "📞 Please call 999 now. I am a machine and cannot see you."
    assert kept.text.startswith("🔒")
    assert [(one.code, one.private, one.context) for one in filed.all()] == [
        (Code.SYMPTOM, True, "")
    ]


def test_a_private_urgent_number_is_answered_with_advice(amina: Talk, filed: Filed) -> None:
    amina.say("keep this private: 188/112")
    advice, kept = amina.lines[-2:]
    assert advice.text.startswith("⚠️")
    assert kept.text.startswith("🔒")
    assert [one.private for one in filed.all()] == [True]


def test_an_illness_of_the_past_is_no_emergency(amina: Talk, filed: Filed) -> None:
    assert not amina.say("I had a stroke in 2015").text.startswith("📞")
    assert filed.standing() == ["note i had a stroke in 2015"]


@pytest.mark.parametrize("words", ["chest pain", "help me", "胸痛"])
def test_red_flag_words_are_answered_at_once(amina: Talk, filed: Filed, words: str) -> None:
    assert amina.say(words).text.startswith("📞 Please call 999 now.")
    assert filed.standing()[0].endswith("red_flag")


def test_the_family_is_asked_to_call(amina: Talk, bela: Talk) -> None:
    bela.start()
    amina.say("chest pain")
    line = amina.tap("Call a family member")
    assert line.text == "I have asked Bela to call you. If it gets worse, call 999 now."
    assert bela.last.text == "📞 Amina asks you to call now."


def test_without_family_a_neighbour_is_named(amina: Talk) -> None:
    amina.say("chest pain")
    assert "nobody of your family" in amina.tap("Call a family member").text


def test_low_sugar_says_what_to_eat(amina: Talk) -> None:
    line = amina.say("3.1")
    assert line.text == (
        "⚠️ sugar 3.1 is low. Take sugar now: half a glass of juice or 3 sweets. Measure again in"
        " 15 minutes."
    )
    assert labels(line) == ["OK", "Someone help me"]


def test_very_low_sugar_says_whom_to_call_too(amina: Talk) -> None:
    assert "Call 999" in amina.say("2.4").text


def test_the_meters_own_words_are_answered(amina: Talk) -> None:
    assert amina.say("血糖 HI").text.startswith("⚠️ HI means very high sugar.")
    assert amina.say("血糖 LO").text.startswith("⚠️ LO means very low sugar.")


def test_the_denied_pain_is_a_note(amina: Talk, filed: Filed) -> None:
    amina.say("no chest pain")
    assert filed.standing() == ["note no chest pain"]


def test_the_advice_is_said_in_chinese(amina: Talk, database: Database, cast: Cast) -> None:
    amina.start()
    _speak_chinese(database, amina.desk, cast)
    assert amina.say("186/112").text == (
        "⚠️ 186/112 很高。请安静坐 5 分钟再量一次。如果胸痛、喘不过气、半边身体没力或说话不清，"
        "请马上拨打 999。"
    )


def _speak_chinese(database: Database, desk: Desk, cast: Cast) -> None:
    talk = desk.talk(cast.amina)
    talk.say("language")
    talk.tap("中文")
    with database.begin(False) as unit:
        assert unit.people.person(cast.amina.id).language is Language.CHINESE
