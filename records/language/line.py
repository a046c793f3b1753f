"""One line under reading: its tokens, which of them are explained, and what was found."""

import re
from dataclasses import dataclass, field

from records.language.tags import LABELS, Tag
from records.language.tokens import Kind, Token
from records.language.understanding import Context, Reading, Reason
from records.language.units import Use
from records.vocabulary import Code

_BREAK = frozenset(",;.!?\n。、")
_STOPS = frozenset(".!?;\n。")
_SHORT = frozenset({"no", "nr", "ref", "tel", "apt", "ext", "st", "dr", "mr", "mrs", "ms", "vs"})
_TURNS = frozenset({"but", "however", "although", "但", "但是", "不过", "可是", "然而"})
_TO = frozenset({"to", "up to", "down to", "到", "至"})
_WHEN = frozenset({"before", "after", "while", "during", "following"})
_JOINERS = frozenset(":=-()")
_PARTS = frozenset({"and", "so", "then", "because", "while", "since", "所以", "然后", "因为"})
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
    named: set[int] = field(default_factory=set)  # understood, and part of a name all the same

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

    def keep_in_name(self, start: int, end: int) -> None:
        """Mark tokens as understood that stay in what is told: took Micardis Plus 80/12.5."""
        self.explain(*range(start, end))
        self.named.update(range(start, end))

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
            passed = self._passable(token) or self.is_set_aside(place) or self._occasion(place)
            passed = passed or self._reaching(place, i)
            if not passed:
                return None
        return None

    def is_set_aside(self, place: int) -> bool:
        """Say whether a number or unit is understood without being a reading (2 hours after)."""
        inside = any(f.start <= place < f.end for f in self.found)
        return place in self.explained and not inside

    def _reaching(self, place: int, i: int) -> bool:
        """Say whether a word is the verb of reaching a number: sugar spiked to 13.5, 飙到."""
        token = self.tokens[place]
        verb = token.kind is Kind.UNKNOWN or Tag.CHANGE in token.tags
        if verb and token.text.endswith(("ed", "ing")) and self.tokens[i - 1].text == "at":
            return i - place <= 3  # hovering at 7.2
        return verb and any(t.text in _TO for t in self.tokens[place + 1 : min(i, place + 5)])

    def _occasion(self, place: int) -> bool:
        """Say whether a word says on which occasion: bp before leaving 144/82."""
        token = self.tokens[place]
        told = token.kind is Kind.UNKNOWN or bool(token.tags & {Tag.MOVE, Tag.EXERCISE})
        near = self.tokens[max(0, place - 3) : place]
        return told and any(t.text in _WHEN for t in near)

    def _passable(self, token: Token) -> bool:
        if token.kind is Kind.MARK:
            return token.text in _JOINERS or token.text == '"'
        return token.kind is Kind.MOMENT or bool(token.tags & _VIA)

    def clauses(self) -> list[tuple[int, int]]:
        """Cut the line at its stops and at "but"; a stop between two numbers does not cut."""
        cuts, start = [], 0
        for i, token in enumerate(self.tokens):
            stop = token.text in _BREAK if token.kind is Kind.MARK else token.text in _TURNS
            stop = stop or (token.text == "-" and self._dashed(i))
            if stop and i not in self.explained:
                cuts.append((start, i))
                start = i + 1
        cuts.append((start, len(self.tokens)))
        return [(a, b) for a, b in cuts if b > a]

    def _dashed(self, i: int) -> bool:
        """Say whether a dash with room on both sides parts two clauses: 128/82 - see you."""
        before, dash, behind = self.token(i - 1), self.tokens[i], self.token(i + 1)
        if not i or before is None or behind is None:
            return False
        return (
            any(f.end <= i for f in self.found)
            and before.end < dash.start
            and dash.end < behind.start
            and behind.number is None
        )

    def clause_of(self, place: int) -> tuple[int, int]:
        """Return the clause a token stands in."""
        return next(((a, b) for a, b in self.clauses() if a <= place <= b), (0, len(self.tokens)))

    def sentence_of(self, place: int) -> tuple[int, int]:
        """Return the sentence a token stands in; a comma does not end it."""
        stops = (i for i, t in enumerate(self.tokens) if t.text in _STOPS)
        ends = [i for i in stops if i not in self.explained and not self._shortens(i)]
        begin = max((i + 1 for i in ends if i < place), default=0)
        return begin, min((i for i in ends if i >= place), default=len(self.tokens))

    def _shortens(self, i: int) -> bool:
        """Say whether a point only shortens a word: order no. 12."""
        return self.mark(i) == "." and i > 0 and self.tokens[i - 1].text in _SHORT

    def breath_of(self, place: int) -> tuple[int, int]:
        """Return the part of the clause a token stands in, cut at "and", "so" and their like."""
        begin, end = self.clause_of(place)
        cuts = [i for i in range(begin + 1, end) if self.tokens[i].text in _PARTS]
        cuts = [i for i in cuts if not (self._number_at(i - 1) and self._number_at(i + 1))]
        before = [i + 1 for i in cuts if i < place]
        return max(before, default=begin), min((i for i in cuts if i > place), default=end)

    def numbered(self, start: int, end: int) -> bool:
        """Say whether a number stands from start to end."""
        return any(self._number_at(i) for i in range(start, end))

    def _number_at(self, i: int) -> bool:
        token = self.token(i)
        return token is not None and token.number is not None

    def words(self, start: int, end: int) -> str:
        """Return the text of the tokens from start to end that no reading has used."""
        spent = self.explained - self.named
        kept = [i for i in range(start, end) if i not in spent and not self._a_label(i)]
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
        tags = self.tokens[i].tags
        if self.found and tags & only:
            return True
        own = {tag for tag, code in LABELS.items() if tag in tags} - {
            Tag.PAIN,
            Tag.SLEEP,
            Tag.STEPS,
        }
        codes = {LABELS[tag] for tag in own}
        return any(
            f.start - 3 <= i < f.start and r.code in codes for f in self.found for r in f.readings
        )

    def uses(self, i: int, *uses: Use) -> bool:
        """Say whether a unit of one of these uses stands at a place."""
        token = self.unit(i)
        return token is not None and token.unit is not None and token.unit.use in uses

    def codes(self, i: int) -> tuple[Code, ...]:
        """Return what the unit at a place can measure."""
        token = self.unit(i)
        return token.unit.codes if token and token.unit else ()
