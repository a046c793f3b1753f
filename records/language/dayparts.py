"""Words for the days just past and the parts of a day, with the hour each stands for."""

import re

_PARTS = {
    7: "this morning|morning|in the morning|朝早|今朝|晨早|早上|早晨|清晨|今早|早起|"
    "凌晨|一大早|a.m.|am|this am",
    10: "上午|forenoon",
    12: "noon|at noon|中午|midday|lunchtime",
    15: "afternoon|this afternoon|in the afternoon|下午|pm|p.m.|午后",
    20: "evening|this evening|in the evening|tonight|tonite|2nite|night|at night|"
    "晚上|傍晚|今晚|夜里|夜间|晚间|半夜",
}
_DAYS = {
    0: (
        "today|tdy|2day|今天|今日|just now|now|今早|今晚|tonight|tonite|2nite|this morning|"
        "this evening|this afternoon"
    ),
    1: "yesterday|ystd|yest|昨天|昨日|last night|yesterday's|昨晚|昨夜|昨早|yday",
    2: "前天|the day before yesterday|day before yesterday|前晚|前日",
}
_NIGHT = ("last night", "昨晚", "昨夜", "前晚")


def _words() -> dict[str, tuple[int | None, int | None]]:
    words: dict[str, tuple[int | None, int | None]] = {}
    for hour, phrases in _PARTS.items():
        for phrase in phrases.split("|"):
            words[phrase] = (None, hour)
    for ago, phrases in _DAYS.items():
        for phrase in phrases.split("|"):
            words[phrase] = (ago, words.get(phrase, (None, None))[1])
    for phrase in _NIGHT:
        words[phrase] = (words[phrase][0], 21)
    return words


WORDS = _words()
WORD = re.compile(
    "|".join(
        (rf"(?<![a-z]){re.escape(w)}(?![a-z])" if w[0].isascii() else re.escape(w))
        for w in sorted(WORDS, key=len, reverse=True)
    )
)
