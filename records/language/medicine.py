"""Whether a clause says that medicine was taken or missed."""

import re

from records.language.line import Line
from records.language.scope import is_question
from records.language.tags import MEALTIMES, Tag
from records.language.tokens import Kind, Token
from records.language.units import Use
from records.vocabulary import Code

_BEFORE = re.compile(
    r"\bbefore (?:taking|i took|my|the|any)?\s?(?:\w+ )?"
    r"(?:pills?|meds|tablets?|medicine|insulin)\b|"
    r"(?:吃|服|打|用)\s?(?:了|完)?\s?(?:降压|降糖)?(?:药|针|胰岛素)\s?之?前|"
    r"(?:吃|服|用)\s?药\s?(?:之|以)?后|"
    r"\bafter (?:my |the |taking )?(?:meds|medication|medicine|pills?)\b"
)
_PLANNED = re.compile(
    r"(?:怕|该|要|想|准备|打算|不敢|不愿|需要|应该|记得|要不要|能不能)[^,。]{0,3}(?:吃|服|打|用)(?!完|过|了)"
)
"""Taking that is feared or meant to come is no taking."""
_ORDERED = re.compile(
    r"\b(?:daily|twice|every|each|a day|per day|bd|bid|tds|od|nightly|since|prescri\w*|start\w*|"
    r"increas\w*|chang\w*|switch\w*|doctor|dr|gp|nurse|said|told|new|refill\w*|need\w*|left|remain\w*|mg/\w+)\b|"
    r"每[天日次晚早]|[一1][天日]|开了|医生|大夫|加到|改成|换成|增加|减到|加量|减量|剩|还有|买|该"
)
_OFTEN = re.compile(
    r"\b(?:daily|twice|every|once a|times a|a day|per day|nightly|each)\b|"
    r"每[天日次晚早]|[一1][天日](?!没)"
)
_HOURS = frozenset({*MEALTIMES, Tag.MEAL})
_UNSURE = frozenset(
    {Tag.PLAN, Tag.TARGET, Tag.HISTORY, Tag.NOT, Tag.REMIND, Tag.FOREIGN, Tag.COMPARE, Tag.CHANGE}
)
_GONE = ("ran out", "run out", "all gone", "吃完了", "没了", "用完了")


def medicine_told(line: Line, tags: set[Tag], start: int, end: int) -> Code | None:
    """Return whether a clause tells of medicine taken or missed; None where it does not."""
    if _BEFORE.search(" ".join(t.text for t in line.tokens[start:end])):
        return None
    named = tags & {Tag.MEDICINE, Tag.DRUG}
    if _by_habit(line, start, end):
        return None
    if Tag.MISS in tags and (named or tags & {Tag.TAKE}):
        return None if _is_food_only(tags) else Code.MEDICATION_MISSED
    if any(line.tokens[i].text in _GONE for i in range(start, end)) and line.has(Tag.MEDICINE):
        return Code.MEDICATION_MISSED
    if _PLANNED.search(line.text[line.tokens[start].start : line.tokens[end - 1].end]):
        return None
    if Tag.TAKEN in tags and _taken_stands(line, tags, start, end):
        return Code.MEDICATION_TAKEN
    dosed = any(line.uses(i, Use.DOSE) for i in range(start, end))
    dosed = dosed and bool(named or Tag.FOOD not in tags)  # 吃了两片面包
    if Tag.TAKE in tags and (named or dosed) and Tag.ASKS not in tags - _soft(line):
        return Code.MEDICATION_MISSED if Tag.NOT in tags else Code.MEDICATION_TAKEN
    ate = Tag.EAT in tags and (named or dosed)
    if ate and Tag.NOT not in tags:
        return Code.MEDICATION_TAKEN
    return (
        Code.MEDICATION_TAKEN if dosed and named and _at_its_time(line, tags, start, end) else None
    )


def _by_habit(line: Line, start: int, end: int) -> bool:
    """Say whether the clause tells how often something is taken: take 2 a day, 一天吃3片."""
    words = line.tokens[start:end]
    present = any(
        t.text in ("take", "takes", "taking", "inject", "use", "uses", "on") for t in words
    )
    han = any(t.text in ("吃", "服", "打", "用") for t in words)
    return (present or han) and _OFTEN.search(line.text) is not None


def _at_its_time(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether a dose is told with its hour or meal, and is no plan: 8u before dinner."""
    if tags & _UNSURE or is_question(line) or _ORDERED.search(line.text):
        return False
    words = line.tokens[start:end]
    counted = any(line.free(i) and line.uses(i + 1, Use.DOSE) for i in range(start, end))
    return counted and any(_is_one_time(t) for t in words)


def _is_one_time(token: Token) -> bool:
    """Say whether a meal or an hour of one day is named; "at night" may be every night."""
    moment = token.moment
    hour = moment is not None and (moment.day is not None or not moment.guessed)
    return hour or bool(token.tags & _HOURS)


def _soft(line: Line) -> set[Tag]:
    return set() if "?" in line.text or "吗" in line.text else {Tag.ASKS}


def _is_food_only(tags: set[Tag]) -> bool:
    return not tags & {Tag.MEDICINE, Tag.DRUG} and bool(tags & {Tag.FOOD, Tag.MEAL})


def _taken_stands(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether "taken" or 吃药了 says the medicine was taken: no food, no place, no negation."""
    odd = any(line.tokens[i].kind is Kind.UNKNOWN for i in range(start, end))
    foods = tags & {Tag.FOOD, Tag.MEAL, Tag.NOT, Tag.FOREIGN, Tag.ASKS, Tag.MOVE}
    only_done = any(
        line.tokens[i].text in ("done", "✅", "👍", "taken", "took it") for i in range(start, end)
    )
    named = bool(tags & {Tag.DRUG}) or any(line.uses(i, Use.DOSE) for i in range(start, end))
    measured = any(f.readings for f in line.found) and not named
    return not odd and not foods and not (only_done and measured)
