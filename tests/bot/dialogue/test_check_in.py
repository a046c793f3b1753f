"""The guided check-in of a day: readings, mood, diet, medicine, left and taken up at will."""

from pathlib import Path

import pytest

from records.observations import Channel, Observation
from records.tracking import ObservationId, PersonId
from records.vocabulary import Code, Language
from records.wording.walks import summary_card
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.journey import Journey
from tests.bot.talking import Desk, Talk
from tests.cast import NOON, Cast, Clock, enter


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: other tests bring both."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


@pytest.fixture
def day(amina: Talk) -> Journey:
    """Amina's day."""
    return Journey(amina)


def test_a_check_in_takes_two_messages_and_three_taps(day: Journey, filed: Filed) -> None:
    assert day.say("check-in") == [
        "📝 Your check-in of today:\n🩺 Your two numbers, please – like 128 82."
    ]
    assert day.buttons == ["Skip", "Stop for now"]
    assert day.say("128/82") == [
        "✅ 128/82 noted, 12:00. On target.",
        "🙂 How do you feel today?",
    ]
    assert day.buttons == ["Good", "So-so", "Not good", "Skip", "Stop for now"]
    assert day.tap("Good") == ["🍚 How did you eat today?"]
    assert day.buttons == ["As usual", "Less than usual", "More than usual", "Skip", "Stop for now"]
    assert day.tap("As usual") == ["💊 Did you take your medicine?"]
    assert day.buttons == ["Taken", "Not taken", "Skip", "Stop for now"]
    (summary,) = day.tap("Taken")
    assert summary == (
        "✅ Your check-in of today is done. Thank you.\n"
        "128/82, mood: Good, food: As usual, medicine taken"
    )
    assert day.buttons == ["📋 My numbers", "🗒 About me"]
    assert sorted(filed.standing()) == [
        "128/82",
        "diet As usual",
        "medication_taken Taken",
        "mood Good",
    ]
    assert (day.cost, day.answered) == ((2, 3), 6)


def test_free_text_is_taken_at_every_step(day: Journey, filed: Filed) -> None:
    day.say("check-in")
    day.say("bp 128 over 82")
    day.say("grey like the sky")
    day.say("porridge with plums")
    day.say("yes")
    assert day.last.text.startswith("✅ Your check-in of today is done.")
    assert sorted(filed.standing()) == [
        "128/82",
        "diet porridge with plums",
        "medication_taken Taken",
        "mood grey like the sky",
    ]
    assert day.cost == (5, 0)


def test_one_line_may_answer_everything(day: Journey) -> None:
    day.say("check-in")
    day.say("128/82, feeling fine, ate noodles, took my pills")
    assert day.last.text.startswith("✅ Your check-in of today is done.")
    assert day.cost == (2, 0)


def test_two_answers_in_a_line_skip_two_steps(day: Journey) -> None:
    day.say("check-in")
    assert day.say("128/82 took my pills")[-1] == "🙂 How do you feel today?"
    assert day.say("fine, ate noodles")[-1].startswith("✅ Your check-in of today is done.")


def test_what_was_sent_today_is_not_asked_again(day: Journey) -> None:
    day.say("128/82")
    day.say("took my pills")
    assert day.say("check-in") == ["📝 Your check-in of today:\n🙂 How do you feel today?"]
    day.tap("Good")
    assert day.tap("As usual")[0].startswith("✅ Your check-in of today is done.")


def test_today_is_the_persons_own_day(day: Journey) -> None:
    day.talk.desk.clock.pass_(hours=11, minutes=50)  # ten to midnight in Shanghai
    day.say("128/82")
    day.talk.desk.clock.pass_(minutes=20)
    assert "Your two numbers" in day.say("check-in")[0]


def test_a_day_that_is_complete_says_so(day: Journey) -> None:
    day.say("128/82, feeling fine, ate noodles, took my pills")
    assert day.say("check-in")[0].startswith("✅ Your check-in of today is done.")


def test_every_step_may_be_passed_over(day: Journey, filed: Filed) -> None:
    day.say("check-in")
    for _ in range(4):
        day.tap("Skip")
    assert day.last.text == "✅ Your check-in of today is done. Thank you."
    assert filed.standing() == []
    assert day.cost == (1, 4)


@pytest.mark.parametrize("answers", range(4))
def test_it_may_be_stopped_at_every_step_and_taken_up_hours_later(
    day: Journey, answers: int
) -> None:
    questions = ["Your two numbers", "How do you feel", "How did you eat", "Did you take"]
    day.say("check-in")
    for words in ("128/82", "good", "as usual")[:answers]:
        day.say(words)
    assert questions[answers] in day.last.text
    day.tap("Stop for now")
    assert day.last.text.startswith("👌 OK. To go on, tap here or type: check-in")
    day.talk.desk.clock.pass_(hours=5)
    assert questions[answers] in day.tap("Go on")[0]


def test_it_is_taken_up_by_the_word_too(day: Journey) -> None:
    day.say("check-in")
    day.tap("Skip")
    day.say("stop")
    assert day.say("check-in") == ["🙂 How do you feel today?"]


def test_an_unrelated_line_is_filed_and_the_chat_offers_once_to_go_on(
    day: Journey, filed: Filed
) -> None:
    day.say("check-in")
    day.tap("Skip")
    assert day.say("65.5 kg") == [
        "✅ weight 65.5 kg noted, 12:00.",
        "Shall we go on with your check-in?",
    ]
    assert day.buttons == ["Go on", "Stop for now"]
    assert day.say("SpO2 97") == ["✅ oxygen 97 % noted, 12:00."]
    assert day.say("good")[-1] == "🍚 How did you eat today?"
    assert sorted(filed.standing()) == ["mood good", "spo2 97", "weight 65.5"]


def test_a_question_of_its_own_comes_first_and_the_walk_waits(day: Journey) -> None:
    day.say("sugar 7 fasting")
    day.talk.desk.clock.pass_(hours=24)
    day.say("check-in")
    assert "Your sugar, please" in day.last.text
    assert day.say("7.4") == ["🩸 7.4 noted. When was it?"]
    assert day.tap("Fasting") == ["🙂 How do you feel today?"]


def test_a_doubtful_number_is_settled_before_the_next_step(day: Journey) -> None:
    day.say("check-in")
    assert day.say("82/128") == ["Did you mean 128/82?"]
    assert day.tap("Yes, 128/82") == ["🙂 How do you feel today?"]


def test_advice_is_followed_by_nothing_until_it_is_answered(day: Journey) -> None:
    day.say("check-in")
    assert len(day.say("186/112")) == 1
    assert day.tap("I feel fine")[0].startswith("Good. Sit quietly")
    assert day.last.text == "🍚 How did you eat today?"


def test_red_flag_words_in_a_step_come_first(day: Journey, filed: Filed) -> None:
    day.say("check-in")
    day.tap("Skip")
    assert day.say("chest pain") == ["📞 Please call 999 now. I am a machine and cannot see you."]
    assert filed.standing() == ["symptom chest pain red_flag"]


def test_help_in_the_middle_leads_back(day: Journey) -> None:
    day.say("check-in")
    assert day.say("help")[-1] == "Shall we go on with your check-in?"


def test_no_medicine_in_words_is_not_guessed_at(day: Journey, filed: Filed) -> None:
    day.say("128/82, feeling fine, ate noodles")
    day.say("check-in")
    assert day.say("half of them")[-1].startswith("✅ Your check-in of today is done.")
    assert "note half of them" in filed.standing()


def test_an_answer_is_undone_like_any_other(day: Journey, filed: Filed) -> None:
    day.say("check-in")
    day.tap("Skip")
    day.tap("Good")
    day.restarted().tap("Undo")
    assert filed.standing() == []


def test_the_menu_leads_there(day: Journey) -> None:
    day.say("menu")
    assert "Your two numbers" in day.tap("📝 Check-in")[0]
    assert day.cost == (1, 1)


def test_a_caregiver_checks_in_for_the_patient(bela: Talk, filed: Filed) -> None:
    help_ = Journey(bela)
    assert help_.say("check-in")[0].startswith("👤 Amina 📝 Your check-in of today:")
    help_.say("128/82")
    help_.tap("Not good")
    assert sorted(filed.standing()) == ["128/82", "mood Not good"]
    assert {one.author for one in filed.all()} == {bela.person.id}


def test_a_chat_that_only_echoes_repeats_nothing_told_elsewhere() -> None:
    told = Observation(
        ObservationId("1"), Code.MOOD, NOON, NOON, PersonId("2"), PersonId("2"), Channel.FORM, "low"
    )
    for full in (True, False):
        card = summary_card([told], full=full, more=False, language=Language.ENGLISH)
        assert ("low" in card.text) is full


class TestInChinese:
    """The same, word for word."""

    @pytest.fixture
    def cast(self, database: Database, clock: Clock) -> Cast:
        with database.begin(True) as unit:
            return enter(unit, clock(), Language.CHINESE)

    @pytest.fixture
    def day(self, desk: Desk, cast: Cast) -> Journey:
        return Journey(desk.talk(cast.amina))

    def test_a_check_in(self, day: Journey, filed: Filed) -> None:
        assert day.say("每日记录") == ["📝 今天的记录：\n🩺 请发血压的两个数字，例如 128 82。"]
        assert day.buttons == ["跳过", "先到这里"]
        assert day.say("128/82")[-1] == "🙂 您今天感觉怎么样？"
        assert day.tap("很好") == ["🍚 您今天吃得怎么样？"]
        assert day.say("和平时一样")[-1] == "💊 您吃药了吗？"
        assert day.tap("吃了")[0].startswith("✅ 今天的记录完成了，谢谢您。\n")
        assert (day.cost, day.answered) == ((3, 2), 7)
        assert sorted(filed.standing()) == [
            "128/82", "diet 和平时一样", "medication_taken 吃了", "mood 很好",
        ]  # fmt: skip

    def test_several_answers_in_a_line(self, day: Journey) -> None:
        day.say("打卡")
        day.say("128/82，心情好，吃了面条，药吃了")
        assert day.last.text.startswith("✅ 今天的记录完成了")

    def test_stopped_and_taken_up(self, day: Journey) -> None:
        day.say("每日记录")
        day.tap("先到这里")
        assert day.last.text == "👌 好的。想继续时，点这里或输入：每日记录"
        assert "请发血压的两个数字" in day.tap("继续")[0]
        assert day.say("65.5公斤")[-1] == "要继续今天的记录吗？"
