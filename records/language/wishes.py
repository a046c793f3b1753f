"""What a person wants done with the record: nothing kept, kept private, shown to somebody."""

import re

from records.language.line import Line
from records.language.tags import Tag
from records.language.tokens import Kind
from records.language.understanding import Command, Expect, Reading, Understanding
from records.language.urgency import urgency
from records.vocabulary import Code

_LETS_SEE = re.compile(r"\blet (?:\w+ ){1,4}see\b|(?:让|给)[^,。]{1,6}看(?!病|医生)")


def wish(line: Line, readings: tuple[Reading, ...]) -> Understanding | None:
    """Read what the person wants done with the record: nothing kept, kept private, shown."""
    if line.has(Tag.PRIVATE):
        readings = readings or _noted(line)
        expect = Expect.STORE_PRIVATE if readings else Expect.IGNORE
        return Understanding(expect, readings, urgency(line, readings))
    if line.has(Tag.NO_RECORD):
        return Understanding(Expect.NO_RECORD)
    if _shares(line):
        own = tuple(r for r in readings if r.code is not Code.NOTE)
        expect = Expect.SHARE_REQUEST if own else Expect.IGNORE
        return Understanding(expect, own, command=Command.SHARE)
    return None


def _shares(line: Line) -> bool:
    """Say whether somebody is told: share with, tell my daughter, 把…发给, let the nurse see."""
    if _LETS_SEE.search(line.text):
        return True
    for i, token in enumerate(line.tokens):
        if Tag.SHARE in token.tags and token.text != "show":
            near = range(i + 1, min(i + 10, len(line.tokens)))
            people = ("医生", "大夫", "护士", "doctor", "nurse", "dr")
            if any(
                line.is_word(k, Tag.OTHER) or line.tokens[k].text.endswith(people) for k in near
            ):
                return True
    return False


def _noted(line: Line) -> tuple[Reading, ...]:
    """Keep what is left of a line as a note, where it says more than the wish about the record."""
    wish = {Tag.PRIVATE, Tag.NEUTRAL, Tag.SELF, Tag.SHARE, Tag.OTHER}
    says = any(t.kind in (Kind.WORD, Kind.UNKNOWN) and not t.tags & wish for t in line.tokens)
    return (Reading(Code.NOTE, text=line.typed),) if says else ()
