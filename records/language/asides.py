"""Numbers that are told beside a reading: by how much something changed, what is not kept."""

import re

from records.language.line import Line
from records.language.pairing import value_of
from records.language.tags import LABELS, Tag
from records.vocabulary import Code

_AIR = re.compile(
    r"[a-z ]{0,12}\b(?:in|at|on) (?:the |this |our )?(?:shade|sun|city|town|village|room|house|car|"
    r"office|garden|street|kitchen|bedroom|balcony|beach|attic|shed|greenhouse)\b"
)
_LABELS = frozenset({*LABELS, Tag.UNKEPT})
_MORE = ("more", "less", "higher", "lower", "heavier", "lighter", "fewer")
_SPACE = (
    "away", "apart", "long", "wide", "deep", "across", "thick", "off", "远", "长", "宽", "深", "厚",
)  # fmt: skip
_CLOTHES = ("trousers", "pants", "skirt", "belt")
_REJECTS = ("not", "不是", "而不是", "而非")
_WAYS = ("up", "down", "重了", "轻了", "胖了", "瘦了", "涨", "降", "减", "多了", "少了", "少", "多")


def explain_change(line: Line, i: int) -> bool:
    """Explain a number that says by how much something changed: lost 2 kg, up by 40."""
    changed = line.is_word(i - 1, Tag.CHANGE) or (
        line.is_word(i - 2, Tag.CHANGE) and line.is_word(i - 1, Tag.NEUTRAL, Tag.COMPARE)
        and line.tokens[i - 1].text not in ("to", "到")
    )  # fmt: skip
    changed = (
        changed
        or _shifted(line, i)
        or _of_goods(line, i)
        or _differs(line, i)
        or _fitted(line, i)
        or _of_clothes(line, i)
        or _extends(line, i)
    )
    if changed:
        line.explain(i, i + 1 if line.unit(i + 1) else i)
    return changed


def explain_rejected(line: Line, i: int) -> bool:
    """Explain the number that is not meant behind the one that is: 6.7 not 7.6."""
    before = line.token(i - 1)
    rejected = i > 0 and before is not None and before.text in _REJECTS
    found = any(f.end <= i and line.clause_of(f.start) == line.clause_of(i) for f in line.found)
    if rejected and found:
        line.explain(i, i + 1 if line.unit(i + 1) else i)
    return rejected and found


def _fitted(line: Line, i: int) -> bool:
    """Say whether a length is one of clothes or furniture: with a 96 cm waist."""
    begin, end = line.clause_of(i)
    article = i > begin and line.tokens[i - 1].text in ("a", "an")
    own = any(line.is_word(k, Tag.SELF) for k in range(begin, end))
    return article and Code.WAIST in line.codes(i + 1) and not own


def _of_clothes(line: Line, i: int) -> bool:
    """Say whether a size is followed by what it is of: waist 88 trousers, 腰围92的裤子."""
    place = i + 1 + (line.unit(i + 1) is not None)
    place += line.is_word(place, Tag.NEUTRAL)
    label = line.label_before(i, _LABELS)
    sized = label is not None and line.is_word(label, Tag.WAIST, Tag.HEIGHT)
    thing = line.token(place)
    worn = thing is not None and (Tag.FOREIGN in thing.tags or thing.text in _CLOTHES)
    return sized and worn


def _extends(line: Line, i: int) -> bool:
    """Say whether a length is one of space or of a thing: five feet away, 6 ft long."""
    behind = line.token(i + 2)
    measured = bool({Code.HEIGHT, Code.WAIST} & set(line.codes(i + 1)))
    return measured and behind is not None and behind.text in _SPACE


def _differs(line: Line, i: int) -> bool:
    """Say whether a number behind a reading tells by how much it differs: 1.5 kg more than."""
    behind = line.token(i + 1 + (line.unit(i + 1) is not None))
    compared = behind is not None and behind.text.startswith(_MORE)
    earlier = any(f.end <= i for f in line.found)
    return compared and earlier and line.label_before(i, _LABELS) is None


def _shifted(line: Line, i: int) -> bool:
    """Say whether a few kilos or pounds right behind up or down are a change: up 3 pounds."""
    before, value = line.token(i - 1), value_of(line.tokens[i])
    few = value is not None and value < 20
    return few and Code.WEIGHT in line.codes(i + 1) and before is not None and before.text in _WAYS


def _of_goods(line: Line, i: int) -> bool:
    """Say whether a weight is one of something: 20 kg of rice."""
    unit, goods = line.unit(i + 1), line.token(i + 2)
    if unit is None or Code.WEIGHT not in line.codes(i + 1):
        return False
    near = line.tokens[max(line.clause_of(i)[0], i - 3) : i]
    weighed = bool(near) and Tag.WEIGHT in near[-1].tags and Tag.FOOD not in near[-2:][0].tags
    eaten = weighed or any(Tag.EAT in t.tags for t in near)
    if any(Tag.FOOD in t.tags for t in near) and not eaten:
        return True
    if goods is None:
        return False
    return goods.text == "of" or (Tag.FOOD in goods.tags and goods.start == unit.end)


def explain_air(line: Line, i: int) -> bool:
    """Explain the degrees of a place: 35 C in the shade."""
    if Code.TEMPERATURE not in line.codes(i + 1) or line.label_before(i, _LABELS) is not None:
        return False
    airy = _AIR.match(line.text, line.tokens[i + 1].end) is not None
    if airy:
        line.explain(i, i + 1)
    return airy


def explain_unkept(line: Line, i: int) -> bool:
    """Explain a number that measures what this record does not keep."""
    label = line.label_before(i, _LABELS)
    other = label is not None and line.is_word(label, Tag.UNKEPT)
    if other:
        line.explain(i, i + 1 if line.unit(i + 1) else i)
    return other
