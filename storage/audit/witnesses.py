"""What else saw the log: its daily roots in the database, in both clouds and on this machine.

Each says how far the log had come and what its chains came to. A log that has come less far was cut
off; one that comes to something else at the same place was changed, or is a fork.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from records.services.storing import DocumentStore, NoSuchDocument, StoreUnavailable
from storage.audit.anchors import Anchors
from storage.audit.chain import Head, Sealing
from storage.audit.faults import Wrong
from storage.audit.roots import CONTAINER, Root, leaf, name_of, read_root
from storage.audit.tree import root_of
from storage.database import Database
from storage.queue import DONE
from storage.rows.audit import AuditRootRow

Finding = tuple[str, Wrong]


@dataclass(frozen=True, slots=True)
class Witness:
    """One root or anchor: where it lies, and what it says of the log when it was this long."""

    where: str
    lines: int
    total: str
    root: str = ""


class Witnesses:
    """Roots and anchors, in the order of how far the log had come."""

    def __init__(
        self, database: Database, places: Mapping[str, DocumentStore], anchors: Anchors
    ) -> None:
        self.database = database
        self.places = places
        self.anchors = anchors
        self.sealing: Sealing = database.sealing
        self.waiting: list[Witness] = []

    def gather(self) -> Iterator[Finding]:
        """Collect every witness, and give those that are gone or altered."""
        kept = self._in_the_database()
        found: list[Witness] = []
        for day, content in kept.items():
            yield from self._take(found, f"root of {day} in the database", content)
        for place, store in self.places.items():
            try:
                yield from self._gather_from(place, store, kept, found)
            except StoreUnavailable:
                yield f"roots in the {place}", Wrong.UNREACHABLE
        for name, head in self.anchors.heads():
            if head is None:
                yield f"anchor {name}", Wrong.NOT_OURS
            else:
                found.append(Witness(f"anchor {name}", head.count, head.digest.hex()))
        self.waiting = sorted(found, key=lambda one: one.lines)

    def compare(self, total: Head, heads: Mapping[str, Head]) -> Iterator[Finding]:
        """Give each witness of a log of just this length that saw another log."""
        drawn = ""
        while self.waiting and self.waiting[0].lines <= total.count:
            one = self.waiting.pop(0)
            if one.lines < total.count or one.total != total.digest.hex():
                yield one.where, Wrong.FORKED
            elif one.root:
                drawn = drawn or root_of(sorted(map(leaf, heads.values()))).hex()
                if one.root != drawn:
                    yield one.where, Wrong.FORKED

    def left(self) -> Iterator[Finding]:
        """Give each witness of a longer log than there is."""
        for one in self.waiting:
            yield f"log after line {one.lines} of {one.where}", Wrong.CUT

    def _in_the_database(self) -> dict[str, bytes]:
        with self.database.session(writing=False) as session:
            found = session.execute(
                select(AuditRootRow.day, AuditRootRow.document)
                .where(AuditRootRow.document.is_not(None))
                .order_by(AuditRootRow.day)
            )
            return {day: document for day, document in found if document is not None}

    def _gather_from(
        self, place: str, store: DocumentStore, kept: Mapping[str, bytes], found: list[Witness]
    ) -> Iterator[Finding]:
        listed = {name.removeprefix("root-") for name in store.names(CONTAINER, "root-")}
        for day in sorted(listed | set(self._brought(kept))):
            where = f"root of {day} in the {place}"
            try:
                content = store.get(CONTAINER, name_of(day))
            except NoSuchDocument:
                yield where, Wrong.MISSING
                continue
            if day in kept and content != kept[day]:
                yield where, Wrong.FORKED
            yield from self._take(found, where, content)

    def _brought(self, kept: Mapping[str, bytes]) -> Iterator[str]:
        """Give the days whose roots a worker has already put into every place."""
        brought = select(AuditRootRow.day).where(AuditRootRow.state == DONE)
        with self.database.session(writing=False) as session:
            done = set(session.scalars(brought))
        yield from (day for day in kept if day in done)

    def _take(self, found: list[Witness], where: str, content: bytes) -> Iterator[Finding]:
        try:
            root: Root = read_root(content, self.sealing)
        except ValueError:
            yield where, Wrong.NOT_OURS
            return
        found.append(Witness(where, root.lines, root.total, root.root))
