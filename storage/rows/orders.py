"""Orders, their occurrences, and the timetable."""

from datetime import datetime

from sqlalchemy import Boolean, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Sealed, Word


class OrderRow(Base):
    """One version of an order, as a sealed document."""

    __tablename__ = "orders"
    __table_args__ = (Index(None, "record", "newest"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    record: Mapped[str] = mapped_column(Id)
    newest: Mapped[bool] = mapped_column(Boolean)
    document: Mapped[bytes] = mapped_column(Sealed)


class OccurrenceRow(Base):
    """One due time of an order; the state stays clear for the lists."""

    __tablename__ = "occurrences"
    __table_args__ = (Index(None, "record"), Index(None, "order"))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    order: Mapped[str] = mapped_column(Id)
    record: Mapped[str] = mapped_column(Id)
    due: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(Word)
    document: Mapped[bytes] = mapped_column(Sealed)


class SlotRow(Claimable, Base):
    """One due slot of the timetable; inserted once, whoever inserts it."""

    __tablename__ = "timetable"
    __table_args__ = (Index(None, "state", "due"),)

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    job: Mapped[str] = mapped_column(Word)
    ref: Mapped[str] = mapped_column(Id)
