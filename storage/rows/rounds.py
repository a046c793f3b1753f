"""How far the rounds through the private cloud are, and what the last of each kind came to."""

from datetime import datetime

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Claimable, Id, Moment, Word


class RoundRow(Claimable, Base):
    """One kind of round; `after` is the owner it has come to, the figures are of this round."""

    __tablename__ = "rounds"

    kind: Mapped[str] = mapped_column(Word, primary_key=True)
    after: Mapped[str] = mapped_column(Id, default="")
    checked: Mapped[int] = mapped_column(Integer, default=0)
    faults: Mapped[int] = mapped_column(Integer, default=0)
    repaired: Mapped[int] = mapped_column(Integer, default=0)
    orphans: Mapped[int] = mapped_column(Integer, default=0)
    ended: Mapped[datetime | None] = mapped_column(Moment)
