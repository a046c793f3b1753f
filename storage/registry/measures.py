"""The units of records, over one session."""

from records.measures import Measures
from records.tracking import RecordId
from storage.registry.desk import Desk
from storage.rows.measures import MeasuresRow


class MeasuresRegistry:
    """Own units, sealed for the record they are of."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of(self, record_id: RecordId) -> Measures:
        """Return the units of a record; none where nothing was said yet."""
        row = self.desk.session.get(MeasuresRow, record_id)
        if row is None:
            return Measures(record_id)
        return self.desk.cells.read(record_id, f"measures:{record_id}", row.document, Measures)

    def put(self, measures: Measures) -> None:
        """Keep the units of a record."""
        identity = f"measures:{measures.record}"
        document = self.desk.cells.write(measures.record, identity, measures)
        self.desk.session.merge(MeasuresRow(record=measures.record, document=document))
        self.desk.session.flush()
