"""Scores out of ten, and the words a glucose meter shows instead of a number."""

import re

from records.findings import guidelines
from records.language.line import Found, Line
from records.language.mealtime import context_of
from records.language.tags import Tag
from records.language.tokens import Kind
from records.language.understanding import Reading, Stated
from records.vocabulary import Code

_SCORING = (
    "is", "was", "a", "at", "of", "level", "score", "about", "around",
    "是", "为", "有", "约", "评分", "程度",
)  # fmt: skip
_AT_MOST = ("满分", "总分", "最高")
_HURTS = frozenset({Tag.PAIN, Tag.SYMPTOM})


def find_pain(line: Line, i: int) -> bool:
    """Read a score out of ten beside a word of pain; beside anything else it is no reading."""
    number = line.tokens[i].number
    if number is None or number.value is None or number.value > 10:
        return False
    if line.tokens[i - 1].text in _AT_MOST and i:
        line.explain(i, i + 1 if line.token(i + 1) else i)
        return True
    end = _out_of_ten(line, i)
    begin, stop = _where_it_hurts(line, i, end or i + 1)
    hurts = any(line.is_word(p, Tag.PAIN) for p in range(begin, stop))
    aches = any(line.is_word(p, *_HURTS) for p in range(begin, stop))
    if end is None:
        near = line.label_before(i, frozenset({Tag.PAIN}))
        if near is None or line.unit(i + 1) or not _close(line, near, i):
            return False
        end = i + 1 + (line.token(i + 1) is not None and line.tokens[i + 1].text in ("分", "级"))
    if not (hurts or aches):
        line.keep_in_name(i, end)
        return True
    line.add(Found((Reading(Code.PAIN, number.value, unit="{score}"),), i, end, True))
    return True


def _where_it_hurts(line: Line, i: int, end: int) -> tuple[int, int]:
    """Return the clause of a score; one that holds nothing else belongs to the whole line."""
    begin, stop = line.clause_of(i)
    words = [
        t
        for t in (*line.tokens[begin:i], *line.tokens[end:stop])
        if t.kind in (Kind.WORD, Kind.UNKNOWN)
    ]
    alone = all(t.tags & {Tag.NEUTRAL, Tag.OVER, Tag.COMPARE} for t in words)
    return (0, len(line.tokens)) if alone else (begin, stop)


def _close(line: Line, label: int, i: int) -> bool:
    """Say whether only words of a score stand between: back pain is a 6, not: since 3."""
    between = line.tokens[label + 1 : i]
    return all(t.kind is Kind.MARK or t.text in _SCORING or t.moment for t in between)


def _out_of_ten(line: Line, i: int) -> int | None:
    for j in (i + 2, i + 3):
        token = line.token(j)
        between = "".join(t.text for t in line.tokens[i + 1 : j])
        if (
            token
            and token.number
            and token.number.value == 10
            and between in ("/", "outof", "of", "out of")
        ):
            return j + 1
    following = line.token(i + 1)
    return i + 2 if following and following.text == "分" else None


def find_meter_words(line: Line) -> None:
    """Read the meter's own words for beyond its range: HI and LO."""
    for i, token in enumerate(line.tokens):
        if token.text not in ("hi", "lo"):
            continue
        shown = line.label_before(i, frozenset({Tag.GLUCOSE, Tag.METER}))
        labelled = shown is not None and (
            line.has(Tag.GLUCOSE) or line.tokens[shown].text != "says"
        )
        alone = len(line.tokens) == 1 or line.has(Tag.METER)
        shouted = (
            alone
            and re.search(rf"(?<![A-Za-z]){token.text.upper()}(?![A-Za-z])", line.typed) is not None
        )
        if labelled or shouted:
            limits = guidelines.PLAUSIBLE[Code.GLUCOSE]
            value = limits.high if token.text == "hi" else limits.low
            reading = Reading(
                Code.GLUCOSE, value, unit="mmol/L", text=token.text.upper(),
                context=context_of(line, i), stated=Stated(None, None, token.text.upper()),
            )  # fmt: skip
            line.add(Found((reading,), i, i + 1, True))
