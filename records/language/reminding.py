"""The hours and the thing in "remind me at 8" and 提醒我早上8点; and a clock somebody reads out."""

import re
from collections.abc import Iterator
from datetime import time

from records.language.text import normalised

LONGEST = 24  # characters of a line that says the time and nothing else
_HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = r"\d{1,2}|十[一二]?|[一二两三四五六七八九]"
_PART = (
    r"(?P<part>早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里|今晚|"
    r"morning|noon|afternoon|evening|night)?"
)
_CHINESE = re.compile(
    rf"{_PART}\s*(?P<hour>{_NUMBER})\s*(?:点钟?|时)\s*(?:(?P<half>半)|(?P<minute>[0-5]?\d)分?)?"
)
_CLOCK = re.compile(
    rf"(?:{_PART}\s*)(?<![\d.:])(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s*[:.h]\s*(?P<minute>[0-5]\d))?(?![\d:.])\s*"
    r"(?P<half>a\.?m\b\.?|p\.?m\b\.?|o'clock)?"
    r"(?:\s*(?:in the|at)\s+(?P<later>morning|afternoon|evening|night))?"
)
_AFTER_NOON = frozenset(("下午", "傍晚", "晚上", "夜里", "今晚", "afternoon", "evening", "night"))
_TOPICS = (
    ("glucose", re.compile(r"sugar|glucose|血糖|测糖")),
    ("medicine", re.compile(r"medicine|medication|pill|tablet|药")),
    ("check_in", re.compile(r"check.?in|打卡|签到")),
)


def hours_wished(text: str) -> tuple[time, ...]:
    """Return the hours named in a wish to be reminded, in order; a bare 8 is in the morning."""
    line = normalised(text)
    found = list(_times(_CHINESE, line)) or list(_times(_CLOCK, line))
    return tuple(sorted(set(found)))


def topic_wished(text: str) -> str:
    """Return what somebody wants to be reminded of, as the word of a topic; else pressure."""
    line = normalised(text)
    return next((topic for topic, words in _TOPICS if words.search(line)), "pressure")


def clock_read(text: str) -> time | None:
    """Return the one time of day a line is, such as 15:10 or 下午3点10分; None otherwise."""
    found = hours_wished(text)
    return found[0] if len(found) == 1 and len(text.strip()) <= LONGEST else None


def _times(pattern: re.Pattern[str], line: str) -> Iterator[time]:
    for found in pattern.finditer(line):
        hour = _number(found["hour"])
        part = found["part"] or found.groupdict().get("later") or ""
        half = found["half"] or ""
        if (half.startswith("p") or part in _AFTER_NOON) and hour < 12:
            hour += 12
        if half.startswith("a") and hour == 12:
            hour = 0
        minute = 30 if half == "半" else int(found["minute"] or 0)
        if hour < 24:
            yield time(hour, minute)


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    ten = 10 if words.startswith("十") else 0
    return ten + _HAN.get(words.removeprefix("十"), 0)
