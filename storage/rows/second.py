"""Which codes of second factors were taken, and how many were wrong of late."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment


class SecondFactorRow(Base):
    """One person's; `missed` is when the first of the wrong codes was typed."""

    __tablename__ = "second_factors"

    person: Mapped[str] = mapped_column(Id, primary_key=True)
    counter: Mapped[int] = mapped_column(BigInteger, default=0)
    misses: Mapped[int] = mapped_column(Integer, default=0)
    missed: Mapped[datetime | None] = mapped_column(Moment)
