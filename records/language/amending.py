"""Bare numbers that take back part of what was told last: no, 138 · 138 not 128 · 改成 7.4."""

from dataclasses import replace
from decimal import Decimal

from records.language import quantity
from records.language.line import Line
from records.language.pressure_values import plausible
from records.language.tags import Tag
from records.language.understanding import Expect, Reading, Reason, Understanding
from records.vocabulary import Code

_NEARER = 20  # mm[Hg] or beats; a number this much nearer than another is the one that was meant
_OF_ONE_CUFF = frozenset({Code.BLOOD_PRESSURE, Code.HEART_RATE})


def amended(line: Line, free: list[int]) -> Understanding | None:
    """Return the last reading with its number put right; None where nothing is amended."""
    values = [n.value for i in free if (n := line.tokens[i].number) and n.value is not None]
    old = [v for v in values if any(v in (r.value, r.second) for r in _typed(line))]
    new = [v for v in values if v not in old]
    if len(new) != 1 or len(old) > 1 or len(values) != len(free):
        return None
    offers = _nearest([(r, o) for r in line.context.last for o in _offers(line, r, new[0], old)])
    if not offers:
        return None
    if len(offers) == 1:
        return Understanding(Expect.STORE, tuple(offers), correction=True)
    alternatives = tuple(offers) if len({o.code for o in offers}) == 1 else ()
    return Understanding(Expect.ASK, alternatives, Reason.BARE_NUMBER, correction=True)


def half_amended(line: Line, value: Decimal, tags: frozenset[Tag]) -> Reading | None:
    """Return the last pressure with its named half put right: no, the lower was 85."""
    last = next((r for r in line.context.last if r.code is Code.BLOOD_PRESSURE), None)
    if last is None or last.stated or last.value is None or last.second is None:
        return None
    if Tag.SYSTOLIC in tags and plausible(value, last.second):
        return replace(last, value=value)
    if Tag.DIASTOLIC in tags and plausible(last.value, value):
        return replace(last, second=value)
    return None


def _typed(line: Line) -> list[Reading]:
    """Return the last readings with their numbers as they were typed."""
    return [
        replace(r, value=r.stated.value, second=r.stated.second) if r.stated else r
        for r in line.context.last
    ]


def _offers(line: Line, last: Reading, new: Decimal, old: list[Decimal]) -> list[Reading]:
    if last.code is Code.BLOOD_PRESSURE:
        return _halves(last, new, old)
    typed = last.stated.value if last.stated else last.value
    if old and typed not in old:
        return []
    unit = last.stated.unit if last.stated else last.unit
    readings, doubt = quantity.judged(last.code, new, unit, line.context.usual(last.code))
    return [replace(r, context=last.context, at=last.at) for r in readings if not doubt]


def _nearest(offers: list[tuple[Reading, Reading]]) -> list[Reading]:
    """Return what may be meant; of what a cuff shows at once, only the numbers near the new one."""
    if not all(last.code in _OF_ONE_CUFF for last, _ in offers):
        return [offer for _, offer in offers]
    far = [(_change(last, offer), offer) for last, offer in offers]
    least = min((change for change, _ in far), default=Decimal(0))
    return [offer for change, offer in far if change - least < _NEARER]


def _change(last: Reading, offer: Reading) -> Decimal:
    pairs = ((last.value, offer.value), (last.second, offer.second))
    return sum((abs(a - b) for a, b in pairs if a is not None and b is not None), Decimal(0))


def _halves(last: Reading, new: Decimal, old: list[Decimal]) -> list[Reading]:
    """Put the number in the place of the half it must mean; of both where either may be meant."""
    high, low = last.value, last.second
    if high is None or low is None or last.stated or new != new.to_integral():
        return []
    upper, lower = replace(last, value=new), replace(last, second=new)
    may = [(abs(new - high), upper)] if plausible(new, low) and low not in old else []
    may += [(abs(new - low), lower)] if plausible(high, new) and high not in old else []
    may.sort(key=lambda one: one[0])
    if len(may) == 2 and may[1][0] - may[0][0] >= _NEARER:
        may = may[:1]
    return [reading for _, reading in may]
