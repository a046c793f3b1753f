"""Whether a line tells of what is still to come: a plan, a day ahead, a date that may be two."""

from records.language.line import Line
from records.language.tags import Tag
from records.language.tokens import Kind
from records.language.understanding import Reason

_DAYS = ("tomorrow", "next week", "next month", "明天", "后天", "下周", "下个月", "明早", "明晚")


def doubtful_time(line: Line) -> Reason | None:
    """Return why the time of the readings is not plain: two days meant, or a day to come."""
    now = line.context.now
    for token in line.tokens:
        if token.moment and token.moment.unclear:
            return Reason.DATE_UNCLEAR
        if token.moment and token.moment.day and token.moment.day > now.date():
            return Reason.FUTURE
    planned = (i for i, t in enumerate(line.tokens) if Tag.PLAN in t.tags)
    return None if all(_planned_apart(line, i) for i in planned) else Reason.NOT_NOW


def _planned_apart(line: Line, place: int) -> bool:
    """Say whether a later clause tells what is meant to come: 128/82, will check again later."""
    begin, end = line.clause_of(place)
    last = max((f.end for f in line.found), default=0)
    said = (t for t in line.tokens[begin:end] if t.text not in _DAYS)
    done = any(t.kind is Kind.UNKNOWN or t.tags - {Tag.NEUTRAL, Tag.SELF} for t in said)
    return begin >= last and done and not line.numbered(begin, end)
