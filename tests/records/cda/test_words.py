"""Every word of a document stands in both languages."""

import pytest

from records.cda import codes, words
from records.cda.sections import HEADINGS
from records.vocabulary import Code, Language, SegmentKind
from records.wording import say

SECTIONS = [one.title for one in vars(codes).values() if isinstance(one, codes.SectionType)]
PHRASES = [
    *words.KINDS.values(),
    *words.CODES.values(),
    *SECTIONS,
    *HEADINGS,
    "Taken back: does not count",
    "Still asked about: does not count yet",
    "Private",
    "Typed as: {words}",
    "Nothing has been told here.",
]


@pytest.mark.parametrize("phrase", sorted(set(PHRASES)))
def test_a_phrase_is_said_in_chinese(phrase: str) -> None:
    assert say(Language.CHINESE, phrase) != phrase


def test_every_kind_and_code_has_its_words() -> None:
    assert set(words.KINDS) == set(SegmentKind)
    assert set(words.CODES) == set(Code)
