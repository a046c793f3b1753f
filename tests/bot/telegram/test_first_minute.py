"""The first minute of an invited patient, and the main journeys, over the local Bot API server."""

from pathlib import Path

import pytest

from records.services.linking import LinkPurpose
from records.vocabulary import Language
from tests.bot.conftest import Filed
from tests.bot.telegram.conftest import AMINA, Phone
from tests.cast import Cast


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: other tests bring both."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


def test_an_invited_patient_starts_with_two_taps(phone: Phone, cast: Cast, filed: Filed) -> None:
    payload = phone.deep_link(LinkPurpose.INVITATION, cast.amina)
    with phone.on():
        phone.api.start(AMINA, payload, user={"first_name": "Mina", "language_code": "en"})
        asked = phone.sees(AMINA, "Choose your language. / 请选择语言")
        assert asked.labels == ["English", "中文"]
        phone.api.tap(AMINA, asked, "English")
        invited = phone.sees(AMINA, "Hello A•••a. Dr Chen's clinic invited you.")
        assert invited.labels == ["Yes, start", "Not me", "Read more"]
        phone.api.tap(AMINA, invited, "Yes, start")
        phone.sees(AMINA, "What time is it for you now?")
    assert filed.all() == []


def test_the_phones_language_comes_first_and_the_chosen_one_stays(phone: Phone, cast: Cast) -> None:
    payload = phone.deep_link(LinkPurpose.INVITATION, cast.amina)
    with phone.on():
        phone.api.start(AMINA, payload, user={"first_name": "阿米", "language_code": "zh-hans"})
        asked = phone.sees(AMINA, "请选择语言")
        assert asked.labels == ["中文", "English"]
        phone.api.tap(AMINA, asked, "中文")
        invited = phone.sees(AMINA, "A•••a您好，这是Dr Chen诊所的邀请。")
        phone.api.tap(AMINA, invited, "了解更多")
        more = phone.sees(AMINA, "• 您可以随时停止")
    with phone.on():  # a restart between the question and the answer
        phone.api.tap(AMINA, more, "是，开始")
        phone.sees(AMINA, "您那里现在几点？")
        phone.api.say(AMINA, "每日记录")
        phone.sees(AMINA, "今天的记录：")
        phone.api.say(AMINA, "128/82")
        phone.sees(AMINA, "您今天感觉怎么样？")
    with phone.database.begin(False) as unit:
        assert unit.people.person(cast.amina.id).language is Language.CHINESE


def test_not_me_connects_nothing(phone: Phone, cast: Cast) -> None:
    payload = phone.deep_link(LinkPurpose.INVITATION, cast.amina)
    with phone.on():
        phone.api.start(AMINA, payload)
        phone.api.tap(AMINA, phone.sees(AMINA, "Choose your language."), "English")
        phone.api.tap(AMINA, phone.sees(AMINA, "clinic invited you"), "Not me")
        phone.sees(AMINA, "Nothing was connected.")


def test_the_first_reading_and_a_check_in(running: Phone, filed: Filed) -> None:
    running.api.say(AMINA, "138/85")
    first = running.sees(AMINA, "One more in 1 minute? Sit still.")
    assert first.labels == ["⏱ Remind me", "No", "Undo"]
    running.api.tap(AMINA, first, "⏱ Remind me")
    running.sees(AMINA, "⏱ I will tell you in 1 minute.")
    running.api.say(AMINA, "check-in")
    running.api.tap(AMINA, running.sees(AMINA, "How do you feel today?"), "Good")
    running.api.tap(AMINA, running.sees(AMINA, "How did you eat today?"), "As usual")
    running.api.tap(AMINA, running.sees(AMINA, "Did you take your medicine?"), "Taken")
    done = running.sees(AMINA, "✅ Your check-in of today is done.")
    assert "138/85" not in done.text  # this chat has no leave for more than an echo
    assert len(filed.standing()) == 4


def test_an_urgent_number_inside_a_question_and_an_edit(running: Phone) -> None:
    number = running.api.say(AMINA, "128/82")
    running.sees(AMINA, "128/82 noted")
    running.api.edit(AMINA, number, "186/112")
    running.sees(AMINA, "⚠️ 186/112 is very high.")
    running.api.say(AMINA, "187/113 is that bad?")
    running.sees(AMINA, "⚠️ 187/113 is very high.")
    running.sees(AMINA, "I read 187/113. Is that right?")
