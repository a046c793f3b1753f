"""What lies in the clouds, and what still has to go there."""

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Word


class SyncRow(Claimable, Base):
    """Work for one lane of the clouds; `changes` grows with each wish, so that none is lost."""

    __tablename__ = "sync"
    __table_args__ = (Index(None, "state", "due"),)

    lane: Mapped[str] = mapped_column(Word, primary_key=True)
    ref: Mapped[str] = mapped_column(Id, primary_key=True)
    changes: Mapped[int] = mapped_column(Integer, default=1)


class ObjectRow(Base):
    """One sealed object in the private cloud, as the manifest lists it."""

    __tablename__ = "objects"
    __table_args__ = (Index(None, "record", "month"),)

    name: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str] = mapped_column(Id)
    family: Mapped[str] = mapped_column(Word)
    ref: Mapped[str] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer)
    month: Mapped[str] = mapped_column(String(7))
    digest: Mapped[str] = mapped_column(Id)
    length: Mapped[int] = mapped_column(Integer)
    stored: Mapped[datetime] = mapped_column(Moment)


class HeadRow(Base):
    """The newest manifest head of a record."""

    __tablename__ = "heads"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(Id)
    pages: Mapped[str] = mapped_column(String)


class PublicationRow(Base):
    """One de-identified document in the public cloud."""

    __tablename__ = "publications"
    __table_args__ = (Index(None, "organisation"), Index(None, "grant"), Index(None, "record"))

    name: Mapped[str] = mapped_column(Id, primary_key=True)
    container: Mapped[str] = mapped_column(Id)
    organisation: Mapped[str] = mapped_column(Id)
    grant: Mapped[str] = mapped_column(Id)
    record: Mapped[str] = mapped_column(Id)
    pseudonym: Mapped[str] = mapped_column(Id)
    segment: Mapped[str] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(Word)
    purpose: Mapped[str] = mapped_column(Word)
    published: Mapped[datetime] = mapped_column(Moment)
    withdrawn: Mapped[datetime | None] = mapped_column(Moment)
