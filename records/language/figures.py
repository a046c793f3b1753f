"""Figures with a shape of their own: in words, in a count, in feet, with a comma in thousands."""

import re

from records.language import numbers

MIXED = re.compile(
    r"b/p|spo2|sp02|sao2|hba1c|hb1ac|hgba1c|hba1|a1c|o2(?=[\s:=]|sat|\d{2})|b12|h2o|e\d\b|covid-19|omega[- ]3|2型|1型|type [12]\b|q\d\b"  # noqa: E501 - a pattern is read whole
)
ORDINAL = re.compile(
    r"(?:1st|2nd|3rd|[4-9]th)(?![a-z])|第[一二三四五1-9](?:次|遍|回|组)|[①②③]|\(?[1-9]\)(?=\s?\d{2,3}/)|#[1-9](?=[\s:])|(?:reading|take|no\.?) ?[1-3](?=[\s:]+\d)|(?<=\n)[1-3][.)](?=\s)|^[1-3][.)](?=\s)"  # noqa: E501 - a pattern is read whole
)
FEET = re.compile(
    r"(?P<ft>[3-7])\s?(?:'|ft|feet|foot|英尺)\s?(?P<in>1[01]|\d)?(?:\.\d)?\s?(?:\"|''|inches|inch|in\b|英寸)?(?!\d)"
)

_STEPS = re.compile(r"\bsteps?\b|步数|走了")


def figures_at(line: str, at: int) -> tuple[str, int] | None:
    """Read the figures at a place without the comma of thousands, and say where they end."""
    grouped = numbers.THOUSANDS.match(line, at)
    if _STEPS.search(line, 0, at):
        grouped = grouped or numbers.GROUPED.match(line, at)
    found = grouped or numbers.FIGURES.match(line, at)
    if found is None:
        return None
    return (found[0].replace(",", "") if grouped else found[0]), found.end()
