"""Whether numbers are told of a time gone by, or of what is usual, and not of now."""

import re

from records.language.line import Line
from records.language.tags import LABELS, Tag
from records.vocabulary import Code

_FORMER = re.compile(
    r"\b(?:was|were|previous|prior|from|before)\b[^\d]{0,12}\d.*\b(?:now|to|today)\b[^\d]{0,12}\d|"
    r"(?:原来|之前|本来|从)[^\d]{0,8}\d.*(?:现在|到|降)[^\d]{0,6}\d"
)


def is_former(line: Line, place: int) -> bool:
    """Say whether the clause of a number tells what is usual or was before."""
    begin, end = line.clause_of(place)
    return any(line.is_word(i, Tag.HISTORY, Tag.WAS) for i in range(begin, end))


def was_and_is(line: Line) -> bool:
    """Say whether a former reading is told with the present one: was 80 kg, now 78."""
    return _FORMER.search(line.text) is not None and len(line.found) > 1


_PAST = re.compile(
    r"(?<!down )(?<!up )\b(?:last (?:year|month|week)|used to|in (?:19|20)\d\d|"
    r"(?:old|previous|prior|former|past) (?:reading|bp|blood|weight|sugar|value|number|result)|"
    r"last (?:christmas|spring|summer|autumn|fall|winter|visit|appointment|check-?up|time)|"
    r"years? ago|months? ago|weeks? ago|highest|lowest|all week|usually|on average|"
    r"averag(?:e|es|ed|ing)|avg|when i was|younger|back then|most days|maximum|record high|"
    r"in (?:january|february|march|april|june|july|august|september|october|november|december|"
    r"spring|summer|autumn|winter)|"
    r"(?:mean|median|peak|max|usual|baseline|normal) "
    r"(?:bp|blood|pulse|sugar|glucose|hr|heart|weight)|"
    r"before (?:the|my|taking|starting)[^,.;\d]{0,12}"
    r"(?:pills?|tablets?|meds|medicines?|medication|treatment) (?:it|bp|i|my \w+) was|"
    r"(?:when i|after i) (?:got married|married|graduated|retired|left (?:school|home)|had my \w+)|"
    r"before i (?:started|began)|(?:from|during) (?:19|20)\d\d|first ever|back when|"
    r"in the (?:army|navy|air force)|(?:when|while) in hospital|in hospital they|"
    r"as a (?:\w+ )?(?:student|child|kid|teen\w*|boy|girl|man|woman|soldier)|at my wedding|"
    r"(?:before|during|prior to) (?:the |my )?"
    r"(?:pregnancy|stroke|surgery|operation|covid|accident|illness|treatment)|"
    r"a (?:few|couple of) (?:years|months|weeks) back|(?:years|months|weeks) back|in the past|"
    r"earlier this year|(?<!come )(?<!came )(?<!go )back in|"
    r"at diagnosis|(?:was|when) (?:first )?diagnosed|"
    r"my (?:usual|normal|baseline)|normally|typically|tends? to|runs (?:at|around|about)|"
    r"previously|always|\d years|sometimes|in general|"
    r"at (?:1[3-9]|[2-9]\d)(?=,? (?:my|i)\b)|at (?:the )?age|in my (?:\w+ )?\w+(?:ties|teens)"
    r")\b|\d岁(?:时|那年|的时候|那会儿?)|(?:19|20)\d\d年(?!\d)|"
    r"去年|怀孕(?:时|那|的时候)|上个?月|最大心率|上个?(?:周|星期)(?![一二三四五六日天])|以前|曾经|最高|最低|从前|前年|前几天|过去|年轻|平时|通常|"
    r"小时候|平常|基础血压|一般(?=\d)|(?:怀孕|中风|手术|生病|发病|治疗)前|经常|往常|原来|总是|年前|个月前|上次|上回|住院时|当年|那时|当时|前阵子|这几天|一般是|一般都|平均|"
    r"(?:结婚|毕业|当兵|退休|上学|高中|初中|小学|大学|生孩子|生完|坐月子)(?:的?时候?|那会|那年|那天|后|前)?(?=[^,。;\d]{0,4}\d)|"
    r"(?:[一二三四五六七八九十]{1,2}|\d{1,2})月份|孕前|(?:出院|入院)(?:时|那天|的时候)|最(?:差|糟|好)的(?:时候|一次)|"
    r"历史|一直|最近|前几年|前些年|前两年|[几多]年前|早些年|早年|往年|以往|先前|早先|年初|上半年|大前年|"
    r"前几个月|前几周|前一阵|前段时间|确诊时|发现高血压时|那会儿|头几年"
)


_THAN_BEFORE = re.compile(
    r"比(?:上|昨|前|以前|之前|原来|平时|去年)[^,。;\d]*|\b(?:than|compared (?:to|with)) [^,.;\d]*|"
    r"\b(?:up|down) (?:from|on|since) [^,.;\d]*"
)


_LABELS = frozenset(LABELS)
_OPENS_BEFORE = re.compile(
    r"(?:(?:it|i) )?(?:was|were|before|previously|used to be|formerly|last (?:week|"
    r"month|year|time)|"
    r"normally|usually)\b|"
    r"以前|之前|原来|上次|上周|上个?月|去年|平时|原先|从前"
)
_BRACKET = re.compile(r"\([^()]*\)")


_ITS = r"\d+(?:\.\d+)?(?:\s?/\s?\d+(?:\.\d+)?)?"
_AGO = (
    r"last (?:week|month|year|night|time|visit)|(?:a|\d+) (?:day|week|month|year)s? ago|yesterday|"
    r"before|in [a-z]+|on [a-z]+"
)
_BESIDE = re.compile(
    rf"(?<=\d)(?P<lead>[^\d]{{0,14}}?[ ,(])(?:(?:down|up) from {_ITS}"
    rf"(?:\s?[a-z%]+)?\)?(?: (?:{_AGO}))?|"
    rf"(?:vs\.?|versus|compared (?:to|with)|against) {_ITS}(?: ?[a-z%]+)? (?:{_AGO}))"
)
"""A former value beside the present one: 77 kg, down from 78.5; 136/82 vs 151/94 last month."""


_KILOS = r"\d+(?:\.\d+)?\s?(?:kg|kgs|kilos|lbs?|pounds|公斤|千克|斤)?\s?"
_CAME = re.compile(
    rf"(?P<han>(?:体重|重量)[^\d,。;]{{0,4}}?)[从由]{_KILOS}"
    rf"(?P<down>[^\d,。;]{{0,3}}[降减瘦掉升涨增长胖][^\d,。;]{{0,3}}[到至]了?)(?=\s?\d)|"
    rf"(?P<went>\bweight\b[^\d,.;]{{0,16}}\b(?:went|gone|come|came|dropped|fell|fallen|rose|risen|"
    rf"moved|increased|decreased|reduced|is|was|down|up)(?: down| up)? )from {_KILOS}"
    rf"(?P<to>(?:down |up )?to )(?=\d)"
)
"""A weight told with the one it came from: weight went from 70 kg to 68.5."""


def without_start(text: str) -> str:
    """Return the line without the weight that a present one came from."""
    return _CAME.sub(lambda m: f"{m['han'] or m['went']}{m['down'] or m['to']}", text)


def set_aside(line: Line) -> None:
    """Explain the numbers that tell of before: 84.2 kg (last week 85), down from 85."""
    came = _CAME.search(line.text)
    if came is not None:
        inside = range(came.start(), came.end())
        told = (i for i, t in enumerate(line.tokens) if t.start in inside)
        line.explain(*(i for i in told if line.tokens[i].number or line.unit(i)))
    for beside in _BESIDE.finditer(line.text):
        inside = range(beside.end("lead"), beside.end())
        told = (i for i, t in enumerate(line.tokens) if t.start in inside)
        line.explain(*(i for i in told if line.tokens[i].number or line.unit(i)))
    for bracket in _BRACKET.finditer(line.text):
        if not _is_before(bracket[0]) or not re.search(r"\d", line.text[: bracket.start()]):
            continue
        inside = range(bracket.start(), bracket.end())
        line.explain(*(i for i, t in enumerate(line.tokens) if t.start in inside and t.number))
    for begin, end in line.clauses()[1:]:
        numbers = [i for i in range(begin, end) if line.tokens[i].number]
        named = any(t.tags & _LABELS for t in line.tokens[begin:end])
        alone = len(numbers) == 1 and not named and line.numbered(0, begin)
        if alone and _begins_before(line, begin):
            line.explain(*numbers, *(i + 1 for i in numbers if line.unit(i + 1)))


def _begins_before(line: Line, begin: int) -> bool:
    """Say whether a later clause opens with a time gone by: …, before it was 71; …, 以前83."""
    return _OPENS_BEFORE.match(line.text, line.tokens[begin].start) is not None


def is_aside(line: Line, place: int) -> bool:
    """Say whether a word stands in a later clause that tells of before."""
    begin, end = line.clause_of(place)
    known = not any(line.free(i) for i in range(begin, end))
    return begin > 0 and known and _begins_before(line, begin)


_COMPARES = re.compile(
    r"\b(?:lower|higher|better|worse|less|more|same|similar|like|than)\b|差不多|一样|相同|比|[更偏]|好[一点些]|"
    r"[高低][了一点些]|没变"
)


def _compared(line: Line) -> str:
    """Return the line without its later clauses that only compare: 128/82, my usual is lower."""
    last = max((f.end for f in line.found), default=len(line.tokens))
    spans = [(line.tokens[a].start, line.tokens[b - 1].end) for a, b in line.clauses() if a >= last]
    text = line.text
    for start, end in reversed(spans):
        if _COMPARES.search(text[start:end]) and not re.search(r"\d", text[start:end]):
            text = text[:start] + text[end:]
    return text


def _told_now(line: Line) -> str:
    """Return the line without the brackets and clauses that tell of before."""
    aside = [
        (line.tokens[a].start, line.tokens[b - 1].end)
        for a, b in line.clauses()[1:]
        if _begins_before(line, a) and not any(line.free(i) for i in range(a, b))
        and not any(a <= f.start < b for f in line.found)
    ]  # fmt: skip
    if aside:
        return line.text[: aside[0][0]] + line.text[aside[-1][1] :]
    if _BESIDE.search(line.text):
        return _BESIDE.sub(" ", line.text)
    text = _compared(line)
    return _BRACKET.sub(lambda m: " " if _is_before(m[0]) and m.start() else m[0], text)


def _is_before(text: str) -> bool:
    return (
        _PAST.search(text) is not None
        or re.search(r"\b(?:was|previous|prior)\b|上次|之前", text) is not None
    )


_HABIT = re.compile(r"每天|天天|每晚|\b(?:every|each) (?:day|night)\b|\b(?:a|per) (?:day|night)\b")
_DAILY = frozenset({Code.STEPS, Code.SLEEP})


def _is_habit(line: Line) -> bool:
    """Say whether steps or hours of sleep are told as a habit: 每天走8000步."""
    return _HABIT.search(line.text) is not None and any(
        r.code in _DAILY for f in line.found for r in f.readings
    )


def is_history(line: Line) -> bool:
    """Say whether the line tells of a time gone by, or of what is usual."""
    if _is_habit(line):
        return True
    return _PAST.search(_THAN_BEFORE.sub("", _told_now(line))) is not None
