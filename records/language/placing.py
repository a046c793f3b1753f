"""When each reading of a line was taken."""

from dataclasses import replace

from records.language.circumstances import circumstances
from records.language.line import Found, Line
from records.language.moment import Moment, at, in_words
from records.language.tags import Tag
from records.language.tokens import Kind
from records.language.understanding import Reading


def placed(line: Line, found: Found) -> tuple[Reading, ...]:
    """Give the readings the moment and the circumstances the line states for them."""
    meant = _meant(line, found.start)
    when = at(meant, line.context.now) if meant else None
    said = in_words(meant, line.context.now) if meant else ""
    return tuple(
        replace(r, at=when, about=circumstances(line, found, r, said)) for r in found.readings
    )


def _meant(line: Line, place: int) -> Moment | None:
    """Join the moments before a place; where the line begins with a reading, those after it."""
    moments = [(i, t.moment) for i, t in enumerate(line.tokens) if t.moment]
    if not moments:
        return None
    first = min((f.start for f in line.found), default=place)
    if moments[0][0] < first:
        return _joined([m for i, m in moments if i <= place])
    after = [m for i, m in moments if i > place and not _another(line, place, i)]
    mine = [m for i, m in moments if not _of_another_clause(line, place, i)]
    return _joined([m for m in after if m in mine] if after else mine)


def _another(line: Line, place: int, moment: int) -> bool:
    """Say whether a different reading stands between this one and the moment."""
    codes = {f.start: f.readings[0].code for f in line.found if f.readings}
    mine = codes.get(place)
    return any(place < start < moment and code == mine for start, code in codes.items())


def _of_another_clause(line: Line, place: int, moment: int) -> bool:
    """Say whether the moment stands in a later clause that tells something else."""
    begin, end = line.clause_of(moment)
    if begin <= place < end:
        return False
    said = (t for t in line.tokens[begin:end] if t.kind in (Kind.WORD, Kind.UNKNOWN))
    return any(Tag.NEUTRAL not in t.tags for t in said)


def _joined(moments: list[Moment]) -> Moment:
    meant = Moment()
    for moment in moments:
        fresh = moment.clock is not None and meant.clock is not None
        both_parts = fresh and moment.guessed and meant.guessed and moment.day is None
        meant = Moment(meant.day).joined(moment) if both_parts else meant.joined(moment)
    return meant
