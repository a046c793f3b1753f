"""The ledger of erasures: who was erased stays so, whatever comes back from a cloud."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from records.people import Record
from records.tracking import RecordId
from storage.families.every import FAMILIES
from storage.keys import KeyStore
from storage.rows.cloud import ErasureRow
from storage.rows.people import RecordRow


def note_erasure(session: Session, record: Record, at: datetime) -> None:
    """Add a line to the ledger: this record and its patient are never to come back."""
    session.add(ErasureRow(record=record.id, person=record.patient, erased=at))
    session.flush()


def erased(session: Session) -> frozenset[RecordId]:
    """Return every record the ledger names."""
    return frozenset(RecordId(one) for one in session.scalars(select(ErasureRow.record)))


def replay(session: Session, keys: KeyStore) -> int:
    """Destroy again what the ledger names, rows and keys, and return how many records."""
    lines = session.scalars(select(ErasureRow)).all()
    for line in lines:
        keys.forget(line.record)
        keys.forget(line.person)
        session.execute(delete(RecordRow).where(RecordRow.id == line.record))
        for family in reversed(FAMILIES):
            if family.person:
                column = getattr(family.rows, family.person)
                session.execute(delete(family.rows).where(column == line.person))
    return len(lines)
