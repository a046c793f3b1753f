"""How the log is sealed: what waits, each line's place in its chain, the heads, the daily roots."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Sealed, Word


class AuditWaitingRow(Base):
    """A line that is not sealed yet; a trigger adds it, the sealer takes it away."""

    __tablename__ = "audit_waiting"

    line: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class AuditSealRow(Base):
    """One line sealed: its place in the whole log, and its number and digest in its chain.

    The first missing or doubled position shows what was taken out or put in.
    """

    __tablename__ = "audit_seals"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(BigInteger, unique=True)
    chain: Mapped[str] = mapped_column(Id)
    number: Mapped[int] = mapped_column(Integer)
    digest: Mapped[bytes] = mapped_column(Sealed)


class AuditHeadRow(Base):
    """How far a chain has come; `mac` is over the rest, so that none is put back unseen."""

    __tablename__ = "audit_heads"

    chain: Mapped[str] = mapped_column(Id, primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(Sealed)
    mac: Mapped[bytes] = mapped_column(Sealed)
    sealed: Mapped[datetime] = mapped_column(Moment)


class AuditWorkRow(Claimable, Base):
    """What one worker at a time does for the log."""

    __tablename__ = "audit_work"

    job: Mapped[str] = mapped_column(Word, primary_key=True)


class AuditRootRow(Claimable, Base):
    """The root of one day, as it goes into both clouds; empty until a worker has drawn it."""

    __tablename__ = "audit_roots"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    document: Mapped[bytes | None] = mapped_column(Sealed)
