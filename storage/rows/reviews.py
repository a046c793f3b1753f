"""Reviews of patients on a list, and how clinicians like to see things."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment, Sealed, Word


class ReviewRow(Base):
    """One clinician's review of one patient, as a sealed document."""

    __tablename__ = "reviews"
    __table_args__ = (Index(None, "by", "at"), Index(None, "record"))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str] = mapped_column(Id)
    by: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(Moment)
    undone: Mapped[datetime | None] = mapped_column(Moment)
    document: Mapped[bytes] = mapped_column(Sealed)


class PracticeRow(Base):
    """By which guideline one clinician names an average."""

    __tablename__ = "practices"

    person: Mapped[str] = mapped_column(Id, primary_key=True)
    guideline: Mapped[str] = mapped_column(Word)
