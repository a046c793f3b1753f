"""What a person wants done with the record: nothing kept, kept private, shown to somebody."""

import re

from records.language.line import Line
from records.language.tags import Tag
from records.language.tokens import Kind
from records.language.understanding import Command, Expect, Reading, Understanding
from records.language.urgency import urgency
from records.vocabulary import Code

_LETS_SEE = re.compile(
    r"\blet (?:\w+ ){1,4}(?:see|know)\b|(?:让|给)[^,。]{1,6}(?:看(?!病|医生)|知道)|"
    r"[话讲][俾畀比给][^,。]{1,6}[知听]"
)
_HEALERS = ("医生", "大夫", "护士", "doctor", "nurse", "dr", "ologist", "consultant", "specialist")
_SAYS_TO = re.compile(r"(?:跟|和|给|向|对)([^,。]{1,6})(?:说|讲|报告|汇报)")


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
    if _LETS_SEE.search(line.text) or _speaks_to(line):
        return True
    for i, token in enumerate(line.tokens):
        shows = token.text in ("show", "report")
        if Tag.SHARE in token.tags or shows:
            reach = 4 if shows else 14
            if any(_is_somebody(line, k) for k in range(i + 1, min(i + reach, len(line.tokens)))):
                return True
    return False


def _is_somebody(line: Line, place: int) -> bool:
    """Say whether a person or a place of care is named: my cardiologist, the clinic, 李医生."""
    token = line.tokens[place]
    return bool(token.tags & {Tag.OTHER, Tag.CARE}) or token.text.endswith(_HEALERS)


def _speaks_to(line: Line) -> bool:
    """Say whether somebody is to be told: 跟我老伴说我发烧了."""
    said = _SAYS_TO.search(line.text)
    if said is None:
        return False
    told = [t for t in line.tokens if said.start(1) <= t.start < said.end(1)]
    return any(Tag.OTHER in t.tags or t.text in ("医生", "大夫", "护士") for t in told)


def _noted(line: Line) -> tuple[Reading, ...]:
    """Keep what is left of a line as a note, where it says more than the wish about the record."""
    wish = {Tag.PRIVATE, Tag.NEUTRAL, Tag.SELF, Tag.SHARE, Tag.OTHER}
    says = any(t.kind in (Kind.WORD, Kind.UNKNOWN) and not t.tags & wish for t in line.tokens)
    return (Reading(Code.NOTE, text=line.typed),) if says else ()
