import time

import pytest

from records.language import Context, Expect, understand
from records.vocabulary import Language
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
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_line_is_answered_quickly_and_stores_nothing(text):
    begun = time.perf_counter()
    result = answer(text)
    assert time.perf_counter() - begun < 0.5
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
