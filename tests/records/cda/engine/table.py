"""What the engine does with every real document: `python -m tests.records.cda.engine.table`.

One row a folder; a document that is refused, comes back other than it was, or is no longer valid
after hiding is named below the table and makes the exit status 1.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from records.cda import DocumentSegment, EmrRecord, NotTaken
from records.vocabulary import SegmentKind
from tests.records.cda.documents import schema
from tests.records.cda.engine.real import documents_in, wrapped_fragments

COLUMNS = ("documents", "parsed", "without loss", "round-tripped", "valid", "valid after hiding")


def judged(content: bytes, xsd: etree.XMLSchema) -> Iterator[str]:
    """Return the columns a document counts in."""
    yield "documents"
    try:
        record = EmrRecord.parse(content)
    except NotTaken:
        return
    yield "parsed"
    whole, segments = canonical(content), record.segments()
    if canonical(EmrRecord.rejoin(segments).to_bytes()) == whole:
        yield "without loss"
    apart = [DocumentSegment.from_bytes(one.to_bytes()) for one in segments]
    if apart == list(segments) and canonical(EmrRecord.rejoin(apart).to_bytes()) == whole:
        yield "round-tripped"
    if not xsd.validate(etree.fromstring(content)):
        return
    yield "valid"
    if all(xsd.validate(etree.fromstring(one.to_bytes())) for one in hidden(record)):
        yield "valid after hiding"


def hidden(record: EmrRecord) -> Iterator[EmrRecord]:
    """Return the document with one kind, every second entry, every third code hidden."""
    for kind in SegmentKind:
        yield record.hide(kinds=[kind])
    entries = record.entries()
    yield record.hide(entries=[one.number for one in entries[::2]])
    yield record.hide(codes=[code for one in entries[::3] for code in one.codes])
    yield record.hide(entries=[one.number for one in entries])


def canonical(content: bytes) -> bytes:
    tree = etree.fromstring(content).getroottree()
    return etree.tostring(tree, method="c14n", with_comments=True)


def main(words: Sequence[str] | None = None) -> int:
    """Print the table and what is to be named; return 1 if there is anything."""
    parser = argparse.ArgumentParser(description="The record engine and the real documents.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args(words).data
    table: dict[str, Counter[str]] = {}
    wrong = []
    for name, content in (*documents_in(data), *wrapped_fragments(data)):
        found = list(judged(content, schema(data)))
        table.setdefault(name.split("/")[0], Counter()).update(found)
        if found[-1] not in ("round-tripped", "valid after hiding"):
            wrong.append(f"{name}: {found[-1]} and no further")
    width = max(map(len, COLUMNS))
    print(f"{'folder':<10}" + "".join(f"{one:>{width + 2}}" for one in COLUMNS))
    for folder, counted in table.items():
        print(f"{folder:<10}" + "".join(f"{counted[one]:>{width + 2}}" for one in COLUMNS))
    print("\n".join(wrong) or "Nothing was refused, lost or spoiled.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
