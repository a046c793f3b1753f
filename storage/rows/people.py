"""Persons, organisations, records and care relationships."""

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Moment, Sealed, Versioned, Word


class OrganisationRow(Base):
    """An organisation; its name is no secret."""

    __tablename__ = "organisations"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(Word)
    guideline: Mapped[str | None] = mapped_column(Word)


class PersonRow(Base):
    """A person; the name is sealed under the person's own key."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[bytes] = mapped_column(Sealed)
    language: Mapped[str] = mapped_column(Word)
    zone: Mapped[str] = mapped_column(String(64))
    roles: Mapped[str] = mapped_column(String(100))
    organisation: Mapped[str | None] = mapped_column(Id)


class RecordRow(Base):
    """A record; `consent_version` grows with every change of who may read it."""

    __tablename__ = "records"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    patient: Mapped[str] = mapped_column(Id, unique=True)
    global_id: Mapped[str] = mapped_column(Id, unique=True)
    store: Mapped[str] = mapped_column(Word)
    container: Mapped[str] = mapped_column(Id)
    consent_version: Mapped[int] = mapped_column(Integer, default=0)
    deceased: Mapped[datetime | None] = mapped_column(Moment)


class RelationshipRow(Versioned, Base):
    """One version of a care relationship, as a sealed document."""

    __tablename__ = "relationships"
    __table_args__ = (
        Index(None, "record", "newest"),
        Index(None, "person", "newest"),
    )

    person: Mapped[str] = mapped_column(Id)
