"""Why the readings of a line may not be stored before the person has said yes."""

import re

from records.language import people, scope, statements
from records.language.intended import doubtful_time
from records.language.line import Found, Line
from records.language.passing import counted_in_passing, in_passing, told_apart
from records.language.tags import Tag
from records.language.tokens import Kind
from records.language.understanding import Reason
from records.language.units import Use
from records.vocabulary import Code

_NUMBERED = ("day", "number", "no")
_HAN_FIGURES = frozenset("零一二两三四五六七八九")
_AGED = ("i'm", "i am", "im", "aged", "今年", "turned", "turning", "just turned", "刚满", "年满")
_MEASURED = ("was", "were", "came back", "came out", "got", "read")  # by the person, not supposed
_ADVICE_SOUGHT = re.compile(
    r"\b(?:should|shall|must|can|do) i\b|\bwhat (?:now|to do|does (?:this|that|it) mean)\b|"
    r"怎么办|咋办|要不要|需不需要|该不该|用不用"
)
_BODY_WARM = 36  # Cel; cooler than this, a bare temperature may be of the air


def doubt_about(line: Line) -> Reason | None:
    """Return the first reason why these readings may not be stored unasked."""
    if any(people.whose(line, f) is Tag.OTHER for f in line.found):
        return Reason.SEVERAL_PEOPLE
    general = scope.doubt_of_line(line)
    if general:
        return general
    for found in line.found:
        if found.doubt:
            return found.doubt
        if _runs_on(line, found):
            return Reason.UNEXPLAINED_DIGITS
    if _unexplained(line) or only_numbers(line):
        return Reason.UNEXPLAINED_DIGITS
    if scope.is_question(line) and not _asks_after(line):
        return Reason.QUESTION
    if any(statements.follows_a_citation(line, f) for f in line.found):
        return Reason.UNKNOWN_WORDS
    open_ = any(not f.labelled or _of_the_air(line, f) for f in line.found)
    if (open_ and is_strange(line)) or _sweet(line) or _of_a_day(line):
        return Reason.UNKNOWN_WORDS
    return doubtful_time(line)


def _runs_on(line: Line, found: Found) -> bool:
    """Say whether a numeral that no rule has read follows a reading at once: 37度九."""
    behind = line.token(found.end)
    last = line.tokens[found.end - 1]
    if behind is None or behind.kind is not Kind.UNKNOWN:
        return False
    return behind.start == last.end and behind.text in _HAN_FIGURES


def _of_the_air(line: Line, found: Found) -> bool:
    """Say whether a temperature may be of a room or a town: nobody says whose it is."""
    warm = any(r.code is Code.TEMPERATURE for r in found.readings)
    return warm and found.weak and not line.has(Tag.SELF)


def _of_a_day(line: Line) -> bool:
    """Say whether a bare temperature may be one of the air: it was 35C today."""
    if re.match(r"(?:it |today )?feels like|体感", scope.spoken(line.text)):
        return True
    mild = any(
        f.weak and not f.labelled and r.code is Code.TEMPERATURE and (r.value or 0) < _BODY_WARM
        for f in line.found
        for r in f.readings
    )
    return (
        mild
        and re.search(
            r"(?:^|[.!?:,] )(?:it|it's|its|it is|it was|today|yesterday)\b", scope.spoken(line.text)
        )
        is not None
    )


_OF_FOOD = (Code.TEMPERATURE, Code.WEIGHT)  # food has them too


def _sweet(line: Line) -> bool:
    """Say whether "sugar" may be the one in the tea."""
    return any(
        f.weak
        and bool(f.readings)
        and (_by_sugar(line, f) or f.readings[0].code in _OF_FOOD)
        and _with_food(line, f)
        for f in line.found
    )


def _with_food(line: Line, found: Found) -> bool:
    """Say whether food is named in the breath of a reading: sugar 2 and milk, not: had toast."""
    begin, end = _breath(line, found)
    return any(Tag.FOOD in t.tags and Tag.GLUCOSE not in t.tags for t in line.tokens[begin:end])


def _breath(line: Line, found: Found) -> tuple[int, int]:
    """Return the words said with a reading: to the next verb of eating; a point parts more."""
    pointed = found.readings[0].code is Code.GLUCOSE and "." in line.tokens[found.start].text
    begin, end = line.clause_of(found.start) if pointed else line.sentence_of(found.start)
    parts = {"and", "then", "after", "before", "with"} if pointed else set()
    cuts = [
        i for i in range(begin, end) if line.is_word(i, Tag.EAT) or line.tokens[i].text in parts
    ]
    before = [i for i in cuts if i < found.start] if pointed else []
    after = [i for i in cuts if i >= found.end]
    return max(before, default=begin), min(after, default=end)


def _by_sugar(line: Line, found: Found) -> bool:
    if found.readings[0].code is not Code.GLUCOSE:
        return False
    label = line.label_before(found.start, frozenset({Tag.GLUCOSE}))
    return label is not None and line.tokens[label].text in ("sugar", "sugars", "糖")


def _asks_after(line: Line) -> bool:
    """Say whether the question comes after a reading the person claims as the own one."""
    last = max(f.end for f in line.found)
    cut = line.tokens[last - 1].end
    head, tail = line.text[:cut], line.text[cut:].lstrip(" ,.;。")
    first = line.found[0].start
    claims = (i for i in range(line.clause_of(first)[0], first))
    own = any(line.is_word(i, Tag.SELF) or line.tokens[i].text in _MEASURED for i in claims)
    if _asked_first(line):
        return own or all(f.labelled for f in line.found)
    if line.text[cut:].lstrip().startswith("?"):
        return False
    parts = re.split(r"[,.;。!\n]", line.text[cut:], maxsplit=1)
    stopped = len(parts) > 1 and not scope.asks(parts[0])
    seeks = stopped and _ADVICE_SOUGHT.search(tail) is not None
    told = own or (seeks and all(f.labelled for f in line.found))
    apart = stopped or line.text.isascii() or line.text[cut:].startswith(" ")
    return told and apart and (scope.asks(tail) or "right" in tail) and not scope.asks(head)


def _asked_first(line: Line) -> bool:
    """Say whether a sentence of its own asked before: can I eat grapes? my sugar is 7.7."""
    begin = min(line.sentence_of(f.start)[0] for f in line.found)
    rest = line.text[line.tokens[begin].start :]
    return begin > 0 and not line.numbered(0, begin) and not scope.asks(rest)


def only_numbers(line: Line) -> bool:
    """Say whether four or more numbers stand with nothing between: any cut is a guess."""
    kinds = [t.kind for t in line.tokens]
    return any(kinds[i : i + 4] == [Kind.NUMBER] * 4 for i in range(len(kinds) - 3))


def _unexplained(line: Line) -> bool:
    """Say whether figures are left that no rule has explained."""
    for i, token in enumerate(line.tokens):
        if token.kind is Kind.FOREIGN and not token.tags and not told_apart(line, i):
            return True
        if line.free(i) and not _harmless(line, i):
            return True
    return False


def _harmless(line: Line, i: int) -> bool:
    """Say whether a number explains itself: an age, a count, a duration, a former value."""
    if line.uses(i + 1, Use.DURATION, Use.AGE, Use.COUNT) or line.codes(i + 1) == (Code.SLEEP,):
        return True
    if line.uses(i + 1, Use.DOSE):
        return line.has(Tag.DRUG, Tag.MEDICINE, Tag.TAKE)
    if line.uses(i + 1, Use.ELSEWHERE, Use.DISTANCE) or _placed_elsewhere(line, i):
        return True
    if is_aged(line, i):
        return True
    if counted_in_passing(line, i):
        return True
    before = line.token(i - 1)
    if before is not None and before.text in _NUMBERED and not line.unit(i + 1):
        return True
    was = before is not None and Tag.WAS in before.tags and line.mark(i - 2) in ("(", ",")
    was = was or (before is not None and before.text in ("down from", "up from"))
    was = was or (before is not None and before.text == "from" and _went(line))
    return was or line.is_word(i - 1, Tag.CHANGE) or line.is_word(i - 2, Tag.CHANGE)


def _went(line: Line) -> bool:
    """Say whether something went up or down: down to 91 kg from 93."""
    ways = ("down to", "up to", "down", "up")
    return line.has(Tag.CHANGE) or any(t.text in ways for t in line.tokens)


def _placed_elsewhere(line: Line, i: int) -> bool:
    """Say whether a word says what the number is of: room 214, page 12."""
    is_ = line.token(i - 1)
    named = i - 2 if is_ is not None and is_.text in ("is", "was", "at") else i - 1
    return line.is_word(named, Tag.FOREIGN) and not line.unit(i + 1)


def is_aged(line: Line, i: int) -> bool:
    """Say whether a number is somebody's years: I'm 67."""
    number, before = line.tokens[i].number, line.token(i - 1)
    grown = number is not None and number.value is not None and 18 <= number.value <= 110
    other = line.is_word(i - 2, Tag.OTHER) and before is not None and before.text == "is"
    return grown and before is not None and (other or before.text in _AGED)


def is_strange(line: Line) -> bool:
    """Say whether the line holds a word or figures the house does not know."""
    passed = (i for i in range(len(line.tokens)) if in_passing(line, i) or told_apart(line, i))
    aside = set(passed)
    kinds = {t.kind for i, t in enumerate(line.tokens) if i not in aside}
    return Kind.FOREIGN in kinds or (Kind.UNKNOWN in kinds and not _vouched(line))


def _vouched(line: Line) -> bool:
    """Say whether something else in the line says its figures were read off a body."""
    counted = any(t.kind is Kind.UNIT and t.text == "readings" for t in line.tokens)
    signs = counted or any(f.labelled and not f.weak and f.readings for f in line.found)
    pressure = any(Tag.BP in t.tags and Tag.WEAK not in t.tags for t in line.tokens)
    pressed = any(r.code is Code.BLOOD_PRESSURE for f in line.found for r in f.readings)
    return signs or (pressure and pressed) or line.has(Tag.VOUCH, Tag.CARE, Tag.RED, Tag.SYMPTOM)
