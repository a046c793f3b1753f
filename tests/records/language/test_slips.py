"""A pulse behind a pressure is read through one slip of the finger, and nothing else is."""

import pytest

from tests.records.language.scoring import answer, stored

PRESSURE = ("bp", 134, 78)


def slips(word):
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]
        yield word[:i] + "z" + word[i + 1 :]
        yield word[:i] + "z" + word[i:]
    for i in range(1, len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def values(text):
    return [
        (r["kind"], r.get("value") or r["systolic"], r.get("diastolic"))
        for r in stored(answer(text))
    ]


@pytest.mark.parametrize("word", ["pulse", "heartbeat", "heartrate", "heart rate"])
def test_a_pulse_word_with_one_slip_is_still_the_pulse(word):
    typed = {s for s in slips(word) if len(s) >= 4 and " " not in (s[0], s[-1])}
    wanted = [("bp", 134, 78), ("heart_rate", 68, None)]
    read = [values(f"BP 134/78 {s} 68") for s in typed]
    assert all(one in (wanted, []) for one in read)
    assert read.count(wanted) >= 0.75 * len(typed)  # the rest have become other words: heart ate


@pytest.mark.parametrize(
    "text",
    [
        "BP 134/78 pulce 300",
        "BP 134/78 party 68",
        "pulce 68",
        "bought a purse, 68",
        "128/82 purse 70",
        "BP 128/82 plus 70",
        "houses 68",
    ],
)
def test_no_other_number_is_taken_for_a_pulse(text):
    assert [v for v in values(text) if v[0] == "heart_rate"] == []
