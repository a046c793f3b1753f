"""What the private cloud holds, in numbers: how much a patient costs there."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.families.owners import HOUSE
from storage.rows.cloud import AT_HOME, HeadRow, ObjectRow, PackRow


def figures(session: Session) -> dict[str, float]:
    """Return the loose objects, packs and bytes of all patients, and of one on average."""
    patients = select(func.count()).select_from(HeadRow).where(HeadRow.record != HOUSE)
    loose = ObjectRow.record != HOUSE, ObjectRow.pack == "", ObjectRow.place == AT_HOME
    alone = select(func.count(), func.coalesce(func.sum(ObjectRow.length), 0)).where(*loose)
    packed = select(func.count(), func.coalesce(func.sum(PackRow.length), 0))
    objects, bytes_alone = session.execute(alone).one()
    packs, bytes_packed = session.execute(packed).one()
    number = session.scalar(patients) or 1
    return {
        "objects_loose": float(objects),
        "packs": float(packs),
        "bytes_private": float(bytes_alone + bytes_packed),
        "objects_per_patient": (objects + packs) / number,
        "bytes_per_patient": float(bytes_alone + bytes_packed) / number,
    }
