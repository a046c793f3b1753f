"""To which meal a glucose belongs."""

from records.language.line import Line
from records.language.tags import MEALTIMES, Tag
from records.language.units import Use
from records.vocabulary import Code

_MEALTIMES = frozenset(MEALTIMES)
_LATER = ("later", "after", "后", "之后", "以后")
_NIGHT = frozenset({Tag.SLEEP})


def context_of(line: Line, i: int) -> str:
    """Say which mealtime belongs to the number: the nearest before it, else the next after it."""
    own = _beside(line, i)
    if own is not None:
        tags = line.tokens[own].tags & _MEALTIMES
        return _two_hours(line, own, MEALTIMES[next(t for t in MEALTIMES if t in tags)])
    for place in [*range(i - 1, -1, -1), *range(i + 1, len(line.tokens))]:
        tags = line.tokens[place].tags & _MEALTIMES
        if tags and not (place > i and _of_the_next(line, i, place)):
            tag = next(t for t in MEALTIMES if t in tags)
            return _two_hours(line, place, MEALTIMES[tag])
    later = next((k for k, t in enumerate(line.tokens) if t.text == "later"), None)
    if later is not None and later < i and line.has(Tag.EAT, Tag.MEAL):
        return _two_hours(line, later, "after_meal")
    return "after_meal" if _after_food(line) else ""


def _beside(line: Line, i: int) -> int | None:
    """Find the mealtime behind a number, in a line that names them behind: 6.1 fasting, 8 after."""
    meals = [k for k, t in enumerate(line.tokens) if t.tags & _MEALTIMES]
    values = [k for k in range(len(line.tokens)) if line.free(k)] + [f.start for f in line.found]
    if len(meals) < 2 or meals[0] < min([*values, i]) or meals[-1] < max([*values, i]):
        return None
    end = line.clause_of(i)[1]
    return next((k for k in meals if i < k < min([v for v in values if v > i] + [end])), None)


def _of_the_next(line: Line, i: int, place: int) -> bool:
    """Say whether a mealtime behind a number belongs to another one: 6.1 早饭后 8.2."""
    begin, end = line.clause_of(place)
    if not begin <= i < end and any(t.tags & {Tag.MOVE, Tag.EAT} for t in line.tokens[begin:end]):
        return True
    between = any(line.tokens[k].number and not _lasts(line, k) for k in range(i + 1, place))
    return between or line.free(place + 1) or any(f.start == place + 1 for f in line.found)


def _lasts(line: Line, i: int) -> bool:
    return line.codes(i + 1) == (Code.SLEEP,) or line.uses(i + 1, Use.DURATION)


def _after_food(line: Line) -> bool:
    """Say whether something eaten is named as before the number: after my rice."""
    return any(
        token.text == "after" and any(line.is_word(k, Tag.FOOD, Tag.MEAL) for k in range(i, i + 4))
        for i, token in enumerate(line.tokens)
    )


def _two_hours(line: Line, place: int, context: str) -> str:
    if context != "after_meal":
        return context
    for near in range(place - 3, place + 4):
        token, hours = line.token(near), line.codes(near + 1)
        if token and token.number and token.number.value == 2 and hours == (Code.SLEEP,):
            return "after_meal_2h"
    return context


def explain_hours(line: Line) -> None:
    """Explain the hours after a meal (饭后2小时, 2h after lunch): they are no value."""
    for i in range(len(line.tokens)):
        if line.free(i) and _lasts(line, i) and line.label_before(i, _NIGHT) is None:
            near = [*range(i - 2, i), *range(i + 2, i + 4)]
            behind = line.token(i + 2)
            later = behind is not None and behind.text in _LATER
            if line.is_word(i - 1, Tag.MOVE):
                continue
            if later or any(line.is_word(p, *_MEALTIMES) for p in near):
                line.explain(i, i + 1)
