"""Alerts of the rules, and the limits doctors set for patients."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment, Sealed, Word

OPEN = text("closed IS NULL")


class AlertRow(Base):
    """One alert, as a sealed document; of each cause at most one is open in a record."""

    __tablename__ = "alerts"
    __table_args__ = (
        Index(None, "record", "closed"),
        Index(
            "uq_alerts_open",
            "record",
            "cause",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str] = mapped_column(Id)
    cause: Mapped[str] = mapped_column(Word)
    opened: Mapped[datetime] = mapped_column(Moment)
    closed: Mapped[datetime | None] = mapped_column(Moment)
    seen_by: Mapped[str | None] = mapped_column(Id)
    document: Mapped[bytes] = mapped_column(Sealed)


class LimitsRow(Base):
    """The limits set for one record, as a sealed document."""

    __tablename__ = "limits"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    document: Mapped[bytes] = mapped_column(Sealed)
