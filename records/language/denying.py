"""Whether a word of the body is denied: no chest pain, 没有胸痛, chest pain: no."""

import re

from records.language.line import Line
from records.language.tags import Tag
from records.language.tokens import Kind, Token

_A_NOT_A = re.compile(r"(.)不\1")  # 用不用, 要不要: a question, no denial
_GONE = ("没有", "无", "gone", "好了", "没了", "消失了")
_NOT_BACK = re.compile(
    r"\s*(?:(?:has|have|did)(?:n't| not) (?:come|returned?|recur|been|happen)|"
    r"(?:一直|也|都)?没再?(?:犯|出现|发作|发过|来))"
)
_TAKES_THE_DENIAL = frozenset(
    {
        Tag.MEAL, Tag.FOOD, Tag.EAT, Tag.MOOD, Tag.SLEEP, Tag.MEDICINE, Tag.DRUG, Tag.TAKE,
        Tag.TAKEN, Tag.MOVE, Tag.EXERCISE, Tag.EVENT,
    }
)  # fmt: skip
"""What a denial is about where it stands nearer: not slept and chest pain is no denial of pain."""


def negated(line: Line, place: int) -> bool:
    """Say whether the word at a place is denied; in doubt an alarming one is not."""
    return _denied_before(line, place) or _denied_after(line, place)


def _denied_before(line: Line, place: int) -> bool:
    alarming = Tag.RED in line.tokens[place].tags
    for back in range(place - 1, max(-1, place - 5), -1):
        token = line.tokens[back]
        if token.kind is Kind.MARK and token.text in ",;.。!\n":
            return False
        if _denies(token):
            return not _A_NOT_A.search(line.text)
        if token.tags & _TAKES_THE_DENIAL and not token.tags & {Tag.SYMPTOM, Tag.RED}:
            return False
        if alarming and token.text == "and" and not _denies(line.tokens[back + 1]):
            return False
    return False


def _denies(token: Token) -> bool:
    had = Tag.MISS in token.tags and token.text.endswith("had")
    return had or (Tag.NOT in token.tags and "can" not in token.text)


def _denied_after(line: Line, place: int) -> bool:
    following = line.token(place + 1)
    if following is None:
        return False
    if following.text in _GONE or _NOT_BACK.match(line.text[line.tokens[place].end :]):
        return True
    return line.mark(place + 1) == ":" and line.is_word(place + 2, Tag.NOT)
