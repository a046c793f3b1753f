"""What people wish of the house's own messages."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id, Sealed


class PromptingRow(Base):
    """One person's wishes and what was last asked, as a sealed document."""

    __tablename__ = "prompting"

    person: Mapped[str] = mapped_column(Id, primary_key=True)
    document: Mapped[bytes] = mapped_column(Sealed)
