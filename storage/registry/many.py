"""Many records at once over one session: a few statements whatever their number."""

from collections.abc import Callable, Collection, Iterable
from typing import Protocol, TypeVar

from sqlalchemy import CompoundSelect, Select, select, union

from records.consent import Emergency, Hiding
from records.orders import Occurrence, State
from records.people import Person, Record
from records.policy import Leave
from records.services.ports import Recent
from records.tracking import OrganisationId, PersonId, RecordId
from records.vocabulary import SegmentKind
from storage.registry.consent import open_grant
from storage.registry.desk import Desk
from storage.registry.leave import open_leave
from storage.registry.orders import open_occurrence
from storage.registry.people import open_person, open_relationship, record_in
from storage.registry.summaries import read_said, read_summary
from storage.rows.consent import EmergencyRow, GrantRow, HidingRow
from storage.rows.orders import OccurrenceRow
from storage.rows.people import PersonRow, RecordRow, RelationshipRow
from storage.rows.segments import SummaryRow


class OfRecord(Protocol):
    """A row that says whose record it is of."""

    record: str


R = TypeVar("R", bound=OfRecord)
T = TypeVar("T")


class ManyRegistry:
    """Many records at once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def tied(self, person: PersonId, organisation: OrganisationId | None) -> frozenset[RecordId]:
        """Return the records that may be open to this person, or to the own organisation."""
        found = self.desk.session.execute(tied(person, organisation))
        return frozenset(RecordId(one) for (one,) in found)

    def patients(self, record_ids: Collection[RecordId]) -> dict[RecordId, tuple[Record, Person]]:
        """Return each record with its patient."""
        self.desk.wall.ask(record_ids)
        found = self.desk.session.execute(
            select(RecordRow, PersonRow)
            .join(PersonRow, PersonRow.id == RecordRow.patient)
            .where(RecordRow.id.in_(record_ids))
        ).all()
        self.desk.cells.ready(owner for one, _ in found for owner in (one.id, one.patient))
        return {
            RecordId(record.id): (record_in(record), open_person(self.desk, patient))
            for record, patient in found
        }

    def leaves(self, record_ids: Collection[RecordId]) -> dict[RecordId, Leave]:
        """Return all by which each record is open or closed."""
        desk = self.desk
        desk.wall.ask(record_ids)
        desk.cells.ready(record_ids)
        ties = self._newest(RelationshipRow, record_ids, lambda row: open_relationship(desk, row))
        grants = self._newest(GrantRow, record_ids, lambda row: open_grant(desk, row))
        hidings = self._newest(HidingRow, record_ids, lambda row: open_leave(desk, row, Hiding))
        emergencies = self._newest(
            EmergencyRow, record_ids, lambda row: open_leave(desk, row, Emergency)
        )
        return {
            one: Leave(
                ties.get(one, ()),
                grants.get(one, ()),
                hidings.get(one, ()),
                emergencies.get(one, ()),
            )
            for one in record_ids
        }

    def recent(
        self, record_ids: Collection[RecordId], kinds: Collection[SegmentKind]
    ) -> dict[RecordId, Recent]:
        """Return what is derived of the last weeks for lists, of these kinds."""
        self.desk.cells.ready(record_ids)
        rows = self.desk.session.scalars(
            select(SummaryRow).where(SummaryRow.record.in_(record_ids), SummaryRow.kind.in_(kinds))
        )
        found: dict[RecordId, Recent] = {}
        for row in rows:
            recent = found.setdefault(RecordId(row.record), Recent())
            recent.series.update(read_summary(self.desk, row))
            recent.said += read_said(self.desk, row)
        return found

    def occurrences(
        self, record_ids: Collection[RecordId], states: Collection[State]
    ) -> dict[RecordId, tuple[Occurrence, ...]]:
        """Return the occurrences of orders that are in one of these states."""
        self.desk.cells.ready(record_ids)
        rows = self.desk.session.scalars(
            select(OccurrenceRow)
            .where(OccurrenceRow.record.in_(record_ids), OccurrenceRow.state.in_(states))
            .order_by(OccurrenceRow.due)
        )
        return _by_record(rows, lambda row: open_occurrence(self.desk, row))

    def _newest(
        self, table: type[R], record_ids: Collection[RecordId], opened: Callable[[R], T]
    ) -> dict[RecordId, tuple[T, ...]]:
        of_these = select(table).where(table.record.in_(record_ids), table.newest)  # type: ignore[attr-defined]  # both are columns
        return _by_record(self.desk.session.scalars(of_these), opened)


def tied(person: PersonId, organisation: OrganisationId | None) -> CompoundSelect[str]:
    """Return the question for the records that may be open to this person, or organisation."""
    ways: list[Select[str]] = [
        select(RelationshipRow.record).where(
            RelationshipRow.person == person, RelationshipRow.newest
        )
    ]
    if organisation is not None:
        ways.append(
            select(GrantRow.record).where(GrantRow.organisation == organisation, GrantRow.newest)
        )
    return union(*ways)


def _by_record(rows: Iterable[R], opened: Callable[[R], T]) -> dict[RecordId, tuple[T, ...]]:
    found: dict[RecordId, list[T]] = {}
    for row in rows:
        found.setdefault(RecordId(row.record), []).append(opened(row))
    return {record: tuple(one) for record, one in found.items()}
