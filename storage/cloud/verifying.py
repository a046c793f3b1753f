"""Verifying: every object the manifests list, and they themselves, are there, whole, and open."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from records.services.storing import NoSuchDocument
from storage.cloud.manifest import head_name, read_pages
from storage.cloud.noting import entry_of
from storage.cloud.packs import member
from storage.cloud.places import AT_HOME
from storage.cloud.private import PrivateCloud
from storage.cloud.safes import Safe, safe_of
from storage.rows.cloud import HeadRow, ObjectRow, PackRow
from storage.sealing import CannotOpen
from storage.telling import Why

MISSING = "missing"
PARTS = 20  # a daily sample is one of so many


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that must lie in a container: its row, or of which month it is a page.

    A pack has the rows of all that lies in it.
    """

    name: str
    digest: str
    length: int | None
    row: ObjectRow | None = None
    month: str = ""
    members: tuple[ObjectRow, ...] = ()

    @property
    def listing(self) -> bool:
        """Whether this is a part of the manifest itself."""
        return self.row is None and not self.members

    @property
    def place(self) -> str:
        """Return where it lies: pages and heads never leave the private cloud."""
        return self.row.place if self.row is not None else AT_HOME


Chosen = Callable[[str], bool]


def everything(_name: str) -> bool:
    """Choose every object."""
    return True


def part_of(day: int) -> Chosen:
    """Choose a twentieth, another one each day, so that in twenty days all have been looked at."""
    return lambda name: hashlib.sha256(name.encode()).digest()[0] % PARTS == day % PARTS


def faults(cloud: PrivateCloud) -> Iterator[tuple[str, str]]:
    """Give the name of each object that is not what it should be, and what is wrong with it."""
    with cloud.database.session(writing=False) as session:
        owners = session.scalars(select(HeadRow.record).order_by(HeadRow.record)).all()
    for owner in owners:
        for one in kept_of(cloud, owner):
            for each, wrong in faults_in(cloud, owner, one):
                yield each.name, wrong


def kept_of(cloud: PrivateCloud, owner: str, chosen: Chosen = everything) -> list[Kept]:
    """Return what must lie in a container: the head, its pages, what lies loose, and the packs."""
    with cloud.database.session(writing=False) as session:
        head = session.get(HeadRow, owner)
        found = select(ObjectRow).where(ObjectRow.record == owner).order_by(ObjectRow.name)
        rows = session.scalars(found).all()
        packs = session.scalars(select(PackRow).where(PackRow.record == owner)).all()
    if head is None:
        return []
    kept = [Kept(head_name(head.seq), head.digest, None)]
    pages = read_pages(head.pages)
    kept += [Kept(one.name, one.digest, one.length, month=one.month) for one in pages]
    kept += [_of_row(row) for row in rows if not row.pack]
    inside: dict[str, list[ObjectRow]] = {}
    for row in rows:
        inside.setdefault(row.pack, []).append(row)
    kept += [
        Kept(one.name, one.digest, one.length, members=tuple(inside[one.name]))
        for one in packs
        if one.name in inside
    ]
    return [one for one in kept if chosen(one.name)]


def faults_in(cloud: PrivateCloud, owner: str, one: Kept) -> list[tuple[Kept, str]]:
    """Return what is wrong with an object, or with a pack: which members, or else itself."""
    with cloud.database.session(writing=False) as session:
        safe = cloud.places.safe(safe_of(cloud.keys, session, owner), one.place)
    try:
        content = cloud.places.store(one.place).get(safe.container, one.name)
    except NoSuchDocument:
        return [(one, MISSING)]
    if not one.members:
        return _fault_of(safe, one, content)
    inside = [
        fault
        for row in one.members
        for fault in _fault_of(safe, _of_row(row), member(content, entry_of(row)))
    ]
    return inside or _fault_of_pack(one, content)


def _fault_of(safe: Safe, one: Kept, sealed: bytes) -> list[tuple[Kept, str]]:
    try:
        safe.opened(sealed, one.name, one.digest, one.length)
    except CannotOpen as error:
        return [(one, str(error.why))]
    return []


def _fault_of_pack(one: Kept, content: bytes) -> list[tuple[Kept, str]]:
    """Look at what lies in a pack beside its members: nothing may have come to it."""
    if hashlib.sha256(content).hexdigest() == one.digest:
        return []
    longer = one.length is not None and len(content) > one.length
    return [(one, str(Why.LENGTHENED if longer else Why.ALTERED))]


def _of_row(row: ObjectRow) -> Kept:
    return Kept(row.name, row.digest, row.length, row)
