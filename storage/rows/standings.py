"""Where patients stand on lists, derived; and how often each record has changed."""

from datetime import datetime

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment, Sealed, Word


class StandingRow(Base):
    """Where a patient stands on one reader's list, and what that rests on.

    It counts while the record's consent and changes, and what the reader is, are the same.
    """

    __tablename__ = "standings"
    __table_args__ = (Index(None, "record"),)

    reader: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str] = mapped_column(Id, primary_key=True)
    reader_as: Mapped[str] = mapped_column(Word)
    consent: Mapped[int] = mapped_column(Integer)
    changes: Mapped[int] = mapped_column(Integer)
    until: Mapped[datetime] = mapped_column(Moment)
    document: Mapped[bytes] = mapped_column(Sealed)


class ChangesRow(Base):
    """How often something of a record has changed that lists look at."""

    __tablename__ = "changes"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class ListReaderRow(Base):
    """When somebody last looked at the own list: for whom standings are worked out ahead."""

    __tablename__ = "list_readers"

    reader: Mapped[str] = mapped_column(Id, primary_key=True)
    looked: Mapped[datetime] = mapped_column(Moment)
