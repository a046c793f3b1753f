"""The table opens in a spreadsheet as text, whatever was said."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.tables import MARK, safe, table_of
from records.vocabulary import Code, Language
from tests.records.cda.documents import AMINA, BELA, an_observation
from tests.records.cda.rich import PEOPLE, rich


def rows(content: bytes) -> list[list[str]]:
    text = content.decode()
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


def a_table(*told: object, language: Language = Language.ENGLISH) -> list[list[str]]:
    people = {**PEOPLE, AMINA.id: AMINA}
    return rows(table_of(told, people=people, language=language, zone="Asia/Shanghai"))  # type: ignore[arg-type]


def test_every_entry_is_a_line() -> None:
    told = [one for segment in rich() for one in segment.standing]
    table = a_table(*told)
    assert len(table) == len(told) + 1
    assert {len(one) for one in table} == {9}
    pressure = next(one for one in table if one[2] == "Blood pressure")
    assert pressure[3:6] == ["128", "82", "mm[Hg]"]
    assert {one[7] for one in table[1:]} >= {"Amina", "Bela", "Dr Chen", "Rosa"}


def test_the_table_speaks_the_readers_language() -> None:
    table = a_table(an_observation(Code.NOTE, "头晕"), language=Language.CHINESE)
    assert table[0][0] == "时间"
    assert table[1][3] == "头晕"


RUN = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", "＝1", "=cmd|' /C'!A0"]


@pytest.mark.parametrize("words", RUN)
def test_a_cell_does_not_compute(words: str) -> None:
    cell = a_table(an_observation(Code.NOTE, words, informant=BELA.id))[1][3]
    assert cell.startswith("'")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_words_are_kept_behind_the_mark(words: str) -> None:
    assert safe(words).removeprefix("'") == words.replace("\0", "\ufffd").removeprefix("'")
    assert safe(words)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")
