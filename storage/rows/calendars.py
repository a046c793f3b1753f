"""Under which address a patient's calendar fetches what is to come."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment


class CalendarRow(Base):
    """The address of one record's calendar, by the digest of its token."""

    __tablename__ = "calendars"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made: Mapped[datetime] = mapped_column(Moment)
