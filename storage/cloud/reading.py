"""Reading one segment back from the store that holds it."""

import structlog
from sqlalchemy import select

from records.people import Record
from records.segments import Segment
from records.services.storing import NoSuchDocument, StoreUnavailable
from storage.cloud.manifest import Entry
from storage.cloud.noting import entry_of
from storage.cloud.private import PrivateCloud
from storage.rows.cloud import ObjectRow
from storage.sealing import CannotOpen

log = structlog.get_logger()


class StoredDocuments:
    """The documents of segment versions, as they lie sealed in a cloud."""

    def __init__(self, cloud: PrivateCloud) -> None:
        self.cloud = cloud

    def document(self, record: Record, segment: Segment) -> bytes | None:
        """Return a version's document; None where none lies there yet, or none can be had."""
        entry = self._entry(segment)
        if entry is None:
            return None
        try:
            return self.cloud.open(record, entry)[-1]
        except StoreUnavailable:
            log.warning("document_store_unavailable")
        except NoSuchDocument:
            log.error("document_missing", object=entry.name)
        except CannotOpen as error:
            log.error("document_refused", object=entry.name, why=str(error.why))
        return None

    def _entry(self, segment: Segment) -> Entry | None:
        found = select(ObjectRow).where(
            ObjectRow.record == segment.record,
            ObjectRow.family == "segment",
            ObjectRow.ref == segment.id,
            ObjectRow.version == segment.version,
        )
        with self.cloud.database.session(writing=False) as session:
            row = session.scalars(found.limit(1)).first()
        if row is None:
            return None
        return entry_of(row)
