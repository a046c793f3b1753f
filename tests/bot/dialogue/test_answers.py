"""PRODUCT.md §9.1 B and C: what a reading is answered with, and what is never asked first."""

from datetime import timedelta
from pathlib import Path

import pytest

from records.findings.reasons import Situation
from records.people import Scope, Tie
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.worklist import worklist
from records.vocabulary import Language
from storage.database import Database
from storage.worker import Worker
from tests.bot.conftest import Filed
from tests.bot.talking import Talk, labels
from tests.cast import ZONE, Cast

LOOK = 1  # the house looks whether the doctor must be alerted, after whatever is told


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: other tests bring both."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


def test_a_first_reading_near_the_target_asks_for_one_more(amina: Talk, filed: Filed) -> None:
    line = amina.say("138/85")
    assert line.text == "✅ 138/85 noted. One more in 1 minute? Sit still."
    assert labels(line) == ["⏱ Remind me", "No", "Undo"]
    assert filed.standing() == ["138/85"]


def test_no_leaves_the_first_reading_with_its_meaning(amina: Talk) -> None:
    amina.say("138/85")
    line = amina.tap("No")
    assert line.text == "✅ 138/85 noted. That is above your target (135/85)."
    assert labels(line) == ["Measure again", "Undo"]
    assert len(amina.lines) == 1


def test_a_reading_of_yesterday_is_not_asked_to_be_measured_again(amina: Talk) -> None:
    assert "One more" not in amina.say("yesterday 8am 138/85").text


def test_the_reminder_comes_after_a_minute(amina: Talk, worker: Worker) -> None:
    amina.say("138/85")
    line = amina.tap("⏱ Remind me")
    assert line.text == "⏱ I will tell you in 1 minute. Sit still."
    assert labels(line) == ["Undo"]
    assert worker.run_due(9) == LOOK
    amina.desk.clock.pass_(seconds=61)
    assert worker.run_due(9) == 1
    assert amina.last.text == "⏱ Now your two numbers again, please – like 128 82."
    assert labels(amina.last) == ["Skip"]
    assert amina.say("132/82").text == "✅ 132/82 too. Average 135/84. Thank you."


def test_who_has_measured_already_is_not_reminded(amina: Talk, worker: Worker) -> None:
    amina.say("138/85")
    amina.tap("⏱ Remind me")
    amina.desk.clock.pass_(seconds=30)
    amina.say("132/82")
    amina.desk.clock.pass_(seconds=40)
    worker.run_due(9)
    assert amina.last.text.startswith("✅ 132/82 too.")


def test_a_reminder_that_comes_too_late_is_not_said(amina: Talk, worker: Worker) -> None:
    amina.say("138/85")
    amina.tap("⏱ Remind me")
    amina.desk.clock.pass_(minutes=20)
    assert worker.run_due(9) == LOOK + 1
    assert amina.last.text.startswith("⏱ I will tell you")


def test_two_pairs_in_one_line_are_one_session(amina: Talk, filed: Filed) -> None:
    assert amina.say("138/85 132/82").text == (
        "✅ 138/85, 132/82 noted. Average 135/84. Thank you."
    )
    assert filed.standing() == ["138/85", "132/82"]


def test_who_feels_fine_rests_and_may_still_say_otherwise(
    amina: Talk, filed: Filed, worker: Worker
) -> None:
    amina.say("186/112")
    line = amina.tap("I feel fine")
    assert line.text.startswith("Good. Sit quietly for 5 minutes")
    assert labels(line) == ["⏱ Remind me", "I feel unwell"]
    assert sorted(filed.standing()) == ["186/112", "mood I feel fine"]
    assert amina.tap("⏱ Remind me").text == "⏱ I will tell you in 5 minutes."
    amina.desk.clock.pass_(minutes=5)
    assert worker.run_due(9) == LOOK + 1
    assert amina.last.text.startswith("⏱ Now your two numbers again")


def test_after_sugar_was_taken_the_chat_asks_in_a_quarter_of_an_hour(
    amina: Talk, worker: Worker
) -> None:
    amina.say("3.1")
    line = amina.tap("OK")
    assert labels(line) == ["⏱ Remind me", "🩸 Sugar"]
    amina.tap("⏱ Remind me")
    amina.desk.clock.pass_(minutes=15)
    worker.run_due(9)
    assert amina.last.text == "⏱ Now your sugar again, please – like 7.2"
    assert amina.say("5").text == "🩸 5 noted. When was it?"


def test_high_sugar_is_measured_again_in_an_hour(amina: Talk) -> None:
    amina.say("血糖 15")
    assert "in 1 hour" in amina.tap("I feel fine").text
    assert amina.tap("⏱ Remind me").text == "⏱ I will tell you in 60 minutes."


ASKED_AND_URGENT = [
    ("186/112 is that bad?", "⚠️ 186/112 is very high.", "I read 186/112. Is that right?"),
    ("血压186/112，要紧吗", "⚠️ 186/112 is very high.", "I read 186/112. Is that right?"),
    ("112/186", "⚠️ 186/112 is very high.", "Did you mean 186/112?"),
    ("186112", "⚠️ 186/112 is very high.", "Did you mean 186/112?"),
    ("sugar 2.4 ok?", "⚠️ sugar 2.4 is very low. Take sugar now", "I read sugar 2.4."),
    ("sugar 25", "⚠️ sugar 1.4, sugar 25 is noted.", "Which do you mean?"),
]


@pytest.mark.parametrize(("words", "first", "then"), ASKED_AND_URGENT)
def test_what_to_do_comes_before_the_question(
    amina: Talk, filed: Filed, words: str, first: str, then: str
) -> None:
    amina.say(words)
    safety, question = amina.lines
    assert safety.text.startswith(first)
    assert question.text.startswith(then)
    assert filed.standing() == [f"note {words} red_flag"]


@pytest.mark.usefixtures("chen_reads_notes")
def test_the_doctor_sees_what_is_still_asked_about(
    amina: Talk, database: Database, cast: Cast, filed: Filed
) -> None:
    amina.say("112/186")
    assert act_now(database, cast) == "Warning words: {words}"
    amina.tap("Yes, 186/112")
    assert filed.standing() == ["186/112"]
    assert act_now(database, cast) == "Blood pressure {value} mmHg"


@pytest.mark.usefixtures("chen_reads_notes")
def test_what_was_not_meant_leaves_the_doctors_list(
    amina: Talk, database: Database, cast: Cast, filed: Filed
) -> None:
    amina.say("112/186")
    amina.tap("No")
    assert (filed.standing(), act_now(database, cast)) == ([], None)


def test_an_urgent_number_of_a_plan_is_only_asked_about(amina: Talk) -> None:
    amina.say("tomorrow 186/112")
    assert [one.text for one in amina.lines] == ["I read 186/112. Is that right?"]


def test_an_urgent_value_told_by_a_caregiver_is_answered_at_once(
    bela: Talk, database: Database, cast: Cast
) -> None:
    assert bela.say("186/112").text.startswith("👤 Amina ⚠️ 186/112 is very high.")
    assert act_now(database, cast) == "Blood pressure {value} mmHg"


def test_an_urgent_number_in_a_held_line_is_answered_before_for_whom(
    bela: Talk, database: Database, cast: Cast
) -> None:
    now = database.clock()
    with database.begin(True) as unit:
        _, record = enrol_patient(unit, "Omar", language=Language.ENGLISH, zone=ZONE, now=now)
        offered = offer_care(
            unit,
            record_id=record.id,
            person=cast.bela,
            tie=Tie.CAREGIVER,
            now=now,
            scopes=tuple(Scope),
            by_patient=True,
        )
        confirm_care(unit, offered, by=cast.bela, now=now)
    bela.say("186/112 is that bad?")
    safety, whom = (one.text for one in bela.lines)
    assert safety.startswith("⚠️ 186/112 is very high.")
    assert whom == "For whom?"


def test_a_weight_far_from_the_usual_one_is_asked_about(amina: Talk, filed: Filed) -> None:
    amina.say("65.5 kg")
    amina.desk.clock.pass_(hours=24)
    line = amina.say("130 kg")
    assert line.text == "I read weight 130 kg. Is that right?"
    assert (filed.standing(), filed.asked()) == (["weight 65.5"], ["weight 130"])
    amina.tap("Yes, weight 130 kg")
    assert filed.standing() == ["weight 130", "weight 65.5"]


def test_a_weight_near_the_usual_one_is_noted(amina: Talk) -> None:
    amina.say("65.5 kg")
    amina.desk.clock.pass_(hours=24)
    assert amina.say("62.0 kg").text.startswith("✅ weight 62 kg noted")


def test_a_sugar_in_another_unit_than_usual_is_asked_about(amina: Talk, filed: Filed) -> None:
    for value in ("7.2 fasting", "7.4 fasting"):
        amina.say(f"sugar {value}")
        amina.desk.clock.pass_(hours=24)
    assert amina.say("sugar 130").text == "I read 130 mg/dL (sugar 7.2). Is that right?"
    assert len(filed.standing()) == 2
    assert amina.say("sugar 130 mg/dl fasting").text.startswith("✅ sugar 7.2 fasting noted")


def test_a_pressure_far_from_the_weeks_is_asked_about(amina: Talk, filed: Filed) -> None:
    amina.say("120/80")
    amina.desk.clock.pass_(hours=24)
    assert amina.say("170/85").text == "I read 170/85. Is that right?"
    assert filed.asked() == ["170/85"]


def act_now(database: Database, cast: Cast) -> str | None:
    """Return why Dr Chen should act now, if that is so."""
    now = database.clock() + timedelta(seconds=1)
    with database.begin(False) as unit:
        first = worklist(unit, by=cast.chen, now=now).sections[0]
    assert first.situation is Situation.ACT_NOW
    return first.rows[0].why.phrase if first.rows else None


def test_a_reading_of_somebody_else_asks_whose_it_is(amina: Talk, filed: Filed) -> None:
    line = amina.say("my sister got 150/95")
    assert line.text == "I read 150/95. Is it your own?"
    assert labels(line) == ["Yes, my own", "No, somebody else's"]
    amina.tap("No, somebody else's")
    assert amina.lines[-1].text == "👌 OK, that does not count."
    assert (filed.standing(), filed.asked()) == ([], [])
    amina.say("我妈血压150/95")
    amina.say("yes")
    assert filed.standing() == ["150/95"]
