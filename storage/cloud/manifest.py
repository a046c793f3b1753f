"""The manifest: only it knows what the objects of a record are, in what order, how long and whole.

A page lists one month's objects; a head names the newest page of each month and the digest of the
head before it. Pages and heads are sealed and immutable like every document: a change is a new
page and a new head. The newest head is fenced in the database, since no store's create-if-absent
is a lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from records import documents


@dataclass(frozen=True, slots=True)
class Entry:
    """One object: its random name, what it is, what its sealed bytes must be, and their place.

    It lies loose under its name, or from `start` on in a pack.
    """

    name: str
    family: str
    ref: str
    version: int
    digest: str
    length: int
    pack: str = ""
    start: int = 0
    place: str = "private"


@dataclass(frozen=True, slots=True)
class PackRef:
    """A pack: its random name, and what all of its bytes must be."""

    name: str
    digest: str
    length: int


@dataclass(frozen=True, slots=True)
class Page:
    """The objects of one month of a record, or of one year, and the packs they lie in."""

    record: str
    month: str
    entries: tuple[Entry, ...]
    packs: tuple[PackRef, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where a page lies and what its sealed bytes must be."""

    month: str
    name: str
    digest: str
    length: int


@dataclass(frozen=True, slots=True)
class Head:
    """The newest page of each month, linked to the head before by its digest."""

    record: str
    seq: int
    before: str
    pages: tuple[PageRef, ...]


def head_name(seq: int) -> str:
    """Return the name of a head; the newest is the highest number."""
    return f"head-{seq:010d}"


def write(thing: Page | Head) -> bytes:
    """Return a page or head as it is sealed."""
    return documents.write(thing)


def read_pages(content: str) -> tuple[PageRef, ...]:
    """Return the page references a head row keeps."""
    return documents.read(content.encode(), tuple[PageRef, ...]) if content else ()


def with_page(pages: Sequence[PageRef], page: PageRef) -> tuple[PageRef, ...]:
    """Return the references with this month's page in the place of the one before."""
    others = [one for one in pages if one.month != page.month]
    return tuple(sorted((*others, page), key=lambda one: one.month))
