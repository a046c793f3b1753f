"""Verifying: every object the manifests list is there, whole, and opens."""

from collections.abc import Iterator

from sqlalchemy import select

from records.services.storing import NoSuchDocument
from records.tracking import RecordId
from storage.cloud.manifest import Entry
from storage.cloud.private import PrivateCloud
from storage.rows.cloud import ObjectRow
from storage.sealing import CannotOpen


def faults(cloud: PrivateCloud) -> Iterator[tuple[str, str]]:
    """Give the name of each object that is missing or does not open, and which of the two."""
    with cloud.database.session(writing=False) as session:
        rows = session.scalars(select(ObjectRow).order_by(ObjectRow.record, ObjectRow.name)).all()
    for row in rows:
        with cloud.database.begin(False) as unit:
            record = unit.records.record(RecordId(row.record))
        entry = Entry(row.name, row.family, row.ref, row.version, row.digest, row.length)
        try:
            cloud.open(record, entry)
        except NoSuchDocument:
            yield row.name, "missing"
        except CannotOpen:
            yield row.name, "altered"
