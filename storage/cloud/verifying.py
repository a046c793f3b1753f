"""Verifying: every object the manifests list, and they themselves, are there, whole, and open."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from records.services.storing import NoSuchDocument
from storage.cloud.manifest import head_name, read_pages
from storage.cloud.private import PrivateCloud
from storage.cloud.safes import safe_of
from storage.rows.cloud import HeadRow, ObjectRow
from storage.sealing import CannotOpen

MISSING = "missing"
PARTS = 20  # a daily sample is one of so many


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that must lie in a container: its row, or of which month it is a page."""

    name: str
    digest: str
    length: int | None
    row: ObjectRow | None = None
    month: str = ""


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
            if wrong := fault_of(cloud, owner, one):
                yield one.name, wrong


def kept_of(cloud: PrivateCloud, owner: str, chosen: Chosen = everything) -> list[Kept]:
    """Return what must lie in a container: the head, its pages, and the objects they list."""
    with cloud.database.session(writing=False) as session:
        head = session.get(HeadRow, owner)
        found = select(ObjectRow).where(ObjectRow.record == owner).order_by(ObjectRow.name)
        rows = session.scalars(found).all()
    if head is None:
        return []
    kept = [Kept(head_name(head.seq), head.digest, None)]
    pages = read_pages(head.pages)
    kept += [Kept(one.name, one.digest, one.length, month=one.month) for one in pages]
    kept += [Kept(row.name, row.digest, row.length, row) for row in rows]
    return [one for one in kept if chosen(one.name)]


def fault_of(cloud: PrivateCloud, owner: str, one: Kept) -> str:
    """Return what is wrong with an object, or nothing."""
    with cloud.database.session(writing=False) as session:
        safe = safe_of(cloud.keys, session, owner)
    try:
        safe.opened(cloud.store.get(safe.container, one.name), one.name, one.digest, one.length)
    except NoSuchDocument:
        return MISSING
    except CannotOpen as error:
        return str(error.why)
    return ""
