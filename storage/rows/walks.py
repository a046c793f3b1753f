"""Walks through several questions: where a chat is in one; no answer stands here."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Word


class WalkRow(Base):
    """How far a chat is in one walk; names of steps only."""

    __tablename__ = "walks"

    chat: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Word, primary_key=True)
    record: Mapped[str] = mapped_column(Id)
    day: Mapped[str] = mapped_column(String(10), default="")
    step: Mapped[str] = mapped_column(Word, default="")
    passed: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(Word)
