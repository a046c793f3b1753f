"""Whether a clause tells of food or drink: by its words, or by its build where they are unknown."""

import re
from collections.abc import Iterator

from records.language.line import Line
from records.language.tags import Tag
from records.language.targets import is_target
from records.language.text import listed
from records.language.tokens import Kind, Token
from records.language.units import SPELLINGS, Use

_ATE = listed(
    "ate|eaten|drank|drunk|sipped|chewed|devoured|munched|nibbled|tucked into|finished off|"
    "gulped|"
    "吃了|喝了|吃的|喝的|吃过|吃掉|喝掉|吃光|喝光|尝了|啃了|饮了|食咗|饮咗|只吃|只喝|早上吃|"
    "中午吃|晚上吃|"
    "又吃|又喝|吃得|喝得|吃|喝"
)
_COPULA = listed("was|is|were|:|-|=|是|吃的|吃了|吃")
_OF = frozenset({"of"})
_VESSELS = listed(
    "cup|cups|slice|slices|bowl|bowls|glass|glasses|spoon|spoons|tablespoon|tablespoons|teaspoon|"
    "teaspoons|plate|plates|portion|portions|serving|servings|碗|杯|份|盘|勺|罐"
)
_AMOUNT = re.compile(
    r"\b(?:too much|too little|a lot|nothing|very little|well|badly|out)\b|"
    r"[多少][了点]?$|撑|太多|太饱|很少|很多"
)
_PRINTED = re.compile(
    r"\bper (?:serving|100 ?(?:g|ml|grams)?|portion|cup|slice|bar)\b|"
    r"\b(?:label|packet|package|contains?|ingredients)\b|"
    r"每(?:份|100|百)|配料|营养成分|包装上|含糖?量"
)
"""What is printed on food is not what was eaten."""
_NO_FOOD = frozenset(
    {
        Tag.FOREIGN, Tag.PLAN, Tag.ANIMAL, Tag.OTHER, Tag.DRUG, Tag.MEDICINE, Tag.NO_RECORD,
        Tag.REMIND, Tag.TARGET, Tag.EVENT, Tag.RED,
    }
)  # fmt: skip


def eaten(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether a clause tells of food or drink, not of sugar in the blood."""
    if tags & {Tag.FOREIGN, Tag.NO_RECORD} and Tag.EAT not in tags:
        return False
    if Tag.EAT not in tags and _PRINTED.search(line.text):
        return False
    if line.tokens[start].text in ("eat", "drink") and is_target(line):
        return False  # an order: drink 2 litres, keep salt under 6 g
    return (
        _gone_without(line, tags, start, end)
        or _sweetened(line, tags, start, end)
        or _by_words(line, tags, start, end)
        or (not tags & _NO_FOOD and _by_build(line, start, end))
    )


def _gone_without(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether a meal was left out: skipped lunch, no dinner, 没吃早饭."""
    if Tag.MEAL not in tags or tags & {Tag.MEDICINE, Tag.DRUG}:
        return False
    return Tag.MISS in tags or any(
        line.is_word(i, Tag.MEAL) and line.is_word(i - 1, Tag.NOT) for i in range(start + 1, end)
    )


def _by_words(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    colon = any(line.is_word(i, Tag.MEAL) and line.mark(i + 1) == ":" for i in range(start, end))
    counted = any(_served(line, i) for i in range(start, end))
    named = Tag.FOOD in tags
    if Tag.GLUCOSE in tags and not counted and Tag.EAT not in tags:
        return False
    ate = Tag.EAT in tags and (named or Tag.MEAL in tags or counted)
    numbered = any(
        line.free(i) and (line.uses(i + 1, Use.FOOD) or line.is_word(i + 1, Tag.FOOD))
        for i in range(start, end)
    )
    return colon or ate or (named and (counted or numbered or Tag.MEAL in tags))


def _by_build(line: Line, start: int, end: int) -> bool:
    """Say whether the build of a clause makes its unknown words a dish."""
    verbs = [i for i in _verbs(line, start, end) if not line.is_word(i - 1, Tag.NOT)]
    ate = any(_is_dish(line, i + 1, end) or _so_much(line, i, end) for i in verbs)
    return ate or _at_table(line, start, end)


def _verbs(line: Line, start: int, end: int) -> Iterator[int]:
    return (i for i in range(start, end) if line.tokens[i].text in _ATE)


def _is_dish(line: Line, start: int, end: int) -> bool:
    """Say whether something that is not known as anything else stands here: ate moussaka."""
    return any(_may_be_food(line.tokens[i]) for i in range(start, end))


def _so_much(line: Line, start: int, end: int) -> bool:
    words = line.text[line.tokens[start].start : line.tokens[end - 1].end]
    return _AMOUNT.search(words) is not None


def _may_be_food(token: Token) -> bool:
    dish = bool(token.tags & {Tag.FOOD, Tag.MEAL}) and Tag.GLUCOSE not in token.tags
    return token.kind is Kind.UNKNOWN or dish


def _at_table(line: Line, start: int, end: int) -> bool:
    """Say whether a meal or a vessel governs unknown words: lunch was X, X for tea, a bowl of X."""
    for i in range(start, end):
        if line.tokens[i].text in _VESSELS or line.is_word(i, Tag.MEAL):
            behind = line.tokens[i + 1].text if i + 1 < end else ""
            governs = _glued(line, i) or behind in (
                _OF if line.tokens[i].text in _VESSELS else _COPULA
            )
            if governs and _is_dish(line, i + 1, end):
                return True
            if i > start and line.tokens[i - 1].text == "for" and _is_dish(line, start, i):
                return True
    return False


def _glued(line: Line, i: int) -> bool:
    """Say whether a Chinese word is followed at once by an unknown one: 早饭油茶."""
    token, behind = line.tokens[i], line.token(i + 1)
    glued = behind is not None and behind.start == token.end and behind.kind is Kind.UNKNOWN
    return glued and not token.text.isascii()


def _sweetened(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether the sugar is in a drink or a dish: tea with two sugars, 咖啡加糖."""
    if Tag.GLUCOSE not in tags or Tag.CHANGE in tags or line.found:
        return False
    words = line.tokens[start:end]
    sugar = any(t.text in ("sugar", "sugars", "糖") for t in words)
    return sugar and any(Tag.FOOD in t.tags and Tag.GLUCOSE not in t.tags for t in words)


def _served(line: Line, i: int) -> bool:
    """Say whether a measure of food stands here, with its number or spelled: half a cup."""
    spelled = SPELLINGS.get(line.tokens[i].text)
    food = Tag.FOOD in line.tokens[i].tags
    return line.uses(i, Use.FOOD) or (
        not food and bool(spelled and spelled.use is Use.FOOD and spelled.ucum.isascii())
    )
