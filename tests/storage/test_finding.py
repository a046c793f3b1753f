"""A patient is found by name and birthday over digests, and nobody's record is opened for it."""

from datetime import date

import pytest
from sqlalchemy import delete, event, select

from records.observations import Channel
from records.people import Person
from records.services.correcting import amend
from records.services.enrolling import enrol_patient
from records.services.intake import Draft, file_observations
from records.tracking import ObservationId, RecordId
from records.vocabulary import Code, Language
from storage.database import Database
from storage.deriving_again import derive_what_lacks
from storage.rows.finding import FoundByRow
from tests.cast import ZONE, Cast, Clock

BORN = date(1951, 2, 3)


def born(database: Database, record: RecordId, by: Person, clock: Clock) -> ObservationId:
    with database.begin(True) as unit:
        told = Draft(Code.BIRTH_DATE, clock(), value=BORN.isoformat())
        filed = file_observations(
            unit, [told], record_id=record, by=by, channel=Channel.FORM, now=clock()
        )
    return filed.observations[0].id


def found(database: Database, name: str, on: date | None) -> tuple[RecordId, ...]:
    with database.begin(False) as unit:
        return unit.finding.named(name, on)


def test_name_and_birthday_together_find_one(database: Database, cast: Cast, clock: Clock) -> None:
    assert found(database, "Amina", None) == (cast.record.id,)
    told = born(database, cast.record.id, cast.amina, clock)
    assert found(database, "  aMINA ", BORN) == (cast.record.id,)
    assert found(database, "Amina", None) == found(database, "Amina", date(1951, 3, 2)) == ()
    with database.begin(True) as unit:
        right = Draft(Code.BIRTH_DATE, clock(), value="1951-03-02")
        amend(unit, told, right, by=cast.amina, now=clock())
    assert found(database, "Amina", date(1951, 3, 2)) == (cast.record.id,)
    assert found(database, "Amina", BORN) == ()


def test_staff_are_not_found(database: Database, cast: Cast) -> None:
    assert found(database, cast.chen.name, None) == ()


def test_nobodys_name_or_birthday_stands_in_the_table(
    database: Database, cast: Cast, clock: Clock
) -> None:
    born(database, cast.record.id, cast.amina, clock)
    with database.session(writing=False) as session:
        rows = session.scalars(select(FoundByRow)).all()
    assert {row.what for row in rows} == {"name", "born"}
    assert not any(word in row.digest for row in rows for word in ("amina", "1951"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_looking_costs_the_same_among_many(database: Database, cast: Cast, clock: Clock) -> None:
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    counts = []
    for _ in range(2):
        said.clear()
        found(database, "Amina", None)
        counts.append(len(said))
        with database.begin(True) as unit:
            for name in ("Omar", "Tom"):
                enrol_patient(unit, name, language=Language.ENGLISH, zone=ZONE, now=clock())
    assert counts[0] == counts[1] <= 3


def test_an_older_database_learns_it_when_it_is_opened(
    database: Database, cast: Cast, clock: Clock
) -> None:
    born(database, cast.record.id, cast.amina, clock)
    with database.session(writing=True) as session:
        session.execute(delete(FoundByRow))
    derive_what_lacks(database)
    assert found(database, "Amina", BORN) == (cast.record.id,)
