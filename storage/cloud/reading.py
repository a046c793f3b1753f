"""Reading one segment back from the store that holds it."""

import structlog
from sqlalchemy import select

from records.people import Record
from records.segments import Segment
from records.services.handing import Lies
from records.services.storing import NoSuchDocument, StoreUnavailable
from storage.cloud.manifest import Entry
from storage.cloud.noting import entry_of
from storage.cloud.places import AT_HOME, MOVED
from storage.cloud.private import PrivateCloud
from storage.rows.cloud import ObjectRow
from storage.sealing import CannotOpen

log = structlog.get_logger()

READ = {AT_HOME: Lies.PRIVATE, MOVED: Lies.OVERFLOW}
DOWN = {AT_HOME: Lies.PRIVATE_DOWN, MOVED: Lies.OVERFLOW_DOWN}
MOVES = 3  # times that what is read may be moved under the reader's hands


class StoredDocuments:
    """The documents of segment versions, as they lie sealed in a cloud."""

    def __init__(self, cloud: PrivateCloud) -> None:
        self.cloud = cloud

    def document(self, record: Record, segment: Segment) -> tuple[bytes | None, Lies]:
        """Return a version's document and where it lies; None where none can be had."""
        entry = self._entry(segment)
        for _ in range(MOVES):
            if entry is None:
                break
            try:
                return self.cloud.open(record, entry)[-1], READ[entry.place]
            except StoreUnavailable:
                log.warning("document_store_unavailable", place=entry.place)
                return None, DOWN[entry.place]
            except NoSuchDocument:
                before, entry = entry, self._entry(segment)
                if entry == before:  # it was not moved meanwhile
                    log.error("document_missing", object=before.name)
                    return None, Lies.NOT_WHOLE
            except CannotOpen as error:
                log.error("document_refused", object=entry.name, why=str(error.why))
                return None, Lies.NOT_WHOLE
        return None, Lies.NOWHERE

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
