"""The questions about a person, once: illnesses, medicines, allergies, family."""

from pathlib import Path

import pytest

from records.observations import Channel
from records.people import Scope, Tie
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.intake import Draft, file_observations
from records.vocabulary import Code, Language, SegmentKind
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.journey import Journey
from tests.bot.talking import Desk, Talk
from tests.cast import ZONE, Cast, Clock, enter

QUESTIONS = [
    "Which illnesses do you have?",
    "Which medicines",
    "What can you not",
    "in your family",
]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: other tests bring both."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


@pytest.fixture
def about(amina: Talk) -> Journey:
    """Amina, asked about herself."""
    return Journey(amina)


def test_four_questions_take_one_message_and_seven_taps(about: Journey, filed: Filed) -> None:
    assert about.say("about me") == [
        "🗒 A few questions about you, each only once.\n🗒 Which illnesses do you have? Tap, or type."
    ]
    assert about.buttons[:2] == ["High blood pressure", "Diabetes"]
    assert about.buttons[-2:] == ["None", "Later"]
    assert about.tap("High blood pressure") == []
    assert about.last.text == "✅ High blood pressure noted. Anything more?"
    assert "High blood pressure" not in about.buttons
    about.tap("Diabetes")
    assert about.last.text == "✅ High blood pressure, Diabetes noted. Anything more?"
    assert QUESTIONS[1] in about.tap("That is all")[-1]
    about.tap("Insulin")
    assert QUESTIONS[2] in about.tap("That is all")[-1]
    assert QUESTIONS[3] in about.tap("None")[-1]
    about.tap("None")
    assert about.last.text == "✅ Thank you. I have no more questions about you."
    assert sorted(filed.standing()) == [
        "allergy None known",
        "condition Diabetes",
        "condition High blood pressure",
        "medicine Insulin",
        "relative_condition None known",
    ]
    assert about.cost == (1, 7)


def test_answers_land_in_the_living_segments(about: Journey, filed: Filed) -> None:
    about.say("about me")
    about.say("high blood pressure and gout")
    about.say("amlodipine 5 mg, metformin 500 mg twice a day")
    about.say("penicillin")
    about.say("mother had diabetes")
    found = {(one.kind, one.code, one.value) for one in filed.all()}
    assert found == {
        (SegmentKind.HEALTH_STATUS, Code.CONDITION, "high blood pressure"),
        (SegmentKind.HEALTH_STATUS, Code.CONDITION, "gout"),
        (SegmentKind.HEALTH_STATUS, Code.MEDICINE, "amlodipine 5 mg"),
        (SegmentKind.HEALTH_STATUS, Code.MEDICINE, "metformin 500 mg twice a day"),
        (SegmentKind.HEALTH_STATUS, Code.ALLERGY, "penicillin"),
        (SegmentKind.FAMILY_HISTORY, Code.RELATIVE_CONDITION, "mother had diabetes"),
    }
    assert about.cost == (5, 0)


def test_nothing_is_asked_twice(about: Journey) -> None:
    about.say("about me")
    about.say("none")
    for _ in range(3):
        about.tap("None")
    assert about.say("about me") == ["✅ Thank you. I have no more questions about you."]


def test_what_the_record_knows_is_not_asked(about: Journey, database: Database, cast: Cast) -> None:
    with database.begin(True) as unit:
        file_observations(
            unit,
            [Draft(Code.CONDITION, database.clock(), value="asthma")],
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.FORM,
            now=database.clock(),
        )
    assert QUESTIONS[1] in about.say("about me")[0]


def test_later_puts_a_question_off_to_another_time(about: Journey, filed: Filed) -> None:
    about.say("about me")
    assert QUESTIONS[1] in about.tap("Later")[-1]
    for words in ("none", "none", "none"):
        about.say(words)
    assert about.last.text.startswith("👌 OK. The rest can wait.")
    assert QUESTIONS[0] in about.say("about me")[0]
    about.say("none")
    assert about.last.text.startswith("✅ Thank you.")
    assert len(filed.standing()) == 4


@pytest.mark.parametrize("answered", range(4))
def test_a_restart_at_any_question_loses_nothing(about: Journey, answered: int) -> None:
    about.say("about me")
    for _ in range(answered):
        about.tap("None")
    assert QUESTIONS[answered] in about.last.text
    about.talk.desk.clock.pass_(hours=30)
    assert QUESTIONS[answered] in about.say("about me")[0]


def test_numbers_in_the_middle_are_filed_as_numbers(about: Journey, filed: Filed) -> None:
    about.say("about me")
    assert about.say("128/82") == [
        "✅ 128/82 noted, 12:00. On target.",
        "Shall we go on with the questions?",
    ]
    assert QUESTIONS[0] in about.tap("Go on")[0]
    assert filed.standing() == ["128/82"]


def test_a_question_back_is_no_answer(about: Journey, filed: Filed) -> None:
    about.say("about me")
    about.say("why do you ask?")
    assert not any(one.code is Code.CONDITION for one in filed.all())


def test_the_name_of_an_illness_that_may_be_an_emergency_is_answered_safely(
    about: Journey, filed: Filed
) -> None:
    about.say("about me")
    assert about.say("stroke") == ["📞 Please call 999 now. I am a machine and cannot see you."]
    assert "condition stroke" in filed.standing()
    assert QUESTIONS[1] in about.say("about me")[0]


def test_one_walk_at_a_time(about: Journey) -> None:
    about.say("check-in")
    about.say("about me")
    assert QUESTIONS[1] in about.say("gout")[-1]
    assert "Your two numbers" in about.say("check-in")[0]
    assert about.say("128/82")[-1] == "🙂 How do you feel today?"


def test_a_card_of_one_patient_never_files_for_another(
    bela: Talk, filed: Filed, database: Database, cast: Cast
) -> None:
    now = database.clock()
    with database.begin(True) as unit:
        _, record = enrol_patient(unit, "Omar", language=Language.ENGLISH, zone=ZONE, now=now)
        tie, scopes = Tie.CAREGIVER, tuple(Scope)
        offered = offer_care(
            unit,
            record_id=record.id,
            person=cast.bela,
            tie=tie,
            now=now,
            scopes=scopes,
            by_patient=True,
        )
        confirm_care(unit, offered, by=cast.bela, now=now)
    help_ = Journey(bela)
    help_.say("about me")
    help_.tap("👤 Amina")
    assert help_.last.text.startswith("👤 Amina 🗒 A few questions")
    help_.say("Omar 128/82")
    assert help_.tap("None")[-1].startswith("👤 Amina 💊 Which medicines")
    assert filed.standing() == ["condition None known"]


def test_the_menu_leads_there(about: Journey) -> None:
    about.say("menu")
    assert QUESTIONS[0] in about.tap("🗒 About me")[0]


class TestInChinese:
    """The same in Chinese."""

    @pytest.fixture
    def cast(self, database: Database, clock: Clock) -> Cast:
        with database.begin(True) as unit:
            return enter(unit, clock(), Language.CHINESE)

    @pytest.fixture
    def about(self, desk: Desk, cast: Cast) -> Journey:
        return Journey(desk.talk(cast.amina))

    def test_four_questions(self, about: Journey, filed: Filed) -> None:
        assert about.say("关于我") == [
            "🗒 几个关于您的问题，每个只问一次。\n🗒 您有哪些病？点一下，或直接输入。"
        ]
        about.tap("高血压")
        assert about.last.text == "✅ 已记下：高血压。还有吗？"
        assert about.tap("就这些")[-1].startswith("💊 您在吃哪些药？")
        assert about.say("氨氯地平5毫克、二甲双胍")[-1].startswith("🌾 您对什么过敏？")
        assert about.say("没有")[-1].startswith("👪 您家里人有哪些病？")
        assert about.say("母亲糖尿病和高血压")[-1] == "✅ 谢谢您，问题都问完了。"
        assert sorted(filed.standing()) == [
            "allergy 没有（据本人所知）",
            "condition 高血压",
            "medicine 二甲双胍",
            "medicine 氨氯地平5毫克",
            "relative_condition 母亲糖尿病",
            "relative_condition 高血压",
        ]
        assert about.cost == (4, 2)
