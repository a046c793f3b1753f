"""Which label a number belongs to: the one before it, the one behind it, or one carried over."""

from records.language.line import Line
from records.language.tags import LABELS, MEALTIMES, Tag
from records.language.tokens import Kind
from records.vocabulary import Code

_ALL = frozenset(LABELS)
_MEALTIMES = frozenset(MEALTIMES)
_GOODS = frozenset({Tag.MEDICINE, Tag.DRUG, Tag.FOREIGN})


def label_of(line: Line, i: int) -> int | None:
    """Find the label of a number: the one before it, else the one right after it."""
    before = line.label_before(i, _ALL)
    if before is not None:
        return before
    slept = [k for k in range(i) if line.is_word(k, Tag.SLEEP)]
    if slept and line.codes(i + 1) == (Code.SLEEP,) and not line.found:
        return slept[0]
    carried = _carried(line, i)
    if carried is not None:
        return carried
    place = i + 1 + (line.unit(i + 1) is not None)
    for _ in range(3):
        if line.is_word(place, *_ALL) and not _spoonfuls(line, i, place):
            following = line.token(place + 1)
            named = following is not None and (
                following.kind is Kind.UNKNOWN or bool(following.tags & _GOODS)
            )  # 50 sugar strips, 4 glucose tablets
            next_ = any(f.start == place + 1 for f in line.found)
            taken = named or next_ or line.free(place + 1) or line.mark(place + 1) == ":"
            return None if taken else place
        joins = line.is_word(place, Tag.OVER, Tag.SELF) or line.mark(place)
        if joins or not line.is_word(place, Tag.NEUTRAL, Tag.LEVEL, *_MEALTIMES):
            return None
        place += 1
    return None


def _carried(line: Line, i: int) -> int | None:
    """Carry a label over a comma to a number that has a clause to itself: 血糖有点高，9.8."""
    begin, end = line.clause_of(i)
    after = i + 1 + (line.unit(i + 1) is not None)
    alone = begin == i and end == after
    told = alone or (_came_to(line, i, after) and _measures(line, begin - 2))
    for place in range(begin - 2, max(-1, begin - 8), -1) if told else ():
        if line.is_word(place, *_ALL):
            return place
        if not line.is_word(place, Tag.LEVEL, Tag.NEUTRAL):
            return None
    return None


def _came_to(line: Line, i: int, after: int) -> bool:
    """Say whether a clause only says what came of measuring: it was 38.2, 飙到18.6了."""
    begin, end = line.clause_of(i)
    words = [*range(begin, i), *range(after, end)]
    return all(line.is_word(k, Tag.NEUTRAL, Tag.CHANGE) or _reaches(line, k) for k in words)


def _reaches(line: Line, k: int) -> bool:
    verb = line.tokens[k].kind is Kind.UNKNOWN
    return verb and k + 1 < len(line.tokens) and line.tokens[k + 1].text in ("to", "at", "到", "至")


def _measures(line: Line, place: int) -> bool:
    """Say whether the clause at a place tells that something was measured: took my temp."""
    begin, end = line.clause_of(max(place, 0))
    return any(line.is_word(k, Tag.MEASURE, Tag.VOUCH, Tag.TAKE) for k in range(begin, end))


def _spoonfuls(line: Line, i: int, label: int) -> bool:
    """Say whether a count stands before sugar: 2 sugars in my tea."""
    number = line.tokens[i].number
    counted = number is not None and number.whole and number.value is not None
    sugar = line.tokens[label].text in ("sugar", "sugars", "糖")
    return counted and sugar and number is not None and (number.value or 0) <= 20
