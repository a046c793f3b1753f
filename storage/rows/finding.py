"""By what somebody is found who is looked for in an emergency, without their name standing here."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Word


class FoundByRow(Base):
    """A patient's name, or a record's birthday, as a digest under a key of the house."""

    __tablename__ = "found_by"
    __table_args__ = (Index(None, "digest"),)

    subject: Mapped[str] = mapped_column(Id, primary_key=True)
    what: Mapped[str] = mapped_column(Word, primary_key=True)
    digest: Mapped[str] = mapped_column(Id)
