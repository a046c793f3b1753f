"""Grants, what stays hidden, emergencies, and the log of who asked for what."""

from datetime import datetime

from sqlalchemy import Boolean, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment, Sealed, Serial, Versioned, Word


class GrantRow(Versioned, Base):
    """One version of a grant, as a sealed document."""

    __tablename__ = "grants"
    __table_args__ = (Index(None, "record", "newest"), Index(None, "organisation", "newest"))

    organisation: Mapped[str | None] = mapped_column(Id)


class HidingRow(Versioned, Base):
    """One version of what stays hidden, as a sealed document."""

    __tablename__ = "hidings"
    __table_args__ = (Index(None, "record", "newest"),)


class RequestRow(Versioned, Base):
    """One version of a request for leave, as a sealed document."""

    __tablename__ = "requests"
    __table_args__ = (Index(None, "record", "newest"), Index(None, "asked_by", "newest"))

    asked_by: Mapped[str] = mapped_column(Id)


class EmergencyRow(Versioned, Base):
    """One version of a look in an emergency, as a sealed document."""

    __tablename__ = "emergencies"
    __table_args__ = (Index(None, "record", "newest"), Index(None, "reviewed", "newest"))

    reviewed: Mapped[bool] = mapped_column(Boolean)


class AuditRow(Base):
    """One line of the log. No foreign keys: it outlives what it speaks of.

    `face` is where it was asked, `consent` the version of the record's consent it was decided by,
    `trace` the transaction and the line's number in it. `mark` shows that the house wrote it.
    """

    __tablename__ = "audit"
    __table_args__ = (Index(None, "record", "id"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment)
    action: Mapped[str] = mapped_column(Word)
    allowed: Mapped[bool] = mapped_column(Boolean)
    rule: Mapped[str] = mapped_column(String(200))
    by: Mapped[str | None] = mapped_column(Id)
    record: Mapped[str | None] = mapped_column(Id)
    purpose: Mapped[str] = mapped_column(Word)
    kinds: Mapped[str] = mapped_column(String(300))
    ref: Mapped[str] = mapped_column(Id)
    face: Mapped[str] = mapped_column(Word, server_default="")
    consent: Mapped[int | None] = mapped_column(Integer)
    trace: Mapped[str] = mapped_column(Id, server_default="")
    mark: Mapped[bytes | None] = mapped_column(Sealed, unique=True)


class WrongLinkRow(Base):
    """One try with a link that does not exist, or no longer; the chat that tried."""

    __tablename__ = "wrong_links"
    __table_args__ = (Index(None, "chat", "at"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    chat: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(Moment)


class LinkRow(Base):
    """A one-time link; only the digest of its token is kept."""

    __tablename__ = "links"

    digest: Mapped[str] = mapped_column(Id, primary_key=True)
    purpose: Mapped[str] = mapped_column(Word)
    person: Mapped[str | None] = mapped_column(Id)
    record: Mapped[str | None] = mapped_column(Id)
    ref: Mapped[str] = mapped_column(Id, default="")
    expires: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)
    uses: Mapped[int] = mapped_column(Integer, default=0)
