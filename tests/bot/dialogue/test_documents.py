"""A clinical document sent to the chat: whose it is and what is in it, added by a tap."""

import pytest

from records.vocabulary import Code
from tests.bot.conftest import Filed
from tests.bot.dialogue.test_imports import send
from tests.bot.talking import Talk, labels
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
