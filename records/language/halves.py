"""The two halves of a pressure, each with its name: 高压128低压82, 128 systolic 82 diastolic."""

from collections.abc import Iterator

from records.language.line import Line
from records.language.pairing import value_of
from records.language.tags import Tag
from records.vocabulary import Code


def halves(line: Line) -> Iterator[tuple[int, int]]:
    """Yield each upper number with the lower one of the same line, in their order."""
    upper = _labelled(line, Tag.SYSTOLIC)
    lower = _labelled(line, Tag.DIASTOLIC)
    pairs = zip(upper, lower, strict=False)
    yield from [(high, low) for high, low in pairs if _belongs(line, min(high, low))]


def _belongs(line: Line, place: int) -> bool:
    """Say whether the halves are pressures and not, say, temperatures: large enough, no unit."""
    value = value_of(line.token(place))
    codes = line.codes(place + 1)
    return value is not None and (not codes or Code.BLOOD_PRESSURE in codes)


def _labelled(line: Line, tag: Tag) -> list[int]:
    names = frozenset({Tag.SYSTOLIC, Tag.DIASTOLIC})
    numbers = [i for i in range(len(line.tokens)) if line.free(i)]
    if _named_behind(line, [i for i, t in enumerate(line.tokens) if t.tags & names]):
        after = [(i, after_unit(line, i)) for i in numbers]
        return [i for i, label in after if line.is_word(label, tag)]
    before = [(i, line.label_before(i, names)) for i in numbers]
    return [i for i, label in before if label is not None and line.is_word(label, tag)]


def _named_behind(line: Line, labels: list[int]) -> bool:
    """Say whether the halves are named behind their numbers: 128 systolic 82 diastolic."""
    labels = [k for k in labels if any(line.free(k + step) for step in (-2, -1, 1, 2))]
    if not labels:
        return False
    number = any(line.free(labels[0] - back) for back in (1, 2))
    behind = labels[-1] + 1 + (line.mark(labels[-1] + 1) in (":", "="))
    return number and not line.free(behind + line.is_word(behind, Tag.NEUTRAL))


def after_unit(line: Line, place: int) -> int:
    """Return the place behind a number and the unit of pressure that may follow it."""
    unit = line.unit(place + 1)
    millimetres = unit is not None and unit.text == "mm"  # 139/88mm
    pressed = Code.BLOOD_PRESSURE in line.codes(place + 1) or millimetres
    return place + 2 if pressed else place + 1
