"""A wish about who may see what: share, hide, show again, stop, who looked; as plain facts.

Only a line that says nothing else is one: what is left over makes it something to be noted.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from records.language import leave_words as said
from records.language.leave_until import until_in
from records.language.text import normalised
from records.vocabulary import Code, SegmentKind

LONGEST = 120


class Verb(StrEnum):
    """What is wished."""

    SHARE = "share"
    HIDE = "hide"
    SHOW = "show"  # what was hidden
    STOP = "stop"  # sharing
    LOOKED = "looked"


class Whom(StrEnum):
    """How the line speaks of whom it is about."""

    UNSAID = ""
    EVERYONE = "everyone"
    TEAM = "team"
    NURSE = "nurse"
    DOCTOR = "doctor"
    HELPER = "helper"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class LeaveWish:
    """What a line wishes about who may see what; `until` is the last day it holds.

    `name` are the words in which somebody may be named; `but` is what is left out of the rest.
    """

    verb: Verb
    kinds: frozenset[SegmentKind] = frozenset()
    codes: frozenset[Code] = frozenset()
    but: frozenset[Code] = frozenset()
    whole: bool = False
    whom: Whom = Whom.UNSAID
    name: str = ""
    until: date | None = None


def leave_wished(text: str, today: date) -> LeaveWish | None:
    """Return what a whole line wishes about sharing and hiding, or None where it is no wish."""
    line = re.sub(r"[\s.!?。~]+$", "", normalised(text))
    if len(line) > LONGEST:
        return None
    if said.ASKS.match(line):
        return LeaveWish(Verb.LOOKED)
    verb = _verb(line)
    if verb is None:
        return None
    rest, until = until_in(line, today)
    rest = re.sub(said.VERB_WORDS, " ", rest)
    rest, but = _but(rest)
    rest, topics = _topics(rest)
    rest, whole = _taken(rest, said.WHOLE)
    rest, whom, name = _whom(rest)
    about = whole or bool(but or topics)
    if _left_over(rest) or not _is_a_wish(line, verb, whom, about=about):
        return None
    codes = frozenset(one for one in topics if isinstance(one, Code))
    kinds = frozenset(one for one in topics if isinstance(one, SegmentKind))
    return LeaveWish(verb, kinds, codes, but, whole or bool(but), whom, name, until)


def _is_a_wish(line: str, verb: Verb, whom: Whom, *, about: bool) -> bool:
    """Say whether enough is said: what, and with whom unless the verb leaves no doubt."""
    if said.PLAIN.search(line) or verb is Verb.STOP:
        return about or whom is not Whom.UNSAID or verb is Verb.STOP
    return about and (whom is not Whom.UNSAID or verb is Verb.SHOW)


def _verb(line: str) -> Verb | None:
    ways = (
        (said.SHOWS, Verb.SHOW),
        (said.STOPS, Verb.STOP),
        (said.HIDES, Verb.HIDE),
        (said.SHARES, Verb.SHARE),
    )
    return next((verb for pattern, verb in ways if pattern.search(line)), None)


def _taken(line: str, words: str) -> tuple[str, bool]:
    """Take words out of a line, and say whether they were there."""
    rest, count = re.subn(rf"(?<![a-z])(?:{words})(?![a-z])", " ", line)
    return rest, bool(count)


def _but(line: str) -> tuple[str, frozenset[Code]]:
    """Take "everything but mood" out of a line; what is left out must be one thing by name."""
    found = re.search(rf"(?<![a-z])(?:{said.BUT})\s*(?:my |我的)?", line)
    if found is None:
        return line, frozenset()
    for words, topic in said.TOPICS:
        named = re.compile(rf"(?:{words})(?![a-z])(?:\s*(?:以外|之外|都|其他))*").match(
            line, found.end()
        )
        if named and isinstance(topic, Code):
            return line[: found.start()] + " " + line[named.end() :], frozenset({topic})
    return line, frozenset()


def _topics(line: str) -> tuple[str, frozenset[SegmentKind | Code]]:
    topics: set[SegmentKind | Code] = set()
    for words, topic in said.TOPICS:
        line, there = _taken(line, words)
        if there:
            topics.add(topic)
    line, numbers = _taken(line, said.NUMBERS)
    if numbers:
        topics |= {SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS}
    return line, frozenset(topics)


def _whom(line: str) -> tuple[str, Whom, str]:
    """Take whom a line is about out of it, with the words that may name them."""
    for whom, words in said.PEOPLE:
        rest, there = _taken(line, words.replace("|dr|", r"|dr\.?|"))
        if there:
            name = _titled(line) or _name(rest)
            return _without(rest, name), Whom(whom), name
    name = _name(line)
    return _without(line, name), Whom.NAMED if name else Whom.UNSAID, name


def _titled(line: str) -> str:
    """Return the name behind "Dr", or before 医生."""
    han = re.search(r"([\u4e00-\u9fff]{1,4})(?:医生|大夫|护士)", line)
    if han:
        return re.sub(f"[{said.HAN_FILLERS}]", "", han[1])
    latin = re.search(r"\bdr\.? ([a-z][a-z'-]*(?: [a-z][a-z'-]*)?)", line)
    return _meaning(latin[1]) if latin else ""


def _meaning(words: str) -> str:
    return " ".join(one for one in words.split() if not re.fullmatch(said.FILLERS, one))


def _name(line: str) -> str:
    """Return the words behind a preposition, or all that is left of a line, that can be a name."""
    latin = re.search(r"\b(?:with|to|from|for|let)\s+([a-z][a-z'-]+(?: [a-z][a-z'-]+)?)", line)
    if latin and _meaning(latin[1]):
        return _meaning(latin[1])
    alone = _meaning(" ".join(re.findall(r"[a-z'-]+", line)))
    if 0 < len(alone.split()) <= 2:
        return alone
    han = re.search(r"[\u4e00-\u9fff]+", re.sub(f"[{said.HAN_FILLERS}]", " ", line))
    return han[0] if han and len(han[0]) <= 4 else ""


def _without(line: str, name: str) -> str:
    for word in name.split():
        line = re.sub(rf"(?<![a-z]){re.escape(word)}(?![a-z])", " ", line)
    return line


def _left_over(line: str) -> bool:
    """Say whether a line says more than the words that carry nothing."""
    words = re.findall(r"[a-z'0-9]+", line)
    han = re.sub(rf"[^\u4e00-\u9fff]|[{said.HAN_FILLERS}]", "", line)
    return bool(han) or any(not re.fullmatch(said.FILLERS, one) for one in words)
