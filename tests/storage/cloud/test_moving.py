"""Sealed, old and insensitive segments flow over into a store of their own, and come back."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from records.observations import Channel, Quantity
from records.placing import Load
from records.services.correcting import amend
from records.services.handing import Lies
from records.services.intake import Draft, file_observations
from records.services.placing import choose_place, where_it_lies
from records.services.storing import NoSuchDocument, StoreUnavailable
from records.tracking import fresh
from records.vocabulary import Code, SegmentKind
from storage.cloud.erasing import erase, find
from storage.cloud.manifest import Entry
from storage.cloud.misplaced import Policy
from storage.cloud.moving import Moving
from storage.cloud.planning import Planning
from storage.cloud.reading import StoredDocuments
from storage.cloud.repairing import ORPHAN
from storage.cloud.verifying import faults, kept_of
from storage.masterkey import make_master_key
from storage.overflow import Prices
from storage.registry.segments import open_segment_row
from storage.rows.cloud import AT_HOME, MOVED, LeftoverRow, ObjectRow
from storage.rows.segments import SegmentRow
from storage.stores import open_store
from storage.telling import key_id_of
from tests.cast import Cast, Clock, enter
from tests.parts.postgres import Postgres
from tests.parts.swift import Swift
from tests.storage.cloud.houses import (
    Clouds,
    Furnished,
    House,
    copied_house,
    everything,
    furnished_house,
    open_house,
    sqlite,
    tell,
    three_clouds,
)
from tests.storage.cloud.test_erasing import Down
from tests.storage.cloud.test_sync import s3_client

CANARIES = tuple(f"canary-{number}-in-a-meal" for number in range(10))
MAY_GO = 4  # days of weight and meals in `old`, none of them private


def told(house: House, cast: Cast, draft: Draft) -> None:
    with house.database.begin(True) as unit:
        file_observations(
            unit, [draft], record_id=cast.record.id, by=cast.amina, channel=Channel.CHAT,
            now=house.clock(),
        )  # fmt: skip


def old(house: House) -> Cast:
    """Months ago Amina told weights and meals, one of them private, and pressures."""
    with house.database.begin(True) as unit:
        cast = enter(unit, house.clock())
    for day in range(2):
        told(house, cast, Draft(Code.WEIGHT, house.clock(), value=Quantity(65 + day, "kg")))
        told(house, cast, Draft(Code.DIET, house.clock(), value=" ".join(CANARIES[day * 5 :][:5])))
        tell(house, cast, 130 + day)
        house.settle()
        house.clock.pass_(days=25)
    told(house, cast, Draft(Code.WEIGHT, house.clock(), value=Quantity(64, "kg"), private=True))
    house.settle()
    house.clock.pass_(days=95)
    return cast


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """The house of `old` before anything has moved, to be copied."""

    def without_overflow(folder: Path) -> Clouds:
        return replace(three_clouds(folder), overflow=None)

    return furnished_house(tmp_path_factory.mktemp("house"), old, without_overflow)


@pytest.fixture
def house(furnished: Furnished, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A copy of the furnished house."""
    house = copied_house(furnished, tmp_path / "house", clock, three_clouds)
    yield house
    house.close()


@pytest.fixture
def cast(furnished: Furnished) -> Cast:
    return furnished[1]


def lying(house: House, place: str) -> list[tuple[ObjectRow, SegmentRow]]:
    """Return the segments' objects in a place, each with its version."""
    found = select(ObjectRow, SegmentRow).join(
        SegmentRow, (SegmentRow.id == ObjectRow.ref) & (SegmentRow.version == ObjectRow.version)
    )
    with house.database.session(writing=False) as session:
        rows = session.execute(found.where(ObjectRow.place == place, ObjectRow.family == "segment"))
        return [(row, version) for row, version in rows]


def names_in(house: House, cast: Cast, place: str) -> set[str]:
    return set(house.worker.private.places.names(cast.record.place.container, place))


def documents(house: House, cast: Cast) -> dict[tuple[str, int], bytes | None]:
    """Return every version's document as it is handed out."""
    reading = StoredDocuments(house.worker.private)
    with house.database.begin(False) as unit:
        rows = unit.desk.session.scalars(select(SegmentRow)).all()
        segments = [open_segment_row(unit.desk, row) for row in rows]
    return {
        (one.id, one.version): reading.document(cast.record, one)[0]
        for one in segments
        if one.record == cast.record.id
    }


def nothing_is_lost_doubled_or_orphaned(house: House, cast: Cast) -> None:
    """Check that all that lies anywhere is what the manifest lists, once, and opens."""
    assert list(faults(house.worker.private)) == []
    kept = kept_of(house.worker.private, cast.record.id)
    with house.database.session(writing=False) as session:
        left = set(session.scalars(select(LeftoverRow.name)))  # of pages and heads, for a week
    for place in (AT_HOME, MOVED):
        there = {one for one in names_in(house, cast, place) if not one.startswith("key-")}
        assert there - left == {one.name for one in kept if one.place == place}
    versions = [
        (row.ref, row.version) for place in (AT_HOME, MOVED) for row, _ in lying(house, place)
    ]
    assert len(versions) == len(set(versions))


def test_old_insensitive_versions_flow_over_and_nothing_else(house: House, cast: Cast) -> None:
    before = documents(house, cast)
    assert None not in before.values()
    house.settle()
    gone = lying(house, MOVED)
    assert len(gone) == MAY_GO
    assert {one.kind for _, one in gone} == {SegmentKind.SIGNS, SegmentKind.RECORD_OF_LIFE}
    assert documents(house, cast) == before, "reading is the same from either place"
    assert len(names_in(house, cast, MOVED)) == MAY_GO
    nothing_is_lost_doubled_or_orphaned(house, cast)
    with house.database.session(writing=False) as session:
        assert session.scalars(select(LeftoverRow).where(LeftoverRow.place == MOVED)).all() == []


def test_the_manifest_says_where_each_lies_and_the_house_comes_back_from_both(
    house: House, cast: Cast, postgres: Postgres, clock: Clock
) -> None:
    house.settle()
    other = open_house(house.clouds, postgres.new_database(), clock)
    assert other.restore().faults == ()
    assert dict(everything(other)) == dict(everything(house))
    assert {row.name for row, _ in lying(other, MOVED)} == {
        row.name for row, _ in lying(house, MOVED)
    }
    other.worker.rounds.all_at_once()  # of older pages a new database knows nothing
    nothing_is_lost_doubled_or_orphaned(other, cast)
    other.close()


def test_a_restore_without_the_overflow_store_says_what_to_set(
    house: House, tmp_path: Path, clock: Clock
) -> None:
    house.settle()
    url = sqlite(tmp_path)
    other = open_house(replace(house.clouds, overflow=None), url, clock, "second.keys")
    with pytest.raises(StoreUnavailable, match="OVERFLOW_STORE is not set"):
        other.restore()
    other.close()
    again = open_house(house.clouds, url, clock, "second.keys")
    assert again.restore().faults == ()
    assert dict(everything(again)) == dict(everything(house))
    again.close()


def test_a_patient_who_wants_it_has_everything_brought_back(house: House, cast: Cast) -> None:
    before = documents(house, cast)
    house.settle()
    with house.database.begin(True) as unit:
        where = choose_place(
            unit, record_id=cast.record.id, by=cast.amina, now=house.clock(), stays=True
        )
    assert (where.moved, where.stays) == (MAY_GO, True)
    house.settle()
    with house.database.begin(False) as unit:
        where = where_it_lies(unit, record_id=cast.record.id, by=cast.amina, now=house.clock())
    assert (where.moved, where.home) == (0, len(before))
    assert names_in(house, cast, MOVED) == set()
    assert documents(house, cast) == before
    nothing_is_lost_doubled_or_orphaned(house, cast)
    house.clock.pass_(days=2)
    house.settle()
    assert names_in(house, cast, MOVED) == set(), "the wish stands"
    with house.database.begin(True) as unit:
        choose_place(unit, record_id=cast.record.id, by=cast.amina, now=house.clock(), stays=False)
    house.settle()
    assert len(names_in(house, cast, MOVED)) == MAY_GO


def test_what_is_marked_private_later_comes_back_in_all_its_versions(
    house: House, cast: Cast
) -> None:
    house.settle()
    with house.database.begin(True) as unit:
        days = unit.segments.of_record(cast.record.id, [SegmentKind.SIGNS])
        first = min(
            (one for each in days for one in each.observations), key=lambda one: one.effective
        )
        again = Draft(Code.WEIGHT, first.effective, value=Quantity(65, "kg"), private=True)
        amend(unit, first.id, again, by=cast.amina, now=house.clock())
    house.settle()
    house.clock.pass_(days=2)
    house.settle()
    assert len(lying(house, MOVED)) == MAY_GO - 1
    nothing_is_lost_doubled_or_orphaned(house, cast)


def test_with_a_quota_only_as_much_goes_as_must(house: House, cast: Cast) -> None:
    with house.database.session(writing=False) as session:
        held = sum(session.scalars(select(ObjectRow.length)))
    house.worker.moving = Moving(house.worker.private, Policy(quota=held + 10_000_000))
    house.settle()
    assert lying(house, MOVED) == []
    house.worker.moving = Moving(house.worker.private, Policy(quota=1000))
    house.settle()
    assert len(lying(house, MOVED)) == MAY_GO


@pytest.mark.parametrize(
    "policy",
    [
        Policy(after=timedelta(days=400)),
        Policy(least=1_000_000),
        Policy(kinds=frozenset()),
    ],
    ids=["too new", "too small", "no kind"],
)
def test_what_the_policy_does_not_name_stays(house: House, policy: Policy) -> None:
    house.worker.moving = Moving(house.worker.private, policy)
    house.settle()
    assert lying(house, MOVED) == []


def test_several_workers_move_each_object_once(house: House, cast: Cast) -> None:
    errors: list[Exception] = []
    cloud = house.worker.private
    cloud.overflow = Counting(cloud.overflow)

    def work() -> None:
        moving = Moving(cloud)
        moving.wish(at_once=True)
        for _ in range(20):
            try:
                house.worker.move(5)
            except Exception as error:
                errors.append(error)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    house.settle()
    assert errors == []
    assert cloud.overflow.puts == MAY_GO
    nothing_is_lost_doubled_or_orphaned(house, cast)


def test_the_figures_tell_what_lies_where_and_what_it_costs(house: House, cast: Cast) -> None:
    planning = Planning(house.worker.moving, house.worker.move, Prices(1000.0, 100.0))
    first, steps = planning.figures(), []
    assert first is not None
    assert (first.moved, first.may_go.count) == (Load(), MAY_GO + 1), "one has a label, unopened"
    goes, comes = planning.plan(lambda done, of: steps.append((done, of)))
    assert (goes.count, comes) == (MAY_GO, Load())
    assert steps == [(1, 1)]
    assert planning.figures() == first, "a plan moves nothing"
    assert planning.run(lambda done, of: steps.append((done, of))) == (MAY_GO, 0)
    assert steps[-1] == (MAY_GO + 1, MAY_GO + 1)
    last = planning.figures()
    assert last is not None
    assert (last.moved.count, last.home.count) == (MAY_GO, first.home.count - MAY_GO)
    assert first.now == first.before
    assert last.now is not None
    assert last.before is not None
    assert last.now < last.before
    house.worker.private.overflow = None
    assert planning.figures() is None


class Counting:
    """A store that counts what is put."""

    def __init__(self, store) -> None:
        self.store = store
        self.puts = 0

    def put(self, *words) -> None:
        self.puts += 1
        self.store.put(*words)

    def __getattr__(self, name: str):
        return getattr(self.store, name)


def test_while_one_cloud_is_down_nothing_moves_and_reading_says_so(
    house: House, cast: Cast
) -> None:
    overflow = Down(house.clouds.overflow)
    house.worker.private.overflow = overflow
    overflow.down = True
    house.settle()
    assert lying(house, MOVED) == []
    assert list(faults(house.worker.private)) == []
    overflow.down = False
    house.clock.pass_(hours=1)
    house.settle()
    assert len(lying(house, MOVED)) == MAY_GO
    nothing_is_lost_doubled_or_orphaned(house, cast)
    reading = StoredDocuments(house.worker.private)
    with house.database.begin(False) as unit:
        (moved, *_), (home, *_) = (
            [open_segment_row(unit.desk, one) for _, one in lying(house, place)
             if one.record == cast.record.id]
            for place in (MOVED, AT_HOME)
        )  # fmt: skip
    assert reading.document(cast.record, moved)[1] is Lies.OVERFLOW
    assert reading.document(cast.record, home)[1] is Lies.PRIVATE
    overflow.down = True
    assert reading.document(cast.record, moved) == (None, Lies.OVERFLOW_DOWN)
    assert reading.document(cast.record, home)[1] is Lies.PRIVATE
    house.worker.private.store = down = Down(house.clouds.private)
    down.down, overflow.down = True, False
    assert reading.document(cast.record, home) == (None, Lies.PRIVATE_DOWN)
    assert reading.document(cast.record, moved)[1] is Lies.OVERFLOW


def test_what_is_moved_under_a_readers_hands_is_read_where_it_is_now(
    house: House, cast: Cast
) -> None:
    row, version = next(
        (row, one) for row, one in lying(house, AT_HOME) if one.kind == SegmentKind.RECORD_OF_LIFE
    )
    reading, found = StoredDocuments(house.worker.private), []
    first = reading._entry

    def moved_meanwhile(segment) -> Entry | None:
        entry = first(segment)
        if not found:
            found.append(entry)
            house.settle()
        return entry

    reading._entry = moved_meanwhile  # type: ignore[method-assign]
    with house.database.begin(False) as unit:
        segment = open_segment_row(unit.desk, version)
    content, lies = reading.document(cast.record, segment)
    assert found[0].name == row.name
    assert content is not None
    assert lies is Lies.OVERFLOW


def test_what_the_overflow_store_loses_or_alters_is_put_back_and_strays_go(
    house: House, cast: Cast
) -> None:
    house.settle()
    before = documents(house, cast)
    (lost, altered, *_) = sorted(row.name for row, _ in lying(house, MOVED))
    places = house.worker.private.places
    container = places.container(cast.record.place.container, MOVED)
    overflow = house.clouds.overflow
    assert overflow is not None
    content = overflow.get(container, altered)
    for name in (lost, altered):
        overflow.remove(container, name)
    overflow.put(container, altered, content[:-3] + b"xyz")
    overflow.put(container, stray := fresh(), b"put by a worker that died")
    found = {one.name: (one.what, one.repaired) for one in house.worker.rounds.all_at_once()}
    assert found == {
        lost: ("missing", True),
        altered: ("altered", True),
        stray: (ORPHAN, True),
    }
    assert documents(house, cast) == before
    house.clock.pass_(days=8)
    house.settle()
    nothing_is_lost_doubled_or_orphaned(house, cast)
    assert len(lying(house, MOVED)) == MAY_GO, "what was mended at home has moved again"


def test_an_erased_patient_leaves_nothing_in_the_overflow_store(house: House, cast: Cast) -> None:
    house.settle()
    row, _ = lying(house, MOVED)[0]
    container = house.worker.private.places.container(cast.record.place.container, MOVED)
    overflow = house.worker.private.overflow = Down(house.clouds.overflow)
    overflow.down = True
    with house.database.begin(True) as unit:
        erase(unit, find(unit, cast.record.global_id), by=None, rule="operator")
    house.settle()
    overflow.down = False
    assert list(overflow.names(container)), "a cloud that is down only puts it off"
    house.clock.pass_(hours=2)
    house.settle()
    assert list(overflow.names(container)) == []
    with pytest.raises(NoSuchDocument):
        overflow.get(container, row.name)


def test_a_renewed_key_seals_anew_what_was_moved(house: House, cast: Cast) -> None:
    house.settle()
    before = documents(house, cast)
    places, container = house.worker.private.places, cast.record.place.container
    overflow = house.clouds.overflow
    assert overflow is not None
    away = places.container(container, MOVED)
    older = {key_id_of(overflow.get(away, one)) for one in overflow.names(away)}
    house.keys.renew(cast.record.id)
    house.worker.renewal._settled = timedelta(0)
    while house.worker.renewal.step():
        pass
    newer = {key_id_of(overflow.get(away, one)) for one in overflow.names(away)}
    assert len(newer) == 1
    assert not newer & older
    assert documents(house, cast) == before
    house.worker.rounds.all_at_once()  # heads between the months are left to it
    nothing_is_lost_doubled_or_orphaned(house, cast)


def test_a_real_s3_holds_nothing_readable_in_bytes_names_or_metadata(
    swift: Swift, tmp_path: Path, clock: Clock
) -> None:
    make_master_key(tmp_path / "master.key")
    bucket = swift.new_bucket()
    clouds = Clouds(
        tmp_path,
        open_store(f"swift://kanglu-{fresh()}-", swift.settings),
        open_store(f"file://{tmp_path}/public", {}),
        open_store(f"s3://{bucket}", swift.s3_settings),
    )
    house = open_house(clouds, sqlite(tmp_path), clock)
    cast = old(house)
    house.settle()
    assert len(lying(house, MOVED)) == MAY_GO
    client = s3_client(swift)
    listed = client.list_objects_v2(Bucket=bucket)["Contents"]
    assert len(listed) == MAY_GO
    private = set(clouds.private.names(cast.record.place.container))
    secrets = (
        *CANARIES, "canary", "Amina", "diet", "weight", "signs", "record_of_life", cast.record.id,
        cast.record.global_id, cast.record.place.container, cast.amina.id,
        *(row.ref for row, _ in lying(house, MOVED)), *private,
        house.keys.key_of(cast.record.id)[0],
    )  # fmt: skip
    for one in listed:
        answer = client.get_object(Bucket=bucket, Key=one["Key"])
        seen = answer["Body"].read() + one["Key"].encode() + repr(answer["Metadata"]).encode()
        seen += repr(answer["ResponseMetadata"]["HTTPHeaders"]).encode()
        assert not [said for said in secrets if said.encode() in seen]
    assert {one["Size"] for one in listed} == {listed[0]["Size"]}, "padded: no kind shows by size"
    nothing_is_lost_doubled_or_orphaned(house, cast)
    with house.database.begin(True) as unit:
        choose_place(unit, record_id=cast.record.id, by=cast.amina, now=clock(), stays=True)
    house.settle()
    assert client.list_objects_v2(Bucket=bucket).get("Contents", []) == []
    nothing_is_lost_doubled_or_orphaned(house, cast)
    house.close()


def in_one_month(house: House) -> Cast:
    """Tell weights on three days of a month, and let that month be packed."""
    house.worker.private.overflow = None
    with house.database.begin(True) as unit:
        cast = enter(unit, house.clock())
    for day in range(3):
        told(house, cast, Draft(Code.WEIGHT, house.clock(), value=Quantity(65 + day, "kg")))
        house.clock.pass_(days=1)
    house.settle()
    house.clock.pass_(days=45)
    house.settle()
    assert {bool(row.pack) for row, one in lying(house, AT_HOME) if one.kind == "signs"} == {True}
    house.clock.pass_(days=60)
    house.worker.private.overflow = house.clouds.overflow
    return cast


def test_what_lies_in_a_pack_flows_over_and_comes_back_and_the_empty_pack_goes(
    tmp_path: Path, clock: Clock
) -> None:
    house = open_house(three_clouds(tmp_path), sqlite(tmp_path), clock)
    cast = in_one_month(house)
    before = documents(house, cast)
    (pack,) = {row.pack for row, one in lying(house, AT_HOME) if one.kind == "signs"}
    house.settle()
    assert len(lying(house, MOVED)) == 3
    assert documents(house, cast) == before
    assert not any(row.pack for row, _ in lying(house, MOVED))
    house.clock.pass_(days=8)
    house.settle()
    assert pack not in names_in(house, cast, AT_HOME)
    nothing_is_lost_doubled_or_orphaned(house, cast)
    with house.database.begin(True) as unit:
        choose_place(unit, record_id=cast.record.id, by=cast.amina, now=clock(), stays=True)
    house.settle()
    assert names_in(house, cast, MOVED) == set()
    assert documents(house, cast) == before
    house.clock.pass_(days=8)
    house.settle()
    nothing_is_lost_doubled_or_orphaned(house, cast)
    house.close()
