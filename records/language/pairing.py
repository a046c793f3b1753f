"""Which numbers of a line stand together: the lower pressure after the upper, the pulse beside."""

from decimal import Decimal

from records.findings import guidelines
from records.language.line import Found, Line
from records.language.pressure_values import plausible, proposed
from records.language.slips import slipped_pulse
from records.language.tags import Tag
from records.language.tokens import Token
from records.language.understanding import Reading, Reason
from records.language.units import tidy
from records.vocabulary import Code

_PULSE = frozenset({Tag.PULSE})
_SLASHES = ("/", "\\")
_BETWEEN = frozenset({"/", "\\", "-", ",", "、", "|", ":", ".", "。", "&", "+", "*", "_", "\n"})


def value_of(token: Token | None) -> Decimal | None:
    """Return the value of a number token."""
    return token.number.value if token and token.number else None


def second(line: Line, i: int) -> int | None:
    """Find the lower number: after a slash, a word like "over", a comma, or only a space."""
    j = i + 1
    if Code.BLOOD_PRESSURE in line.codes(j):
        j += 1
    elif line.unit(j):
        return None
    if line.free(j):
        return None if line.mark(j + 1) in _SLASHES and line.free(j + 2) else j
    steps = 0
    while steps < 3 and _stands_between(line, j):
        j, steps = j + 1, steps + 1
        if line.free(j):
            return None if _leads_to_a_pair(line, i, j) else j
    return None


def _leads_to_a_pair(line: Line, i: int, j: int) -> bool:
    """Say whether a number only stands before a pressure: 67 - 128/81."""
    if line.mark(j + 1) not in _SLASHES or not line.free(j + 2):
        return False
    first, high, low = (value_of(line.tokens[k]) or Decimal(0) for k in (i, j, j + 2))
    return plausible(high, low) and not plausible(first, high)


def _stands_between(line: Line, j: int) -> bool:
    token = line.token(j)
    if token is None:
        return False
    return line.mark(j) in _BETWEEN or Tag.OVER in token.tags or token.text == "ish"


def pulse_after(line: Line, i: int, *, labelled: bool) -> int:
    """Take a third bare number after a pair as the pulse, in its plausible range only."""
    j = i
    while line.mark(j) in ("/", ",", "-", "(", "、", ";", "\\", "[", "@", "\n") and line.mark(j):
        j += 1
    slipped = slipped_pulse(line, j)
    j = j if slipped is None else slipped
    if not line.free(j) or (second(line, j) is not None and line.mark(j + 1) in ("/", "\\")):
        return i
    bare = line.unit(j + 1) is None or line.codes(j + 1) == (Code.HEART_RATE,)
    token = line.tokens[j].number
    if not bare or token is None or token.value is None or not token.whole:
        return i
    if not may_be_pulse(token.value):
        return i
    if _begins_a_pair(line, j):
        return i
    end = j + 1 + (line.unit(j + 1) is not None)
    end += line.mark(end) in (")", "]") and j > i
    line.add(Found((pulse(token.value),), i, end, labelled or slipped is not None))
    return end


def bare_before(line: Line, i: int) -> None:
    """Ask whether a bare number before a pressure is the pulse."""
    at = i - 2 if line.mark(i - 1) in ("-", ",", ":", ";") else i - 1
    value = value_of(line.token(at)) if line.free(at) else None
    if value is None or not may_be_pulse(value) or line.label_before(at, _PULSE) is not None:
        return
    line.add(Found((pulse(value),), at, i, True, Reason.UNEXPLAINED_DIGITS))


def _begins_a_pair(line: Line, j: int) -> bool:
    """Say whether a number is the upper one of the next pair: 138 85 132 82."""
    low = second(line, j)
    if low is None:
        return False
    a, b = value_of(line.tokens[j]), value_of(line.tokens[low])
    return a is not None and b is not None and plausible(a, b)


def may_be_pulse(value: Decimal) -> bool:
    """Say whether a number can be a pulse at rest."""
    return guidelines.PLAUSIBLE[Code.HEART_RATE].holds(value)


def pulse(value: Decimal) -> Reading:
    """Make a pulse."""
    return Reading(Code.HEART_RATE, tidy(value), unit="/min")


def is_chain(line: Line, end: int) -> bool:
    """Say whether two more numbers hang on a pair by slashes: 139/88/77/66."""
    slashed = line.mark(end) == line.mark(end + 2) == "/"
    return slashed and line.free(end + 1) and line.free(end + 3)


def ask_chain(line: Line, i: int, low: int, end: int) -> int:
    """Propose both pressures of a chain, neither of them taken as read."""
    values = [value_of(line.tokens[k]) for k in (i, low, end + 1, end + 3)]
    a, b, c, d = (Decimal(0) if v is None else v for v in values)
    readings = (*proposed(a, b), *proposed(c, d))
    line.add(Found(readings, i, end + 4, True, Reason.UNEXPLAINED_DIGITS))
    return end + 4


def named_behind(line: Line, place: int) -> int | None:
    """Find the label right behind a pressure that no number of its own follows: 138/84 bp."""
    named = line.is_word(place, Tag.BP) and not line.is_word(place, Tag.WEAK)
    following = line.token(place + 1)
    taken = following is not None and (following.number is not None or following.text in (":", "="))
    return place if named and not taken else None
