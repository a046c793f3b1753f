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
_LABELS = frozenset(LABELS)


def kept(line: Line) -> list[Found]:
    """Return the readings that are of the person all the same; a doubtful one is asked about."""
    readings = [f for f in line.found if _certain(line, f) or _apart(line, f)]
    return readings or [
        replace(f, doubt=Reason.UNKNOWN_WORDS) for f in line.found if _begins_alone(line, f)
    ]


def _begins_alone(line: Line, found: Found) -> bool:
    """Say whether a reading has a sentence of its own: it rained. Mine was 128/82."""
    begin, end = line.clause_of(found.start)
    label = line.label_before(found.start, _LABELS)
    strange = any(
        t.tags & {Tag.FOREIGN, Tag.FOOD} or t.kind is Kind.FOREIGN for t in line.tokens[begin:end]
    )
    opens = label == begin or line.is_word(begin, Tag.SELF)
    return opens and line.mark(begin - 1) in (".", "!", "。", "\n") and not strange


def _certain(line: Line, found: Found) -> bool:
    """Say whether a reading is named by a word of its own, or as the person's: my temperature."""
    label = line.label_before(found.start, _LABELS)
    own = label is not None and line.is_word(label - 1, Tag.SELF)
    return found.labelled and (not found.weak or own)


def _apart(line: Line, found: Found) -> bool:
    """Say whether a reading stands with its label in a clause of its own: …, bp before 144/82."""
    begin, end = line.breath_of(found.start)
    words = line.tokens[begin:end]
    strange = any(t.tags & {Tag.FOREIGN} or t.kind is Kind.FOREIGN for t in words)
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
    return line.has(Tag.FOREIGN) or money or (dosed and unlabelled and _drug_near(line))


def _drug_near(line: Line) -> bool:
    """Say whether a number is the strength of a medicine: right behind its name, or a dose."""
    for found in line.found:
        last = found.start - 1 - line.is_word(found.start - 1, Tag.NEUTRAL)
        named = line.is_word(last, Tag.DRUG) or line.is_word(found.end, Tag.DRUG)
        if not found.labelled and (named or line.uses(found.end, Use.DOSE)):
            return True
    return False
