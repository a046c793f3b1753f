"""What a line is cut into: numbers, units, words, moments and marks, each with its place."""

from dataclasses import dataclass
from enum import StrEnum

from records.language.lexicon import NOTHING
from records.language.moment import Moment
from records.language.numbers import Number
from records.language.tags import Tag
from records.language.units import Unit


class Kind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    UNIT = "unit"
    WORD = "word"
    MOMENT = "moment"
    FOREIGN = "foreign"  # digits that are no reading
    UNKNOWN = "unknown"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the line."""

    kind: Kind
    start: int
    end: int
    text: str
    tags: frozenset[Tag] = NOTHING
    number: Number | None = None
    unit: Unit | None = None
    moment: Moment | None = None
