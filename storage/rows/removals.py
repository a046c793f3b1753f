"""What is to be erased, and what is left to destroy out of the transaction's reach."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Word

RECORD, KEYS, HOUSE, PRIVATE, PUBLIC = "record", "keys", "house", "private", "public"
OVERFLOW = "overflow"
"""Places: a whole record on its day, an owner's keys, the house's objects, and each store."""


class RemovalRow(Claimable, Base):
    """One thing to be destroyed: a record, keys, an object, or with no name a whole container.

    Whatever is done has no row any more, so that in the end nothing names who was erased.
    """

    __tablename__ = "removals"
    __table_args__ = (Index(None, "state", "due"),)

    place: Mapped[str] = mapped_column(Word, primary_key=True)
    container: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Id, primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)
