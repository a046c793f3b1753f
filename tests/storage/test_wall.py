"""On PostgreSQL the database itself holds a transaction to what the decision admitted."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError

from records.errors import NotFound, NotPermitted
from records.observations import Channel, Quantity
from records.services.enrolling import enrol_patient
from records.services.intake import Draft, file_observations
from records.services.permitting import speaking
from records.services.ports import Face
from records.services.viewing import open_record, patients_of
from records.tracking import RecordId
from records.vocabulary import Code, Language, SegmentKind
from storage.cells import Cells
from storage.database import Database, open_engine
from storage.keys import KeyStore
from storage.migrations import upgrade
from storage.rows import Base
from storage.unit import StorageUnit
from storage.wall import PAPERS, TOLD
from storage.wall_check import check_wall
from tests.cast import ZONE, Cast, Clock, enter
from tests.parts.postgres import Postgres

ROWS_OF = "SELECT DISTINCT {column} FROM {table}"


@pytest.fixture(scope="module")
def walled_url(postgres: Postgres) -> str:
    """A house on PostgreSQL, as a login that owns nothing in it."""
    url = postgres.new_database()
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def walled(postgres: Postgres, walled_url: str, keys: KeyStore, clock: Clock) -> Iterator[Database]:
    engine = open_engine(postgres.as_the_site(postgres.copy_of(walled_url)))
    yield Database(engine, Cells(keys), clock)
    engine.dispose()


@pytest.fixture
def house(walled: Database, clock: Clock) -> tuple[Cast, RecordId]:
    """The cast, and Omar, whom Dr Chen does not know; both have weighed themselves."""
    with walled.begin(True) as unit:
        cast = enter(unit, clock())
        omar, other = enrol_patient(unit, "Omar", language=Language.ENGLISH, zone=ZONE, now=clock())
        for who, record in ((cast.amina, cast.record), (omar, other)):
            weight = Draft(Code.WEIGHT, clock(), value=Quantity(71, "kg"))
            file_observations(
                unit, [weight], record_id=record.id, by=who, channel=Channel.FORM, now=clock()
            )
    return cast, other.id


def seen(unit: StorageUnit) -> dict[str, set[str]]:
    """Return whose rows each table gives to statements that ask for everything."""
    found = {}
    for table in (*TOLD, *PAPERS):
        column = "id" if table == "records" else "record"
        rows = unit.desk.session.execute(text(ROWS_OF.format(column=column, table=table)))
        found[table] = {str(one) for (one,) in rows if one is not None}
    return found


def test_an_admitted_transaction_sees_only_the_admitted_record(
    walled: Database, house: tuple[Cast, RecordId], clock: Clock
) -> None:
    cast, other = house
    with walled.begin(False, Face.SITE) as unit:
        speaking(unit, cast.chen.id)
        open_record(unit, cast.record.id, by=cast.chen, now=clock())
        found = seen(unit)
    assert set().union(*found.values()) == {cast.record.id}
    assert found["segments"] == found["relationships"] == {cast.record.id}
    with walled.begin(False) as unit:
        assert {cast.record.id, other} <= seen(unit)["segments"]


def test_before_a_decision_nothing_that_was_told_is_seen(
    walled: Database, house: tuple[Cast, RecordId]
) -> None:
    with walled.begin(False, Face.SITE) as unit:
        found = seen(unit)
    assert not any(found[table] for table in TOLD)


def test_what_is_refused_stays_shut(
    walled: Database, house: tuple[Cast, RecordId], clock: Clock
) -> None:
    cast, other = house
    with walled.begin(False, Face.SITE) as unit:
        speaking(unit, cast.chen.id)
        with pytest.raises(NotPermitted):
            open_record(unit, other, by=cast.chen, now=clock())
        assert seen(unit)["segments"] == set()
        assert unit.segments.of_record(other, frozenset(SegmentKind)) == ()


def test_nothing_can_be_written_into_a_record_that_was_not_admitted(
    walled: Database, house: tuple[Cast, RecordId], clock: Clock
) -> None:
    cast, other = house
    with (
        pytest.raises(DBAPIError, match="row-level security"),
        walled.begin(True, Face.SITE) as unit,
    ):
        open_record(unit, cast.record.id, by=cast.amina, now=clock())
        unit.desk.session.execute(
            text("INSERT INTO measures (record, document) VALUES (:record, '')"), {"record": other}
        )


def test_what_is_named_by_its_own_id_is_seen_until_it_is_refused(
    walled: Database, house: tuple[Cast, RecordId], clock: Clock
) -> None:
    cast, other = house
    with walled.begin(False) as unit:
        (segment,) = unit.segments.of_record(other, frozenset({SegmentKind.SIGNS}))
    with walled.begin(False, Face.SITE) as unit:
        found = unit.segments.segment(segment.id)
        assert found == segment
        with pytest.raises(NotPermitted):
            open_record(unit, other, by=cast.chen, now=clock())
        assert seen(unit)["segments"] == set()
        with pytest.raises(NotFound):
            unit.segments.segment("no such segment")  # type: ignore[arg-type]


def test_a_list_is_held_to_who_is_on_it(
    walled: Database, house: tuple[Cast, RecordId], clock: Clock
) -> None:
    cast, _ = house
    with walled.begin(False, Face.SITE) as unit:
        speaking(unit, cast.chen.id)
        assert [one.record.id for one in patients_of(unit, by=cast.chen, now=clock())] == [
            cast.record.id
        ]
        assert seen(unit)["summaries"] == {cast.record.id}


def test_a_connection_that_is_used_again_knows_nothing_of_the_one_before(
    walled: Database, house: tuple[Cast, RecordId], clock: Clock
) -> None:
    cast, _ = house
    with walled.begin(False, Face.SITE) as unit:
        open_record(unit, cast.record.id, by=cast.amina, now=clock())
    with walled.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM segments")) == 0


def test_a_page_costs_one_statement_more(
    walled: Database, house: tuple[Cast, RecordId], clock: Clock
) -> None:
    cast, _ = house
    said: list[str] = []
    event.listen(walled.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    for face in (Face.SITE, Face.HOUSE):
        said.clear()
        with walled.begin(False, face) as unit:
            open_record(unit, cast.record.id, by=cast.chen, now=clock())
        told = [one for one in said if "set_config" in one]
        assert len(told) == 1


def test_the_sites_login_can_take_no_wall_down(
    walled: Database, house: tuple[Cast, RecordId]
) -> None:
    for statement in (
        "ALTER TABLE segments DISABLE ROW LEVEL SECURITY",
        "DROP POLICY admitted ON segments",
        "UPDATE audit SET rule = 'x'",
        "TRUNCATE segments",
    ):
        with (
            pytest.raises(DBAPIError, match=r"permission denied|must be owner"),
            walled.engine.begin() as connection,
        ):
            connection.execute(text(statement))


def test_every_table_that_names_a_record_stands_behind_the_wall() -> None:
    named = {table.name for table in Base.metadata.tables.values() if "record" in table.columns}
    apart = {"walks", "links", "look_notices", "erasures", "heads"}
    apart |= {"calendars", "changes", "standings"}  # an address, a count, a sealed place on a list
    assert named - apart == ({*TOLD, *PAPERS} - {"records"})


def test_check_says_when_the_wall_is_not_up(
    postgres: Postgres, walled: Database, walled_url: str
) -> None:
    assert check_wall(walled.engine).works
    copy = postgres.copy_of(walled_url)
    assert "kanglu_app" in _advice(copy)
    assert "kanglu_app" in _advice(copy.replace("kanglu@", "postgres@"))
    owner = open_engine(copy)
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE segments DISABLE ROW LEVEL SECURITY"))
    owner.dispose()
    assert "db upgrade" in _advice(postgres.as_the_site(copy))


def _advice(url: str) -> str:
    engine: Engine = open_engine(url)
    found = check_wall(engine)
    engine.dispose()
    assert not found.works
    return found.advice
