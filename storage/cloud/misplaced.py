"""What lies in the wrong place: what the policy lets flow over, and what has to come back.

Only old versions of insensitive segments flow over. The newest version decides for the older ones
too: what somebody has meanwhile marked as private comes back, and so does everything of a patient
who wants nothing moved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from records.placing import MAY_MIGRATE, may_migrate
from records.vocabulary import SegmentKind
from storage.registry.segments import open_segment_row
from storage.rows.cloud import AT_HOME, MOVED, ObjectRow, StayRow
from storage.rows.segments import SegmentRow
from storage.unit import StorageUnit


@dataclass(frozen=True, slots=True)
class Policy:
    """What flows over: versions of these kinds, this old, of at least so many bytes.

    With a `quota` of bytes only while the private cloud holds more than that.
    """

    kinds: frozenset[SegmentKind] = MAY_MIGRATE
    after: timedelta = timedelta(days=90)
    least: int = 0
    quota: int | None = None


Held = tuple[str, int, int]
"""A record, how many objects of it, and how many bytes they are."""

Newest = aliased(SegmentRow)
_OF_ROW = and_(SegmentRow.id == ObjectRow.ref, SegmentRow.version == ObjectRow.version)
_NEWEST = and_(Newest.id == ObjectRow.ref, Newest.newest)


def stays(owner: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that the patient of a record wants nothing moved."""
    return (
        select(StayRow.record)
        .where(StayRow.record == owner, StayRow.since.is_not(None))
        .correlate(ObjectRow)
        .exists()
    )


def may_go(policy: Policy, now: datetime) -> ColumnElement[bool]:
    """Return the condition on objects that may flow over, unless their label forbids it."""
    version = select(SegmentRow.id).where(
        _OF_ROW, SegmentRow.kind.in_(policy.kinds), SegmentRow.recorded <= now - policy.after
    )
    return and_(
        ObjectRow.place == AT_HOME,
        ObjectRow.family == "segment",
        ObjectRow.length >= policy.least,
        version.correlate(ObjectRow).exists(),
        ~stays(ObjectRow.record.expression),
    )


def may_have_to_return() -> ColumnElement[bool]:
    """Return the condition on objects that have to come back, or may have to by a newer label."""
    newer = select(Newest.id).where(_NEWEST, Newest.version > ObjectRow.version)
    return and_(
        ObjectRow.place == MOVED,
        or_(stays(ObjectRow.record.expression), newer.correlate(ObjectRow).exists()),
    )


def misplaced(
    unit: StorageUnit, owner: str, policy: Policy, now: datetime, *, out: bool = True
) -> Iterator[tuple[ObjectRow, str]]:
    """Give each object of a record that lies in the wrong place, and where it belongs."""
    session = unit.desk.session
    home = session.scalar(select(StayRow.since).where(StayRow.record == owner)) is not None
    for row, own, newest in _with_versions(session, owner, may_have_to_return()):
        if home or not _may_migrate(unit, own, newest):
            yield row, AT_HOME
    for row, own, newest in _with_versions(session, owner, may_go(policy, now)) if out else ():
        if _may_migrate(unit, own, newest):
            yield row, MOVED


def owners(
    session: Session, condition: ColumnElement[bool], limit: int | None = None
) -> Sequence[Held]:
    """Return whose objects these are, how many each has and of how many bytes; the most first."""
    held = func.sum(ObjectRow.length)
    found = select(ObjectRow.record, func.count(), held).where(condition)
    most = found.group_by(ObjectRow.record).order_by(held.desc(), ObjectRow.record).limit(limit)
    return [(owner, count, int(length)) for owner, count, length in session.execute(most)]


Versions = tuple[ObjectRow, SegmentRow, SegmentRow]


def _with_versions(
    session: Session, owner: str, condition: ColumnElement[bool]
) -> Sequence[Versions]:
    found = (
        select(ObjectRow, SegmentRow, Newest)
        .join(SegmentRow, _OF_ROW)
        .join(Newest, _NEWEST)
        .where(ObjectRow.record == owner, condition)
        .order_by(SegmentRow.recorded, ObjectRow.name)
    )
    return [(row, own, newest) for row, own, newest in session.execute(found)]


def _may_migrate(unit: StorageUnit, own: SegmentRow, newest: SegmentRow) -> bool:
    return all(may_migrate(open_segment_row(unit.desk, one)) for one in {own, newest})
