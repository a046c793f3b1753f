"""Families whose versions all stay: which of them is the newest is worked out anew."""

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from storage.families.family import Cell, Family
from storage.families.owners import its_record
from storage.rows.base import Base
from storage.unit import StorageUnit


class Versions(Family):
    """Rows of (id, version) of one record, each with its sealed document."""

    def __init__(self, name: str, rows: type[Base], identity: str = "") -> None:
        identity = (identity or name) + ":{id}:{version}"
        super().__init__(
            name,
            rows,
            its_record,
            cells=[Cell("document", "record", identity)],
            versions=True,
            here={"newest": False},
        )

    def revive(self, unit: StorageUnit, owner: str) -> None:
        """Mark the newest version of each."""
        rows: Any = self.rows
        other: Any = aliased(rows)
        last = select(func.max(other.version)).where(other.id == rows.id).scalar_subquery()
        unit.desk.session.execute(
            update(rows)
            .where(rows.record == owner)
            .values(newest=rows.version == last)
            .execution_options(synchronize_session=False)
        )
        unit.desk.session.expire_all()
