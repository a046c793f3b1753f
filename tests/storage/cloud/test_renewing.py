"""A patient's key is renewed under readers and writers, and through a stop in the middle."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from records.services.storing import DocumentStore, StoreUnavailable
from records.vocabulary import SegmentKind
from storage.cells import Cells
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.cloud.renewing import KeyRenewal
from storage.cloud.verifying import faults
from storage.database import Database
from storage.keys import KeyStore, KeyUnreadable
from storage.resealing import CELLS, seal_anew
from storage.rows.base import Base, Sealed
from storage.rows.cloud import ObjectRow, PackRow
from storage.sealing import CannotOpen
from storage.stores import open_store
from storage.telling import key_id_of
from storage.worker import Worker
from tests.cast import Cast, Clock
from tests.storage.cloud.test_sync import CANARY, settle, tell


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return open_store(f"file://{tmp_path}/private", {})


@pytest.fixture
def worker(database: Database, keys: KeyStore, store: DocumentStore, tmp_path: Path) -> Worker:
    public = open_store(f"file://{tmp_path}/public", {})
    database.public = public
    return Worker(
        database, PrivateCloud(database, keys, store), PublicCloud(database, keys, public)
    )


@pytest.fixture
def renewal(worker: Worker) -> KeyRenewal:
    return KeyRenewal(worker.private, settled=timedelta(0))


@pytest.fixture
def filled(worker: Worker, database: Database, cast: Cast, clock: Clock) -> Iterator[Cast]:
    """Three months of Amina's in the cloud."""
    for _ in range(3):
        tell(database, cast, clock)
        settle(worker, clock)
        clock.pass_(days=31)
    return cast


def finish(renewal: KeyRenewal) -> int:
    steps = 0
    while renewal.step():
        steps += 1
    return steps


def told(database: Database, cast: Cast) -> list[str]:
    with database.begin(False) as unit:
        name = unit.people.person(cast.amina.id).name
        found = unit.segments.of_record(cast.record.id, list(SegmentKind))
    return [name, *(str(one.value) for each in found for one in each.observations)]


def test_everything_is_sealed_anew_and_the_old_key_destroyed(
    filled: Cast, keys: KeyStore, database: Database, renewal: KeyRenewal, store: DocumentStore
) -> None:
    before = told(database, filled)
    assert CANARY in before
    container = filled.record.place.container
    objects = {name: store.get(container, name) for name in store.names(container)}
    assert packs_of(database, filled) & set(objects), "two months are packed"
    (old, key) = keys.key_of(filled.record.id)
    new = keys.renew(filled.record.id)
    keys.renew(filled.amina.id)
    assert told(database, filled) == before, "nothing waits for the renewal"
    assert not list(faults(renewal.cloud))
    assert finish(renewal) >= 4  # cells, three months, and the end
    assert told(database, filled) == before
    assert not list(faults(renewal.cloud))
    names = list(store.names(container))
    assert f"key-{new}" in names
    assert f"key-{old}" not in names
    sealed = [store.get(container, name) for name in names if not name.startswith("key-")]
    assert {key_id_of(one) for one in sealed} == {new}
    assert not [one for one in sealed if one in objects.values()]
    assert packs_of(database, filled), "and lie in packs again"
    assert [named for named, _ in keys.keys_of(filled.record.id, afresh=True)] == [new]
    for cell, row, identity in cells_of(database, filled.record.id):
        with pytest.raises(CannotOpen):
            Cells(OneKey(key)).open(filled.record.id, identity, getattr(row, cell.column))


def packs_of(database: Database, cast: Cast) -> set[str]:
    with database.session(writing=False) as session:
        mine = select(PackRow.name).where(PackRow.record == cast.record.id)
        return set(session.scalars(mine))


class OneKey:
    """Somebody who kept the old key."""

    def __init__(self, key: bytes) -> None:
        self.key = key

    def key_of(self, owner: str) -> tuple[str, bytes]:
        return "old", self.key

    def keys_of(self, owner: str, *, afresh: bool = False):
        return [("old", self.key)]

    def house_key(self, label: str) -> bytes:
        raise KeyUnreadable


def cells_of(database: Database, owner: str):
    with database.session(writing=False) as session:
        for cell in CELLS:
            found = select(cell.row).where(getattr(cell.row, cell.owner) == owner)
            for row in session.scalars(found):
                if getattr(row, cell.column) is not None:
                    yield cell, row, cell.identity(row)


NO_PATIENTS = ("User", "WebAuthn", "Audit")  # keys of accounts, digests and marks of the log


def test_every_sealed_column_is_known() -> None:
    sealed = {
        (mapper.class_.__name__, column.key)
        for mapper in Base.registry.mappers
        for column in inspect(mapper.class_).columns
        if isinstance(column.type, Sealed) and not mapper.class_.__name__.startswith(NO_PATIENTS)
    }
    assert sealed == {(cell.row.__name__, cell.column) for cell in CELLS}


def test_readers_and_writers_go_on_meanwhile(
    filled: Cast,
    keys: KeyStore,
    database: Database,
    renewal: KeyRenewal,
    worker: Worker,
    clock: Clock,
) -> None:
    stop, wrong, count = threading.Event(), [], [0]

    def read_and_write() -> None:
        while not stop.is_set():
            try:
                tell(database, filled, clock, 120 + count[0] % 30)
                count[0] += 1
                assert CANARY in told(database, filled)
                worker.sync(5)
            except Exception as error:
                wrong.append(error)
                return
            stop.wait(0.02)

    other = threading.Thread(target=read_and_write)
    other.start()
    for _ in range(3):
        keys.renew(filled.record.id)
        finish(renewal)
    stop.set()
    other.join()
    assert not wrong
    assert count[0] > 0
    settle(worker, clock)
    finish(renewal)
    assert len(keys.keys_of(filled.record.id, afresh=True)) == 1
    assert not list(faults(renewal.cloud))


def test_a_renewal_that_was_cut_off_goes_on(
    filled: Cast, keys: KeyStore, database: Database, worker: Worker, clock: Clock
) -> None:
    before = told(database, filled)
    new = keys.renew(filled.record.id)
    broken = KeyRenewal(worker.private, settled=timedelta(0))
    put, puts = worker.private.store.put, [0]

    def fail_later(*words) -> None:
        puts[0] += 1
        if puts[0] in (3, 9, 14):
            raise StoreUnavailable("It is away; wait.")
        put(*words)

    worker.private.store.put = fail_later  # type: ignore[method-assign]
    cut = 0
    while True:
        try:
            if not finish(broken):
                break
        except StoreUnavailable:
            cut += 1
            clock.pass_(minutes=11)  # the lease of the one that was cut off
            broken = KeyRenewal(worker.private, settled=timedelta(0))
            assert told(database, filled) == before
            assert not list(faults(worker.private))
    assert cut >= 2
    assert told(database, filled) == before
    assert not list(faults(worker.private))
    assert [named for named, _ in keys.keys_of(filled.record.id, afresh=True)] == [new]


def test_it_waits_until_nobody_seals_under_the_old_key(
    filled: Cast, keys: KeyStore, worker: Worker
) -> None:
    keys.renew(filled.record.id)
    assert worker.renew() == 0
    assert len(keys.keys_of(filled.record.id)) == 2


def test_what_does_not_open_keeps_its_old_key(
    filled: Cast, keys: KeyStore, renewal: KeyRenewal, store: DocumentStore
) -> None:
    with renewal.database.session(writing=False) as session:
        mine = select(ObjectRow.name).where(ObjectRow.record == filled.record.id)
        lost = session.scalars(mine).first()
    store.remove(filled.record.place.container, lost)
    keys.renew(filled.record.id)
    finish(renewal)
    assert len(keys.keys_of(filled.record.id, afresh=True)) == 2


def test_cells_are_sealed_anew_a_few_at_a_time(
    filled: Cast, keys: KeyStore, database: Database
) -> None:
    keys.renew(filled.record.id)
    counts = []
    while not counts or counts[-1]:
        with database.session(writing=True) as session:
            counts.append(seal_anew(session, database.cells, filled.record.id, 3))
    assert len(counts) > 3
    assert set(counts[:-2]) == {3}
