"""Verifying: every object the manifests list, and they themselves, are there, whole, and open."""

from collections.abc import Iterator

from sqlalchemy import select

from records.people import Record
from records.services.storing import NoSuchDocument
from records.tracking import RecordId
from storage.cloud.manifest import Entry, head_name, read_pages
from storage.cloud.private import PrivateCloud
from storage.rows.cloud import HeadRow, ObjectRow
from storage.sealing import CannotOpen

MISSING = "missing"


def faults(cloud: PrivateCloud) -> Iterator[tuple[str, str]]:
    """Give the name of each object that is not what it should be, and what is wrong with it."""
    with cloud.database.session(writing=False) as session:
        heads = session.scalars(select(HeadRow).order_by(HeadRow.record)).all()
    for head in heads:
        with cloud.database.begin(False) as unit:
            record = unit.records.record(RecordId(head.record))
            found = select(ObjectRow).where(ObjectRow.record == head.record)
            rows = unit.desk.session.scalars(found.order_by(ObjectRow.name)).all()
            listed = [
                Entry(row.name, row.family, row.ref, row.version, row.digest, row.length)
                for row in rows
            ]
        for entry in (*_manifest(head), *listed):
            if why := _fault(cloud, record, entry):
                yield entry.name, why


def _manifest(head: HeadRow) -> Iterator[Entry]:
    yield Entry(head_name(head.seq), "manifest", "", 0, head.digest, None)
    for page in read_pages(head.pages):
        yield Entry(page.name, "manifest", "", 0, page.digest, page.length)


def _fault(cloud: PrivateCloud, record: Record, entry: Entry) -> str:
    try:
        cloud.open(record, entry)
    except NoSuchDocument:
        return MISSING
    except CannotOpen as error:
        return str(error.why)
    return ""
