"""Every phrase of chat and site has its Chinese, with the same places to fill."""

import re
from collections.abc import Iterator

from babel.messages.extract import extract_from_dir

from records.vocabulary import Language
from records.wording import catalogue, say
from tests.conftest import REPOSITORY

ROOMS = ("records", "storage", "bot", "webapp", "templates")
KEYWORDS = {"say": (2,), "later": None, "_": None, "words": None, "plain": None}
PLACE = re.compile(r"\{\w+\}")


def phrases() -> Iterator[tuple[str, str]]:
    """Give each English phrase with the file it stands in."""
    for room in ROOMS:
        found = extract_from_dir(
            REPOSITORY / room,
            method_map=[("**.py", "python"), ("**.html", "jinja2")],
            keywords=KEYWORDS,
        )
        for name, _line, message, _comments, _context in found:
            yield f"{room}/{name}", message if isinstance(message, str) else message[0]


def test_no_phrase_lacks_its_chinese() -> None:
    chinese = catalogue(Language.CHINESE)
    said = list(phrases())
    assert len(said) > 500, "the phrases were not found where they stand"
    missing = {(place, one) for place, one in said if chinese.gettext(one) == one}
    worded = {pair for pair in missing if re.search("[A-Za-z]{2}", pair[1])}
    assert {pair for pair in worded if pair[1] not in SAME_IN_BOTH} == set()


def test_the_chinese_fills_no_place_the_english_lacks() -> None:
    chinese = catalogue(Language.CHINESE)
    for place, one in phrases():
        extra = set(PLACE.findall(chinese.gettext(one))) - set(PLACE.findall(one))
        assert extra <= HALVES, (place, one)


def test_a_phrase_is_filled_in_either_language() -> None:
    assert say(Language.ENGLISH, "Done {time} by {who}", time="08:12", who="Mum") == (
        "Done 08:12 by Mum"
    )
    assert say(Language.CHINESE, "Done {time} by {who}", time="08:12", who="妈妈") == (
        "08:12 已完成（妈妈）"
    )


HALVES = {"{systolic}", "{diastolic}"}  # Chinese names 高压 and 低压 where English says 128/82
SAME_IN_BOTH = frozenset({"Telegram"})
