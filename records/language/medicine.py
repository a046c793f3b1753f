"""Whether a clause says that medicine was taken or missed."""

import re

from records.language.line import Line
from records.language.tags import Tag
from records.language.tokens import Kind
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
_GONE = ("ran out", "run out", "all gone", "吃完了", "没了", "用完了")


def medicine_told(line: Line, tags: set[Tag], start: int, end: int) -> Code | None:
    """Return whether a clause tells of medicine taken or missed; None where it does not."""
    if _BEFORE.search(" ".join(t.text for t in line.tokens[start:end])):
        return None
    named = tags & {Tag.MEDICINE, Tag.DRUG}
    if Tag.MISS in tags and (named or tags & {Tag.TAKE}):
        return None if _is_food_only(tags) else Code.MEDICATION_MISSED
    if any(line.tokens[i].text in _GONE for i in range(start, end)) and line.has(Tag.MEDICINE):
        return Code.MEDICATION_MISSED
    if _PLANNED.search(line.text[line.tokens[start].start : line.tokens[end - 1].end]):
        return None
    if Tag.TAKEN in tags and _taken_stands(line, tags, start, end):
        return Code.MEDICATION_TAKEN
    dosed = any(line.uses(i, Use.DOSE) for i in range(start, end))
    if Tag.TAKE in tags and (named or dosed) and Tag.ASKS not in tags - _soft(line):
        return Code.MEDICATION_MISSED if Tag.NOT in tags else Code.MEDICATION_TAKEN
    ate = Tag.EAT in tags and (named or dosed)
    return Code.MEDICATION_TAKEN if ate and Tag.NOT not in tags else None


def _soft(line: Line) -> set[Tag]:
    return set() if "?" in line.text or "吗" in line.text else {Tag.ASKS}


def _is_food_only(tags: set[Tag]) -> bool:
    return not tags & {Tag.MEDICINE, Tag.DRUG} and bool(tags & {Tag.FOOD, Tag.MEAL})


def _taken_stands(line: Line, tags: set[Tag], start: int, end: int) -> bool:
    """Say whether "taken" or 吃药了 says the medicine was taken: no food, no place, no negation."""
    odd = any(line.tokens[i].kind is Kind.UNKNOWN for i in range(start, end))
    foods = tags & {Tag.FOOD, Tag.MEAL, Tag.NOT, Tag.FOREIGN, Tag.ASKS}
    only_done = any(
        line.tokens[i].text in ("done", "✅", "👍", "taken", "took it") for i in range(start, end)
    )
    measured = any(f.readings for f in line.found)
    return not odd and not foods and not (only_done and measured)
