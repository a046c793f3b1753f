"""One line under reading: its tokens, which of them are explained, and what was found."""

import re
from dataclasses import dataclass, field

from records.language.tags import Tag
from records.language.tokens import Kind, Token
from records.language.understanding import Context, Reading, Reason
from records.language.units import Use
from records.vocabulary import Code

_BREAK = frozenset(",;.!?\n。、")
_JOINERS = frozenset(":=-(")
_VIA = frozenset(
    {
        Tag.NEUTRAL, Tag.SELF, Tag.PART, Tag.FASTING, Tag.BEFORE_MEAL, Tag.AFTER_MEAL, Tag.BEDTIME,
        Tag.RANDOM, Tag.MEASURE, Tag.COMPARE, Tag.LEVEL, Tag.REST, Tag.METER, Tag.NORMAL, Tag.MEAL,
        Tag.MOOD, Tag.WAS, Tag.SYMPTOM, Tag.CORRECTS,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Readings at a place of the line; with a doubt they are only what may be proposed."""

    readings: tuple[Reading, ...]
    start: int
    end: int
    labelled: bool
    doubt: Reason | None = None
    weak: bool = False


@dataclass(slots=True)
class Line:
    """The tokens of a line and what has been made of them so far."""

    text: str
    tokens: tuple[Token, ...]
    context: Context
    typed: str = ""  # the line before its case was lowered
    explained: set[int] = field(default_factory=set)
    found: list[Found] = field(default_factory=list)

    def token(self, i: int) -> Token | None:
        """Return the token at a place, or None outside the line."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def free(self, i: int) -> bool:
        """Say whether a number stands here that nothing explains yet."""
        token = self.token(i)
        return token is not None and token.kind is Kind.NUMBER and i not in self.explained

    def unit(self, i: int) -> Token | None:
        """Return the unit at a place."""
        token = self.token(i)
        return token if token and token.kind is Kind.UNIT else None

    def mark(self, i: int) -> str:
        """Return the mark at a place, or nothing."""
        token = self.token(i)
        return token.text if token and token.kind is Kind.MARK else ""

    def has(self, *tags: Tag) -> bool:
        """Say whether any word of the line has one of the tags."""
        wanted = set(tags)
        return any(token.tags & wanted for token in self.tokens)

    def is_word(self, i: int, *tags: Tag) -> bool:
        """Say whether the token at a place has one of the tags."""
        token = self.token(i)
        return token is not None and bool(token.tags & set(tags))

    def explain(self, *places: int) -> None:
        """Mark tokens as understood."""
        self.explained.update(places)

    def add(self, found: Found) -> None:
        """Keep what was found and mark its numbers, units and marks as understood."""
        self.found.append(found)
        self.explain(*range(found.start, found.end))

    def label_before(self, i: int, tags: frozenset[Tag]) -> int | None:
        """Find the label that governs the number at a place, over words that say nothing."""
        for place in range(i - 1, max(-1, i - 9), -1):
            token = self.tokens[place]
            if token.tags & tags:
                return place
            if not self._passable(token) and not self._aside(place):
                return None
        return None

    def _aside(self, place: int) -> bool:
        """Say whether a number or unit is understood without being a reading (2 hours after)."""
        inside = any(f.start <= place < f.end for f in self.found)
        return place in self.explained and not inside

    def _passable(self, token: Token) -> bool:
        if token.kind is Kind.MARK:
            return token.text in _JOINERS or token.text == '"'
        return token.kind is Kind.MOMENT or bool(token.tags & _VIA)

    def clauses(self) -> list[tuple[int, int]]:
        """Cut the line at its stops; a stop between two numbers does not cut."""
        cuts, start = [], 0
        for i, token in enumerate(self.tokens):
            if token.kind is Kind.MARK and token.text in _BREAK and i not in self.explained:
                cuts.append((start, i))
                start = i + 1
        cuts.append((start, len(self.tokens)))
        return [(a, b) for a, b in cuts if b > a]

    def clause_of(self, place: int) -> tuple[int, int]:
        """Return the clause a token stands in."""
        return next(((a, b) for a, b in self.clauses() if a <= place <= b), (0, len(self.tokens)))

    def words(self, start: int, end: int) -> str:
        """Return the text of the tokens from start to end that no reading has used."""
        kept = [i for i in range(start, end) if i not in self.explained and not self._a_label(i)]
        text, last = "", None
        for i in kept:
            token = self.tokens[i]
            if last is not None and token.start > last:
                text += " "
            text += token.text
            last = token.end
        return re.sub(r"\s+", " ", text).strip(" ,.;:!?。、-—·")

    def _a_label(self, i: int) -> bool:
        """Say whether a word only named a reading of this line."""
        only = {Tag.BP, Tag.SYSTOLIC, Tag.DIASTOLIC, Tag.HBA1C, Tag.SPO2}
        return bool(self.found) and bool(self.tokens[i].tags & only)

    def uses(self, i: int, *uses: Use) -> bool:
        """Say whether a unit of one of these uses stands at a place."""
        token = self.unit(i)
        return token is not None and token.unit is not None and token.unit.use in uses

    def codes(self, i: int) -> tuple[Code, ...]:
        """Return what the unit at a place can measure."""
        token = self.unit(i)
        return token.unit.codes if token and token.unit else ()
