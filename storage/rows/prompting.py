"""What people wish of the house's own messages."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment, Sealed, Word


class PromptingRow(Base):
    """One person's wishes and what was last asked, as a sealed document."""

    __tablename__ = "prompting"

    person: Mapped[str] = mapped_column(Id, primary_key=True)
    document: Mapped[bytes] = mapped_column(Sealed)


class LookNoticeRow(Base):
    """Whether a patient is told of looks at the own record, and up to when that was done."""

    __tablename__ = "look_notices"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    often: Mapped[str] = mapped_column(Word)
    told: Mapped[datetime | None] = mapped_column(Moment)
