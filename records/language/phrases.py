"""What is told in one breath cut into its tellings: took my pills | and walked | felt dizzy."""

from collections.abc import Iterator

from records.language.line import Line
from records.language.tags import Tag
from records.language.text import listed
from records.language.tokens import Kind, Token

_TELLS = frozenset(
    {
        Tag.EAT, Tag.TAKE, Tag.TAKEN, Tag.MISS, Tag.MOVE, Tag.MOOD, Tag.SYMPTOM, Tag.RED, Tag.EVENT,
        Tag.SLEEP,
    }
)  # fmt: skip
_DONE = listed(
    "took|swallowed|injected|ate|drank|had|walked|ran|jogged|swam|cycled|danced|hiked|exercised|"
    "slept|forgot|missed|skipped|did|went|woke"
)
_HAN_DONE = frozenset("了过咗")
_FEELS = ("feel", "felt", "心情", "情绪", "感觉", "觉得", "感到")
_LEADS = listed(
    "and|but|then|also|&|plus|because|i|we|i've|i'm|又|还|也|再|然后|而且|但|但是|都|已经|我"
)
_LEANS = listed(
    "after|before|since|when|while|if|until|till|as|that|to|had|have|has|having|haven't|hasn't|"
    "was|were|be|been|not|never|no|don't|didn't|can't|后|前|时|完|没|没有|不|要|想|忘了|忘记|未"
)
"""Words after which a verb begins no telling of its own: since I took, haven't slept, 忘了吃."""


def phrases(line: Line, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a clause where a second telling begins; most clauses hold only one."""
    begun = start
    for place in range(start + 1, end):
        if _begins(line, begun, place):
            yield begun, _opening(line, begun, place)
            begun = _opening(line, begun, place)
    yield begun, end


def _begins(line: Line, begun: int, place: int) -> bool:
    token = line.tokens[place]
    if not (_opens(token) or _spaced(line, place)):
        return False
    opening = _opening(line, begun, place)
    told = any(t.tags & _TELLS for t in line.tokens[begun:opening])
    return told and not _leans(line.tokens[opening - 1])


def _opens(token: Token) -> bool:
    """Say whether a word can begin a telling: a verb of something done, a feeling."""
    if token.text.startswith(_FEELS):
        return True
    if token.text.isascii():
        return token.text in _DONE or (Tag.MISS in token.tags and Tag.NOT not in token.tags)
    done = token.tags & {Tag.EAT, Tag.TAKE, Tag.TAKEN, Tag.MOVE, Tag.SLEEP, Tag.MISS}
    return bool(done) and bool(_HAN_DONE & set(token.text))


def _spaced(line: Line, place: int) -> bool:
    """Say whether a space in Chinese parts two tellings: 吃药了 头晕."""
    before, token = line.tokens[place - 1], line.tokens[place]
    han = not before.text.isascii() and not token.text.isascii()
    return (
        han and token.start > before.end and token.kind is Kind.WORD and bool(token.tags & _TELLS)
    )


def _opening(line: Line, begun: int, place: int) -> int:
    """Take the words that lead to a verb with it: and then I walked, 药吃了."""
    while place - 1 > begun and _leads(line, begun, place - 1):
        place -= 1
    return place


def _leads(line: Line, begun: int, place: int) -> bool:
    token = line.tokens[place]
    taken = any(t.tags & {Tag.TAKE, Tag.EAT} for t in line.tokens[begun:place])
    object_first = bool(token.tags & {Tag.MEDICINE, Tag.DRUG}) and not token.text.isascii()
    return token.text in _LEADS or (object_first and not taken)


def _leans(token: Token) -> bool:
    return token.text in _LEANS or bool(token.tags & {Tag.NOT, Tag.MISS})
