"""The master key is changed under readers and writers, and through kills, and nothing is lost."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from records.services.storing import DocumentStore, NoSuchDocument, StoreUnavailable
from storage import rotating
from storage.keys import KeyStore, KeyUnreadable
from storage.keytables import patient_keys
from storage.masterkey import (
    decoded,
    derived_key,
    encoded,
    make_master_key,
    read_lines,
    read_master_key,
)
from storage.masterkeys import MasterKeys, open_master_keys
from storage.rotating import MasterKeyChange
from storage.stores import open_store
from storage.wrapping import root_place, unwrapped
from tests.parts.keepers import Vault


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/keys.sqlite"
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture
def path(tmp_path) -> Path:
    make_master_key(tmp_path / "master.key")
    return tmp_path / "master.key"


@pytest.fixture
def store(tmp_path) -> DocumentStore:
    return open_store((tmp_path / "private").as_uri(), {})


@pytest.fixture
def keys(url, path) -> Iterator[KeyStore]:
    opened = KeyStore(url, open_master_keys({}, path))
    yield opened
    opened.close()


def changing(url: str, path: Path, store: DocumentStore, settings=None) -> MasterKeyChange:
    masters = open_master_keys(settings or {}, path)
    return MasterKeyChange(KeyStore(url, masters), masters, store, containers)


def change(url: str, path: Path, store: DocumentStore, progress=None, settings=None) -> str:
    """Change the master key, from a process of its own as it were."""
    under_way = changing(url, path, store, settings)
    try:
        return under_way.run(progress or (lambda _done, _of: None))
    finally:
        under_way.keys.close()


def containers(owners) -> dict[str, str]:
    return {owner: f"box-{owner}" for owner in owners if owner.startswith("record")}


def fill(keys: KeyStore, count: int) -> dict[str, tuple[str, bytes]]:
    return {f"record-{number}": keys.key_of(f"record-{number}") for number in range(count)}


def test_every_key_is_wrapped_anew_and_stays_the_same(url, path, keys, store) -> None:
    given, house, before = fill(keys, 30), keys.house_key("cells"), read_master_key(path)
    keys.renew("record-3")
    keys.forget("record-4")
    both = keys.keys_of("record-3")
    store.put("box-record-1", f"key-{given['record-1'][0]}", keys.wrapped("record-1"))
    seen: list[tuple[int, int]] = []
    left = change(url, path, store, lambda done, of: seen.append((done, of)))
    assert "Copy" in left
    assert seen[-1] == (32, 32)  # thirty, one generation more, and the house's own
    after = read_master_key(path)
    assert after != before
    assert read_lines(path) == (path.read_text().strip(),)
    with keys.engine.connect() as connection:
        wrapped = connection.scalars(select(patient_keys.c.wrapped)).all()
    assert sum(one is None for one in wrapped) == 1
    for one in wrapped:
        assert one is None or unwrapped(one, [before]) is None
        assert one is None or unwrapped(one, [after]) is not None
    fresh = KeyStore(url, after)
    assert fresh.key_of("record-1") == given["record-1"]
    assert list(fresh.keys_of("record-3")) == list(both)
    assert fresh.house_key("cells") == house
    for owner, (named, _) in given.items():
        if owner != "record-4":
            assert fresh.unwrap(store.get(f"box-{owner}", f"key-{named}"))[0] == named
    fresh.close()
    stranger = KeyStore(url, before)
    with pytest.raises(KeyUnreadable):
        stranger.key_of("record-1")
    stranger.close()


def test_the_new_master_key_alone_finds_the_house_again(url, path, keys, store, tmp_path) -> None:
    house, before = keys.house_key("pseudonyms"), read_master_key(path)
    change(url, path, store)
    change(url, path, store)
    after = read_master_key(path)
    empty = KeyStore(f"sqlite:///{tmp_path}/empty/keys.sqlite", after, escrow=store)
    assert empty.house_key("pseudonyms") == house
    empty.close()
    with pytest.raises(NoSuchDocument):
        store.get(*root_place(before))

    class Away:
        def get(self, container: str, name: str) -> bytes:
            raise StoreUnavailable("It is away; wait.")

    lost = KeyStore(f"sqlite:///{tmp_path}/lost/keys.sqlite", after, escrow=Away())
    with pytest.raises(KeyUnreadable, match="must first look into its private store: It is away"):
        lost.house_key("pseudonyms")
    lost.close()


def test_those_who_run_read_and_write_through_the_change(url, path, keys, store) -> None:
    given = fill(keys, 40)
    stop, wrong = threading.Event(), []

    def work(number: int) -> None:
        mine = KeyStore(url, open_master_keys({}, path), clock=time.monotonic)
        made: dict[str, tuple[str, bytes]] = {}
        while not stop.is_set():
            mine.memory.forget_all()  # as after a minute
            for owner in list(given)[number::4]:
                if mine.key_of(owner) != given[owner]:
                    wrong.append(owner)
            owner = f"record-new-{number}-{len(made)}"
            made[owner] = mine.key_of(owner)
            stop.wait(0.02)
        given.update(made)
        mine.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for one in workers:
        one.start()
    for _ in range(3):
        change(url, path, store)
    stop.set()
    for one in workers:
        one.join()
    assert not wrong
    assert len(given) > 44
    fresh = KeyStore(url, read_master_key(path))
    assert {owner: fresh.key_of(owner) for owner in given} == given
    fresh.close()


def _change_slowly(url: str, path: Path, folder: str, begun: Path) -> None:
    rotating.BATCH = 5
    under_way = changing(url, path, open_store(folder, {}))
    put = under_way.store.put

    def slowly(*words) -> None:
        put(*words)
        begun.touch()
        time.sleep(0.01)

    under_way.store.put = slowly
    under_way.run()


def test_a_change_that_was_killed_goes_on(url, path, keys, tmp_path) -> None:
    given, house = fill(keys, 60), keys.house_key("cells")
    folder, begun = (tmp_path / "private").as_uri(), tmp_path / "begun"
    for moment in (0.0, 0.2):
        words = (url, path, folder, begun)
        child = multiprocessing.get_context("spawn").Process(target=_change_slowly, args=words)
        child.start()
        while not begun.exists():
            time.sleep(0.01)
        time.sleep(moment)
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        begun.unlink()
        reader = KeyStore(url, open_master_keys({}, path))
        assert {owner: reader.key_of(owner) for owner in given} == given
        reader.close()
    assert len(read_lines(path)) == 2, "the change is still under way"
    store = open_store(folder, {})
    change(url, path, store)
    assert len(read_lines(path)) == 1
    fresh = KeyStore(url, read_master_key(path))
    assert {owner: fresh.key_of(owner) for owner in given} == given
    assert fresh.house_key("cells") == house
    for owner, (named, _) in given.items():
        assert fresh.unwrap(store.get(f"box-{owner}", f"key-{named}"))[0] == named
    fresh.close()


def test_a_cloud_that_is_away_stops_the_change_and_nobody_else(url, path, keys, store) -> None:
    given = fill(keys, 3)
    under_way = changing(url, path, store)

    def away(*_: object) -> None:
        raise StoreUnavailable("It is away; wait.")

    under_way.store = type("Away", (), {"put": away, "remove": away})()
    with pytest.raises(StoreUnavailable):
        under_way.run()
    under_way.keys.close()
    assert {owner: keys.key_of(owner) for owner in given} == given
    change(url, path, store)
    fresh = KeyStore(url, read_master_key(path))
    assert {owner: fresh.key_of(owner) for owner in given} == given
    fresh.close()


def test_a_key_moves_from_the_file_to_a_guard(path, store, tmp_path) -> None:
    url = f"sqlite:///{tmp_path}/keys.sqlite"
    keys = KeyStore(url, open_master_keys({}, path))
    given = fill(keys, 2)
    with Vault() as vault:
        settings = {**vault.settings, "VAULT_ADDR": vault.url}
        change(url, path, store, settings=settings)
        assert path.read_text().startswith("vault:v1:")
        moved = KeyStore(url, MasterKeys(open_master_keys(settings, path).place, settings))
        assert {owner: moved.key_of(owner) for owner in given} == given
        moved.close()
    keys.close()


def test_a_key_in_the_environment_is_changed_in_steps(path, store, tmp_path) -> None:
    url = f"sqlite:///{tmp_path}/keys.sqlite"
    (old,) = read_lines(path)
    new = encoded(os.urandom(32))
    first = KeyStore(url, open_master_keys({"MASTER_KEY": old}, path))
    given = fill(first, 3)
    first.close()
    house = derived_key(decoded(old, "here"), "house:cells")
    for step in (f"{old},{new}", f"{new},{old}"):
        both = KeyStore(url, open_master_keys({"MASTER_KEY": step}, path))
        assert {owner: both.key_of(owner) for owner in given} == given
        assert both.house_key("cells") == house
        both.close()
    left = change(url, path, store, settings={"MASTER_KEY": f"{new},{old}"})
    assert "its first key alone" in left
    last = KeyStore(url, open_master_keys({"MASTER_KEY": new}, path))
    assert {owner: last.key_of(owner) for owner in given} == given
    assert last.house_key("cells") == house
    last.close()
