"""A unit commits or it does not; a refusal is kept either way; consent is live."""

import pytest

from records.errors import NotPermitted
from records.observations import Channel, pressure
from records.services.consenting import Wish, give_grant, who_looked, withdraw_grant
from records.services.correcting import retract
from records.services.intake import Draft, file_observations
from records.services.viewing import open_record, points_of
from records.vocabulary import Code, Purpose, SegmentKind
from storage.database import Database
from tests.cast import Cast, Clock


def a_reading(clock: Clock, systolic: int = 128) -> Draft:
    return Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(systolic, 82))


def file(database: Database, cast: Cast, clock: Clock, systolic: int = 128, key: str = "") -> str:
    with database.begin(True) as unit:
        filed = file_observations(
            unit,
            [a_reading(clock, systolic)],
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.CHAT,
            now=clock(),
            key=key,
        )
    return filed.observations[0].id


def seen_by_chen(database: Database, cast: Cast, clock: Clock) -> list[int]:
    with database.begin(False) as unit:
        view = open_record(unit, cast.record.id, by=cast.chen, now=clock())
        points = points_of(unit, view, Code.BLOOD_PRESSURE, now=clock(), days=30)
        return [int(point.numbers[0]) for point in points]


def test_a_reading_is_seen_by_the_doctor_with_the_grant(
    database: Database, cast: Cast, clock: Clock
) -> None:
    file(database, cast, clock)
    assert seen_by_chen(database, cast, clock) == [128]


def test_the_same_key_files_once(database: Database, cast: Cast, clock: Clock) -> None:
    first = file(database, cast, clock, key="one")
    clock.pass_(minutes=5)
    assert file(database, cast, clock, key="one") == first
    assert seen_by_chen(database, cast, clock) == [128]


def test_a_reading_taken_back_is_no_longer_seen(
    database: Database, cast: Cast, clock: Clock
) -> None:
    observation = file(database, cast, clock)
    with database.begin(True) as unit:
        retract(unit, observation, by=cast.amina, now=clock())  # type: ignore[arg-type]
    assert seen_by_chen(database, cast, clock) == []
    with database.begin(True) as unit:
        versions = unit.segments.versions(unit.series.segment_of(observation))
    assert [one.version for one in versions] == [1, 2]


def test_a_stranger_is_refused_and_the_refusal_outlives_the_rollback(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with pytest.raises(NotPermitted), database.begin(False) as unit:
        open_record(unit, cast.record.id, by=cast.dara, now=clock())
    with database.begin(False) as unit:
        looks = who_looked(unit, cast.record.id, by=cast.amina, now=clock())
    newest = looks[0]
    assert (newest.note.allowed, newest.by) == (False, cast.dara)


def test_after_a_withdrawal_the_next_request_shows_nothing(
    database: Database, cast: Cast, clock: Clock
) -> None:
    file(database, cast, clock)
    with database.begin(True) as unit:
        withdraw_grant(unit, cast.grant.id, by=cast.amina, now=clock())
    assert seen_by_chen(database, cast, clock) == []


def test_a_page_begun_before_a_withdrawal_is_not_shown_after_it(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with pytest.raises(NotPermitted), database.begin(False) as unit:
        open_record(unit, cast.record.id, by=cast.chen, now=clock())
        with database.begin(True) as other:
            withdraw_grant(other, cast.grant.id, by=cast.amina, now=clock())


def test_an_error_rolls_the_change_back(database: Database, cast: Cast, clock: Clock) -> None:
    with pytest.raises(RuntimeError), database.begin(True) as unit:
        wish = Wish(frozenset(SegmentKind), Purpose.TREATMENT, None, person=cast.chen.id)
        give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())
        raise RuntimeError
    with database.begin(False) as unit:
        assert unit.grants.grant(cast.grant.id).kinds == {SegmentKind.PHYSICAL_SIGNS}


def test_nothing_the_patient_said_stands_clear_in_the_database(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        file_observations(
            unit,
            [Draft(Code.NOTE, clock(), value="canary-in-words")],
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.CHAT,
            now=clock(),
        )
    with database.session(writing=False) as session:
        for table in ("people", "segments", "series", "summaries", "grants", "relationships"):
            rows = session.connection().exec_driver_sql(f"SELECT * FROM {table}").all()
            assert rows or table in ("series", "summaries")  # words are no numbers
            for row in rows:
                written = repr(tuple(row)).lower()
                assert "canary" not in written
                assert "amina" not in written
