"""A patient types readings and is answered: noted, asked about, taken back."""

import pytest

from tests.bot.conftest import Filed
from tests.bot.talking import Talk, labels


def test_a_reading_on_target_is_noted_with_the_way_back(amina: Talk, filed: Filed) -> None:
    line = amina.say("128/82")
    assert line.text == "✅ 128/82 noted, 12:00. On target."
    assert labels(line) == ["Undo"]
    assert filed.standing() == ["128/82"]


def test_a_pulse_is_noted_beside_its_pressure(amina: Talk, filed: Filed) -> None:
    assert amina.say("128/82 70").text == "✅ 128/82, pulse 70 noted, 12:00. On target."
    assert filed.standing() == ["128/82", "heart_rate 70"]


def test_a_reading_above_target_says_so(amina: Talk) -> None:
    line = amina.say("152/94")
    assert line.text == "✅ 152/94 noted. That is above your target (135/85)."
    assert labels(line) == ["Measure again", "Undo"]


def test_the_second_reading_of_a_session_gives_the_average(amina: Talk) -> None:
    amina.say("138/85")
    assert amina.say("132/82").text == "✅ 132/82 too. Average 135/84. Thank you."


def test_undo_and_put_back_keep_the_history(amina: Talk, filed: Filed) -> None:
    amina.say("128/82")
    assert amina.tap("Undo").text == "❌ Removed 128/82."
    assert filed.standing() == []
    assert amina.tap("Put back").text == "✅ 128/82 is back."
    assert filed.standing() == ["128/82"]
    assert len(amina.lines) == 1


def test_undo_works_by_words(amina: Talk, filed: Filed) -> None:
    amina.say("128/82")
    assert amina.say("undo").text == "❌ Removed 128/82."
    assert filed.standing() == []


def test_a_day_later_only_the_site_can_undo(amina: Talk, filed: Filed) -> None:
    amina.say("128/82")
    amina.desk.clock.pass_(hours=25)
    assert amina.tap("Undo").text.startswith("That was more than a day ago.")
    assert filed.standing() == ["128/82"]


def test_the_same_value_within_a_minute_is_noted_once(amina: Talk, filed: Filed) -> None:
    amina.say("128/82")
    assert amina.say("128/82").text == "👌 Already noted: 128/82"
    assert filed.standing() == ["128/82"]


def test_swapped_numbers_are_asked_about_and_do_not_count_yet(amina: Talk, filed: Filed) -> None:
    line = amina.say("82/128")
    assert line.text == "Did you mean 128/82?"
    assert labels(line) == ["Yes, 128/82", "No"]
    assert (filed.standing(), filed.asked()) == ([], ["128/82"])
    assert amina.tap("Yes, 128/82").text == "✅ 128/82 noted, 12:00. On target."
    assert (filed.standing(), filed.asked()) == (["128/82"], [])


def test_yes_in_words_confirms_too(amina: Talk, filed: Filed) -> None:
    assert amina.say("12882").text == "Did you mean 128/82?"
    amina.say("yes")
    assert filed.standing() == ["128/82"]


def test_no_leaves_nothing_that_counts(amina: Talk, filed: Filed) -> None:
    amina.say("12882")
    line = amina.tap("No")
    assert line.text == "OK, that does not count. Type the two numbers, like 128 82"
    assert (filed.standing(), filed.asked()) == ([], [])


def test_what_was_confirmed_and_is_urgent_is_answered_with_advice(amina: Talk) -> None:
    amina.say("112/186")
    assert "186/112 is very high" in amina.tap("Yes, 186/112").text


def test_an_impossible_number_is_kept_and_typed_again(amina: Talk, filed: Filed) -> None:
    line = amina.say("1288/82")
    assert line.text == "I read 1288/82. Please type the two numbers again, like 128 82"
    assert filed.asked() == ["note 1288/82"]
    amina.say("128/82")
    assert (filed.standing(), filed.asked()) == (["128/82"], [])


def test_one_number_is_asked_about_with_buttons(amina: Talk, filed: Filed) -> None:
    line = amina.say("72")
    assert line.text == "72 is what?"
    assert labels(line) == ["Pulse", "Weight", "Sugar", "Keep as a note"]
    assert amina.tap("Pulse").text == "✅ pulse 72 noted, 12:00."
    assert (filed.standing(), filed.asked()) == (["heart_rate 72"], [])


def test_one_number_may_be_answered_in_words(amina: Talk, filed: Filed) -> None:
    amina.say("72")
    amina.say("weight")
    assert filed.standing() == ["weight 72"]


def test_the_word_of_a_choice_is_undone_like_any_other(amina: Talk, filed: Filed) -> None:
    amina.say("72")
    amina.tap("Pulse")
    assert amina.tap("Undo").text == "❌ Removed pulse 72."
    assert filed.standing() == []


def test_sugar_is_saved_first_and_its_time_asked_then(amina: Talk, filed: Filed) -> None:
    line = amina.say("7.2")
    assert line.text == "🩸 7.2 noted. When was it?"
    assert filed.standing() == ["glucose 7.2"]
    assert labels(line) == ["Fasting", "Before meal", "After meal", "Bedtime", "Undo"]
    assert amina.tap("Fasting").text == "✅ sugar 7.2 fasting noted, 12:00."
    assert filed.standing() == ["glucose 7.2 fasting"]


def test_sugar_may_be_told_its_time_hours_later_in_words(amina: Talk, filed: Filed) -> None:
    amina.say("7.2")
    amina.desk.clock.pass_(hours=3)
    amina.say("fasting")
    assert filed.standing() == ["glucose 7.2 fasting"]


def test_an_open_question_never_blocks_another_reading(amina: Talk, filed: Filed) -> None:
    amina.say("7.2")
    amina.say("128/82")
    assert sorted(filed.standing()) == ["128/82", "glucose 7.2"]


@pytest.mark.usefixtures("chen_reads_notes")
def test_words_nobody_understands_are_kept_and_answered(amina: Talk, filed: Filed) -> None:
    line = amina.say("wooden cardigan")
    assert line.text.startswith("I did not understand. Type two numbers, like 128 82")
    assert filed.standing() == ["note wooden cardigan"]
    line = amina.say("green cardigan")
    assert line.text == "I keep this as a note for Dr Chen."
    assert labels(line) == ["OK", "Delete"]
    amina.tap("Delete")
    assert filed.standing() == ["note wooden cardigan"]


def test_do_not_record_keeps_nothing(amina: Talk, filed: Filed) -> None:
    assert amina.say("do not record this 128/82").text == "👌 OK. I kept nothing of this."
    assert filed.all() == []


def test_keep_private_is_stored_for_the_patient_alone(amina: Talk, filed: Filed) -> None:
    assert amina.say("keep this private: I feel sad").text.startswith("🔒")
    assert [one.private for one in filed.all()] == [True]


def test_a_typed_correction_changes_the_last_reading(amina: Talk, filed: Filed) -> None:
    amina.say("128/82")
    assert amina.say("改成 138/82").text == "✏️ Changed to 138/82."
    assert filed.standing() == ["138/82"]


def test_one_number_puts_half_of_the_last_reading_right(amina: Talk, filed: Filed) -> None:
    amina.say("128/82")
    assert amina.say("no, 138").text == "✏️ Changed to 138/82."
    assert amina.say("低压改成 85").text == "✏️ Changed to 138/85."
    assert filed.standing() == ["138/85"]


def test_a_correction_finds_its_reading_behind_other_lines(amina: Talk, filed: Filed) -> None:
    for line in ("128/82 70", "sugar 6.1 fasting", "had oatmeal"):
        amina.say(line)
    assert amina.say("no, 138/82").text == "✏️ Changed to 138/82."
    assert amina.say("改成 6.4").text == "✏️ Changed to sugar 6.4 fasting."
    standing = filed.standing()
    assert "138/82" in standing
    assert "128/82" not in standing
    assert len(standing) == 4


def test_a_reading_of_an_hour_ago_is_not_put_right_behind_other_lines(
    amina: Talk, filed: Filed
) -> None:
    amina.say("128/82")
    amina.desk.clock.pass_(hours=1)
    amina.say("had oatmeal")
    assert not amina.say("no, 138/82").text.startswith("✏️")
    assert "128/82" in filed.standing()


def test_yesterday_is_filed_yesterday(amina: Talk, filed: Filed) -> None:
    assert "Sun 22 Nov 08:00" in amina.say("yesterday 8am 130/80").text
    assert [one.effective.isoformat() for one in filed.all()] == ["2026-11-22T08:00:00+08:00"]


def test_medicine_is_noted_from_the_keys(amina: Talk, filed: Filed) -> None:
    assert amina.say("💊 Medicine").text == "💊 Did you take your medicine?"
    amina.tap("Taken")
    assert filed.standing() == ["medication_taken Taken"]


def test_a_message_far_too_long_is_kept_and_answered(amina: Talk, filed: Filed) -> None:
    amina.say("very long " * 400)
    assert len(filed.all()) == 1
