"""A clinical document sent to the chat: whose it is and what is in it, added by a tap."""

import pytest

from records.services.adding import take_in
from records.services.receiving import look_at, receive_document
from records.vocabulary import Code
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.dialogue.test_imports import send
from tests.bot.talking import Talk, labels
from tests.cast import Cast, Clock
from tests.records.services.test_receiving import DOCUMENT

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def codes(filed: Filed) -> list[str]:
    return sorted(str(one.code) for one in filed.all() if one.source)


@sqlite
def test_what_a_document_says_is_shown_and_added_by_a_tap(amina: Talk, filed: Filed) -> None:
    shown = send(amina, DOCUMENT)
    assert shown.text == (
        "📄 A document about Amina <b>, from County Hospital.\nI found 4 new entries. Add them?"
    )
    assert labels(shown) == ["Add", "No"]
    assert codes(filed) == []
    assert amina.tap("Add").text == "✅ 4 entries added."
    assert codes(filed) == ["allergy", "bp", "temperature", "weight"]


@sqlite
def test_the_same_document_again_offers_nothing(amina: Talk, filed: Filed) -> None:
    send(amina, DOCUMENT)
    amina.tap("Add")
    before = codes(filed)
    assert "nothing new" in send(amina, DOCUMENT).text
    assert codes(filed) == before


@sqlite
def test_what_was_added_is_taken_back_by_a_tap(amina: Talk, filed: Filed) -> None:
    send(amina, DOCUMENT)
    amina.tap("Add")
    assert amina.tap("Undo").text == "❌ 4 readings taken back."
    assert [one for one in filed.standing() if not one.startswith("file")] == []


@sqlite
def test_a_document_that_is_not_wanted_is_only_kept(amina: Talk, filed: Filed) -> None:
    send(amina, DOCUMENT)
    amina.tap("No")
    assert codes(filed) == []
    assert [one.code for one in filed.all()] == [Code.FILE]


@sqlite
@pytest.mark.parametrize("content", [b"<a/>", b"<!DOCTYPE x><x/>", DOCUMENT[:300]])
def test_other_files_are_kept_as_before(amina: Talk, filed: Filed, content: bytes) -> None:
    assert "Add" not in labels(send(amina, content))


@sqlite
@pytest.mark.parametrize("caption", ["keep this private", "不要给别人看"])
def test_a_file_with_only_the_wish_is_private_and_so_is_what_it_says(
    amina: Talk, filed: Filed, caption: str
) -> None:
    shown = send(amina, DOCUMENT, caption)
    assert labels(shown) == ["Add", "No"]
    amina.tap("Add")
    assert [one.private for one in filed.all()] == [True] * 5


@sqlite
@pytest.mark.parametrize(
    ("caption", "private"),
    [
        ("my mother's report, keep it private", True),
        ("Hospital report, please keep private", True),
        ("妈妈的报告，不要给别人看", True),
        ("blood test results", False),
        ("医院的报告", False),
    ],
)
def test_words_about_a_file_are_kept_with_it_and_honoured(
    amina: Talk, filed: Filed, caption: str, private: bool
) -> None:
    shown = send(amina, DOCUMENT, caption)
    assert labels(shown) == ["Add", "No"]
    assert [one.value for one in filed.all() if one.code is Code.FILE] == [caption]
    amina.tap("Add")
    assert [one.private for one in filed.all()] == [private] * 5


@sqlite
@pytest.mark.parametrize("caption", ["hospital report, do not record this", "这份报告别记"])
def test_a_file_that_is_not_to_be_recorded_leaves_nothing(
    amina: Talk, filed: Filed, caption: str
) -> None:
    send(amina, DOCUMENT, caption)
    assert filed.all() == []


@sqlite
def test_a_reading_beside_a_file_is_a_reading(amina: Talk, filed: Filed) -> None:
    send(amina, DOCUMENT, "128/82")
    assert [one.code for one in filed.all()] == [Code.BLOOD_PRESSURE]


@sqlite
def test_words_with_a_file_say_for_whom_it_is(bela: Talk, filed: Filed) -> None:
    send(bela, DOCUMENT, "Amina: hospital report, keep it private")
    (kept,) = filed.all()
    assert (kept.code, kept.private) == (Code.FILE, True)
    assert kept.value == "hospital report, keep it private"


@pytest.fixture
def brought(amina: Talk, database: Database, cast: Cast, clock: Clock) -> None:
    """Let Dr Chen add a document for Amina, who has spoken to the chat before."""
    amina.say("hello")
    with database.begin(True) as unit:
        given = {"record_id": cast.record.id, "by": cast.chen, "now": clock()}
        attachment = receive_document(unit, DOCUMENT, **given)
        offer = look_at(unit, attachment, **given)
        keys = {one.key for one in offer.understood}
        take_in(unit, attachment, keys, **given)
    amina.desk.work()


@sqlite
@pytest.mark.usefixtures("brought")
def test_the_patient_is_told_what_a_doctor_added(amina: Talk) -> None:
    assert amina.last.text == (
        "📄 Dr Chen added 4 entries from a document of County Hospital:\n"
        "Allergy, Blood pressure, Weight and 1 more"
    )
    assert labels(amina.last) == ["Undo", "Keep private"]


@sqlite
@pytest.mark.usefixtures("brought")
def test_and_takes_it_back_by_a_tap(amina: Talk, filed: Filed) -> None:
    assert amina.tap("Undo").text == "❌ 4 readings taken back."
    assert [one for one in filed.standing() if not one.startswith("file")] == []


@sqlite
@pytest.mark.usefixtures("brought")
def test_or_keeps_it_private_by_a_tap(amina: Talk, filed: Filed) -> None:
    assert amina.tap("Keep private").text == "🔒 Kept private: 4. Only you see it."
    assert all(one.private for one in filed.all())
