"""Records: which of their consent is in force is counted anew, since the log speaks of it."""

from sqlalchemy import func, select, update

from storage.families.family import Family
from storage.rows.consent import EmergencyRow, GrantRow, HidingRow
from storage.rows.people import RecordRow, RelationshipRow
from storage.unit import StorageUnit

CHANGES_CONSENT = (RelationshipRow, GrantRow, HidingRow, EmergencyRow)


class Records(Family):
    """The index of records, in the house's own container."""

    def revive(self, unit: StorageUnit, owner: str) -> None:
        """Count the changes of consent: each was one version of what says who may read."""
        session = unit.desk.session
        counts = [
            session.scalar(select(func.count()).where(rows.record == owner)) or 0
            for rows in CHANGES_CONSENT
        ]
        session.execute(
            update(RecordRow).where(RecordRow.id == owner).values(consent_version=sum(counts))
        )
