"""Numbers as people write them: figures, Chinese numerals, English number words."""

import re
from dataclasses import dataclass
from decimal import Decimal

HAN = "零一二两三四五六七八九十百千万"
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_HAN_PLACES = {"十": 10, "百": 100, "千": 1000}
_ONES = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"oh": 0}
_TENS = {
    w: (i + 2) * 10
    for i, w in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
} | {"fourty": 40}
ENGLISH = frozenset(_ONES) | frozenset(_TENS) | {"hundred"}
FIGURES = re.compile(r"\d+(?:\.\d+|,\d(?![\d,]|\.\d)|,\d\d(?=\s?(?:m|kg|mmol|米|公斤)(?![a-z])))?")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?=\s*(?:steps|步))")
GROUPED = re.compile(r"\d{1,2}(?:,\d{3})(?![\d,]|\.\d)")
"""Thousands parted by a comma; only beside a word for steps, where no decimal is meant."""
HAN_RUN = re.compile(f"[{HAN}]+(?:点[{HAN[:11]}]+)?")
SLIPPED = re.compile(r"(?=[oil]*\d)(?=\d*[oil])[\doil]{2,3}(?![a-z\d])")
"""Figures with a letter that looks like one: 13o, l28."""
_SLIPS = str.maketrans("oil", "011")
LONGEST = 6
"""More figures than this are no reading."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a line; `value` is None where no number can be made of it."""

    value: Decimal | None
    decimals: int = 0
    spelled: bool = False
    by_digit: bool = False

    @property
    def whole(self) -> bool:
        """Say whether it was written without a point."""
        return self.decimals == 0


def from_figures(text: str) -> Number:
    """Read figures with a point or a decimal comma; an absurd length has no value."""
    whole, _, part = text.replace(",", ".").partition(".")
    if len(whole) > LONGEST or len(part) > LONGEST:
        return Number(None, len(part))
    return Number(Decimal(text.replace(",", ".")), len(part))


def from_slipped(text: str) -> Number:
    """Read figures with a letter among them; they are proposed, never taken as read."""
    return Number(Decimal(text.translate(_SLIPS)), by_digit=True)


def _han_whole(text: str) -> int | None:
    """Read a numeral with places; 一百三 is 130, 一百零三 is 103; None where it is no numeral."""
    if "万" in text:
        head, _, tail = text.partition("万")
        high = _han_whole(head) if head else None
        if high is None:
            return None
        if len(tail) == 1 and tail in _HAN_DIGITS:
            return high * 10000 + _HAN_DIGITS[tail] * 1000
        low = _han_whole(tail.lstrip("零")) if tail else 0
        return None if low is None else high * 10000 + low
    return _han_below_ten_thousand(text)


def _han_below_ten_thousand(text: str) -> int | None:
    total, digit, last, zero = 0, -1, 10000, False
    for char in text:
        if char in _HAN_PLACES:
            place = _HAN_PLACES[char]
            if place >= last or (digit < 0 and place != 10):
                return None
            total, last, digit = total + (1 if digit < 0 else digit) * place, place, -1
        elif digit > 0:
            return None
        else:
            digit, zero = _HAN_DIGITS[char], zero or char == "零"
    if digit <= 0:
        return total
    short = last in (100, 1000) and not zero
    return total + digit * (last // 10 if short else 1)


def from_han(text: str) -> Number:
    """Read a Chinese numeral; figures said one by one (一三五) are marked so."""
    whole, _, part = text.partition("点")
    if len(text) > 12:
        return Number(None, spelled=True)
    by_digit = len(whole) > 1 and all(c in _HAN_DIGITS for c in whole)
    if by_digit:
        value: int | None = int("".join(str(_HAN_DIGITS[c]) for c in whole))
    else:
        value = _han_whole(whole)
    if value is None:
        return Number(None, spelled=True)
    figures = "".join(str(_HAN_DIGITS[c]) for c in part)
    return Number(Decimal(f"{value}.{figures}" if part else value), len(part), True, by_digit)


def from_english(words: list[str]) -> tuple[Number, int] | None:
    """Read one number from the front of the words, and say how many words it took."""
    value, used = _english_whole(words)
    if not used:
        return None
    part = ""
    if used + 1 < len(words) and words[used] == "point" and words[used + 1] in _ONES:
        used += 1
        while used < len(words) and words[used] in _ONES and _ONES[words[used]] < 10:
            part += str(_ONES[words[used]])
            used += 1
    text = f"{value}.{part}" if part else str(value)
    return Number(Decimal(text), len(part), spelled=True), used


def _below_hundred(words: list[str]) -> tuple[int, int]:
    if words and words[0] in _TENS:
        if len(words) > 1 and 0 < _ONES.get(words[1], 0) < 10:
            return _TENS[words[0]] + _ONES[words[1]], 2
        return _TENS[words[0]], 1
    if words and words[0] in _ONES:
        return _ONES[words[0]], 1
    return 0, 0


def _english_whole(words: list[str]) -> tuple[int, int]:
    """Read "one hundred and twenty eight", "one twenty eight" and "one oh five" alike."""
    first, used = _below_hundred(words)
    rest = words[used:]
    if words[:2] == ["a", "hundred"]:
        first, used, rest = 1, 1, words[1:]
    if not used or not 0 < first < 10 or not rest:
        return first, used
    if rest[0] == "hundred":
        more = rest[2:] if rest[1:2] == ["and"] else rest[1:]
        low, taken = _below_hundred(more)
        return first * 100 + low, used + (len(rest) - len(more)) + taken if taken else used + 1
    if rest[0] == "oh" and len(rest) > 1 and 0 < _ONES.get(rest[1], 0) < 10:
        return first * 100 + _ONES[rest[1]], used + 2
    low, taken = _below_hundred(rest)
    return (first * 100 + low, used + taken) if first < 3 and low >= 10 else (first, used)
