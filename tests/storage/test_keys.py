"""The key store on SQLite and PostgreSQL, and the master key's file."""

import base64
import os
import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from sqlalchemy import create_engine, text

from storage import keymemory
from storage.keys import KeyForgotten, KeyStore, KeyUnreadable
from storage.masterkey import MasterKeyRefused, derived_key, make_master_key, read_master_key

MASTER = os.urandom(32)
AMINA = "amina-record-id"
BELA = "bela-record-id"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/keys.sqlite"
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture
def store(url) -> Iterator[KeyStore]:
    opened = KeyStore(url, MASTER)
    yield opened
    opened.close()


@pytest.fixture
def another(url) -> Iterator[KeyStore]:
    opened = KeyStore(url, MASTER)
    yield opened
    opened.close()


def test_a_key_is_made_once_and_stays(store, another):
    named, key = store.key_of(AMINA)
    assert len(key) == 32
    assert store.key_of(AMINA) == another.key_of(AMINA) == (named, key)


def test_owners_have_keys_and_ids_of_their_own(store):
    (amina, amina_key), (bela, bela_key) = store.key_of(AMINA), store.key_of(BELA)
    assert amina_key != bela_key
    assert amina != bela
    assert AMINA not in amina


def test_a_reopened_store_gives_the_same_keys(url, store):
    kept = store.key_of(AMINA)
    store.close()
    reopened = KeyStore(url, MASTER)
    assert reopened.key_of(AMINA) == kept
    reopened.close()


def test_another_master_key_opens_nothing(url, store):
    store.key_of(AMINA)
    stranger = KeyStore(url, os.urandom(32))
    with pytest.raises(KeyUnreadable, match="MASTER_KEY_FILE"):
        stranger.key_of(AMINA)
    stranger.close()


def test_a_forgotten_owner_gets_no_key_again(url, store):
    store.key_of(AMINA)
    bela = store.key_of(BELA)
    escrowed = store.wrapped(AMINA)
    store.forget(AMINA)
    store.adopt(AMINA, escrowed)
    store.forget(AMINA)
    reopened = KeyStore(url, MASTER)
    for opened in (store, reopened):
        for ask in (opened.key_of, opened.wrapped):
            with pytest.raises(KeyForgotten) as refused:
                ask(AMINA)
            assert AMINA not in str(refused.value)
        assert opened.key_of(BELA) == bela
    reopened.close()


def test_an_owner_may_be_forgotten_before_ever_having_a_key(store):
    store.forget(AMINA)
    with pytest.raises(KeyForgotten):
        store.key_of(AMINA)


def test_a_key_forgotten_elsewhere_is_forgotten_here_within_a_minute(url, another):
    now = [0.0]
    store = KeyStore(url, MASTER, clock=lambda: now[0])
    store.key_of(AMINA)
    another.forget(AMINA)
    now[0] += 61
    with pytest.raises(KeyForgotten):
        store.key_of(AMINA)
    store.close()


def test_memory_holds_a_bounded_number_of_keys(store, monkeypatch):
    monkeypatch.setattr(keymemory, "CACHED", 3)
    given = [store.key_of(f"record-{number}") for number in range(6)]
    assert len(store.memory) == 3
    assert [store.key_of(f"record-{number}") for number in range(6)] == given


def test_threads_that_ask_first_at_once_get_one_key(store, another):
    def ask(number: int) -> tuple[str, bytes]:
        return (store, another)[number % 2].key_of(AMINA)

    for _ in range(5):
        store.close()
        with ThreadPoolExecutor(8) as threads:
            assert len(set(threads.map(ask, range(16)))) == 1


def test_a_key_made_by_another_in_between_is_the_owners(store, another, monkeypatch):
    def look_too_early(owner: str) -> None:
        monkeypatch.undo()
        another.key_of(owner)

    monkeypatch.setattr(store, "_stored", look_too_early)
    assert store.key_of(AMINA) == another.key_of(AMINA)


def test_stores_that_start_at_once_all_start(url):
    with ThreadPoolExecutor(6) as threads:
        opened = list(threads.map(lambda _: KeyStore(url, MASTER), range(6)))
    assert len({store.key_of(AMINA) for store in opened}) == 1
    for store in opened:
        store.close()


def test_an_escrow_object_brings_the_key_to_an_empty_store(store, tmp_path):
    named, key = store.key_of(AMINA)
    escrowed = store.wrapped(AMINA)
    assert key not in escrowed
    empty = KeyStore(f"sqlite:///{tmp_path}/restored/keys.sqlite", MASTER)
    assert empty.unwrap(escrowed) == (named, key)
    empty.adopt(AMINA, escrowed)
    assert empty.key_of(AMINA) == (named, key)
    with pytest.raises(KeyUnreadable):
        empty.adopt(BELA, bytes(40))
    empty.close()


def test_an_escrow_object_may_be_asked_for_first(store):
    assert store.unwrap(store.wrapped(AMINA)) == store.key_of(AMINA)


def test_a_renewed_key_seals_and_the_one_before_still_opens(store, another):
    old = store.key_of(AMINA)
    assert another.key_of(AMINA) == old
    named = store.renew(AMINA)
    new = store.key_of(AMINA)
    assert new[0] == named != old[0]
    assert store.keys_of(AMINA) == [new, old]
    assert another.key_of(AMINA) == old, "remembered for a minute"
    assert another.key_for(AMINA, named) == new, "but one that is named is looked for"
    assert another.key_for(AMINA, old[0]) == old
    assert another.key_for(AMINA, "of-a-stranger") == new
    store.retire(AMINA)
    assert store.keys_of(AMINA) == [new]
    assert store.renew(AMINA) not in (new[0], old[0])
    store.forget(AMINA)
    for ask in (store.key_of, store.renew):
        with pytest.raises(KeyForgotten):
            ask(AMINA)
    assert store.escrows(AMINA) == {}


def test_every_generation_comes_back_from_its_escrow_object(store, tmp_path):
    old = store.key_of(AMINA)
    store.renew(AMINA)
    escrows = store.escrows(AMINA)
    empty = KeyStore(f"sqlite:///{tmp_path}/restored/keys.sqlite", MASTER)
    for named in (store.key_of(AMINA)[0], old[0], old[0]):
        empty.adopt(AMINA, escrows[named])
    assert empty.keys_of(AMINA) == store.keys_of(AMINA)
    empty.forget(AMINA)
    empty.adopt(AMINA, escrows[old[0]])
    with pytest.raises(KeyForgotten):
        empty.key_of(AMINA)
    empty.close()


def test_only_wrapped_keys_are_stored(url, store):
    _, key = store.key_of(AMINA)
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    table = "patient_keys" if engine.dialect.name == "sqlite" else "keys.patient_keys"
    with engine.connect() as connection:
        ((owner, wrapped),) = connection.execute(text(f"SELECT owner, wrapped FROM {table}"))
    engine.dispose()
    assert owner == AMINA
    assert bytes(wrapped) == aes_key_wrap(derived_key(MASTER, "patient-keys"), key)


def test_a_forgotten_key_is_in_no_file_of_the_store(tmp_path):
    store = KeyStore(f"sqlite:///{tmp_path}/keys.sqlite", MASTER)
    owners = [f"record-{number}" for number in range(50)]
    wrapped = {owner: store.wrapped(owner) for owner in owners}
    store.forget(owners[20])
    on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert wrapped[owners[20]] not in on_disk
    assert all(wrapped[owner] in on_disk for owner in owners if owner != owners[20])
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in tmp_path.iterdir())
    store.close()


def test_house_keys_differ_by_label_and_need_no_row(store, another):
    assert store.house_key("spool") == another.house_key("spool")
    given = {store.house_key("spool"), store.house_key("buttons"), store.house_key("patient-keys")}
    assert len(given) == 3
    assert derived_key(MASTER, "patient-keys") not in given


def test_ten_thousand_remembered_keys_are_quick(tmp_path):
    store = KeyStore(f"sqlite:///{tmp_path}/keys.sqlite", MASTER)
    store.key_of(AMINA)
    began = time.monotonic()
    for _ in range(1000):
        store.key_of(AMINA)
    assert time.monotonic() - began < 1
    store.close()


def test_a_master_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "instance" / "master.key"
    make_master_key(path)
    key = read_master_key(path)
    make_master_key(path)
    assert read_master_key(path) == key
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["master.key"]


def test_processes_that_start_at_once_make_one_master_key(tmp_path):
    path = tmp_path / "master.key"

    def start(_: int) -> bytes:
        make_master_key(path)
        return read_master_key(path)

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(start, range(16)))) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_master_key_that_others_can_read_is_refused(tmp_path, mode):
    path = tmp_path / "master.key"
    make_master_key(path)
    path.chmod(mode)
    with pytest.raises(MasterKeyRefused, match=r"Others can read .*chmod 600 on it\.$"):
        read_master_key(path)


def test_a_missing_master_key_is_named(tmp_path):
    with pytest.raises(MasterKeyRefused, match=r"no master key at .*MASTER_KEY_FILE, .*\.$"):
        read_master_key(tmp_path / "absent")
    with pytest.raises(MasterKeyRefused, match="cannot be read"):
        read_master_key(tmp_path)


@pytest.mark.parametrize(
    "written",
    [b"", b"short", base64.urlsafe_b64encode(os.urandom(31)), b"*" * 44, "密钥".encode()],
    ids=["empty", "short", "31 bytes", "no base64", "no ascii"],
)
def test_a_master_key_of_another_shape_is_refused_without_a_word_of_it(tmp_path, written):
    path: Path = tmp_path / "master.key"
    path.write_bytes(written)
    path.chmod(0o600)
    with pytest.raises(MasterKeyRefused, match="not 32 bytes in base64url") as refused:
        read_master_key(path)
    assert not written or written.decode() not in str(refused.value).replace(str(path), "")
