"""Numbers that are aimed at: a goal, a limit, what somebody was told to keep to."""

import re

from records.language.former import without_start
from records.language.line import Line
from records.language.scope import spoken
from records.language.tags import LABELS, Tag

_SIGNS = frozenset(LABELS)
_GOT = frozenset({"got", "get", "had", "saw", "measured"})
_EQUALS = frozenset({"is", "are", "as", "for", "which", "that", "是", "为"})
_TO_REACH = re.compile(
    r"\bkeep(?:ing)?\b[^,.;\d]{0,24}\b(?:below|under|above|between|at|around|within|less than)\b|"
    r"\b(?:want|wish|like)\b(?! to (?:record|log|add|save|note|enter|tell|report))[^,.;\d]{0,24}"
    r"\b(?:be|get|reach|weigh|have|was|were)\b|"
    r"\b(?:want|told|ask|advise|like|prefer|need|expect)(?:s|ed|d)? "
    r"(?:me|us|it|my \w+) (?:to \w+ )?"
    r"(?:below|under|at|around|between|less than|over|above)\b|\bexpect(?:ing|ed)?\b|"
    r"\b(?:lose|reduce|lower|bring|cut)\b[^,.;\d]{0,24}\bto \d|\btrying for\b|"
    r"\bwant(?:s|ed|ing)? (?:my |a |the |her |his )?(?:bp|blood pressure|sugar|weight|pulse|a1c) "
    r"(?:of |at )?\d(?!.*\b(?:record|log|diary|note)\b)|"
    r"\b(?:need|needs|require|requires|want|wants) (?:at least |about |around |a )?\d|"
    r"(?:要|得|应该?|须|需要?)(?:走|睡|达到|坚持)[^,。;\d]{0,3}\d|"
    r"(?:应该?|要|得|最好|必须|需要?)(?:低于|小于|少于|不超过|控制|保持|在\d)|"
    r"(?:能|盼|盼着|会)[^,。;\d]{0,6}[到至]\s?\d|\d[^,。;\d]{0,3}就好|等[^,。;\d]{0,6}\d[\d/.]*[^,。;\d]{0,3}[再就]|"
    r"(?:要|想|希望|争取|盼着?|必须|应该?|努力|目标)[^,。;\d]{0,6}(?:降|减)[到至]"
)
_PUT_RIGHT = re.compile(
    r"(?:[^\d,.!]{0,24}[,.!:] )?"
    r"(?:(?:no|oops|sorry|wrong|typo|mistake|correction|"
    r"actually|my bad|ah|oh)\b[ ,.!:;-]*)*"
    r"(?:(?:it|that|this) )?should (?:be|read|have)\b"
)
"""A number put right is no target: oops, that should be 131/83."""
_TO_KEEP = re.compile(
    r"\b(?:wants?|needs?) (?:[\w/.]+ ){0,4}(?:saved|recorded|logged|noted|kept|added|entered|"
    r"written)\b"
)


def is_target(line: Line) -> bool:
    """Say whether the numbers are aimed at, not measured."""
    if _PUT_RIGHT.match(spoken(line.text)):
        return False
    if _TO_KEEP.search(line.text):
        return False
    if _TO_REACH.search(without_start(line.text)):
        return True
    for i, token in enumerate(line.tokens):
        if Tag.TARGET in token.tags and token.text != "under":
            return True
        sign = line.is_word(i - 1, Tag.GLUCOSE, Tag.SPO2, Tag.PULSE)
        if token.text == "under" and not sign and not line.is_word(i + 1, Tag.FOREIGN):
            return any(line.tokens[k].number for k in range(i + 1, len(line.tokens)))
    return False


def is_aimed(line: Line, place: int) -> bool:
    """Say whether the clause of a number is about a target, or says nothing of a measurement."""
    if _stands_first(line, place):
        return False
    if _wished_later(line, place):
        return False
    begin, end = line.breath_of(place)
    words = [line.tokens[i] for i in range(begin, end)]
    measured = any(t.tags & (_SIGNS | {Tag.MEASURE}) or t.moment for t in words)
    got = any(t.text in _GOT for t in words) and any(Tag.SELF in t.tags for t in words)
    measured = measured or got
    reach = _TO_REACH.search(without_start(line.text[words[0].start : words[-1].end])) is not None
    return not measured or reach or any(Tag.TARGET in t.tags for t in words)


_NAMES_IT = (
    "target",
    "goal",
    "aim",
    "limit",
    "threshold",
    "ideal",
    "目标",
    "目标值",
    "标准",
    "上限",
    "下限",
)


def _wished_later(line: Line, place: int) -> bool:
    """Say whether only a later clause without a number wishes: 128/82, hope that helps."""
    wishes = [i for i, t in enumerate(line.tokens) if Tag.TARGET in t.tags]
    if not wishes:
        return False
    begin = line.clause_of(wishes[0])[0]
    return (
        begin > place
        and not line.numbered(begin, len(line.tokens))
        and not any(line.tokens[i].text in _NAMES_IT for i in wishes)
    )


def _stands_first(line: Line, place: int) -> bool:
    """Say whether a labelled number comes before its goal: BP 140/86 goal 130/80."""
    begin, end = line.clause_of(place)
    goals = [i for i in range(begin, end) if Tag.TARGET in line.tokens[i].tags]
    if not goals or place > goals[0] or not line.numbered(goals[0], end):
        return False
    if any(line.tokens[i].text in _EQUALS for i in range(place, goals[0])):
        return False
    label = next((i for i in range(begin, place) if line.tokens[i].tags & _SIGNS), None)
    opens = label is not None and all(
        Tag.SELF in t.tags or Tag.NEUTRAL in t.tags or t.moment for t in line.tokens[begin:label]
    )
    return opens and not line.numbered(begin, label or begin)
