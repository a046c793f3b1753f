"""What clinics write for all their patients, sealed with a key of the clinic's own."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment, Sealed, Word


class AdviceRow(Base):
    """A clinic's advice for one rule, as a sealed document."""

    __tablename__ = "advices"

    organisation: Mapped[str] = mapped_column(Id, primary_key=True)
    cause: Mapped[str] = mapped_column(Word, primary_key=True)
    document: Mapped[bytes] = mapped_column(Sealed)


class TemplateRow(Base):
    """A template of orders of a clinic, as a sealed document."""

    __tablename__ = "templates"
    __table_args__ = (Index(None, "organisation", "gone"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    organisation: Mapped[str] = mapped_column(Id)
    gone: Mapped[datetime | None] = mapped_column(Moment)
    document: Mapped[bytes] = mapped_column(Sealed)
