"""Documents with thousands of neighbours: the work grows with their number, and not faster."""

from collections import Counter
from collections.abc import Callable

import pytest
from lxml import etree

from records.cda import EmrRecord
from records.cda.engine.tree import remove
from records.vocabulary import SegmentKind
from tests.records.cda.engine.made import ALLERGIES, MOOD, PROBLEMS, Entry, Section, document

Work = Callable[[EmrRecord], EmrRecord]

WORKED: Counter[str] = Counter()
"""Characters written between elements, and elements looked through to take out what holds them."""


class Counting(etree.ElementBase):
    """An element that counts what is done with it."""

    @property
    def tail(self) -> str | None:  # type: ignore[override]  # the stub has a plain attribute
        return etree.ElementBase.tail.__get__(self)  # type: ignore[attr-defined,no-any-return]

    @tail.setter
    def tail(self, words: str | None) -> None:
        WORKED["characters"] += len(words or "")
        etree.ElementBase.tail.__set__(self, words)  # type: ignore[attr-defined]

    def remove(self, element: etree._Element) -> None:
        WORKED["elements"] += sum(1 for _ in element.iter())
        super().remove(element)


def counted(content: bytes) -> EmrRecord:
    parser = etree.XMLParser()
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Counting))
    return EmrRecord(etree.fromstring(content, parser).getroottree())


def wide(number: int) -> bytes:
    """Return a document of two sections with this many entries and comments, words between."""
    styles = ("row", "item", "paragraph", "cell")
    entries = tuple(Entry(n, style=styles[n % 4]) for n in range(1, number + 1))
    made = document(Section(MOOD, entries), Section(ALLERGIES, entries), Section(PROBLEMS))
    made = made.replace(b"</title>", b"</title>" + b"words <!-- one -->" * number)
    return made.replace(b"<entry>", b"between the entries<entry>")


def work_of(work: Work, number: int) -> Counter[str]:
    record = counted(wide(number))
    WORKED.clear()
    work(record)
    return Counter(WORKED)


def every_other(record: EmrRecord) -> EmrRecord:
    return record.hide(entries=range(1, 5_000, 2))


def joined(record: EmrRecord) -> EmrRecord:
    return EmrRecord.concatenate([record, every_other(record)])


@pytest.mark.parametrize(
    "work",
    [
        every_other,
        joined,
        lambda record: record.hide(entries=range(1, 5_000)),
        lambda record: record.hide(entries=range(100, 5_000)),
        lambda record: record.hide(kinds=[SegmentKind.NON_PHYSICAL_SIGNS]),
        lambda record: record.hide(kinds=[SegmentKind.HEALTH_STATUS]),
        lambda record: record.share(),
    ],
    ids=[
        "every other",
        "joined",
        "all",
        "most",
        "a section",
        "a section that is required",
        "comments",
    ],
)
def test_twice_as_many_neighbours_are_twice_the_work(work: Work) -> None:
    few, many = work_of(work, 100), work_of(work, 200)
    assert few["elements"] + few["characters"] > 0
    for what in few | many:
        assert many[what] <= 2.2 * few[what], what


def test_what_follows_each_neighbour_stays_where_it_was() -> None:
    root = etree.fromstring("<a>1<b/>2<c>x<d/></c>3<!--e-->4<f/>5<g/>6<h/>7</a>")
    b, c, e, f, g, h = root
    remove(g, c, *c, b, e, h)
    assert etree.tostring(root) == b"<a>1234<f/>567</a>"
    remove(f, f)
    assert etree.tostring(root) == b"<a>1234567</a>"
    remove(root)
    assert len(c) == 0
