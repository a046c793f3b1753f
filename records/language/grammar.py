"""The one door: from a chat line to what it asks of the house."""

from records.language import former, pressure, quantities
from records.language.commands import command, corrects
from records.language.composites import fused
from records.language.cutting import tokenise
from records.language.line import Line
from records.language.narrative import tell
from records.language.tags import Tag
from records.language.text import LONGEST, normalised
from records.language.understanding import Context, Expect, Reading, Reason, Understanding
from records.language.verdict import decide
from records.vocabulary import Code, Language

MOST_NUMBERS = 40
"""More numbers than a diary page holds: the chat asks for them in parts."""


def understand(text: str, lang: Language, context: Context) -> Understanding:
    """Return what a line says and what to do with it; total, pure, and never a guess of a value.

    The words of both languages are read in either: `lang` only settles what a form leaves open.
    """
    if len(text) > LONGEST:
        return _letter(text)
    line = fused(normalised(text))
    asked = command(line)
    if asked and not _is_meter_word(text):
        return Understanding(Expect.IGNORE, command=asked, words=text.strip())
    read = Line(line, tokenise(line, context.now), context, typed=text.strip())
    if sum(token.number is not None for token in read.tokens) > MOST_NUMBERS:
        return Understanding(Expect.ASK, reason=Reason.UNEXPLAINED_DIGITS, words=text.strip())
    former.set_aside(read)
    pressure.find(read)
    quantities.find(read)
    told = tell(read)
    return decide(read, told, text.strip(), lang, correction=corrects(line))


def amends(text: str) -> bool:
    """Say whether a line puts right what was told last, so that its reader must know it."""
    return len(text) <= LONGEST and corrects(fused(normalised(text)))


def keeps_private(text: str, context: Context) -> bool:
    """Say whether a line asks that what is told, or comes with it, be kept private."""
    line = fused(normalised(text[:LONGEST]))
    return Line(line, tokenise(line, context.now), context, typed=text.strip()).has(Tag.PRIVATE)


def _is_meter_word(text: str) -> bool:
    return text.strip() in ("HI", "LO")


def _letter(text: str) -> Understanding:
    """Keep a very long text as a note; where it holds figures, ask for them in a short line."""
    words = text[:LONGEST].strip()
    if any(c.isdigit() for c in words):
        return Understanding(Expect.ASK, reason=Reason.UNEXPLAINED_DIGITS, words=words)
    return Understanding(Expect.STORE, (Reading(Code.NOTE, text=words),), words=words)
