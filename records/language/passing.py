"""Words and numbers beside a reading that say nothing of it: when, how one sat, a price."""

from records.language import former, targets
from records.language.line import Line
from records.language.slips import is_near
from records.language.tags import Tag
from records.language.tokens import Kind

_WHILE = ("after", "before", "while", "during", "since", "because", "following", "post")
_THEN = ("后", "前", "之后", "之前", "以后", "以前", "时", "的时候", "时候", "完", "回来")
_MONEY = "$€£¥₡₭₹"


def told_apart(line: Line, i: int) -> bool:
    """Say whether a price or a call stands in a breath of its own: Taxi was $18, BP 150/88."""
    token = line.tokens[i]
    if token.kind is not Kind.FOREIGN or not (token.text[0] in _MONEY or token.text[0].isalpha()):
        return False
    begin, end = line.breath_of(i)
    return not any(begin <= f.start < end for f in line.found)


def in_passing(line: Line, place: int) -> bool:
    """Say whether a word only says when a reading was taken: 128/82 after shovelling, 洗完碗后."""
    if line.tokens[place].kind is not Kind.UNKNOWN or not line.found:
        return False
    if line.is_word(place + 1, Tag.BP, Tag.GLUCOSE) and is_near(line.tokens[place].text, "blood"):
        return True
    if former.is_aside(line, place) or _only_corrects(line, place) or _of_posture(line, place):
        return True
    if targets.is_target(line) and targets.is_aimed(line, place):
        return True
    last = max(f.end for f in line.found)
    if place >= last:
        begin = max(last, line.clause_of(place)[0])
        return any(line.tokens[i].text in _WHILE for i in range(begin, place))
    first = min(f.start for f in line.found)
    begin, end = line.clause_of(place)
    then = [i for i in range(place, min(end, first)) if line.tokens[i].text in _THEN]
    return bool(then) and then[0] - place <= 4


def _of_posture(line: Line, place: int) -> bool:
    """Say whether a later clause without a reading tells how one sat: 146/88, legs crossed."""
    begin, end = line.clause_of(place)
    parts = any(line.is_word(i, Tag.BODY, Tag.PART, Tag.REST) for i in range(begin, end))
    later = begin >= max(f.end for f in line.found)
    return later and parts and not line.numbered(begin, end)


def _only_corrects(line: Line, place: int) -> bool:
    """Say whether a clause without a reading only says that one was wrong: sorry typed it wrong."""
    begin, end = line.clause_of(place)
    corrects = any(line.is_word(i, Tag.CORRECTS) for i in range(begin, end))
    return corrects and not line.numbered(begin, end)


def counted_in_passing(line: Line, place: int) -> bool:
    """Say whether a small number belongs to what went before a reading: after 2 flights."""
    number, last = line.tokens[place].number, max((f.end for f in line.found), default=0)
    small = number is not None and number.whole and number.value is not None and number.value < 10
    begin = max(last, line.clause_of(place)[0])
    behind = line.token(place + 1)
    said = behind is not None and behind.kind in (Kind.WORD, Kind.UNKNOWN)
    after = any(line.tokens[i].text in _WHILE for i in range(begin, place))
    return bool(last) and place > last and small and said and after
