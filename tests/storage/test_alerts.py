"""What storage promises of alerts: one open of each cause, and a record looked at once."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from records.alerts import Alert
from records.findings.reasons import Situation
from records.services.ports import Unit
from records.tracking import AlertId, fresh
from storage.database import Database
from storage.timetable import Timetable
from tests.cast import Cast, Clock


def test_of_a_cause_only_one_is_open_whoever_puts_it(
    database: Database, cast: Cast, clock: Clock
) -> None:
    def another() -> Alert:
        return Alert(AlertId(fresh()), cast.record.id, Situation.NO_DATA, cast.chen.id, clock())

    with database.begin(True) as unit:
        unit.alerts.put(another())
    with pytest.raises(IntegrityError), database.begin(True) as unit:
        unit.alerts.put(another())


def test_a_record_asked_for_twice_is_looked_at_once_and_once_more_while_it_is_looked_at(
    database: Database, cast: Cast, clock: Clock
) -> None:
    looked: list[str] = []

    def look(unit: Unit, ref: str) -> None:
        looked.append(ref)

    timetable = Timetable(database, {**Timetable(database).jobs, "rules": look})
    while timetable.step(50):
        pass
    looked.clear()
    for _ in range(3):
        with database.begin(True) as unit:
            unit.rechecks.soon(cast.record.id, clock())
    while timetable.step(50):
        pass
    assert looked == [cast.record.id]
    with database.begin(True) as unit:
        unit.rechecks.soon(cast.record.id, clock() + timedelta(hours=1))
        unit.rechecks.soon(cast.record.id, clock())
    assert timetable.step(50) == 1
