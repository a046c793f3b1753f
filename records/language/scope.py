"""Whether the numbers of a line are readings of today at all, or something told about numbers."""

import re

from records.language.former import is_history, was_and_is, without_start
from records.language.line import Found, Line
from records.language.tags import Tag
from records.language.understanding import Reason
from records.vocabulary import Code

_DISREGARDED = re.compile(
    r"\b(?:ignore|disregard|delete|discard|scrap|that was wrong|forget|don't count|doesn't count|wrong person|cancel)\b|"  # noqa: E501 - a pattern is read whole
    r"\bnever mind\b|^(?!.*(?:should be|应该是|改成|改为))[^\d]*\d[\d/., ]*[^\d]*"
    r"(?:\bwrong\b|\bmistake\b|\bincorrect\b|\bmistyped\b|\btypo\b)[^\d]*$|"
    r"^(?!.*(?:应该是|改成|改为))[^\d]*\d[\d/., ]*[^\d]*(?:[量测打看写输弄搞记说报]错|有误)[^\d]*$|"
    r"\b(?:never|didn't|did not|don't|do not) "
    r"(?:say|said|write|wrote|type|typed|send|sent|mean|"
    r"meant|enter(?:ed)?|report(?:ed)?|have|had|get|got|see|saw|hit|reach(?:ed)?) "
    r"(?:that |the |a )?\d|"
    r"没(?:有)?(?:说|写|发|量|输入|到|达到)过?\d|"
    r"^[^\d]*\d[\d/., ]*[^\d,;.]*"
    r"\b(?:not (?:right|correct|true)|isn't right|no good|false|inaccurate)\b|"
    r"^[^\d]*\d[\d/. ]*[^\d,;]{0,4}(?:不对|错了|错的|是错)[^\d]*$|"
    r"\bskip (?:this|that|it)\b|当我没说|没说过|"
    r"^(?:please )?(?:remove|erase|undo|drop|take (?:back|out|off)|strike) "
    r"(?:the|that|my|this) [^\d]*\d|"
    r"不算|作废|忽略|删掉|删除|删了|删去|去掉|撤掉|撤回|划掉|测错|量错|不准|取消|别算|无效|不作数|不要算|不要了|不算了|不用管|不作准"
)
QUESTION = re.compile(
    r"\?|吗|多久|多长时间|什么时候|何时|几点[钟]?[^,。]{0,4}(?:量|测|吃)|怎么|不会是|该不会|难道|莫非|(?<!没)什么(?!都|也)|怎样|多少|如何|是不是|要不要|能不能|呢$|是否|咋样|咋办|"
    r"(正常|高|低|好|行|对|严重|危险|要紧|快|慢|大|胖|瘦|烫|准|重|正)(?:不|没)(?:\1|[呀啊哈呢哦嘛]*(?:[^\w]|$))|"
    r"\b(?:should i|shall i|what (?:do|should|can|does|would|is)|or not)\b|^(?:what|is|are|why|how|when (?!i\b)|which|should(?! (?:be|read|have))|do|does|can|"  # noqa: E501 - a pattern is read whole
    r"could|would|tell me|explain|who|where|"
    r"(?:today|tonight|yesterday),? (?:what if|do you|did you|can you|would|could)|"
    r"did (?:you|i|it|we)|have (?:you|i|we)|"
    r"(?:has|will) (?:my|the|it|he|she|this|that|you|i|anyone)|am i|was it|was that|were they)\b|"
    r"[,.;:!] ?(?:is|are|should|could|would|can|does|do|did|will) "
    r"(?:(?:it|this|that|these|my|i|a|the|you|they)\b|\d)"
)
_OPENING = re.compile(
    r"(?:(?:so|hi|hello|hey|ok|okay|well|btw|hmm|um|er|oh|and|but|doc|doctor|please|"
    r"good (?:morning|afternoon|evening)|morning|dear \w+)[,!. ]+)+"
)
"""Words that only open what is said: well, would 150/90 be bad."""
_CONDITION = re.compile(
    r"\bif\b|\bwhat (?:happens|to do|do i do|should i do|must i do) (?:when|once)\b|"
    r"如果|要是|假如|万一|的话|假设|只要|一旦"
)
_ABOUT = re.compile(r"\b(?:worr\w+|concern\w*|think\w*|ask\w*|know|upset|happy|what|how) about\b")
_RIGHT_NOW = re.compile(r"\bnow\b|现在|刚")


def is_hypothetical(line: Line) -> bool:
    """Say whether the line asks what to do in some case: if it is over 180, what do I do?"""
    supposed = _CONDITION.search(line.text) is not None and not _RIGHT_NOW.search(line.text)
    compared = _is_compared(line) and not _ABOUT.search(line.text)
    return is_question(line) and (supposed or compared)


def is_question(line: Line) -> bool:
    """Say whether the line asks something."""
    return asks(line.text)


def asks(text: str) -> bool:
    """Say whether words ask something."""
    return QUESTION.search(spoken(text)) is not None


def spoken(text: str) -> str:
    """Return the line without the words that only open it."""
    return text[opens_with(text) :]


def opens_with(text: str) -> int:
    """Return where the words that only open a line end: well, … and nought where there are none."""
    opening = _OPENING.match(text)
    return opening.end() if opening else 0


def is_taken_back(line: Line) -> bool:
    """Say whether the line asks to drop a reading."""
    return _DISREGARDED.search(spoken(line.text)) is not None


def doubt_of_line(line: Line) -> Reason | None:
    """Return why no measurement of this line may be stored at once, whatever it says."""
    if is_taken_back(line):
        return Reason.TAKEN_BACK
    if is_range(line) or _is_compared(line) or any(_is_span(line, f) for f in line.found):
        return Reason.INEQUALITY
    if was_and_is(line):
        return Reason.NOT_NOW
    if _SUPPOSED.search(spoken(line.text)) or _denied(line):
        return Reason.QUESTION
    if is_history(line):
        return Reason.NOT_NOW
    if rejects_a_pair(line) or _corrected_within(line):
        return Reason.TAKEN_BACK
    if "应该是" in line.text and not re.match(r"应该是|不对|错|[^\d]*错了", line.text):
        return Reason.INEQUALITY
    return None


_APART = 25  # mm[Hg]; two upper numbers of a range stand nearer
_SUPPOSED = re.compile(
    r"(?:^|[,.:;!] )(?:example|sample|for instance)\b|"
    r"^(?:test|testing|sample|(?:an )?example|demo|like|such as|format)\b|"
    r"^(?:测试|试试|试一下|格式|样例)|"
    r"\bif (?:i|it|my \w+|the \w+|bp|sugar)\b(?!'s)[^,.;\d]{0,14}\d|"
    r"^(?:(?:let'?s )?say|assum(?:e|ing)|pretend)\b|假设|假定|打个比方|^(?:if|suppose|imagine)\b(?!.*,\s*(?:my )?(?:bp|blood))|如果|要是|假如|万一|比如|例如|for example|e\.g\.|"  # noqa: E501 - a pattern is read whole
    r"^(?!.*\b(?:my|i|i'm|mine)\b)[^a-z]*\d[^\d,;.]{0,12}\b(?:is|are)\b"
)


def _denied(line: Line) -> bool:
    """Say whether a reading is denied: my bp is not 180/110."""
    return any(is_denied(line, f) for f in line.found)


def is_denied(line: Line, found: Found) -> bool:
    """Say whether one reading is denied."""
    return line.is_word(found.start - 1, Tag.NOT) or is_rejected(line, found.start)


def is_range(line: Line) -> bool:
    """Say whether a reading is given as from–to."""
    between = re.search(
        r"between\b.*\d.*\b(?:and|to)\b.*\d|之间|"
        r"[\d一二三四五六七八九十百]\s?"
        r"(?:到|至|to|~)\s?[\d一二三四五六七八九十百]|\d-\d+/\d+-\d|\d-\d+ over|"
        r"波动|\brang(?:e|es|ing|ed)\b|\bvari(?:es|ed|ing)\b",
        without_start(line.text),
    )
    return between is not None and not _said_as_a_pair(line)


def _said_as_a_pair(line: Line) -> bool:
    """Say whether 到 stands between an upper and a lower number: 血压141到88."""
    said = re.search(r"血压[^\d]{0,4}(\d{2,3})到(\d{2,3})(?!\d)", line.text)
    return said is not None and int(said[1]) - int(said[2]) >= _APART


def _is_span(line: Line, found: Found) -> bool:
    """Say whether a reading is one end of a span: slept 6-7 hours."""
    pair = any(r.code is Code.BLOOD_PRESSURE for r in found.readings)
    following = line.token(found.end + 1)
    return not pair and line.mark(found.end) == "-" and bool(following and following.number)


def _is_compared(line: Line) -> bool:
    """Say whether a comparing word stands right before or after a reading's number."""
    if _FORGOTTEN.search(line.text) or any(_is_hedged(line, f.start) for f in line.found):
        return True
    for found in line.found:
        before, after = line.token(found.start - 1), line.token(found.end)
        if after and after.text == "-":
            after = line.token(found.end + 1)
        if after and after.text == "vs" and line.is_set_aside(found.end + 1):
            continue
        if before and Tag.COMPARE in before.tags and Tag.PART not in before.tags:
            return before.text != "还是" or any(t.number for t in line.tokens[: found.start])
        if after and after.text in (
            "左右",
            "来着",
            "以上",
            "上下",
            "or so",
            "ish",
            "以下",
            "多",
            "+",
            "出头",
            "不到",
            "or",
            "或",
            "还是",
            "vs",
        ):
            return True
    return False


_FORGOTTEN = re.compile(
    r"\b(?:might|may|could) (?:be|have been)\b|\bi (?:think|believe)(?: it(?:'s| was| is))? \d|"
    r"\b(?:not sure|unsure|(?:can'?t|don'?t) remember|if i remember|forgot (?:the|what|which)|"
    r"from memory)\b|凭记忆|印象中|"
    r"记不清|不确定|不太确定|忘了是|记得不"
)
_HEDGES = (
    "maybe", "perhaps", "probably", "possibly", "i think it was", "i guess", "roughly",
    "approximately", "approx", "or so", "give or take", "thereabouts", "可能", "好像", "大概",
    "大约", "应该", "应该有", "恐怕", "说不定", "reckon", "guess", "ballpark", "presumably",
    "supposedly", "apparently", "somewhere", "也许", "估计", "似乎", "差不多",
)  # fmt: skip


def _is_hedged(line: Line, place: int) -> bool:
    """Say whether the clause of a number is itself unsure."""
    begin, end = line.clause_of(place)
    return any(line.tokens[i].text in _HEDGES for i in range(begin, end))


def _corrected_within(line: Line) -> bool:
    """Say whether one reading of the line takes back another: 128/82 oops 138/82."""
    if len(line.found) < 2:
        return False
    first, last = line.found[0].end, line.found[-1].start
    return any(line.is_word(i, Tag.CORRECTS) for i in range(first, last))


def is_rejected(line: Line, place: int) -> bool:
    """Say whether a number is the one that is not meant: not 184/88, instead of 184/88."""
    before = line.text[: line.tokens[place].start].rstrip()
    return before.endswith(("not", "不是", "instead of", "rather than", "而非"))


def rejects_a_pair(line: Line) -> bool:
    """Say whether one number is set against another: 134/88 not 184/88."""
    return (
        re.search(
            r"\d[\s,]*(?:\bnot\b|\binstead of\b|\brather than\b|不是|而不是)\s*\d|"
            r"(?:not|不是)\s*\d.*\d",
            line.text,
        )
        is not None
    )
