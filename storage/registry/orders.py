"""Orders and occurrences over one session."""

from sqlalchemy import select

from records.errors import NotFound
from records.orders import Occurrence, Order
from records.tracking import OccurrenceId, OrderId, RecordId
from storage.registry.desk import Desk
from storage.registry.versions import keep_version
from storage.registry.wishes import wish_private
from storage.rows.orders import OccurrenceRow, OrderRow
from storage.wall import row_by_name


class OrderRegistry:
    """Orders in all their versions, and their occurrences."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def order(self, order_id: OrderId) -> Order:
        """Return the newest version, or raise NotFound."""
        found = select(OrderRow).where(OrderRow.id == order_id, OrderRow.newest)
        row = row_by_name(self.desk.session, "orders", order_id, found)
        if row is None:
            raise NotFound
        return self._order(row)

    def of_record(self, record_id: RecordId) -> tuple[tuple[Order, tuple[Occurrence, ...]], ...]:
        """Return the orders of a record with their occurrences, newest first."""
        occurrences: dict[str, list[Occurrence]] = {}
        for row in self.desk.session.scalars(
            select(OccurrenceRow)
            .where(OccurrenceRow.record == record_id)
            .order_by(OccurrenceRow.due)
        ):
            occurrences.setdefault(row.order, []).append(open_occurrence(self.desk, row))
        rows = self.desk.session.scalars(
            select(OrderRow).where(OrderRow.record == record_id, OrderRow.newest)
        )
        orders = sorted(
            (self._order(row) for row in rows), key=lambda one: one.placed, reverse=True
        )
        return tuple((one, tuple(occurrences.get(one.id, ()))) for one in orders)

    def put(self, order: Order) -> None:
        """Keep an order, or its next version; it goes to the private cloud at once."""
        identity = f"order:{order.id}:{order.version}"
        row = OrderRow(
            id=order.id,
            version=order.version,
            record=order.record,
            newest=True,
            document=self.desk.cells.write(order.record, identity, order),
        )
        keep_version(self.desk, row)
        wish_private(self.desk, order.record, self.desk.clock())

    def occurrence(self, occurrence_id: OccurrenceId) -> Occurrence:
        """Return the occurrence, or raise NotFound."""
        found = select(OccurrenceRow).where(OccurrenceRow.id == occurrence_id)
        row = row_by_name(self.desk.session, "occurrences", occurrence_id, found)
        if row is None:
            raise NotFound
        return open_occurrence(self.desk, row)

    def put_occurrence(self, occurrence: Occurrence) -> None:
        """Keep an occurrence, new or changed."""
        identity = f"occurrence:{occurrence.id}"
        self.desk.session.merge(
            OccurrenceRow(
                id=occurrence.id,
                order=occurrence.order,
                record=occurrence.record,
                due=occurrence.due,
                state=occurrence.state,
                document=self.desk.cells.write(occurrence.record, identity, occurrence),
            )
        )
        self.desk.session.flush()

    def _order(self, row: OrderRow) -> Order:
        identity = f"order:{row.id}:{row.version}"
        return self.desk.cells.read(row.record, identity, row.document, Order)


def open_occurrence(desk: Desk, row: OccurrenceRow) -> Occurrence:
    """Return the occurrence a row holds."""
    return desk.cells.read(row.record, f"occurrence:{row.id}", row.document, Occurrence)
