"""The house's memory of every record's newest head, so that one put back to an older is named.

A sixteenth of the records stands in each object: what a sync of one record costs the house does
not grow with that record, and of many records that were synced meanwhile many share an object.
"""

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from records import documents
from storage.families.family import Family
from storage.families.members import pack, unpack
from storage.families.owners import HOUSE, the_house
from storage.families.unsynced import mark
from storage.rows.base import Base
from storage.rows.cloud import HeadRow
from storage.unit import StorageUnit


class KnownHead(msgspec.Struct, frozen=True):
    """The newest head of a record as the house knew it."""

    record: str
    seq: int
    digest: str


class Heads(Family):
    """Objects of known heads, named by the first digit of the records' ids."""

    marked = False

    def __init__(self) -> None:
        super().__init__("head", HeadRow, the_house)

    @staticmethod
    def note(session: Session, record: str) -> None:
        """Note that a record has a new head."""
        mark(session, HOUSE, "head", record[:1])

    def find(self, session: Session, ref: str, version: int) -> Base | None:
        """Return a head of this sixteenth: its object holds them all."""
        return session.scalars(_in_sixteenth(ref).limit(1)).first()

    def content(self, unit: StorageUnit, row: Base) -> bytes:
        """Return all heads of the same sixteenth."""
        rows = unit.desk.session.scalars(_in_sixteenth(str(getattr(row, "record"))[:1]))  # noqa: B009
        return pack(documents.write([KnownHead(one.record, one.seq, one.digest) for one in rows]))

    def restore(self, unit: StorageUnit, owner: str, ref: str, version: int, content: bytes) -> int:
        """Put nothing back: a head's row comes from the head that was found."""
        return 0


def read_heads(content: bytes) -> list[KnownHead]:
    """Return the heads an object of this family holds."""
    parts = unpack(content)
    return documents.read(parts[0], list[KnownHead]) if parts else []


def _in_sixteenth(ref: str) -> Select[HeadRow]:
    mine = HeadRow.record.startswith(ref), HeadRow.record != HOUSE
    return select(HeadRow).where(*mine).order_by(HeadRow.record)
