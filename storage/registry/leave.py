"""What the patient hides, others ask for and an emergency opens, in all their versions."""

from typing import TypeVar

from sqlalchemy import ColumnElement, select

from records.consent import Emergency, Hiding
from records.errors import NotFound
from records.requests import Request
from records.tracking import EmergencyId, HidingId, PersonId, RecordId, RequestId
from storage.registry.desk import Desk
from storage.registry.people import bump_consent
from storage.registry.versions import keep_version
from storage.rows.consent import EmergencyRow, HidingRow, RequestRow
from storage.wall import row_by_name

Row = HidingRow | RequestRow | EmergencyRow
R = TypeVar("R", HidingRow, RequestRow, EmergencyRow)
D = TypeVar("D", Hiding, Request, Emergency)


class HidingRegistry:
    """What stays hidden."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of_record(self, record_id: RecordId) -> tuple[Hiding, ...]:
        """Return the newest version of each hiding of this record."""
        self.desk.wall.ask([record_id])
        return _newest(self.desk, HidingRow, Hiding, HidingRow.record == record_id)

    def hiding(self, hiding_id: HidingId) -> Hiding:
        """Return the newest version of this hiding, or raise NotFound."""
        return _one(self.desk, HidingRow, Hiding, hiding_id)

    def versions(self, hiding_id: HidingId) -> tuple[Hiding, ...]:
        """Return all versions of this hiding, oldest first; none where there is no such hiding."""
        rows = self.desk.session.scalars(
            select(HidingRow).where(HidingRow.id == hiding_id).order_by(HidingRow.version)
        )
        return tuple(open_leave(self.desk, row, Hiding) for row in rows)

    def put(self, hiding: Hiding) -> None:
        """Keep a hiding, or its next version."""
        keep_version(self.desk, HidingRow(**_columns(self.desk, HidingRow, hiding)))
        bump_consent(self.desk, hiding.record)


class RequestRegistry:
    """Requests for leave."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of_record(self, record_id: RecordId) -> tuple[Request, ...]:
        """Return the newest version of each request about this record."""
        self.desk.wall.ask([record_id])
        return _newest(self.desk, RequestRow, Request, RequestRow.record == record_id)

    def asked_by(self, person_id: PersonId) -> tuple[Request, ...]:
        """Return the newest version of each request this person made."""
        return _newest(self.desk, RequestRow, Request, RequestRow.asked_by == person_id)

    def request(self, request_id: RequestId) -> Request:
        """Return the newest version of this request, or raise NotFound."""
        return _one(self.desk, RequestRow, Request, request_id)

    def put(self, request: Request) -> None:
        """Keep a request, or its next version."""
        columns = _columns(self.desk, RequestRow, request)
        keep_version(self.desk, RequestRow(**columns, asked_by=request.asked_by))


class EmergencyRegistry:
    """Looks into records in an emergency."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of_record(self, record_id: RecordId) -> tuple[Emergency, ...]:
        """Return the newest version of each emergency of this record."""
        self.desk.wall.ask([record_id])
        return _newest(self.desk, EmergencyRow, Emergency, EmergencyRow.record == record_id)

    def emergency(self, emergency_id: EmergencyId) -> Emergency:
        """Return the newest version of this emergency, or raise NotFound."""
        return _one(self.desk, EmergencyRow, Emergency, emergency_id)

    def not_reviewed(self) -> tuple[Emergency, ...]:
        """Return the emergencies nobody has reviewed yet, oldest first."""
        found = _newest(self.desk, EmergencyRow, Emergency, EmergencyRow.reviewed.is_(False))
        return tuple(sorted(found, key=lambda one: one.opened))

    def put(self, emergency: Emergency) -> None:
        """Keep an emergency, or its next version."""
        columns = _columns(self.desk, EmergencyRow, emergency)
        keep_version(self.desk, EmergencyRow(**columns, reviewed=emergency.reviewed is not None))
        bump_consent(self.desk, emergency.record)


def _newest(desk: Desk, table: type[R], kind: type[D], which: ColumnElement[bool]) -> tuple[D, ...]:
    rows = desk.session.scalars(select(table).where(which, table.newest))
    return tuple(open_leave(desk, row, kind) for row in rows)


def open_leave(desk: Desk, row: Row, kind: type[D]) -> D:
    """Return what a row of one of these tables holds."""
    identity = _identity(type(row), row.id, row.version)
    return desk.cells.read(row.record, identity, row.document, kind)


def _one(desk: Desk, table: type[R], kind: type[D], ref: str) -> D:
    found = select(table).where(table.id == ref, table.newest)
    row = row_by_name(desk.session, table.__tablename__, ref, found)
    if row is None:
        raise NotFound
    return open_leave(desk, row, kind)


def _columns(
    desk: Desk, table: type[Row], thing: Hiding | Request | Emergency
) -> dict[str, object]:
    return {
        "id": thing.id,
        "version": thing.version,
        "record": thing.record,
        "newest": True,
        "document": desk.cells.write(
            thing.record, _identity(table, thing.id, thing.version), thing
        ),
    }


def _identity(table: type[Row], thing_id: str, version: int) -> str:
    return f"{table.__tablename__}:{thing_id}:{version}"
