"""What is said to the house and not to the record: thank you, how do I, what is my average."""

import pytest

from tests.bot.talking import labels


@pytest.mark.parametrize("thanks", ["thanks", "Thank you so much!", "谢谢"])
def test_a_thank_you_is_answered_and_not_kept(amina, filed, thanks):
    amina.say("128/82")
    answer = amina.say(thanks)
    assert answer.text == "You are welcome. 🌿"
    assert labels(answer) == ["☰ Menu"]
    assert len(filed.all()) == 1


@pytest.mark.parametrize("asked", ["what's my average", "show me my last readings", "看看我的记录"])
def test_a_question_for_the_numbers_shows_them_and_is_not_kept(amina, filed, asked):
    amina.say("128/82")
    assert "128/82" in amina.say(asked).text
    assert len(filed.all()) == 1


def test_a_question_how_to_add_somebody_leads_to_the_family(amina, filed):
    assert "helper" in amina.say("how do I add my wife").text
    assert filed.all() == []
