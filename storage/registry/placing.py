"""Where records lie, and whose must stay at home, over one session."""

from sqlalchemy import func, select

from records.placing import Whereabouts
from records.tracking import RecordId
from storage.registry.desk import Desk
from storage.registry.wishes import wish_move
from storage.rows.cloud import AT_HOME, MOVED, ObjectRow, StayRow


class PlacingRegistry:
    """Counts of what lies where, and the patients' wishes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of(self, record_id: RecordId) -> Whereabouts:
        """Return how much of a record lies where, and what its patient wishes."""
        counts = select(ObjectRow.place, func.count()).where(
            ObjectRow.record == record_id, ObjectRow.family == "segment"
        )
        session = self.desk.session
        found = session.execute(counts.group_by(ObjectRow.place))
        held = {str(place): int(count) for place, count in found}
        wish = session.get(StayRow, record_id)
        stays = wish is not None and wish.since is not None
        return Whereabouts(held.get(AT_HOME, 0), held.get(MOVED, 0), stays)

    def choose(self, record_id: RecordId, *, stays: bool) -> None:
        """Keep a record in the private cloud from now on, or let old parts of it move."""
        now = self.desk.clock()
        self.desk.session.merge(StayRow(record=record_id, since=now if stays else None))
        self.desk.session.flush()
        wish_move(self.desk, record_id, now)
