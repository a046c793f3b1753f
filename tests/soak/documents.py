"""Documents changed at random: each is taken or refused, never a crash, slow, or a memory hog.

`python -m tests.soak.documents --count 100000` prints what happened and fails if anything did. A
fault names its number; `--first N --count 1` runs that document alone.
"""

import argparse
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from pathlib import Path

from records.cda import DocumentSegment, EmrRecord, NotTaken, read_contents
from records.cda.engine import PatientsDiffer, UndecidedPatient
from records.cda.engine.tree import canonical
from records.vocabulary import SegmentKind
from tests.records.cda.engine.made import CODES, STYLES, Entry, Section, document
from tests.records.cda.engine.real import documents_in
from tests.records.cda.engine.unusual import unusual
from tests.soak.memory import most_memory, start_measuring

MOST_SECONDS, MOST_MEGABYTES = 1.0, 400.0

Change = Callable[[bytes, random.Random, Sequence[bytes]], bytes]

TAG = re.compile(rb"<[^<>!?]+>")
ELEMENT = re.compile(rb"<(\w+)\b[^<>]*>[^<>]*</\1>|<\w+\b[^<>]*/>")
VALUE = re.compile(rb'="[^"<]*"')
NAMES = b"section entry component organizer observation text code id tr content nonXMLBody".split()
WORDS = (
    b"", b"\x00", b"\xff\xfe", b"&#0;", b"&x;", b"]]>", b"<!--", b"-->", b"<?a b?>", b"<![CDATA[",
    b"<!DOCTYPE a>", b'xmlns="urn:x"', b'xmlns:p="u:y"', b"<p:a/>", "健康".encode(), b"\r\n",
    b'nullFlavor="NI"', b"8716-3", b"29463-7", b"#a", b"<section><entry/></section>",
)  # fmt: skip


@dataclass
class Tally:
    """What came of the documents."""

    documents: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    largest: float = 0.0


def bytes_anywhere(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Change, drop or put in a few bytes anywhere."""
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(WORDS) + content[at + chance.choice((0, 0, 1, 7, 60)) :]


def piece_again(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Put a piece of a document in, once or many times."""
    donor = chance.choice((content, chance.choice(others)))
    start, at = chance.randrange(len(donor) + 1), chance.randrange(len(content) + 1)
    piece = donor[start : start + chance.choice((3, 90, 2_000))]
    return content[:at] + piece * chance.choice((1, 1, 2, 300)) + content[at:]


def cut_off(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """End a document anywhere."""
    return content[: chance.randrange(len(content) + 1)]


def element_again(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Move, repeat or drop a whole small element, so that most documents stay well formed."""
    found = _one(ELEMENT, content, chance)
    place = _one(ELEMENT, content, chance)
    if not found or not place:
        return content
    times = chance.choice((0, 1, 2, 50, 3_000))
    moved = content[found[0] : found[1]] * times
    return content[: place[1]] + moved + content[place[1] :]


def element_gone(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Drop a whole small element."""
    found = _one(ELEMENT, content, chance)
    return content[: found[0]] + content[found[1] :] if found else content


def tag_renamed(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Call every element of one name by another."""
    old, new = chance.choice(NAMES), chance.choice((*NAMES, b"x:y", b"other"))
    return re.sub(rb"(</?)%s\b" % old, rb"\1" + new, content)


def value_changed(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Give an attribute another value, one of another place or a wild one."""
    found, donor = _one(VALUE, content, chance), _one(VALUE, content, chance)
    if not found or not donor:
        return content
    wild = b'="%s"' % (chance.choice((b"", b"A" * 5_000, b"-1", b"999999999999", b"&lt;a&gt;")))
    value = chance.choice((content[donor[0] : donor[1]], wild))
    return content[: found[0]] + value + content[found[1] :]


def deeper(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Put an element into many others."""
    found = _one(ELEMENT, content, chance)
    if not found:
        return content
    name, times = chance.choice(NAMES), chance.choice((1, 20, 230, 400))
    inner = content[found[0] : found[1]]
    wrapped = b"<%s>" % name * times + inner + b"</%s>" % name * times
    return content[: found[0]] + wrapped + content[found[1] :]


def recoded(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Write the document in another encoding, rightly or wrongly declared."""
    codec = chance.choice(("utf-16", "utf-16-le", "gb18030", "gbk", "latin-1", "utf-7", "utf-32"))
    declared = chance.choice((codec, "UTF-8", "UTF-16", "GBK")).encode()
    text = re.sub(rb'encoding="[^"]*"', b'encoding="%s"' % declared, content, count=1)
    return text.decode("utf-8", "replace").encode(codec, "replace")


CHANGES: tuple[Change, ...] = (
    bytes_anywhere,
    piece_again,
    cut_off,
    *(element_again, element_gone, value_changed, deeper) * 2,
    tag_renamed,
    recoded,
)


def changed(number: int, seed: int, documents: Sequence[bytes]) -> tuple[bytes, random.Random]:
    """Return the changed document of this number, and chance to go on with."""
    chance = random.Random(f"{seed}/{number}")
    content = chance.choice(documents)
    for _ in range(chance.choice((1, 1, 2, 5))):
        content = chance.choice(CHANGES)(content, chance, documents)
    return content, chance


def use(content: bytes, chance: random.Random) -> str:
    """Do with a document all that may be done, and say what came of it."""
    try:
        record = EmrRecord.parse(content)
    except NotTaken as refused:
        return f"refused: {refused.reason.name}"
    segments = [DocumentSegment.from_bytes(one.to_bytes()) for one in record.segments()]
    again = EmrRecord.rejoin(segments)
    if canonical(again._tree) != canonical(record._tree):
        raise AssertionError("the document is not what it was")
    read_contents(record)
    kinds = chance.sample(tuple(SegmentKind), chance.randint(0, 9))
    numbers = [one.number for one in record.entries() if chance.random() < 0.2]
    wish = chance.choice(("hide", "share", "days", "join"))
    if wish == "hide":
        again = record.hide(kinds=kinds, entries=numbers)
    elif wish == "days":
        again = record.hide(days=(date(2012, 1, 1), date(2015, 1, 1)))
    else:
        try:
            again = record.share(kinds) if wish == "share" else EmrRecord.concatenate([record])
        except (UndecidedPatient, PatientsDiffer):
            return "taken, its patient not certain"
    EmrRecord.parse(again.to_bytes())
    return f"taken: {wish}"


def until(seconds: float, numbers: Iterable[int]) -> Iterator[int]:
    """Return these numbers until the time is over."""
    begun = time.monotonic()
    return takewhile(lambda _: time.monotonic() - begun < seconds, numbers)


def run(numbers: Iterable[int], seed: int, documents: Sequence[bytes]) -> Tally:
    """Use a changed document of each number and tally what came of it."""
    tally = Tally()
    for number in numbers:
        content, chance = changed(number, seed, documents)
        tally.documents += 1
        before = start_measuring()
        begun = time.process_time()
        try:
            tally.outcomes[use(content, chance)] += 1
        except Exception:
            tally.faults.append(f"{number}: {traceback.format_exc(limit=-3)}")
        seconds, megabytes = time.process_time() - begun, most_memory() - before
        tally.slowest, tally.largest = max(tally.slowest, seconds), max(tally.largest, megabytes)
        if seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES:
            tally.faults.append(f"{number}: {seconds:.2f} s, {megabytes:.0f} MB")
    return tally


def made_documents() -> list[bytes]:
    """Return documents of our own, for where there are no real ones."""
    entries = [Entry(n, style=one, organizer=n % 2 == 0) for n, one in enumerate(STYLES, 1)]
    plain = [
        document(Section(one, tuple(entries)), Section(other, (), (Section(one),)))
        for one, other in zip(CODES, reversed(CODES), strict=True)
    ]
    return [*plain, *(content for _, content in unusual())]


def _one(pattern: re.Pattern[bytes], content: bytes, chance: random.Random) -> tuple[int, int]:
    """Return where one match stands, found from a random place onwards, or (0, 0)."""
    start = chance.randrange(len(content) + 1)
    found = pattern.search(content, start, start + 20_000) or pattern.search(content[:20_000])
    return found.span() if found else (0, 0)


def main(words: Sequence[str] | None = None) -> int:
    """Run as many changed documents as asked for; return 1 for any fault, or if time ran out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    asked = parser.parse_args(words)
    documents = made_documents()
    if asked.data.is_dir():
        documents += [content for _, content in documents_in(asked.data)]
    begun = time.monotonic()
    numbers = until(asked.minutes * 60, range(asked.first, asked.first + asked.count))
    tally = run(numbers, asked.seed, documents)
    for fault in tally.faults[:20]:
        print(fault)
    for outcome, number in tally.outcomes.most_common():
        print(f"{number:8} {outcome}")
    print(
        f"{tally.documents} documents of {len(documents)} in {time.monotonic() - begun:.0f} s: "
        f"{len(tally.faults)} faults, the slowest {tally.slowest:.2f} s of work, "
        f"the largest {tally.largest:.0f} MB"
    )
    return 1 if tally.faults or tally.documents < asked.count else 0


if __name__ == "__main__":
    sys.exit(main())
