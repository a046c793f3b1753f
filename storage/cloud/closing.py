"""Which months of a record are closed, and what of them is to lie in one pack.

A month is closed a week after it has ended where the patient lives. A year after the last of them
all months of a year become one page with a pack a kind: so the head stays short, and a sync of one
new reading costs the same after ten years.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from records.errors import NotFound
from storage.cloud.manifest import read_pages
from storage.families.every import FAMILIES
from storage.rows.cloud import AT_HOME, HeadRow, ObjectRow, UnsyncedRow
from storage.rows.people import PersonRow, RecordRow
from storage.rows.segments import SegmentRow

SETTLED = timedelta(days=7)
A_ZONE = timedelta(hours=12)  # by so much a month ends later somewhere than by UTC
A_PACK = 8 * 1024 * 1024  # bytes of one pack: it is read back whole
A_MEMBER = 1024 * 1024  # bytes; what is larger gains nothing by lying in a pack
PACKED = frozenset(one.name for one in FAMILIES if one.stays) | {"occurrence", "publication"}
"""Families of which there are ever more objects, and whose objects change no more after a month."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Months that become one page of this name, and whether their packs are packed anew."""

    months: tuple[str, ...]
    into: str

    @property
    def folds(self) -> bool:
        """Whether months become a year."""
        return self.months != (self.into,)


def closes(month: str) -> datetime:
    """Return when a month is closed everywhere."""
    begun = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    after = (begun + timedelta(days=31)).replace(day=1)
    return after + SETTLED + A_ZONE


def closed_before(now: datetime, zone: str) -> str:
    """Return the first month that is not closed yet where somebody lives."""
    return (now.astimezone(ZoneInfo(zone)) - SETTLED).strftime("%Y-%m")


def plans(session: Session, owner: str, now: datetime) -> list[Plan]:
    """Return what of a record is to be packed now; raises NotFound where there is no record."""
    lives = select(PersonRow.zone).join(RecordRow, RecordRow.patient == PersonRow.id)
    zone = session.scalar(lives.where(RecordRow.id == owner))
    if zone is None:
        raise NotFound
    first_open = min(closed_before(now, zone), _first_that_waits(session, owner))
    head = session.get(HeadRow, owner)
    pages = [one.month for one in read_pages(head.pages)] if head else []
    closed = [one for one in pages if one < first_open]
    last_year = str(int(first_open[:4]) - 1)
    years = sorted({one[:4] for one in closed if one[:4] < last_year and one != one[:4]})
    folding = [Plan(tuple(one for one in closed if one[:4] == year), year) for year in years]
    loose = _with_much_loose(session, owner)
    packing = [Plan((one,), one) for one in closed if one[:4] not in years and one in loose]
    return [*folding, *packing]


def together(session: Session, owner: str, plan: Plan) -> list[list[ObjectRow]]:
    """Return what is to lie in one pack each: objects of one kind, in the order they were put."""
    kinds: dict[tuple[str, str], list[ObjectRow]] = {}
    for row, kind in session.execute(_of_kinds(owner, plan)):
        kinds.setdefault((row.family, kind or ""), []).append(row)
    groups = [group for group in kinds.values() if len(group) > 1]
    return [chunk for group in groups for chunk in _chunks(group)]


def next_look(session: Session, owner: str, now: datetime) -> datetime | None:
    """Return when something of a record may be packed next; None where nothing lies loose."""
    loose = select(ObjectRow.name).where(ObjectRow.record == owner, ObjectRow.pack == "")
    if session.scalar(loose.where(*_PACKABLE).limit(1)) is None:
        return None
    before = (now.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    if _first_that_waits(session, owner) <= before:
        return now + timedelta(days=1)
    return next(one for one in (closes(before), closes(now.strftime("%Y-%m"))) if one > now)


_PACKABLE = (
    ObjectRow.family.in_(PACKED),
    ObjectRow.length <= A_MEMBER,
    ObjectRow.place == AT_HOME,
)
_ITS_KIND = and_(
    ObjectRow.family == "segment",
    SegmentRow.id == ObjectRow.ref,
    SegmentRow.version == ObjectRow.version,
)


def _first_that_waits(session: Session, owner: str) -> str:
    """Return the month since which something has waited to be put: it is not closed."""
    since = session.scalar(select(func.min(UnsyncedRow.since)).where(UnsyncedRow.owner == owner))
    return since.strftime("%Y-%m") if since else "9999-12"


def _with_much_loose(session: Session, owner: str) -> set[str]:
    found = (
        select(ObjectRow.month)
        .outerjoin(SegmentRow, _ITS_KIND)
        .where(ObjectRow.record == owner, ObjectRow.pack == "", *_PACKABLE)
        .group_by(ObjectRow.month, ObjectRow.family, SegmentRow.kind)
        .having(func.count() > 1)
    )
    return set(session.scalars(found))


def _of_kinds(owner: str, plan: Plan) -> Select[ObjectRow, str]:
    found = (
        select(ObjectRow, SegmentRow.kind)
        .outerjoin(SegmentRow, _ITS_KIND)
        .where(ObjectRow.record == owner, ObjectRow.month.in_(plan.months), *_PACKABLE)
        .order_by(ObjectRow.stored, ObjectRow.name)
    )
    return found if plan.folds else found.where(ObjectRow.pack == "")


def _chunks(rows: Iterable[ObjectRow]) -> Iterator[list[ObjectRow]]:
    chunk: list[ObjectRow] = []
    held = 0
    for row in rows:
        if held + row.length > A_PACK:
            yield chunk
            chunk, held = [], 0
        chunk.append(row)
        held += row.length
    yield chunk
