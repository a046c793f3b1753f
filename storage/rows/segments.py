"""Segment versions, and what is derived from them."""

from datetime import date, datetime

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment, Sealed, Versioned, Word


class SegmentRow(Versioned, Base):
    """One version of a segment: the truth, sealed; never changed but for `newest`."""

    __tablename__ = "segments"
    __table_args__ = (Index(None, "record", "kind", "day", "newest"),)

    kind: Mapped[str] = mapped_column(Word)
    day: Mapped[date | None] = mapped_column(Date)
    recorded: Mapped[datetime] = mapped_column(Moment)


class ObservationRow(Base):
    """Where an observation is filed."""

    __tablename__ = "observations"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    segment: Mapped[str] = mapped_column(Id)


class SeriesRow(Base):
    """The standing numbers of one code in one month, as one sealed page."""

    __tablename__ = "series"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Word, primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    page: Mapped[bytes] = mapped_column(Sealed)


class SummaryRow(Base):
    """The last weeks of one kind for lists of many patients: numbers, and words that count there.

    `said` is None where it was never derived: on a database from before it was.
    """

    __tablename__ = "summaries"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Word, primary_key=True)
    page: Mapped[bytes] = mapped_column(Sealed)
    said: Mapped[bytes | None] = mapped_column(Sealed)


class IntakeRow(Base):
    """What was filed under an intake key; the key is kept as its digest."""

    __tablename__ = "intake"

    key: Mapped[str] = mapped_column(Id, primary_key=True)
    observations: Mapped[str] = mapped_column(String)
    filed: Mapped[datetime] = mapped_column(Moment)
