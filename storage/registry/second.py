"""Second factors over one session: shared by all processes, each change in one statement."""

from datetime import datetime

from sqlalchemy import case, or_, update

from records.tracking import PersonId
from storage.registry.desk import Desk
from storage.registry.wishes import insert_for
from storage.rows.second import SecondFactorRow


class SecondFactorRegistry:
    """The codes taken and missed of each person."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def last(self, person_id: PersonId) -> int | None:
        """Return the counter of the code last taken, or None."""
        row = self.desk.session.get(SecondFactorRow, person_id)
        return row.counter or None if row else None

    def take(self, person_id: PersonId, counter: int) -> bool:
        """Remember a code as taken; False where that or a later one was taken before."""
        self._begin(person_id)
        later = SecondFactorRow.counter < counter
        taken = self.desk.session.execute(
            update(SecondFactorRow)
            .where(SecondFactorRow.person == person_id, later)
            .values(counter=counter, misses=0, missed=None)
        )
        return bool(taken.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it

    def miss(self, person_id: PersonId, now: datetime, since: datetime) -> None:
        """Count a wrong code; those from before `since` no longer count."""
        self._begin(person_id)
        old = or_(SecondFactorRow.missed.is_(None), SecondFactorRow.missed <= since)
        self.desk.session.execute(
            update(SecondFactorRow)
            .where(SecondFactorRow.person == person_id)
            .values(
                misses=case((old, 1), else_=SecondFactorRow.misses + 1),
                missed=case((old, now), else_=SecondFactorRow.missed),
            )
        )

    def misses(self, person_id: PersonId, since: datetime) -> int:
        """Return how many wrong codes were typed, if the first of them was since then."""
        row = self.desk.session.get(SecondFactorRow, person_id)
        return row.misses if row and row.missed and row.missed > since else 0

    def _begin(self, person_id: PersonId) -> None:
        insert = insert_for(self.desk.session.get_bind().dialect, SecondFactorRow)
        first = insert.values(person=person_id, counter=0, misses=0)
        self.desk.session.execute(first.on_conflict_do_nothing())
