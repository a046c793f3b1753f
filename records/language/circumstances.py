"""Where on the body, in which position and place, and how a sensor's arrow pointed."""

from records.language.line import Found, Line
from records.language.tags import Tag
from records.language.understanding import Circumstances, Reading
from records.vocabulary import Code


def _table(phrases: dict[str, str]) -> dict[str, str]:
    return {word: said for said, words in phrases.items() for word in words.split("|")}


_ARMS = _table({
    "left arm": "left arm|left|l arm|lt arm|左手|左臂|左胳膊|左边|左侧|左|左上臂",
    "right arm": "right arm|right|r arm|rt arm|右手|右臂|右胳膊|右边|右侧|右|右上臂",
    "wrist": "wrist|wrist cuff|手腕",
})  # fmt: skip
_POSITIONS = _table({
    "sitting": "sitting|seated|sitting down|坐着|坐位|坐",
    "standing": "standing|standing up|站着|站立|立位",
    "lying": "lying|lying down|supine|躺着|卧位|平躺",
})  # fmt: skip
_PLACES = _table({
    "home": "home|家里|在家|at home|家里测",
    "clinic": (
        "gp surgery|doctor's surgery|doctors surgery|at the surgery|local surgery|clinic|"
        "gp|office|dr's office|doctor's office|诊所|门诊|社区|卫生院|卫生站|卫生所|"
        "社区医院"
    ),
    "hospital": "hospital|医院|急诊|er|医院测|体检中心",
    "pharmacy": "pharmacy|chemist|drugstore|药店|药房",
})  # fmt: skip
_ARROWS = {"↗": "up", "↑": "up", "⬆": "up", "→": "flat", "➡": "flat", "↘": "down", "↓": "down"}
_MEALS = _table({
    "breakfast": "breakfast|早餐|早饭|早点",
    "lunch": "lunch|中午|午餐|午饭|中饭|中午饭|brunch",
    "dinner": "dinner|supper|晚餐|晚饭|晚膳",
    "snack": "snack|snacks|夜宵|宵夜|加餐|点心",
})  # fmt: skip
_COMPARATORS = _table({
    ">": "more than|above|over|greater than|higher than|>|≥|exceeds|超过|大于|高于|以上",
    "<": "less than|below|under|lower than|<|≤|低于|小于|不到|以下",
})  # fmt: skip


def circumstances(line: Line, found: Found, reading: Reading, when: str) -> Circumstances:
    """Gather what the line says about how one of its readings came about."""
    pressure = reading.code in (Code.BLOOD_PRESSURE, Code.HEART_RATE)
    glucose = reading.code is Code.GLUCOSE
    site = _nearest(line, found, _ARMS) if pressure else ""
    return Circumstances(
        site=_aching(line, found) if reading.code is Code.PAIN else site,
        position=_nearest(line, found, _POSITIONS) if pressure else "",
        place=_anywhere(line, _PLACES) if pressure else "",
        when=when,
        trend=_ARROWS.get(line.mark(found.end), "") if glucose else "",
        comparator=_compared(line, found),
    )


def meal_of(line: Line, start: int, end: int) -> str:
    """Return the meal a clause names."""
    named = (_MEALS.get(t.text, "") for t in line.tokens[start:end])
    return next((meal for meal in named if meal), "")


def _anywhere(line: Line, table: dict[str, str]) -> str:
    return next((table[t.text] for t in line.tokens if t.text in table), "")


def _nearest(line: Line, found: Found, table: dict[str, str]) -> str:
    """Look back to the reading before, then on to the end of the clause."""
    before = max((f.end for f in line.found if f.end <= found.start), default=0)
    after = _bracket(line, found.end) or _and_so_on(line, line.clause_of(found.end)[1])
    upto = min([f.start for f in line.found if f.start >= found.end] + [after])
    places = [*range(found.start - 1, before - 1, -1), *range(found.end, upto)]
    if _named_behind(line, table):
        places = [*range(found.end, upto), *range(found.start - 1, before - 1, -1)]
    return next((table[line.tokens[p].text] for p in places if line.tokens[p].text in table), "")


def _and_so_on(line: Line, end: int) -> int:
    """Return where the clauses end that only go on about how it was: 128/82 left arm, sitting."""
    for begin, following in line.clauses():
        words = [one.text for one in line.tokens[begin:following]]
        if begin < end:
            continue
        if not words or not all(one in _ARMS or one in _POSITIONS for one in words):
            break
        end = following
    return end


def _bracket(line: Line, start: int) -> int:
    """Return where a bracket right behind a reading closes: 134/82 (seated, left arm)."""
    if line.mark(start) != "(":
        return 0
    return next((i for i in range(start, len(line.tokens)) if line.mark(i) == ")"), 0)


def _named_behind(line: Line, table: dict[str, str]) -> bool:
    """Say whether the line names such a thing behind each reading: 140/85 left, 136/82 right."""
    named = next((i for i, t in enumerate(line.tokens) if t.text in table), 0)
    return named > min(f.start for f in line.found)


def _aching(line: Line, found: Found) -> str:
    """Name the part of the body that hurts: left knee, 头."""
    begin, end = line.clause_of(found.start)
    for place in (*range(found.start - 1, begin - 1, -1), *range(found.end, end)):
        token = line.tokens[place]
        part = _part(token.text) if token.tags & {Tag.PART, Tag.BODY, Tag.SYMPTOM} else ""
        part = "" if part == token.text and not token.tags & {Tag.PART, Tag.BODY} else part
        if part:
            side = line.token(place - 1)
            sided = side is not None and side.text in ("left", "right")
            return f"{side.text} {part}" if sided and side else part
    return ""


def _part(word: str) -> str:
    for suffix in (" pain", "ache", " ache", "疼", "痛"):
        word = word.removesuffix(suffix)
    return "" if word in ("", "left", "right") else word.strip()


def _compared(line: Line, found: Found) -> str:
    before, after = line.token(found.start - 1), line.token(found.end)
    texts = [t.text for t in (before, after) if t]
    return next((_COMPARATORS[text] for text in texts if text in _COMPARATORS), "")
