"""Numbers that are told of people at large: what is normal, what a doctor says, what was read."""

import re

from records.language.line import Found, Line
from records.language.scope import QUESTION, spoken
from records.language.tags import LABELS, Tag

_NORMAL_FIRST = re.compile(
    r"(?:正常|标准|参考|理想|normal(?!ly)|healthy|typical|ideal)[^\d]{0,24}\d"
)
_CITED = re.compile(
    r"\b(?:guidelines?|articles?|stud(?:y|ies)|according to|books?|leaflet|internet|websites?|"
    r"google|newspaper|magazine|i (?:read|heard) that|they say|adults|people|"
    r"a (?:healthy |normal )?(?:person|adult|human)|humans?|the body|everyone|experts?|"
    r"wikipedia|on tv|(?:in|on) the (?:paper|papers|news|radio|tv)|"
    r"(?:a|some|one) (?:man|woman|guy|lady|patient|person) (?:had|has|with|got|whose)|"
    r"someone has)\b|"
    r"书上|文章|指南|网上|新闻|听说|据说|电视(?:上|里|说|讲|报)|专家|报纸|百度|科普|论文|说明书|研究|成年人|成人|一般人|普通人|健康人|多数人|人们|大家"
)
_ADVICE = re.compile(
    r"\b(?:doctor|dr|gp|nurse)\b[^\d]{0,24}(?<![a-z])\d[^,;]{0,10}\bis\b|"
    r"(?:医生|大夫)[^\d,。]{0,6}\d[\d/.]*(?:太|对|正好|合适|算|最)|"
    r"^(?:take|call|rest|stop|see|go|wait|skip)\b.*\b(?:when|if|once)\b|"
    r"\d[^,。;\d]{0,4}(?:时|的时候|就)(?:要|得|该)?(?:吃|服|打|去|叫|停)"
)
_OWN = re.compile(r"\b(?:my|mine)\b|我")
_NORMAL_LAST = re.compile(
    r"\d[^\d]{0,30}(?:is|are|算|是|为|属于)\s?(?:a |the )?(?:normal|healthy|正常|标准|average)|"
    r"从\s?\d[\d/.]*\s?(?:开始|起)|"
    r"\d[^\d,。;]{0,6}(?:之间)?(?:属于|属|叫做?|称为|定义为|视为)|"
    r"\d[^\d,.;]{0,12}\b(?:is|are|counts as) (?:considered|classed|defined|called|regarded|known)\b"
)


_FOUND_NORMAL = re.compile(
    r"(?:体温|血压|血糖|心率|血氧|脉搏)(?:很|都|也|挺|比较|基本)?正常[,。;:!]\s?\d|"
    r"\b(?:temp|temperature|bp|blood pressure|sugar|pulse|glucose|sats?)(?: is| was)? "
    r"(?:back to )?normal[,;:. ]+\d"
)
"""What was measured and found normal: temperature normal 36.6."""


_BACK_TO_NORMAL = re.compile(r"(?:back to|回到|恢复|was|feels?|不)\s?(?:normal|正常)")

_SAYS = re.compile(
    r"\b(?:say|says|said|saying|tell|tells|told|write|writes|wrote|state|states|stated|claims?|"
    r"claimed|recommends?|according|that)\b|[说讲写称道据]|:$"
)
"""A citation that goes on in the next sentence: the article says."""
_LABELS = frozenset({*LABELS, Tag.MEASURE, Tag.SELF})


_AT_LARGE = re.compile(
    r"^(?:how|why|what|which|can|could|do|does|is|are|will|would)\b.*\b(?:causes?|caused|"
    r"leads? to|triggers?|makes?|affects?|damages?|means?|helps?|prevents?|treats?|"
    r"(?:hurts?|harms?) (?:the|your|our|a)|(?:symptoms?|signs?|side effects?) of)\b|"
    r"(?:为什么|为啥|怎么|什么|会|能|可能|容易|是不是)[^,。]{0,8}(?:引起|导致|造成|引发|诱发|让人|使人)|"
    r"(?:是|属于).{0,8}的?(?:副作用|症状|前兆)(?:吗|么|吧|[?])"
)


def asks_at_large(line: Line) -> bool:
    """Say whether a line asks what makes people unwell: why does salt cause swelling?"""
    about_oneself = line.has(Tag.SELF, Tag.RED) or _OWN.search(line.text)
    return not about_oneself and _AT_LARGE.search(spoken(line.text)) is not None


def is_statement(line: Line) -> bool:
    """Say whether the line tells what is normal instead of what was measured."""
    if line.found:
        return all(is_stated(line, f) for f in line.found)
    return _states(line.text)


def set_aside(line: Line) -> None:
    """Take out the numbers that are told of people at large beside the person's own."""
    for found in [f for f in line.found if is_stated(line, f)]:
        line.found.remove(found)


def is_stated(line: Line, found: Found) -> bool:
    """Say whether the sentence of a reading tells of people at large."""
    return _states(_text(line, *line.sentence_of(found.start)))


def follows_a_citation(line: Line, found: Found) -> bool:
    """Say whether a reading may go on with what was cited: on tv they spoke of it. 120/80."""
    begin, end = line.sentence_of(found.start)
    before = line.sentence_of(begin - 2) if begin > 1 else (0, 0)
    if not _is_cited(_text(line, *before)) or line.numbered(*before):
        return False
    words = line.tokens[begin:end]
    named = any(t.tags & _LABELS for t in words)
    return not named or _SAYS.search(_text(line, *before)) is not None


def _text(line: Line, begin: int, end: int) -> str:
    if begin >= end:
        return ""
    return line.text[line.tokens[begin].start : line.tokens[end - 1].end]


def _is_cited(text: str) -> bool:
    return _CITED.search(text) is not None and not _OWN.search(text)


def _states(text: str) -> bool:
    if _NORMAL_FIRST.search(text) and not _BACK_TO_NORMAL.search(text):
        return not _FOUND_NORMAL.search(text)
    if _ADVICE.search(text) or _is_cited(text):
        return True
    return _NORMAL_LAST.search(text) is not None and not QUESTION.search(spoken(text))
