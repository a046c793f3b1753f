"""What looks like a unit behind a number and is none: 76 HR 64, 3 in the morning, 88 feet flat."""

import re
from collections.abc import Sequence

from records.language.tags import Tag
from records.language.tokens import Kind, Token

_WORD_OR_YEAR = re.compile(r"\s(?:[a-z]|(?:19|20)\d\d\b|\d+ ?(?:h|min|day|week|sec))")
_COUNTED = re.compile(r"[天周年月日次种点回遍]|个?(?:小时|星期|月)")
_NEXT_NUMBER = re.compile(r"[\s:=-]*\d")


def is_no_unit(line: str, tokens: Sequence[Token], places: tuple[int, int, int]) -> bool:
    """Say whether the letters behind a number are of what follows it, not its unit.

    `places`: where the number ends, and where the letters begin and end.
    """
    end, start, stop = places
    spelling = line[start:stop]
    if spelling[0] in "'\"" and (end < start or _closes_a_pair(tokens)):
        return True
    if spelling in ("feet", "foot") and _closes_a_pair(tokens):  # 146/88 feet flat
        return True
    if spelling == "两" and _COUNTED.match(line, stop):  # 37.9两天了
        return True
    spoken = spelling == "in" and end < start and _WORD_OR_YEAR.match(line, stop)
    if spoken and not _of_length(tokens):
        return True
    if not _NEXT_NUMBER.match(line, stop):
        return False
    paired = bool(tokens) and tokens[-1].kind is Kind.MARK
    alone = spelling in ("hr", "p", "second", "下")
    return alone or (spelling in ("bpm", "beats", "t") and paired)


def _of_length(tokens: Sequence[Token]) -> bool:
    """Say whether a waist or a height is being told: waist 38 in today."""
    return any(t.tags & {Tag.WAIST, Tag.HEIGHT} for t in tokens[-4:])


def _closes_a_pair(tokens: Sequence[Token]) -> bool:
    """Say whether the number just cut ends a pressure, so that a quote after it is a quote."""
    return bool(tokens) and tokens[-1].text in ("/", "\\")
