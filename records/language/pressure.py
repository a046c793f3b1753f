"""Blood pressures in a line: pairs, labelled halves, glued figures, and the pulse beside them."""

from decimal import Decimal

from records.language.halves import after_unit, halves
from records.language.line import Found, Line
from records.language.pairing import (
    ask_chain,
    bare_before,
    is_chain,
    may_be_pulse,
    named_behind,
    pulse,
    pulse_after,
    second,
    value_of,
)
from records.language.pressure_values import (
    from_kilopascal,
    in_mmhg,
    may_be_kilopascal,
    plausible,
    proposed,
    reading,
    with_points,
)
from records.language.tags import Tag
from records.language.things import is_score_or_size, is_strength
from records.language.tokens import Kind
from records.language.understanding import Reading, Reason
from records.vocabulary import Code

_LABEL = frozenset({Tag.BP})
_MMHG_LEAST = 40  # no upper pressure in mm[Hg] is smaller


def find(line: Line) -> None:
    """Find every pressure and put it into the line."""
    for high, low in halves(line):
        span = min(high, low), after_unit(line, max(high, low))
        _add(line, high, low, span, labelled=True)
    i = 0
    while i < len(line.tokens):
        i = max(i + 1, _pulse_first(line, i) or _pair_at(line, i) or 0)
    _pointed(line)
    _glued(line)


# --- pairs: 128/82 ---


def _pair_at(line: Line, i: int) -> int | None:
    """Read a pair that begins here, with the pulse that follows; return the place after it."""
    if not line.free(i):
        return None
    low = second(line, i)
    if low is None:
        return None
    if is_strength(line, i, low):
        line.keep_in_name(i, low + 1)
        return low + 1
    if is_score_or_size(line, i, low):
        line.explain(i, low)
        return low + 1
    if not _looks(line, i, low):
        return None
    label = line.label_before(i, _LABEL | {Tag.DIASTOLIC})
    end = after_unit(line, low)
    if end == low + 1 and line.unit(end) and line.codes(end) != (Code.HEART_RATE,):
        return None
    if _is_pain(line, i, low, label):
        return None
    label = named_behind(line, end) if label is None else label
    high = value_of(line.tokens[i])
    known = label is not None or end > low + 1 or bool(high and _said_unit(line, high))
    bare_before(line, i)
    if is_chain(line, end):
        return ask_chain(line, i, low, end)
    _add(line, i, low, (i, end), labelled=known, separator=line.mark(low - 1))
    return pulse_after(line, end, labelled=known)


def _pulse_first(line: Line, i: int) -> int | None:
    """Ask about three bare numbers of which only the last two can be a pressure: 70 120 80."""
    values = [value_of(line.token(k)) for k in (i, i + 1, i + 2)]
    bare = all(line.free(k) and not line.unit(k + 1) for k in (i, i + 1, i + 2))
    first, high, low = values
    if not bare or first is None or high is None or low is None or line.free(i + 3):
        return None
    if plausible(first, high) or not plausible(high, low) or not may_be_pulse(first):
        return None
    readings = (reading(high, low), pulse(first))
    line.add(Found(readings, i, i + 3, True, Reason.UNEXPLAINED_DIGITS))
    return i + 3


def _looks(line: Line, i: int, j: int) -> bool:
    """Say whether two numbers have the look of a pressure: a slash, a label, or the right sizes."""
    high, low = value_of(line.tokens[i]), value_of(line.tokens[j])
    between = {t.text for t in line.tokens[i + 1 : j]}
    labelled = line.label_before(i, _LABEL) is not None
    labelled = labelled or named_behind(line, after_unit(line, j)) is not None
    if high is None or low is None:
        return labelled and bool(between)
    if between & {"/", "\\", "over", "除以", "su", "на"} or Code.BLOOD_PRESSURE in line.codes(
        j + 1
    ):
        return (
            labelled
            or not _small(high, low)
            or bool(line.codes(j + 1))
            or may_be_kilopascal(high, low)
        )
    third = labelled and j + 1 < len(line.tokens)
    sizes = plausible(high, low) or plausible(low, high)
    whole = all(t.number and t.number.whole for t in (line.tokens[i], line.tokens[j]))
    if "." in between or "。" in between or ":" in between or "和" in between or "and" in between:
        return labelled and sizes and whole
    return (sizes and whole) or (labelled and not third and not (high < 30 and low < 20))


def _small(high: Decimal, low: Decimal) -> bool:
    """Say whether both are too small for mm[Hg]: a date, a dose, a score."""
    return 0 < max(high, low) < 60


def _is_pain(line: Line, i: int, j: int, label: int | None) -> bool:
    """Say whether the pair is a score out of ten, not 11.6/10.0 kPa."""
    high, low = value_of(line.tokens[i]), value_of(line.tokens[j])
    kilopascals = Code.BLOOD_PRESSURE in line.codes(j + 1)
    return label is None and not kilopascals and low == 10 and high is not None and high <= 10


def _add(
    line: Line, high: int, low: int, span: tuple[int, int], *, labelled: bool, separator: str = ""
) -> None:
    readings, doubt = _judged(line, high, low, labelled=labelled, separator=separator)
    weak = labelled and not any(line.codes(p) for p in range(*span)) and _only_weak(line, span[0])
    line.add(Found(readings, *span, labelled, doubt, weak))


def _only_weak(line: Line, start: int) -> bool:
    label = line.label_before(start, _LABEL | {Tag.DIASTOLIC, Tag.SYSTOLIC})
    return label is not None and line.is_word(label, Tag.WEAK)


def _judged(
    line: Line, high: int, low: int, *, labelled: bool, separator: str
) -> tuple[tuple[Reading, ...], Reason | None]:
    """Say what two numbers are: a pressure, or what is to be asked."""
    a, b = line.tokens[high].number, line.tokens[low].number
    if a is None or b is None or a.value is None or b.value is None:
        return (), Reason.OUT_OF_RANGE
    unit = _pressure_unit(line, low) or _pressure_unit(line, high) or _said_unit(line, a.value)
    if unit == "kPa":
        return from_kilopascal(a.value, b.value)
    if a.by_digit or b.by_digit:
        return proposed(a.value, b.value), Reason.DIGIT_BY_DIGIT
    if not (a.whole and b.whole):
        return with_points(a.value, b.value)
    readings, doubt = in_mmhg(a.value, b.value)
    if doubt is None and not labelled and separator in "|:.*_&+" and separator:
        doubt = Reason.SEPARATOR
    return readings, doubt


def _said_unit(line: Line, high: Decimal) -> str | None:
    """Return kilopascals where the line names them apart from a small number: in kPa: 18.5/12.1."""
    named = "kpa" in line.text or "千帕" in line.text
    return "kPa" if named and high < _MMHG_LEAST else None


def _pressure_unit(line: Line, place: int) -> str | None:
    token = line.unit(place + 1)
    return token.unit.ucum if token and token.unit else None


# --- pointed and glued: 128.82, 12882 ---


def _pointed(line: Line) -> None:
    """Read a point between two pressures (BP 128.82): no pressure has hundredths."""
    for i, token in enumerate(line.tokens):
        high, _, low = token.text.partition(".")
        if not line.free(i) or len(low) < 2 or line.unit(i + 1):
            continue
        a, b = Decimal(high), Decimal(low)
        if line.label_before(i, _LABEL) is not None and plausible(a, b):
            line.add(Found((reading(a, b),), i, i + 1, True))


def _glued(line: Line) -> None:
    """Ask about five or six figures that stand alone and split into a pressure."""
    if line.found:
        return
    for i, token in enumerate(line.tokens):
        number = token.number
        if not line.free(i) or number is None or number.value is None or not number.whole:
            continue
        text = str(number.value) if number.by_digit else token.text
        if not text.isdigit() or len(text) not in (4, 5, 6):
            continue
        named = line.label_before(i, _LABEL) is not None or named_behind(line, i + 1) is not None
        alone = named or _alone(line, i)
        cut = 3 if len(text) > 4 else 2
        a, b = Decimal(text[:cut]), Decimal(text[cut:])
        if alone and plausible(a, b) and not line.unit(i + 1):
            line.add(Found((reading(a, b),), i, i + 1, True, Reason.GLUED))


def _alone(line: Line, i: int) -> bool:
    return all(k == i or t.kind in (Kind.MARK, Kind.MOMENT) for k, t in enumerate(line.tokens))
