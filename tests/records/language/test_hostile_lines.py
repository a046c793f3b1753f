import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.language import Context, Expect, Reading, understand
from records.language.lexicon import TABLE
from records.language.units import SPELLINGS
from records.language.wire import to_line
from records.vocabulary import Code, Language
from tests.records.language.scoring import NOW, answer, stored

HOSTILE = {
    "ten thousand figures": "1" * 10_000,
    "ten thousand letters": "a" * 10_000,
    "ten thousand pairs": "128/82 " * 1_500,
    "a number of 400 figures": "bp " + "9" * 400 + "/80",
    "a pressure of 400 figures": "128/" + "8" * 400,
    "a numeral of 400 signs": "血压" + "一百" * 200 + "/80",
    "control signs": "12\x008/8\x1b2",
    "nested marks": "<" * 600 + "128/82" + ">" * 500,
    "brackets": "(" * 1_100,
    "dots": "." * 600 + "1" + "." * 500,
    "colons": "1:" * 500,
    "slashes": "1/" * 500,
    "spaces": " " * 1_000 + "1" + " " * 150,
    "quotes": "'; " * 350,
    "halves": "半" * 1_000,
    "a lone surrogate": "128/82 \ud800",
    "an emoji flood": "😀" * 10_000,
    "a short emoji flood": "😀💊" * 550,
    "spans": "between " + "1 and " * 190,
    "conditions": "if " * 390,
    "chests": "chest " * 190,
    "pasts": "was 1 now " * 115,
    "ranges": "1-1/" * 290,
    "one numeral": "一" * 1_190,
    "clocks in Chinese": "8点00分" * 170,
    "days": "mon " * 290,
    "days in Chinese": "周一" * 590,
    "corrections": "no, " * 290 + "1",
    "lines": "\n" * 1_190,
    "marks stacked on a letter": "1" + "\u0301" * 1_100,
    "right to left": "\u202e128/82\u202c" * 80,
    "null signs": "\x00" * 1_190,
    "persons": "mum for me " * 100,
    "overdoses": "took the whole " * 79,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_line_is_answered_quickly_and_stores_nothing(text):
    begun = time.process_time()
    result = answer(text)
    assert time.process_time() - begun < 0.5
    if text != HOSTILE["a lone surrogate"]:
        assert [r for r in stored(result) if r["kind"] != "bp" or r["systolic"] > 260] == []


def test_a_reading_inside_hostile_text_is_stored():
    for text in ('"><script>alert(1)</script> 120/80', "120/80'; DROP TABLE readings;--"):
        assert [r["systolic"] for r in stored(answer(text))] == [120]


def test_unseen_signs_change_nothing():
    assert stored(answer("1\u200b28\u200d/8\ufeff2")) == stored(answer("128/82"))


def test_an_empty_line_is_ignored():
    for text in ("", "   ", "\n\n", "\u200b"):
        assert understand(text, Language.ENGLISH, Context(NOW)).expect is Expect.IGNORE


PIECES = [
    *sorted({*TABLE, *SPELLINGS}),
    "1", "7", "7.2", "82", "128", "138", "0", "99999999", "一百三", "七点二", "128/82", "8:30",
    "8点00分", "12月8日", "2026-11-20", "yesterday", "昨天", "?", ",", "。", "\n", " ", "-", "/",
    "(", '"',
]  # fmt: skip
LAST = (
    Reading(Code.BLOOD_PRESSURE, Decimal(128), Decimal(82), "mm[Hg]"),
    Reading(Code.GLUCOSE, Decimal("7.2"), unit="mmol/L"),
)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.sampled_from(["", " "]),
    st.sampled_from([None, Code.GLUCOSE, Code.BLOOD_PRESSURE, Code.PAIN]),
    st.sampled_from([(), LAST]),
)
def test_any_words_of_the_vocabulary_in_any_order_are_answered(pieces, between, question, last):
    context = Context(NOW, question=question, last=last)
    result = understand(between.join(pieces), Language.CHINESE, context)
    assert result.expect in Expect
    for one in stored(to_line(result)):
        if one["kind"] == "bp":
            assert 60 <= one["systolic"] <= 260
            assert 30 <= one["diastolic"] <= 150
