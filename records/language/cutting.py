"""Cutting a normalised line into tokens."""

import re
from datetime import datetime

from records.language import numbers
from records.language.consents import wish_spans
from records.language.figures import FEET, MIXED, ORDINAL, figures_at
from records.language.foreign import foreign_spans
from records.language.lexicon import LONGEST_HAN, LONGEST_LATIN, NOTHING, TABLE, tags_of
from records.language.misfits import is_no_unit
from records.language.moment import Span
from records.language.numbers import Number
from records.language.redflags import red_spans
from records.language.tags import Tag
from records.language.times import moments
from records.language.tokens import Kind, Token
from records.language.units import UNITS, unit_at

_LATIN = re.compile(r"[a-zà-ÿа-яёіїєґ]+(?:[.'][a-zà-ÿ]+)*")
_AMBULANCE = re.compile(r"(?:(?:call|dial|phone|ring) ?|[打叫拨]\D?\s?)?(?:911|999|112|120)$")
_PHRASE_GAP = re.compile(r"[ -](?=[a-z(])")
_ITS_NUMBER = re.compile(r" (?:(?:was|is|at) )?\d")


class _Cutter:
    """Cuts one line; it lives as long as the call."""

    def __init__(self, line: str, now: datetime) -> None:
        self.line = line
        self.spans: dict[int, Span] = {s.start: s for s in moments(line, now)}
        self.red = red_spans(line)
        self.wished = wish_spans(line)
        self.foreign = dict(foreign_spans(line)) if re.search(r"\d|http|@", line) else {}
        self.tokens: list[Token] = []

    def cut(self) -> tuple[Token, ...]:
        at = 0
        while at < len(self.line):
            at = self._next(at)
        return tuple(self.tokens)

    def _add(self, kind: Kind, start: int, end: int, tags: frozenset[Tag] = NOTHING) -> int:
        self.tokens.append(Token(kind, start, end, self.line[start:end], tags))
        return end

    def _next(self, at: int) -> int:
        if at in self.foreign and at not in self.spans:
            return self._foreign(at, self.foreign[at])
        if at in self.red:
            return self._add(Kind.WORD, at, self.red[at], frozenset({Tag.RED}))
        if at in self.wished:
            end, tag = self.wished[at]
            return self._add(Kind.WORD, at, end, frozenset({tag}))
        if at in self.spans:
            span = self.spans[at]
            self.tokens.append(
                Token(Kind.MOMENT, at, span.end, self.line[at : span.end], moment=span.moment)
            )
            return span.end
        char = self.line[at]
        if char == " ":
            return at + 1
        for try_one in (self._slipped, self._mixed, self._figures, self._latin, self._han):
            end = try_one(at, char)
            if end:
                return end
        tags = TABLE.get(char, NOTHING)
        return self._add(
            Kind.WORD if tags and char not in "/-,.&=+" else Kind.MARK, at, at + 1, tags
        )

    def _foreign(self, at: int, end: int) -> int:
        """Keep digits that are no reading; a call for the ambulance is an emergency."""
        called = _AMBULANCE.match(self.line, at, end) is not None
        return self._add(Kind.FOREIGN, at, end, frozenset({Tag.EMERGENCY}) if called else NOTHING)

    def _mixed(self, at: int, char: str) -> int:
        found = ORDINAL.match(self.line, at)
        if found:
            return self._add(Kind.WORD, at, found.end(), frozenset({Tag.NEUTRAL}))
        found = MIXED.match(self.line, at)
        if found is None or (at and self.line[at - 1].isascii() and self.line[at - 1].isalpha()):
            return 0
        phrase = self._longest_latin(at)
        end = max(phrase, found.end())
        return self._add(Kind.WORD, at, end, tags_of(self.line[at:end]) or frozenset({Tag.NEUTRAL}))

    def _figures(self, at: int, char: str) -> int:
        if not char.isascii() or not char.isdigit():
            return 0
        feet = FEET.match(self.line, at)
        if feet:
            return self._feet(at, feet)
        found = figures_at(self.line, at)
        return self._number(at, found[1], numbers.from_figures(found[0])) if found else 0

    def _slipped(self, at: int, char: str) -> int:
        """Read a figure mistyped as a letter, beside the slash of a pressure only."""
        found = numbers.SLIPPED.match(self.line, at)
        if found is None or "/" not in (
            self.line[at - 1 : at],
            self.line[found.end() :].lstrip()[:1],
        ):
            return 0
        return self._number(at, found.end(), numbers.from_slipped(found[0]))

    def _feet(self, at: int, found: re.Match[str]) -> int:
        inches = int(found["ft"]) * 12 + int(found["in"] or 0)
        value = numbers.from_figures(str(inches))
        self.tokens.append(Token(Kind.NUMBER, at, found.end(), found[0], number=value))
        self.tokens.append(Token(Kind.UNIT, found.end(), found.end(), "", unit=UNITS["[in_i]"]))
        return found.end()

    def _number(self, at: int, end: int, number: Number) -> int:
        """Keep the number with its unit; glued to a strange word it is a name, not a number."""
        before = self.tokens[-1] if self.tokens else None
        if before and before.end == at and before.kind is Kind.UNKNOWN and before.text.isascii():
            return self._add(Kind.FOREIGN, at, end)
        gap = 1 if self.line[end : end + 1] == " " else 0
        unit = unit_at(self.line, end + gap)
        if unit and (end + gap in self.spans or self._is_no_unit(end, end + gap, unit[1])):
            unit = None
        if unit is None and _LATIN.match(self.line, end) and not self._known_latin(end):
            tail = _LATIN.match(self.line, end)
            return self._add(Kind.FOREIGN, at, tail.end() if tail else end)
        self.tokens.append(Token(Kind.NUMBER, at, end, self.line[at:end], number=number))
        if unit is None:
            return end
        self.tokens.append(
            Token(Kind.UNIT, end + gap, unit[1], self.line[end + gap : unit[1]], unit=unit[0])
        )
        return unit[1]

    def _is_no_unit(self, end: int, start: int, stop: int) -> bool:
        if is_no_unit(self.line, self.tokens, (end, start, stop)):
            return True
        return not self.line[start:stop].isascii() and self._longest_han(start) > stop

    def _known_latin(self, at: int) -> bool:
        return self._longest_latin(at) > at

    def _longest_latin(self, at: int) -> int:
        """Find the end of the longest phrase of the lexicon that begins here."""
        end, best = at, at
        word = MIXED.match(self.line, at) or _LATIN.match(self.line, at)
        for _ in range(LONGEST_LATIN):
            if word is None:
                break
            end = word.end()
            text = self.line[at:end]
            if text in TABLE or (best == at and tags_of(text)):
                best = end
            gap = _PHRASE_GAP.match(self.line, end)
            word = (
                MIXED.match(self.line, end + 1) or _LATIN.match(self.line, end + 1) if gap else None
            )
        return best

    def _latin(self, at: int, char: str) -> int:
        found = _LATIN.match(self.line, at)
        if found is None:
            return 0
        spelled = self._spelled(at, found[0])
        if spelled:
            return spelled
        end = self._longest_latin(at)
        if end == at:
            return self._add(Kind.UNKNOWN, at, found.end())
        return self._add(Kind.WORD, at, end, tags_of(self.line[at:end]))

    def _spelled(self, at: int, word: str) -> int:
        """Read number words; a lone small one ("one") stays a word unless a unit follows."""
        if word not in numbers.ENGLISH and not self.line.startswith("a hundred", at):
            return 0
        places = list(re.finditer(r"[a-z]+", self.line[at : at + 80]))
        read = numbers.from_english([m[0] for m in places])
        if read is None:
            return 0
        end = at + places[read[1] - 1].end()
        small = read[1] == 1 and (read[0].value or 0) < 20
        if small and _ITS_NUMBER.match(self.line, end):  # the lower one 92
            return 0
        gap = self.line[end : end + 1] in (" ", "-")
        if small and not unit_at(self.line, end + gap) and not self._after_label():
            return 0
        return self._number(at, end, read[0])

    def _after_label(self) -> bool:
        for token in reversed(self.tokens[-3:]):
            if token.tags & {Tag.GLUCOSE, Tag.PAIN, Tag.SLEEP, Tag.OVER, Tag.FASTING}:
                return True
        return False

    def _han(self, at: int, char: str) -> int:
        if char.isascii() or not ("一" <= char <= "鿿" or char == "半"):
            return 0
        end = self._longest_han(at)
        run = numbers.HAN_RUN.match(self.line, at)
        if run and run.end() > max(end, at) - (end > at):
            read = self._han_number(at, run)
            if read and (read > end or end - at <= 1):
                return read
            if read:
                del self.tokens[-1]
        if end > at:
            return self._add(Kind.WORD, at, end, TABLE[self.line[at:end]])
        return self._add(Kind.UNKNOWN, at, at + 1)

    def _han_number(self, at: int, run: re.Match[str]) -> int:
        """Read a Chinese numeral; a lone figure counts only before a unit or after a label."""
        follows = unit_at(self.line, run.end())
        if run.end() - at == 1 and not follows and not self._label_before():
            return 0
        return self._number(at, run.end(), numbers.from_han(run[0]))

    def _label_before(self) -> bool:
        return bool(self.tokens) and bool(
            self.tokens[-1].tags & {Tag.GLUCOSE, Tag.PAIN, Tag.FASTING, Tag.SYMPTOM}
        )

    def _longest_han(self, at: int) -> int:
        for end in range(min(len(self.line), at + LONGEST_HAN), at, -1):
            if self.line[at:end] in TABLE and not self.line[at:end].isascii():
                return end
        return at


def tokenise(line: str, now: datetime) -> tuple[Token, ...]:
    """Cut a normalised line into tokens."""
    return _Cutter(line, now).cut()
