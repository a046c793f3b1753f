"""What an object must hold, told anew from the database: for one that a cloud lost or altered."""

from sqlalchemy import func, select

from storage.families.every import BY_NAME
from storage.families.family import Family
from storage.families.members import pack
from storage.families.owners import HOUSE
from storage.rows.cloud import ObjectRow, UnsyncedRow
from storage.rows.consent import AuditRow
from storage.rows.segments import IntakeRow, ObservationRow, SegmentRow
from storage.unit import StorageUnit


def content_of(unit: StorageUnit, owner: str, row: ObjectRow) -> bytes | None:
    """Return what the object of this row must hold, or None where the database has it no more."""
    family = BY_NAME[row.family]
    if family.name == "audit":
        return _lines(unit, family, owner, row)
    waiting = [_waiting(owner, row, row.ref, row.version if family.versions else 0)]
    if family.together:
        waiting = [_waiting(owner, row, key, 0) for key in _intake_of(unit, owner)]
    elif family.versions and family.find(unit.desk.session, row.ref, row.version) is None:
        return None
    return next((copy.content for copy in family.copies(unit, owner, waiting)), None)


def _waiting(owner: str, row: ObjectRow, ref: str, version: int) -> UnsyncedRow:
    return UnsyncedRow(owner=owner, family=row.family, ref=ref, version=version)


def _intake_of(unit: StorageUnit, owner: str) -> list[str]:
    """Return the keys of all that was filed in a record: one object may hold them all."""
    segments = select(SegmentRow.id).where(SegmentRow.record == owner)
    mine = select(ObservationRow.id).where(ObservationRow.segment.in_(segments))
    first = func.substr(IntakeRow.observations, 3, 32)
    return list(unit.desk.session.scalars(select(IntakeRow.key).where(first.in_(mine))))


def _lines(unit: StorageUnit, family: Family, owner: str, row: ObjectRow) -> bytes:
    """Return the lines of the log after those of the object before, up to this object's last."""
    before = select(func.coalesce(func.max(ObjectRow.version), 0)).where(
        ObjectRow.record == owner,
        ObjectRow.family == row.family,
        ObjectRow.ref == row.ref,
        ObjectRow.version < row.version,
    )
    whose = AuditRow.record.is_(None) if row.ref == HOUSE else AuditRow.record == row.ref
    lines = unit.desk.session.scalars(
        select(AuditRow)
        .where(whose, AuditRow.id > before.scalar_subquery(), AuditRow.id <= row.version)
        .order_by(AuditRow.id)
    )
    return pack(*(family.content(unit, one) for one in lines))
