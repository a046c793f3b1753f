"""Packs: closed months lie in one object a kind, and everything that reads reads on."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from records.errors import Stale
from records.services.storing import DocumentStore
from storage.cloud.closing import closed_before, closes
from storage.cloud.figures import figures
from storage.cloud.holding import hold
from storage.cloud.manifest import read_pages
from storage.cloud.packing import Packing
from storage.cloud.packlane import PackLane
from storage.cloud.reading import StoredDocuments
from storage.cloud.verifying import faults, kept_of
from storage.database import Database
from storage.rows.cloud import HeadRow, LeftoverRow, ObjectRow, PackRow, SyncRow
from storage.rows.segments import SegmentRow
from storage.stores import open_store
from tests.cast import Cast, Clock, enter
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
    open_house,
    sqlite,
    tell,
)
from tests.storage.cloud.test_erasing import Down, erase_it

LATER = 20  # days after which the month before is closed


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """Something of every family in November, synced and still loose; to be copied."""

    def fill(house: House) -> Cast:
        cast = furnish(house)
        for systolic in (140, 141):
            house.settle()
            tell(house, cast, systolic)
        house.settle()
        return cast

    return furnished_house(tmp_path_factory.mktemp("house"), fill)


@pytest.fixture
def house(furnished: Furnished, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A copy of the furnished house."""
    house = copied_house(furnished, tmp_path / "house", clock)
    yield house
    house.close()


@pytest.fixture
def cast(furnished: Furnished) -> Cast:
    return furnished[1]


@pytest.fixture
def packed(house: House, cast: Cast) -> House:
    """The furnished house after November was packed and what lay loose was swept."""
    pack(house)
    house.clock.pass_(days=8)
    house.worker.sweep(10_000)
    return house


def pack(house: House, days: int = LATER) -> int:
    house.clock.pass_(days=days)
    done = 0
    while moved := house.worker.packs.step(5):
        done += moved
    note_heads(house)
    return done


def note_heads(house: House) -> None:
    """Let the house note the new heads, those too that are put while it does."""
    for _ in range(2):
        house.clock.pass_(minutes=11)
        house.worker.sync(20)


def rows_of(house: House, owner: str) -> list[ObjectRow]:
    with house.database.session(writing=False) as session:
        found = select(ObjectRow).where(ObjectRow.record == owner)
        return list(session.scalars(found.order_by(ObjectRow.name)))


def packs_in(house: House, owner: str) -> dict[str, list[ObjectRow]]:
    found: dict[str, list[ObjectRow]] = {}
    for row in rows_of(house, owner):
        if row.pack:
            found.setdefault(row.pack, []).append(row)
    return found


def strays(house: House, owner: str, container: str) -> set[str]:
    """Return what lies in a container and is neither needed nor noted as left over."""
    known = {one.name for one in kept_of(house.worker.private, owner)}
    with house.database.session(writing=False) as session:
        known |= set(session.scalars(select(LeftoverRow.name)))
    names = house.clouds.private.names(container)
    return {one for one in names if not one.startswith("key-")} - known


def documents(house: House, cast: Cast) -> list[bytes | None]:
    """Return every version's document as it is handed out."""
    stored = StoredDocuments(house.worker.private)
    with house.database.begin(False) as unit:
        ids = unit.desk.session.scalars(select(SegmentRow.id).where(SegmentRow.newest))
        versions = [one for each in sorted(ids) for one in unit.segments.versions(each)]
    return [stored.document(cast.record, one) for one in versions]


def test_a_month_is_closed_a_week_after_it_ended_where_the_patient_lives() -> None:
    late = datetime(2026, 12, 7, 17, tzinfo=UTC)  # the eighth in Shanghai, the seventh in Lima
    assert closed_before(late, "Asia/Shanghai") == "2026-12"
    assert closed_before(late, "America/Lima") == "2026-11"
    assert closes("2026-11") == datetime(2026, 12, 8, 12, tzinfo=UTC)
    assert closes("2026-12") == datetime(2027, 1, 8, 12, tzinfo=UTC)


def test_a_closed_month_is_packed_by_kind_and_read_as_before(house: House, cast: Cast) -> None:
    before, loose = documents(house, cast), len(rows_of(house, cast.record.id))
    assert None not in before
    assert pack(house, days=1) == 0, "the month is not closed"
    assert pack(house) >= 3
    packs = packs_in(house, cast.record.id)
    with house.database.session(writing=False) as session:
        kinds = dict(session.execute(select(SegmentRow.id, SegmentRow.kind)).all())
    for members in packs.values():
        assert len({(one.family, kinds.get(one.ref, "")) for one in members}) == 1
        assert len(members) > 1
    assert documents(house, cast) == before
    assert list(faults(house.worker.private)) == []
    assert len(rows_of(house, cast.record.id)) == loose
    assert pack(house) == 0, "nothing twice"


def test_what_lay_loose_goes_a_week_after_its_pack_was_read_back(house: House, cast: Cast) -> None:
    container, store = cast.record.place.container, house.clouds.private
    loose = {one.name for one in rows_of(house, cast.record.id)}
    pack(house)
    inside = {one.name for one in rows_of(house, cast.record.id) if one.pack}
    assert loose <= set(store.names(container))
    house.clock.pass_(days=8)
    house.worker.sweep(10_000)
    left = set(store.names(container))
    assert not inside & left
    assert set(packs_in(house, cast.record.id)) <= left
    assert strays(house, cast.record.id, container) == set()
    assert list(faults(house.worker.private)) == []


def test_a_pack_that_does_not_come_back_whole_is_not_relied_on(house: House, cast: Cast) -> None:
    class Bending:
        def __init__(self, store: DocumentStore) -> None:
            self.store = store

        def put(self, container: str, name: str, content: bytes) -> None:
            bent = content[:-40] + bytes(40) if len(content) > 9_000 else content
            self.store.put(container, name, bent)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.store, name)

    heads = list(house.clouds.private.names(cast.record.place.container, "head-"))
    house.worker.private.store = Bending(house.clouds.private)
    assert pack(house) == 0
    assert list(house.clouds.private.names(cast.record.place.container, "head-")) == heads
    house.worker.private.store = house.clouds.private
    house.clock.pass_(days=8)
    house.worker.sweep(10_000)
    assert packs_in(house, cast.record.id) == {}
    assert list(faults(house.worker.private)) == []
    assert strays(house, cast.record.id, cast.record.place.container) == set()


def test_what_is_wrong_already_stays_out_of_a_pack(house: House, cast: Cast) -> None:
    segment, *_ = (one for one in rows_of(house, cast.record.id) if one.family == "segment")
    house.clouds.private.remove(cast.record.place.container, segment.name)
    assert pack(house) >= 3
    assert list(faults(house.worker.private)) == [(segment.name, "missing")]


def test_a_month_waits_for_what_has_not_been_put(house: House, cast: Cast) -> None:
    tell(house, cast, 150)
    assert pack(house) == 0
    house.settle()
    house.clock.pass_(days=1)
    assert pack(house, days=1) >= 3


def test_a_new_version_of_what_is_packed_is_synced_and_packed_later(
    packed: House, cast: Cast
) -> None:
    tell(packed, cast, 150)
    packed.settle()
    assert list(faults(packed.worker.private)) == []
    before = set(packs_in(packed, cast.record.id))
    tell(packed, cast, 151)
    packed.settle()
    assert pack(packed, days=31) > 0
    assert before < set(packs_in(packed, cast.record.id))
    assert list(faults(packed.worker.private)) == []


def test_everything_comes_back_from_packs(
    packed: House, cast: Cast, postgres: Postgres, tmp_path: Path
) -> None:
    other = open_house(packed.clouds, postgres.new_database(), packed.clock)
    assert other.restore().faults == ()
    assert differences(packed, other) == []
    assert packs_in(other, cast.record.id).keys() == packs_in(packed, cast.record.id).keys()
    assert list(faults(other.worker.private)) == []
    tell(other, cast, 150)
    other.settle()
    third = open_house(packed.clouds, sqlite(tmp_path), packed.clock)
    assert third.restore().faults == ()
    assert differences(other, third) == []
    assert pack(third, days=40) == 0, "one reading alone is not packed"
    other.close()
    third.close()


def test_the_figures_tell_what_a_patient_costs(packed: House, cast: Cast) -> None:
    with packed.database.session(writing=False) as session:
        told = figures(session)
    rows, packs = rows_of(packed, cast.record.id), packs_in(packed, cast.record.id)
    store, container = packed.clouds.private, cast.record.place.container
    loose = [one.name for one in rows if not one.pack]
    size = sum(len(store.get(container, one)) for one in (*loose, *packs))
    assert told == {
        "objects_loose": len(loose),
        "packs": len(packs),
        "bytes_private": size,
        "objects_per_patient": len(loose) + len(packs),
        "bytes_per_patient": size,
    }


def test_every_record_can_be_packed_by_hand(house: House, cast: Cast) -> None:
    house.clock.pass_(days=LATER)
    hold(house.database, cast.record.id)
    assert house.worker.packs.everything(lambda *_: None) == (0, 1)
    house.clock.pass_(minutes=11)
    shown: list[tuple[int, int]] = []
    packs, put_off = house.worker.packs.everything(lambda done, of: shown.append((done, of)))
    assert (packs, put_off) == (len(packs_in(house, cast.record.id)), 0)
    assert packs >= 3
    assert shown == [(1, 1)]


def test_a_cloud_that_is_down_puts_packing_off(house: House, cast: Cast) -> None:
    private = Down(house.clouds.private)
    house.worker.private.store = private
    private.down = True
    assert pack(house) == 0
    private.down = False
    assert Packing(house.worker.private).pack(cast.record.id) >= 3, "nobody waits for a lease"
    assert pack(house, days=1) == 0
    assert list(faults(house.worker.private)) == []


def lose(store: DocumentStore, container: str, name: str) -> None:
    store.remove(container, name)


def cut(store: DocumentStore, container: str, name: str) -> None:
    replace(store, container, name, store.get(container, name)[:-6000])


def lengthen(store: DocumentStore, container: str, name: str) -> None:
    replace(store, container, name, store.get(container, name) + b"more")


def replace(store: DocumentStore, container: str, name: str, content: bytes) -> None:
    store.remove(container, name)
    store.put(container, name, content)


def test_packs_that_were_lost_cut_or_lengthened_are_mended_and_packed_anew(
    packed: House, cast: Cast
) -> None:
    before = documents(packed, cast)
    harmed = packs_in(packed, cast.record.id)
    assert len(harmed) >= 3
    for harm, name in zip(cycle((lose, cut, lengthen)), harmed, strict=False):
        harm(packed.clouds.private, cast.record.place.container, name)
    found = packed.worker.rounds.all_at_once()
    assert len(found) >= len(harmed)
    assert all(one.repaired for one in found)
    assert list(faults(packed.worker.private)) == []
    assert packs_in(packed, cast.record.id) == {}
    assert documents(packed, cast) == before
    assert pack(packed, days=1) == len(harmed)
    packed.clock.pass_(days=8)
    packed.worker.sweep(10_000)
    assert not harmed.keys() & set(packed.clouds.private.names(cast.record.place.container))
    assert packed.worker.rounds.all_at_once() == []


def test_an_erased_patient_leaves_no_pack(packed: House, cast: Cast) -> None:
    assert packs_in(packed, cast.record.id)
    erase_it(packed, cast)
    packed.settle()
    packed.settle()
    assert list(packed.clouds.private.names(cast.record.place.container)) == []
    with packed.database.session(writing=False) as session:
        assert session.scalars(select(PackRow)).all() == []
        assert session.scalars(select(SyncRow).where(SyncRow.ref == cast.record.id)).all() == []


class Killed(BaseException):
    """The process is gone."""


class Mortal:
    """A store whose process is killed before or after its nth change."""

    def __init__(self, store: DocumentStore, at: int, *, after: bool) -> None:
        self.store, self.left, self.after = store, at, after
        self.lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def put(self, container: str, name: str, content: bytes) -> None:
        self._die(lambda: self.store.put(container, name, content))

    def get(self, container: str, name: str, part: range | None = None) -> bytes:
        return self._die(lambda: self.store.get(container, name, part))

    def _die(self, act: Any) -> Any:
        with self.lock:
            self.left -= 1
            now = self.left == 0
        if now and not self.after:
            raise Killed
        result = act()
        if now:
            raise Killed
        return result


def killed_everywhere(house: House, cast: Cast, every: int = 1) -> int:
    """Kill the packing at each of its steps in turn, and return how many there were."""
    owner, container = cast.record.id, cast.record.place.container
    told = documents(house, cast)
    for number in range(1, 500, every):
        mortal = Mortal(house.clouds.private, number, after=number % 2 == 0)
        house.worker.private.store = mortal
        try:
            Packing(house.worker.private).pack(owner)
        except Killed:
            assert strays(house, owner, container) == set(), f"step {number}"
            house.worker.private.store = house.clouds.private
            assert list(faults(house.worker.private)) == [], f"step {number}"
            house.clock.pass_(minutes=11)  # the lease of the one that was killed
            continue
        break
    house.worker.private.store = house.clouds.private
    assert documents(house, cast) == told
    return number


def test_killed_at_every_step_nothing_is_lost_doubled_or_orphaned(
    house: House, cast: Cast, tmp_path: Path
) -> None:
    house.clock.pass_(days=LATER)
    assert killed_everywhere(house, cast) > 20
    note_heads(house)
    house.clock.pass_(days=8)
    house.worker.sweep(10_000)
    names = Counter(house.clouds.private.names(cast.record.place.container))
    needed = {one.name for one in kept_of(house.worker.private, cast.record.id)}
    assert {one for one in names if not one.startswith("key-")} == needed
    assert list(faults(house.worker.private)) == []
    other = open_house(house.clouds, sqlite(tmp_path), house.clock)
    assert other.restore().faults == ()
    assert differences(house, other) == []
    other.close()


def test_a_commit_that_never_came_leaves_everything_as_it_was(
    house: House, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.clock.pass_(days=LATER)

    def die(*_told: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("storage.cloud.packing.note_head", die)
        with pytest.raises(Killed):
            Packing(house.worker.private).pack(cast.record.id)
    assert packs_in(house, cast.record.id) == {}
    assert strays(house, cast.record.id, cast.record.place.container) == set()
    house.clock.pass_(minutes=11)
    assert Packing(house.worker.private).pack(cast.record.id) >= 3
    assert list(faults(house.worker.private)) == []


def test_a_worker_that_stalled_for_a_week_notes_nothing(house: House, cast: Cast) -> None:
    house.clock.pass_(days=LATER)
    packing = Packing(house.worker.private)
    lay = packing._lay

    def stall(*told: Any) -> Any:
        laid = lay(*told)
        house.clock.pass_(days=8)
        house.worker.sweep(10_000)
        return laid

    packing._lay = stall  # type: ignore[method-assign]
    with pytest.raises(Stale):
        packing.pack(cast.record.id)
    assert packs_in(house, cast.record.id) == {}
    house.worker.sweep(10_000)
    assert list(faults(house.worker.private)) == []


def test_of_two_workers_one_packs_a_record(house: House, cast: Cast) -> None:
    house.clock.pass_(days=LATER)
    packing, lay = Packing(house.worker.private), Packing(house.worker.private)._lay

    def meanwhile(*told: Any) -> Any:
        with pytest.raises(Stale):
            Packing(house.worker.private).pack(cast.record.id)
        return lay(*told)

    packing._lay = meanwhile  # type: ignore[method-assign]
    assert packing.pack(cast.record.id) >= 3
    with suppress(Stale):
        assert Packing(house.worker.private).pack(cast.record.id) == 0


def test_workers_on_postgresql_pack_each_record_once(
    postgres: Postgres, tmp_path: Path, clock: Clock
) -> None:
    house = open_house(file_clouds(tmp_path), postgres.new_database(), clock)
    with house.database.begin(True) as unit:
        casts = [enter(unit, clock()) for _ in range(3)]
    for systolic in (120, 121, 122):
        for cast in casts:
            tell(house, cast, systolic)
        house.clock.pass_(minutes=11)
        house.worker.sync(20)
    house.clock.pass_(days=LATER)
    lanes = [PackLane(house.worker.private) for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        put = sum(threads.map(lambda lane: lane.step(5), lanes))
    assert put == sum(len(packs_in(house, cast.record.id)) for cast in casts)
    assert put >= 2 * len(casts)
    for cast in casts:
        assert strays(house, cast.record.id, cast.record.place.container) == set()
    assert list(faults(house.worker.private)) == []
    assert sum(lane.step(5) for lane in lanes) == 0
    house.close()


def test_a_year_later_the_months_of_a_year_lie_in_one_pack_a_kind(
    house: House, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(database: Database, owner: str) -> int | None:
        monkeypatch.undo()
        assert Packing(house.worker.private).pack(owner) >= 3
        return hold(database, owner)

    for systolic in (150, 151, 152):
        pack(house, days=30)
        tell(house, cast, systolic)
        house.settle()
    before = documents(house, cast)
    house.clock.pass_(days=370)
    monkeypatch.setattr("storage.cloud.packing.hold", overtaken)
    assert Packing(house.worker.private).pack(cast.record.id) == 0, "another worker was faster"
    pack(house, days=1)
    with house.database.session(writing=False) as session:
        pages = read_pages(session.get_one(HeadRow, cast.record.id).pages)
    assert [one.month for one in pages] == ["2026", "2027-01", "2027-02"]
    months = {one.month for one in rows_of(house, cast.record.id) if one.pack}
    assert "2026" in months
    assert not [one for one in months if one.startswith("2026-")]
    assert documents(house, cast) == before
    assert list(faults(house.worker.private)) == []
    house.clock.pass_(days=8)
    house.worker.sweep(10_000)
    assert strays(house, cast.record.id, cast.record.place.container) == set()
    other = open_house(house.clouds, sqlite(tmp_path), house.clock)
    assert other.restore().faults == ()
    assert documents(other, cast) == before
    other.close()


def test_a_real_swift_packs_and_reads_by_ranges(swift: Swift, tmp_path: Path, clock: Clock) -> None:
    files = file_clouds(tmp_path)
    private = open_store("swift://kanglu-", swift.settings)
    house = open_house(Clouds(tmp_path, private, files.public), sqlite(tmp_path), clock)
    cast = furnish(house)
    house.settle()
    house.clock.pass_(days=LATER)
    killed_everywhere(house, cast, every=7)
    assert packs_in(house, cast.record.id)
    house.clock.pass_(days=8)
    house.worker.sweep(10_000)
    assert strays(house, cast.record.id, cast.record.place.container) == set()
    assert list(faults(house.worker.private)) == []
    assert None not in documents(house, cast)
    house.close()
