"""Pictures, voice notes and files, sealed; until they are fetched also a queue of what to fetch."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Sealed, Word


class AttachmentRow(Claimable, Base):
    """One attachment; the bytes are read only where they are asked for.

    `state` is the queue's: waiting and claimed while the bytes are to be fetched, done once they
    are here, lost where they never come. `stored` is when the private cloud had them.
    """

    __tablename__ = "attachments"
    __table_args__ = (Index(None, "state", "due"), Index(None, "record"))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str | None] = mapped_column(Id)
    observation: Mapped[str | None] = mapped_column(Id)
    address: Mapped[str] = mapped_column(Id, default="")
    sealed_for: Mapped[str] = mapped_column(Id)
    media: Mapped[str] = mapped_column(Word)
    source: Mapped[bytes | None] = mapped_column(Sealed)
    content: Mapped[bytes | None] = mapped_column(Sealed, deferred=True)
    small: Mapped[bytes | None] = mapped_column(Sealed, deferred=True)
    told: Mapped[datetime] = mapped_column(Moment)
