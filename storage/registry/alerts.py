"""Alerts and the limits of patients over one session."""

from collections.abc import Collection

from sqlalchemy import select

from records.alerts import Alert
from records.errors import NotFound
from records.findings.limits import OwnLimits
from records.findings.reasons import Situation
from records.tracking import AlertId, PersonId, RecordId
from storage.registry.desk import Desk
from storage.rows.alerts import AlertRow, LimitsRow
from storage.wall import row_by_name


class AlertRegistry:
    """Alerts, open and closed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def alert(self, alert_id: AlertId) -> Alert:
        """Return the alert, or raise NotFound."""
        found = select(AlertRow).where(AlertRow.id == alert_id)
        row = row_by_name(self.desk.session, "alerts", alert_id, found)
        if row is None:
            raise NotFound
        return self._alert(row)

    def open_of(self, record_id: RecordId) -> tuple[Alert, ...]:
        """Return the open alerts of a record, the longest open first."""
        rows = self.desk.session.scalars(
            select(AlertRow)
            .where(AlertRow.record == record_id, AlertRow.closed.is_(None))
            .order_by(AlertRow.opened, AlertRow.id)
        )
        return tuple(self._alert(row) for row in rows)

    def closed_of(self, record_id: RecordId, limit: int) -> tuple[Alert, ...]:
        """Return the alerts of a record that closed last, newest first."""
        rows = self.desk.session.scalars(
            select(AlertRow)
            .where(AlertRow.record == record_id, AlertRow.closed.is_not(None))
            .order_by(AlertRow.closed.desc(), AlertRow.id)
            .limit(limit)
        )
        return tuple(self._alert(row) for row in rows)

    def seen_in(
        self, record_ids: Collection[RecordId]
    ) -> dict[tuple[RecordId, Situation], PersonId]:
        """Return who has acknowledged the open alerts of these records, by record and cause."""
        found = self.desk.session.execute(
            select(AlertRow.record, AlertRow.cause, AlertRow.seen_by).where(
                AlertRow.record.in_(record_ids),
                AlertRow.closed.is_(None),
                AlertRow.seen_by.is_not(None),
            )
        )
        return {
            (RecordId(record), Situation(cause)): PersonId(seen_by or "")
            for record, cause, seen_by in found
        }

    def put(self, alert: Alert) -> None:
        """Keep an alert, new or changed."""
        self.desk.session.merge(
            AlertRow(
                id=alert.id,
                record=alert.record,
                cause=alert.cause,
                opened=alert.opened,
                closed=alert.closed,
                seen_by=alert.seen_by,
                document=self.desk.cells.write(alert.record, f"alert:{alert.id}", alert),
            )
        )
        self.desk.session.flush()

    def _alert(self, row: AlertRow) -> Alert:
        return self.desk.cells.read(row.record, f"alert:{row.id}", row.document, Alert)


class LimitsRegistry:
    """Limits set for patients."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of(self, record_id: RecordId) -> OwnLimits | None:
        """Return what was set for a record."""
        return self.of_many([record_id]).get(record_id)

    def of_many(self, record_ids: Collection[RecordId]) -> dict[RecordId, OwnLimits]:
        """Return what was set for these records, of those where something was."""
        rows = self.desk.session.scalars(
            select(LimitsRow).where(LimitsRow.record.in_(record_ids))
        ).all()
        self.desk.cells.ready({row.record for row in rows})
        return {RecordId(row.record): self._limits(row) for row in rows}

    def put(self, own: OwnLimits) -> None:
        """Keep what was set for a record."""
        document = self.desk.cells.write(own.record, f"limits:{own.record}", own)
        self.desk.session.merge(LimitsRow(record=own.record, document=document))
        self.desk.session.flush()

    def forget(self, record_id: RecordId) -> None:
        """Let the guideline's limits hold again."""
        row = self.desk.session.get(LimitsRow, record_id)
        if row is not None:
            self.desk.session.delete(row)
            self.desk.session.flush()

    def _limits(self, row: LimitsRow) -> OwnLimits:
        return self.desk.cells.read(row.record, f"limits:{row.record}", row.document, OwnLimits)
