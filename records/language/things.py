"""Numbers of things: what is weighed and is no person, and the strengths of medicines."""

from records.language.line import Found, Line
from records.language.pairing import value_of
from records.language.pressure_values import may_be_kilopascal, plausible
from records.language.tags import Tag
from records.language.tokens import Kind
from records.vocabulary import Code

_ONE = (
    "the", "a", "an", "our", "this", "that", "these", "those", "my", "each", "every", "your",
)  # fmt: skip
_PERSON = frozenset(
    {Tag.SELF, Tag.CARE, Tag.VOUCH, Tag.METER, Tag.WEIGHT, Tag.MEASURE, Tag.OTHER, Tag.ANIMAL}
)
_QUIET = frozenset({Tag.NEUTRAL, Tag.COMPARE})
_HAN_WEIGHT = ("重", "重量")
_PLAYED = ("lost", "won", "beat", "drew", "losing", "winning", "赢", "输", "赢了", "输了")
_DONE = frozenset("完了后前时过")  # 洗完澡重70公斤 tells when, not what
_ONESELF = ("body", "doc", "gp")
_KINDS = ("plus", "hct", "forte", "duo", "co", "comp", "combi", "xr", "sr", "mr", "er", "hctz")
_LEAST_UPPER = 60  # mm[Hg]; a smaller number before a larger one is no pressure
_MOST_SECOND = 25  # mg; a second strength, smaller than any lower pressure


def is_of_a_thing(line: Line, found: Found) -> bool:
    """Say whether a weight is one of something that is not the person: the calf weighs 45 kg."""
    if not any(r.code is Code.WEIGHT for r in found.readings):
        return False
    place = found.start - 1
    while place > 0 and not _weighs(line, place) and line.is_word(place, *_QUIET):
        place -= 1
    if line.tokens[max(place, 0)].text in _HAN_WEIGHT:
        before = line.tokens[max(0, place - 3) : place]
        washed = any(set(t.text) & _DONE for t in before)
        return place > 0 and _strange(line, place - 1) and not washed
    if place < 1 or not _weighs(line, place):
        return False
    noun = line.tokens[place - 1]
    if noun.tags & _PERSON or noun.text in _ONESELF or noun.kind not in (Kind.UNKNOWN, Kind.WORD):
        return False
    begin = line.clause_of(place)[0]
    return any(t.text in _ONE for t in line.tokens[max(begin, place - 4) : place - 1])


def _weighs(line: Line, place: int) -> bool:
    return line.tokens[place].text.startswith("weigh") and line.tokens[place].text != "weight"


def is_score_or_size(line: Line, high: int, low: int) -> bool:
    """Say whether a pair tells how a match ended, or how long and wide something is."""
    before = line.token(high - 1)
    played = before is not None and before.text in _PLAYED
    sized = any(t.text == "by" for t in line.tokens[high:low]) and line.unit(low + 1) is not None
    return sized or (played and line.mark(low - 1) in ("-", ":", "/", "比"))


def _is_unknown(line: Line, place: int) -> bool:
    token = line.token(place) if place >= 0 else None
    return token is not None and (token.kind is Kind.UNKNOWN or Tag.DRUG in token.tags)


def _strange(line: Line, place: int) -> bool:
    token = line.tokens[place]
    return token.kind is Kind.UNKNOWN or Tag.FOREIGN in token.tags


def is_strength(line: Line, high: int, low: int) -> bool:
    """Say whether a pair is the strength of a combined medicine: Micardis Plus 80/12.5."""
    a, b = value_of(line.token(high)), value_of(line.token(low))
    if a is None or b is None or line.mark(low - 1) != "/":
        return False
    if a < _LEAST_UPPER < b and _is_unknown(line, high - 1) and not line.has(Tag.BP):
        return True  # co-codamol 30/500
    if b > _MOST_SECOND:
        return False
    if plausible(a, b) or plausible(b, a) or may_be_kilopascal(a, b):
        return False
    place = high - 1
    while place > 0 and line.tokens[place].text in _KINDS:
        place -= 1
    if line.is_word(place, Tag.DRUG):
        return True
    unknown = place >= 0 and line.tokens[place].kind is Kind.UNKNOWN
    if unknown and not line.tokens[place].text.isascii():
        return b != b.to_integral() and not line.has(Tag.BP)
    named = unknown and _is_capital(line, place)
    return named and (b != b.to_integral() or place > 0)


def _is_capital(line: Line, place: int) -> bool:
    """Say whether a word was typed with a capital, as the names of medicines are."""
    at = line.typed.lower().find(line.tokens[place].text)
    return at >= 0 and line.typed[at].isupper()
