"""To which meal a glucose belongs."""

from records.language.line import Line
from records.language.tags import MEALTIMES, Tag
from records.language.units import Use
from records.vocabulary import Code

_MEALTIMES = frozenset(MEALTIMES)


def context_of(line: Line, i: int) -> str:
    """Say which mealtime belongs to the number: the nearest before it, else the next after it."""
    own = _beside(line, i)
    if own is not None:
        tags = line.tokens[own].tags & _MEALTIMES
        return _two_hours(line, own, MEALTIMES[next(t for t in MEALTIMES if t in tags)])
    for place in [*range(i - 1, -1, -1), *range(i + 1, len(line.tokens))]:
        tags = line.tokens[place].tags & _MEALTIMES
        if tags:
            tag = next(t for t in MEALTIMES if t in tags)
            return _two_hours(line, place, MEALTIMES[tag])
        if (
            place < i
            and place in line.explained
            and line.tokens[place].number
            and line.codes(place + 1) != (Code.SLEEP,)
        ):
            continue
    return "after_meal" if _after_food(line) else ""


def _beside(line: Line, i: int) -> int | None:
    """Find the mealtime behind a number, in a line that names them behind: 6.1 fasting, 8 after."""
    meals = [k for k, t in enumerate(line.tokens) if t.tags & _MEALTIMES]
    values = [k for k in range(len(line.tokens)) if line.free(k)] + [f.start for f in line.found]
    if len(meals) < 2 or meals[0] < min([*values, i]):
        return None
    end = line.clause_of(i)[1]
    return next((k for k in meals if i < k < min([v for v in values if v > i] + [end])), None)


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
        hours = line.codes(i + 1) == (Code.SLEEP,) or line.uses(i + 1, Use.DURATION)
        if line.free(i) and hours:
            near = [*range(i - 2, i), *range(i + 2, i + 4)]
            if any(line.is_word(p, *_MEALTIMES) for p in near):
                line.explain(i, i + 1)
