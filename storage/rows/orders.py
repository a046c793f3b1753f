"""Orders, their occurrences, and the timetable."""

from datetime import datetime

from sqlalchemy import Boolean, DateTime, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Sealed, Versioned, Word


class OrderRow(Versioned, Base):
    """One version of an order, as a sealed document."""

    __tablename__ = "orders"
    __table_args__ = (Index(None, "record", "newest"),)


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
    """One due slot of the timetable; inserted once, whoever inserts it.

    A slot of a rule has the rule's id; what could not be run by `useful_until` is too late.
    """

    __tablename__ = "timetable"
    __table_args__ = (Index(None, "state", "due"), Index(None, "rule"))

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    job: Mapped[str] = mapped_column(Word)
    ref: Mapped[str] = mapped_column(Id)
    rule: Mapped[str | None] = mapped_column(Id)
    useful_until: Mapped[datetime | None] = mapped_column(Moment)


class RuleRow(Base):
    """A recurring rule; `next_due` is its first slot that no worker has put on the timetable."""

    __tablename__ = "rules"
    __table_args__ = (Index(None, "next_due"), Index(None, "ref"))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    job: Mapped[str] = mapped_column(Word)
    ref: Mapped[str] = mapped_column(Id)
    topic: Mapped[str] = mapped_column(Word)
    zone: Mapped[str] = mapped_column(Id)
    rrule: Mapped[str] = mapped_column(String(500))
    starts: Mapped[datetime] = mapped_column(DateTime)
    since: Mapped[datetime] = mapped_column(Moment)
    useful_seconds: Mapped[int] = mapped_column(Integer)
    ended: Mapped[bool] = mapped_column(Boolean, default=False)
    next_due: Mapped[datetime | None] = mapped_column(Moment)
