"""In which units the numbers of a record are shown."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Sealed


class MeasuresRow(Base):
    """The own units of one record, as a sealed document."""

    __tablename__ = "measures"

    record: Mapped[str] = mapped_column(Id, primary_key=True)
    document: Mapped[bytes] = mapped_column(Sealed)
