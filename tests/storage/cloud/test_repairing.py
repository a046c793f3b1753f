"""Verify and repair: what a cloud lost or altered is put back, and what nothing names goes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from records.tracking import fresh
from storage.cloud.manifest import head_name, read_pages
from storage.cloud.repairing import ORPHAN
from storage.cloud.rounds import SAMPLE, WHOLE
from storage.cloud.verifying import PARTS, faults, part_of
from storage.masterkey import make_master_key
from storage.rows.cloud import HeadRow, ObjectRow
from storage.rows.rounds import RoundRow
from storage.stores import open_store
from tests.cast import Cast, Clock
from tests.parts.postgres import Postgres
from tests.parts.swift import Swift
from tests.storage.cloud.houses import (
    Clouds,
    Furnished,
    House,
    copied_house,
    differences,
    file_clouds,
    furnish,
    furnished_house,
    in_two_months,
    open_house,
    sqlite,
)
from tests.storage.cloud.test_erasing import Down
from tests.storage.cloud.test_restoring import names_of


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """Something of every family in two months, all of it synced; to be copied."""
    return furnished_house(tmp_path_factory.mktemp("house"), in_two_months)


@pytest.fixture
def house(furnished: Furnished, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A copy of the furnished house."""
    house = copied_house(furnished, tmp_path / "house", clock)
    yield house
    house.close()


@pytest.fixture
def cast(furnished: Furnished) -> Cast:
    return furnished[1]


def places(house: House, cast: Cast) -> dict[str, str]:
    """Return the containers by their owners."""
    return {
        "house": house.worker.rounds.repair.relisting.container("house"),
        cast.record.id: cast.record.place.container,
    }


def lose_everything(house: House, cast: Cast) -> int:
    """Remove every second object of every family, and alter the others; keep the keys alone."""
    lost = 0
    for container in places(house, cast).values():
        for name in list(house.clouds.private.names(container)):
            if name.startswith("key-"):
                continue
            content = house.clouds.private.get(container, name)
            house.clouds.private.remove(container, name)
            lost += 1
            if lost % 2:
                house.clouds.private.put(container, name, content[:-3] + b"xyz")
    return lost


def test_all_that_was_lost_or_altered_comes_back_and_restores(
    house: House, cast: Cast, tmp_path: Path
) -> None:
    assert lose_everything(house, cast) > 40
    found = house.worker.rounds.all_at_once()
    assert {one.what for one in found if one.what != ORPHAN} >= {"missing"}
    assert [one.name for one in found if not one.repaired] == []
    assert list(faults(house.worker.private)) == []
    house.settle()
    assert house.worker.rounds.all_at_once() == []
    other = open_house(house.clouds, sqlite(tmp_path), house.clock)
    assert other.restore().faults == ()
    assert differences(house, other) == []
    other.close()


def test_so_it_does_from_postgresql(postgres: Postgres, tmp_path: Path, clock: Clock) -> None:
    house = open_house(file_clouds(tmp_path), postgres.new_database(), clock)
    cast = in_two_months(house)
    lose_everything(house, cast)
    house.worker.rounds.all_at_once()
    assert list(faults(house.worker.private)) == []
    house.close()


def test_what_the_database_has_no_more_is_named_and_left(house: House, cast: Cast) -> None:
    name = names_of(house, cast.record.id, "segment", loose=True)[0]
    with house.database.session(writing=True) as session:
        session.get_one(ObjectRow, name).ref = fresh()
    house.clouds.private.remove(cast.record.place.container, name)
    (finding,) = house.worker.rounds.all_at_once()
    assert (finding.name, finding.what, finding.repaired) == (name, "missing", False)


def test_what_nothing_names_is_told_once_and_removed_after_a_week(house: House, cast: Cast) -> None:
    container, stray = cast.record.place.container, fresh()
    house.clouds.private.put(container, stray, b"put by a worker that died")
    (finding,) = house.worker.rounds.all_at_once()
    assert (finding.name, finding.what) == (stray, ORPHAN)
    assert house.worker.rounds.all_at_once() == []
    house.clock.pass_(days=6)
    house.worker.sweep(1000)
    assert stray in house.clouds.private.names(container)
    house.clock.pass_(days=2)
    house.worker.sweep(1000)
    assert stray not in house.clouds.private.names(container)
    assert list(faults(house.worker.private)) == []


def test_the_key_beside_the_objects_is_put_back(house: House, cast: Cast) -> None:
    container = cast.record.place.container
    (name,) = house.clouds.private.names(container, "key-")
    house.clouds.private.remove(container, name)
    house.worker.rounds.all_at_once()
    assert list(house.clouds.private.names(container, "key-")) == [name]


def test_twenty_daily_samples_are_everything_once() -> None:
    names = [fresh() for _ in range(500)]
    chosen = [one for day in range(PARTS) for one in names if part_of(day)(one)]
    assert sorted(chosen) == sorted(names)


def test_a_loss_is_found_by_the_daily_sample_within_twenty_days(house: House, cast: Cast) -> None:
    name = names_of(house, cast.record.id, "segment", loose=True)[0]
    house.clouds.private.remove(cast.record.place.container, name)
    house.worker.rounds.step()
    with house.database.session(writing=True) as session:
        session.get_one(RoundRow, WHOLE).due = house.clock() + timedelta(days=90)
    repaired = 0.0
    for _ in range(PARTS + 2):
        house.clock.pass_(days=1)
        while house.worker.rounds.step():
            pass
        repaired += house.worker.rounds.gauges()[f"verify_{SAMPLE}_repaired"]
    assert repaired == 1
    assert list(faults(house.worker.private)) == []


def test_the_monthly_round_looks_at_everything_and_waits_out_a_cloud_that_is_down(
    house: House, cast: Cast
) -> None:
    rounds, private = house.worker.rounds, Down(house.clouds.private)
    rounds.step()
    house.worker.private.store = private
    private.down = True
    house.clock.pass_(days=31)
    rounds.step()
    assert rounds.gauges()[f"verify_{WHOLE}_checked"] == 0
    private.down = False
    house.clock.pass_(minutes=6)
    while rounds.step():
        pass
    with house.database.session(writing=False) as session:
        objects = len(session.scalars(select(ObjectRow)).all())
        heads = session.scalars(select(HeadRow)).all()
    manifest = sum(1 + len(read_pages(one.pages)) for one in heads)
    assert rounds.gauges()[f"verify_{WHOLE}_checked"] == objects + manifest
    assert rounds.gauges()[f"verify_{WHOLE}_faults"] == 0


def test_a_real_swift_gets_back_what_it_lost(swift: Swift, tmp_path: Path, clock: Clock) -> None:
    settings = {"ST_AUTH": swift.auth_url, "ST_USER": swift.user, "ST_KEY": swift.key}
    make_master_key(tmp_path / "master.key")
    clouds = Clouds(
        tmp_path,
        open_store("swift://kanglu-", settings),
        open_store(f"file://{tmp_path}/public", {}),
    )
    house = open_house(clouds, sqlite(tmp_path), clock)
    cast = furnish(house)
    house.settle()
    container = cast.record.place.container
    with house.database.session(writing=False) as session:
        head = head_name(session.get_one(HeadRow, cast.record.id).seq)
    for name in (*names_of(house, cast.record.id, "segment")[:2], head):
        clouds.private.remove(container, name)
    assert len([one for one in house.worker.rounds.all_at_once() if one.what != ORPHAN]) == 3
    assert list(faults(house.worker.private)) == []
    house.close()
