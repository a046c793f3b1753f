"""What lies in the clouds, and what still has to go there."""

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Word

AT_HOME, MOVED = "private", "overflow"
"""Places: the private cloud, and the overflow store."""


class SyncRow(Claimable, Base):
    """Work for one lane of the clouds; `changes` grows with each wish, so that none is lost."""

    __tablename__ = "sync"
    __table_args__ = (Index(None, "state", "due"),)

    lane: Mapped[str] = mapped_column(Word, primary_key=True)
    ref: Mapped[str] = mapped_column(Id, primary_key=True)
    changes: Mapped[int] = mapped_column(Integer, default=1)


class UnsyncedRow(Base):
    """Something that has no object in the private cloud yet, or one that is no longer true.

    `owner` is whose container it belongs in: a record, or the house. `version` is 0 for what
    changes; then `changes` grows with each change, so that none is lost while a copy is made.
    """

    __tablename__ = "unsynced"
    __table_args__ = (Index(None, "since"),)

    owner: Mapped[str] = mapped_column(Id, primary_key=True)
    family: Mapped[str] = mapped_column(Word, primary_key=True)
    ref: Mapped[str] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    changes: Mapped[int] = mapped_column(Integer, default=1)
    since: Mapped[datetime] = mapped_column(Moment)


class LeftoverRow(Base):
    """An object no manifest needs any more, or not yet; it is removed a week later.

    `container` is what its owner's is called in the private cloud, whatever the place.
    """

    __tablename__ = "leftovers"
    __table_args__ = (Index(None, "since"),)

    container: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Id, primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)
    place: Mapped[str] = mapped_column(Word, default=AT_HOME)


class StayRow(Base):
    """A patient's wish about the overflow store: nothing goes there since then, or it may."""

    __tablename__ = "stays"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    since: Mapped[datetime | None] = mapped_column(Moment)


class ErasureRow(Base):
    """One line of the ledger of erasures: whom nobody may bring back. Lines are only added."""

    __tablename__ = "erasures"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    person: Mapped[str] = mapped_column(Id)
    erased: Mapped[datetime] = mapped_column(Moment)


class ObjectRow(Base):
    """One sealed object as the manifest lists it, and its place; `record` may be the house.

    Of what changes only the newest object has a row. It lies loose under its name, or from `start`
    on in a pack.
    """

    __tablename__ = "objects"
    __table_args__ = (
        Index(None, "record", "month"),
        Index(None, "family", "ref"),
        Index(None, "place", "record"),
    )

    name: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str] = mapped_column(Id)
    family: Mapped[str] = mapped_column(Word)
    ref: Mapped[str] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer)
    month: Mapped[str] = mapped_column(String(7))
    digest: Mapped[str] = mapped_column(Id)
    length: Mapped[int] = mapped_column(Integer)
    stored: Mapped[datetime] = mapped_column(Moment)
    pack: Mapped[str] = mapped_column(Id, default="")
    start: Mapped[int] = mapped_column(Integer, default=0)
    place: Mapped[str] = mapped_column(Word, default=AT_HOME)


class PackRow(Base):
    """One pack of a record's objects, and what all of its bytes must be."""

    __tablename__ = "packs"
    __table_args__ = (Index(None, "record"),)

    name: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str] = mapped_column(Id)
    digest: Mapped[str] = mapped_column(Id)
    length: Mapped[int] = mapped_column(Integer)


class HeadRow(Base):
    """The newest manifest head of a record, or of the house."""

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
