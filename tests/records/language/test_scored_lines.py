import time

import pytest

from tests.records.language.scoring import agrees, answer, lines, stored, stored_wrongly


def scored():
    return [line for line in lines("utterances.jsonl") if line["lang"] in ("en", "zh")]


def test_nearly_all_lines_are_answered_as_expected():
    wanted = scored()
    right = 0
    for line in wanted:
        got = answer(line["text"], line["lang"])
        right += got["expect"] == line["expect"] and agrees(got["readings"], line["readings"])
    assert right / len(wanted) >= 0.98


def test_no_line_stores_a_wrong_value():
    wrong = [
        line["id"]
        for line in lines("utterances.jsonl")
        if stored_wrongly(answer(line["text"], line["lang"]), line)
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_telephone_date_or_price_is_a_measurement(lang):
    taken = [
        line["text"]
        for line in lines(f"negatives_recognizers_{lang}.jsonl")
        if stored(answer(line["text"], lang))
    ]
    assert taken == []


def test_a_line_is_read_within_two_milliseconds_of_work():
    wanted = scored()
    begun = time.process_time()
    for line in wanted:
        answer(line["text"], line["lang"])
    assert (time.process_time() - begun) / len(wanted) < 0.002
