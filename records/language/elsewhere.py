"""Lines that speak of something else than a body, and which readings stand apart from it."""

from dataclasses import replace

from records.language.line import Found, Line
from records.language.tags import LABELS, Tag
from records.language.tokens import Kind
from records.language.understanding import Reason
from records.language.units import Use
from records.vocabulary import Code

_SAID = frozenset({Tag.BP, Tag.GLUCOSE, Tag.PULSE, Tag.MEASURE, Tag.VOUCH, Tag.METER})
_SHOWN = ("reading", "readings")
_WHEN = ("after", "before", "during", "while", "whilst", "following", "since")
_THEN = ("后", "之后", "以后", "前", "之前", "以前", "时", "的时候", "完", "回来")
_LABELS = frozenset(LABELS)


def kept(line: Line) -> list[Found]:
    """Return the readings that are of the person all the same; a doubtful one is asked about."""
    sure = [f for f in line.found if _certain(line, f) or _apart(line, f)]
    return [
        f if f in sure else replace(f, doubt=f.doubt or Reason.UNKNOWN_WORDS)
        for f in line.found
        if f in sure or _begins_alone(line, f) or (sure and _goes_on(line, f))
    ]


def _goes_on(line: Line, found: Found) -> bool:
    """Say whether nothing strange is said in the breath of a reading that is told with others."""
    return not _is_strange(line, *line.breath_of(found.start))


def _begins_alone(line: Line, found: Found) -> bool:
    """Say whether a reading has a sentence of its own: it rained. Mine was 128/82."""
    begin = line.sentence_of(found.start)[0]
    later = _is_pressure(found) and not line.numbered(
        line.clause_of(found.start)[1], len(line.tokens)
    )
    later = later and not line.has(Tag.DRUG, Tag.MEDICINE)
    own = (begin > 0 or later) and not _is_strange(line, begin, line.clause_of(found.start)[1])
    return own and not any(Tag.FOOD in t.tags for t in line.tokens[begin : found.start])


def _is_pressure(found: Found) -> bool:
    return found.doubt is None and any(r.code is Code.BLOOD_PRESSURE for r in found.readings)


def _is_strange(line: Line, begin: int, end: int) -> bool:
    return any(
        _speaks_of_else(line, i) or line.tokens[i].kind is Kind.FOREIGN for i in range(begin, end)
    )


def _speaks_of_else(line: Line, place: int) -> bool:
    """Say whether a word is of something else, and not only of when, or an aside in brackets."""
    if Tag.FOREIGN not in line.tokens[place].tags:
        return False
    return not (_occasion(line, place) or _bracketed(line, place) or _of_the_cuff(line, place))


def _of_the_cuff(line: Line, place: int) -> bool:
    """Say whether a clause without a number tells how one sat: arm resting on the table."""
    begin, end = line.clause_of(place)
    held = any(line.tokens[i].tags & {Tag.PART, Tag.REST, Tag.VOUCH} for i in range(begin, end))
    return held and not line.numbered(begin, end)


def _occasion(line: Line, place: int) -> bool:
    """Say whether a word only says when something was measured: after a hot bath, 洗澡后."""
    begin, end = line.clause_of(place)
    before = range(max(begin, place - 4), place)
    since = [i for i in before if line.tokens[i].text in _WHEN and not line.numbered(i, place)]
    then = [i for i in range(place + 1, min(end, place + 4)) if line.tokens[i].text in _THEN]
    return bool(since) or (bool(then) and not line.numbered(place, then[0]))


def _bracketed(line: Line, place: int) -> bool:
    """Say whether a word stands in brackets without a number: 128/82 (new batteries)."""
    opened = [i for i in range(place) if line.mark(i) == "("]
    closed = [i for i in range(place + 1, len(line.tokens)) if line.mark(i) == ")"]
    return bool(opened and closed) and not line.numbered(opened[-1], closed[0])


def _certain(line: Line, found: Found) -> bool:
    """Say whether a reading is named by a word of its own, or as the person's: my temperature."""
    label = line.label_before(found.start, _LABELS)
    own = label is not None and line.is_word(label - 1, Tag.SELF)
    return found.labelled and (not found.weak or own)


def _apart(line: Line, found: Found) -> bool:
    """Say whether a reading stands with its label in a clause of its own: …, bp before 144/82."""
    begin, end = line.breath_of(found.start)
    words = line.tokens[begin:end]
    strange = _is_strange(line, begin, end)
    if any(r.code is Code.STEPS for r in found.readings):
        return not strange or any(Tag.MOVE in t.tags for t in words)
    return not strange and any(t.tags & _SAID or t.text in _SHOWN for t in words)


def is_elsewhere(line: Line) -> bool:
    """Say whether the line speaks of something else than a body."""
    money = any(line.uses(i, Use.ELSEWHERE, Use.DISTANCE) for i in range(len(line.tokens)))
    dosed = any(
        line.is_word(i, Tag.DRUG) or line.uses(i, Use.DOSE) for i in range(len(line.tokens))
    )
    unlabelled = any(not f.labelled for f in line.found)
    strange = any(_speaks_of_else(line, i) for i in range(len(line.tokens)))
    return strange or money or (dosed and unlabelled and _drug_near(line))


def _drug_near(line: Line) -> bool:
    """Say whether a number is the strength of a medicine: right behind its name, or a dose."""
    for found in line.found:
        last = found.start - 1 - line.is_word(found.start - 1, Tag.NEUTRAL)
        named = line.is_word(last, Tag.DRUG) or line.is_word(found.end, Tag.DRUG)
        if not found.labelled and (named or line.uses(found.end, Use.DOSE)):
            return True
    return False
