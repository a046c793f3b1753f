"""Verifying: every object the manifests list, and they themselves, are there, whole, and open."""

from collections.abc import Iterator

from sqlalchemy import select

from records.services.storing import NoSuchDocument
from storage.cloud.manifest import head_name, read_pages
from storage.cloud.private import PrivateCloud
from storage.cloud.safes import safe_of
from storage.rows.cloud import HeadRow, ObjectRow
from storage.sealing import CannotOpen

MISSING = "missing"
Object = tuple[str, str, int | None]  # name, digest and, where it is kept, length


def faults(cloud: PrivateCloud) -> Iterator[tuple[str, str]]:
    """Give the name of each object that is not what it should be, and what is wrong with it."""
    with cloud.database.session(writing=False) as session:
        heads = session.scalars(select(HeadRow).order_by(HeadRow.record)).all()
    for head in heads:
        with cloud.database.session(writing=False) as session:
            safe = safe_of(cloud.keys, session, head.record)
            found = select(ObjectRow).where(ObjectRow.record == head.record)
            rows = session.scalars(found.order_by(ObjectRow.name)).all()
        objects: list[Object] = [(row.name, row.digest, row.length) for row in rows]
        for name, digest, length in (*_manifest(head), *objects):
            try:
                safe.opened(cloud.store.get(safe.container, name), name, digest, length)
            except NoSuchDocument:
                yield name, MISSING
            except CannotOpen as error:
                yield name, str(error.why)


def _manifest(head: HeadRow) -> Iterator[Object]:
    yield head_name(head.seq), head.digest, None
    for page in read_pages(head.pages):
        yield page.name, page.digest, page.length
