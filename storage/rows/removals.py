"""What an erasure still has to destroy, where the database's own transaction does not reach."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Word


class RemovalRow(Claimable, Base):
    """One thing to be destroyed: an owner's keys, an object, or with no name a whole container.

    Whatever is done has no row any more, so that in the end nothing names who was erased.
    """

    __tablename__ = "removals"
    __table_args__ = (Index(None, "state", "due"),)

    place: Mapped[str] = mapped_column(Word, primary_key=True)
    container: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Id, primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)
