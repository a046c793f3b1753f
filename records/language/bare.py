"""Numbers that stand alone: what the chat last asked for, a glucose by its point, or a question."""

from dataclasses import replace
from decimal import Decimal

from records.language import quantity
from records.language.amending import amended
from records.language.commands import corrects
from records.language.doubts import is_aged
from records.language.line import Found, Line
from records.language.living import MOOD_NOUNS
from records.language.tags import LABELS, Tag
from records.language.tokens import Kind, Token
from records.language.understanding import Expect, Reading, Reason, Understanding
from records.language.urgency import urgency
from records.vocabulary import Code

_QUIET = frozenset(
    {Tag.NEUTRAL, Tag.PART, Tag.SELF, Tag.SYMPTOM, Tag.MEASURE, Tag.MOOD, Tag.TAKEN, Tag.CORRECTS}
)
_VAGUE = {Tag.COMPARE, Tag.HISTORY, Tag.BETWEEN}


def bare_numbers(line: Line, told: tuple[Reading, ...]) -> Understanding | None:
    """Settle a line whose one number has neither label nor unit; None where it has more to it."""
    free = [i for i in range(len(line.tokens)) if line.free(i)]
    if line.found or not _quiet(line, set() if len(free) < 2 else _VAGUE):
        return None
    if corrects(line.text) and line.context.last:
        put_right = amended(line, free)
        if put_right is not None:
            return _watched(line, put_right)
    if len(free) == 1 and not line.unit(free[0] + 1):
        return _one(line, free[0], told)
    if len(free) == 1 and line.tokens[free[0] + 1].text in ("mg", "毫克"):
        return _milligrams(line, free[0])
    if free and all(is_aged(line, i) for i in free):
        return Understanding(Expect.IGNORE)
    if len(free) > 1 and all(not line.unit(i + 1) for i in free) and _sizes(line, free):
        return Understanding(Expect.ASK, told, Reason.BARE_NUMBER)
    return None


def _watched(line: Line, put_right: Understanding) -> Understanding:
    """Keep an amended value urgent where it is so."""
    urgent = urgency(line, put_right.readings) if put_right.expect is Expect.STORE else None
    return replace(put_right, expect=Expect.URGENT, reason=urgent) if urgent else put_right


def _milligrams(line: Line, i: int) -> Understanding | None:
    """Ask whether milligrams that stand alone are a glucose in mg/dL: no medicine is named."""
    number = line.tokens[i].number
    if number is None or number.value is None or not 40 <= number.value <= 400:
        return None
    readings, doubt = quantity.judged(Code.GLUCOSE, number.value, "mg/dL")
    return None if doubt else Understanding(Expect.ASK, readings, Reason.UNIT_UNCLEAR)


def _sizes(line: Line, free: list[int]) -> bool:
    values = [t.value for i in free if (t := line.tokens[i].number)]
    return any(v is None or v >= 30 or v != v.to_integral() for v in values)


def _quiet(line: Line, vague: set[Tag]) -> bool:
    """Say whether every word around the number is one that says nothing about it."""
    quiet = _QUIET | {Tag.OTHER} | vague
    for token in line.tokens:
        if token.kind in (Kind.UNKNOWN, Kind.FOREIGN) or (
            token.tags & {Tag.FOREIGN, Tag.ASKS} - {Tag.NEUTRAL} and not token.tags & {Tag.NEUTRAL}
        ):
            return False
        if token.kind is Kind.WORD and not token.tags & quiet and not _amending(line, token):
            return False
        if token.kind is Kind.MARK and token.text in "?+=*%$@":
            return False
    return True


def _amending(line: Line, token: Token) -> bool:
    """Say whether a word belongs to a correction: 不是128, should be 138."""
    return corrects(line.text) and (Tag.NOT in token.tags or token.text == "should be")


def _one(line: Line, i: int, told: tuple[Reading, ...]) -> Understanding | None:
    number = line.tokens[i].number
    if number is None or number.value is None:
        return Understanding(Expect.ASK, told, Reason.OUT_OF_RANGE)
    if isinstance(line.context.question, Code) and line.context.question in LABELS.values():
        return _answer(line, i, line.context.question)
    if is_aged(line, i):
        return Understanding(Expect.IGNORE)
    if line.is_word(i - 1, Tag.MOOD) and line.tokens[i - 1].text in MOOD_NOUNS:
        return None
    if line.has(Tag.OTHER) and not number.decimals:
        return None
    if number.decimals and not number.spelled:
        return _with_point(line, i, number.value)
    if line.tokens[i].text.startswith("0") or (number.spelled and number.value < 20):
        return None
    return Understanding(Expect.ASK, told, Reason.BARE_NUMBER)


def _answer(line: Line, i: int, code: Code) -> Understanding | None:
    """Take the number for what the chat asked; it is judged like any labelled one."""
    number = line.tokens[i].number
    if number is None or number.value is None:
        return None
    if code in (Code.BLOOD_PRESSURE, Code.SYSTOLIC, Code.DIASTOLIC):
        return Understanding(Expect.ASK, reason=Reason.LOWER_MISSING)
    readings, doubt = quantity.judged(code, number.value, None, line.context.usual(code))
    line.add(Found(readings, i, i + 1, True, doubt))
    return None


def _with_point(line: Line, i: int, value: Decimal) -> Understanding | None:
    """Take a number with a point as glucose where it can be nothing else of the body."""
    readings, doubt = quantity.judged(Code.GLUCOSE, value, None)
    if value > 20 or len(line.tokens[i].text.partition(".")[2]) > 1:
        warm = quantity.judged(Code.TEMPERATURE, value, None)
        either = warm[0] if warm[1] is None else ()
        return Understanding(Expect.ASK, either, Reason.BARE_NUMBER)
    line.add(Found(readings, i, i + 1, False, doubt))
    return None
