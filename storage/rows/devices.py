"""Devices that may file into one record, by a token of which only the digest is kept."""

from datetime import datetime

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment, Sealed


class DeviceRow(Base):
    """One device; `calls` counts those since `window`, so that all processes share one limit."""

    __tablename__ = "devices"
    __table_args__ = (Index(None, "record"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str] = mapped_column(Id)
    digest: Mapped[str] = mapped_column(Id, unique=True)
    name: Mapped[bytes] = mapped_column(Sealed)
    made: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)
    window: Mapped[datetime | None] = mapped_column(Moment)
    calls: Mapped[int] = mapped_column(Integer, default=0)
