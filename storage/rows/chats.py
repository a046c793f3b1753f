"""Chats, the spool of what comes in, the outbox of what goes out, buttons and open questions."""

from datetime import datetime

from sqlalchemy import Boolean, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Sealed, Serial, Word


class ChatRow(Base):
    """A chat of one person through one channel."""

    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("channel", "address"), Index(None, "person"))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    channel: Mapped[str] = mapped_column(Word)
    address: Mapped[str] = mapped_column(Id)
    language: Mapped[str] = mapped_column(Word)
    person: Mapped[str | None] = mapped_column(Id)
    subject: Mapped[str | None] = mapped_column(Id)
    tells: Mapped[bool] = mapped_column(Boolean, default=False)
    blocked: Mapped[datetime | None] = mapped_column(Moment)
    spoken: Mapped[datetime | None] = mapped_column(Moment)


class WaitingLineRow(Base):
    """A line that waits until its chat knows of whom it speaks; sealed for whoever wrote it."""

    __tablename__ = "waiting_lines"
    __table_args__ = (UniqueConstraint("chat", "key"),)

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    chat: Mapped[str] = mapped_column(Id)
    key: Mapped[str] = mapped_column(Id)
    sealed_for: Mapped[str] = mapped_column(Id)
    line: Mapped[bytes] = mapped_column(Sealed)


class LaneRow(Base):
    """One channel's lane: told to pause until, and seen alive; claims lock it (storage/flood)."""

    __tablename__ = "lanes"

    lane: Mapped[str] = mapped_column(Word, primary_key=True)
    paused_until: Mapped[datetime | None] = mapped_column(Moment)
    alive: Mapped[datetime | None] = mapped_column(Moment)


class SpoolRow(Claimable, Base):
    """An update, kept under its exact (bot, update_id) before it is acknowledged."""

    __tablename__ = "spool"
    __table_args__ = (
        UniqueConstraint("bot", "update_id"),
        Index(None, "state", "id"),
        Index(None, "bot", "address", "state", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    bot: Mapped[str] = mapped_column(Word)
    update_id: Mapped[str] = mapped_column(Id)
    address: Mapped[str] = mapped_column(Id)
    sealed_for: Mapped[str] = mapped_column(Id)
    body: Mapped[bytes | None] = mapped_column(Sealed)
    received: Mapped[datetime] = mapped_column(Moment)


class OutboxRow(Claimable, Base):
    """A card on its way to a chat, or the change of one; sealed for the person it goes to.

    Of two chats the one with the lower `rank` goes first. `settled` is when it was known what
    became of the sending, by the database's own clock.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "state", "lane", "due"),
        Index(None, "chat", "seq"),
        Index(None, "about"),
        Index(None, "lane", "settled"),
        UniqueConstraint("id"),
    )

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Id)
    lane: Mapped[str] = mapped_column(Word)
    chat: Mapped[str] = mapped_column(Id)
    sealed_for: Mapped[str] = mapped_column(Id)
    card: Mapped[bytes] = mapped_column(Sealed)
    about: Mapped[str] = mapped_column(Id, default="")
    useful_until: Mapped[datetime | None] = mapped_column(Moment)
    edits: Mapped[str | None] = mapped_column(Id)
    external_id: Mapped[str | None] = mapped_column(Id)
    queued: Mapped[datetime] = mapped_column(Moment)
    rank: Mapped[int] = mapped_column(Integer, server_default="0")
    settled: Mapped[datetime | None] = mapped_column(Moment)


class ButtonRow(Base):
    """A button that was shown: an opaque token, good once, in one chat."""

    __tablename__ = "buttons"
    __table_args__ = (Index(None, "message"),)

    token: Mapped[str] = mapped_column(Id, primary_key=True)
    chat: Mapped[str] = mapped_column(Id)
    message: Mapped[str] = mapped_column(Id)
    place: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Word)
    ref: Mapped[str] = mapped_column(String(200))
    used: Mapped[datetime | None] = mapped_column(Moment)


class QuestionRow(Base):
    """The open question of a chat; what it refers to is sealed."""

    __tablename__ = "questions"

    chat: Mapped[str] = mapped_column(Id, primary_key=True)
    asked: Mapped[str] = mapped_column(Word)
    sealed_for: Mapped[str] = mapped_column(Id)
    ref: Mapped[bytes] = mapped_column(Sealed)
    expires: Mapped[datetime] = mapped_column(Moment)
