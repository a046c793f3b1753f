"""Every phrase of the chat is short, plain and kind, in both languages (PRODUCT.md §8)."""

import re

import pytest
from babel.messages.extract import extract_from_dir

from records.vocabulary import Language
from records.wording import catalogue
from records.wording.catalogue import say
from tests.conftest import REPOSITORY

KEYWORDS = {"say": (2,), "later": None}
HIGHEST_GRADE = 6  # reading age 11 to 12, the oldest an NHS page may ask for
LEAST_WORDS = 6  # below, the formula measures one word and not a sentence
LONGEST = {Language.ENGLISH: 200, Language.CHINESE: 90}  # two lines on a phone, and the advice
NEVER = re.compile(r"invalid|error|command|无效|错误|命令|非法", re.I)
HAN = "\u4e00-\u9fff"
ASCII_AMONG_HAN = re.compile(rf"[{HAN}][,.!?;:()]|[,!?;()][{HAN}]")
NUMBER_IN_HAN = re.compile(r"[二两三四五六七八九十百]+(?:分钟|小时|天|颗|年|月|点|位|行)")


def _phrases() -> list[str]:
    found = extract_from_dir(
        REPOSITORY / "records" / "wording", method_map=[("**.py", "python")], keywords=KEYWORDS
    )
    return sorted({one[2] if isinstance(one[2], str) else one[2][0] for one in found})


PHRASES = _phrases()


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = [one for one in re.split(r"[.!?:;–\n]+", text) if re.search("[A-Za-z]", one)]
    words = _words(text)
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _words(text: str) -> list[str]:
    named = re.sub(r"\{(?:name|names|doctor|who)\}", "Mrs Wong", text)
    return re.findall(r"[A-Za-z']+|\d[\d/.]*", re.sub(r"\{\w+\}", "it", named))


def _syllables(word: str) -> int:
    """Count runs of vowels, without the silent endings of English."""
    word = word.lower().strip("'")
    if len(word) <= 3:
        return 1
    plain = re.sub(r"(?:[^laeiouy]es|[^aeioudt]ed|[^laeiouy]e)$", "", word)
    return max(1, len(re.findall("[aeiouy]{1,2}", plain)))


def test_the_formula_knows_plain_from_learned() -> None:
    assert grade("Sit down and drink some water.") < 3
    assert grade("Antihypertensive medication necessitates individualised monitoring.") > 15


def test_the_phrases_are_found_where_they_stand() -> None:
    assert len(PHRASES) > 350


def test_english_is_read_at_eleven() -> None:
    long = [one for one in PHRASES if len(_words(one)) >= LEAST_WORDS]
    hard = {one: round(grade(one), 1) for one in long if grade(one) > HIGHEST_GRADE}
    assert hard == {}


def test_a_button_has_no_long_word() -> None:
    hard = {one for one in PHRASES if any(_syllables(word) > 4 for word in _words(one))}
    assert hard == set()


@pytest.mark.parametrize("language", Language)
def test_nobody_is_blamed_and_nothing_is_technical(language: Language) -> None:
    said = [catalogue(language).gettext(one) for one in PHRASES]
    assert [one for one in said if NEVER.search(one)] == []


@pytest.mark.parametrize("language", Language)
def test_a_phrase_fits_two_short_lines(language: Language) -> None:
    said = [catalogue(language).gettext(one) for one in PHRASES]
    assert [one for one in said if len(one) > LONGEST[language] or one.count("\n") > 1] == []


def test_chinese_is_polite_and_set_in_its_own_marks() -> None:
    said = [say(Language.CHINESE, one) for one in PHRASES]
    assert [one for one in said if "你" in one] == []
    assert [one for one in said if ASCII_AMONG_HAN.search(one)] == []
    assert [one for one in said if NUMBER_IN_HAN.search(one)] == []
    assert [one for one in said if re.search("[０-９]", one)] == []
