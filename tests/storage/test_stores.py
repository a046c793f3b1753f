"""One contract: files, a real Swift by each way to sign in, and S3 of the same server."""

import errno
import logging
import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from records.services.storing import (
    AlreadyStored,
    DocumentStore,
    NoSuchDocument,
    StoreUnavailable,
)
from storage.stores import open_store
from storage.stores.address import UnreadableSetting
from storage.stores.file import FileStore
from storage.stores.parts import only
from tests.storage.gate import Gate


def swift_settings(swift, auth_url: str | None = None) -> dict[str, str]:
    return swift.settings | ({"ST_AUTH": auth_url} if auth_url else {})


def s3_settings(swift, s3_url: str | None = None) -> dict[str, str]:
    return swift.s3_settings | ({"S3_ENDPOINT_URL": s3_url} if s3_url else {})


def keystone_settings(keystone, auth_url: str | None = None) -> dict[str, str]:
    return {
        "OS_AUTH_URL": auth_url or keystone.auth_url,
        "OS_USERNAME": keystone.user,
        "OS_PASSWORD": keystone.password,
        "OS_PROJECT_NAME": keystone.project,
        "OS_REGION_NAME": keystone.region,
    }


@pytest.fixture(scope="session")
def credential(keystone) -> tuple[str, str]:
    return keystone.application_credential("kanglu")


def make_store(kind: str, request: pytest.FixtureRequest, through: Callable[[str], str] = str):
    """The store of this kind, its server reached through what `through` makes of its address."""
    if kind == "file":
        return open_store((request.getfixturevalue("tmp_path") / "documents").as_uri(), {})
    swift = request.getfixturevalue("swift")
    if kind == "swift":
        return open_store("swift://kanglu-", swift_settings(swift, through(swift.auth_url)))
    if kind == "keystone":
        keystone = request.getfixturevalue("keystone")
        settings = keystone_settings(keystone, through(keystone.auth_url))
        return open_store("swift://kanglu-", settings)
    if kind == "application credential":
        name, secret = request.getfixturevalue("credential")
        signed = {
            "OS_AUTH_URL": request.getfixturevalue("keystone").auth_url,
            "OS_APPLICATION_CREDENTIAL_ID": name,
            "OS_APPLICATION_CREDENTIAL_SECRET": secret,
        }
        return open_store("swift://kanglu-", signed)
    bucket = request.getfixturevalue("bucket")
    return open_store(f"s3://{bucket}", s3_settings(swift, through(swift.s3_url)))


@pytest.fixture(params=["file", "swift", "keystone", "application credential", "s3"])
def store(request) -> DocumentStore:
    return make_store(request.param, request)


@pytest.fixture
def container() -> str:
    return os.urandom(16).hex()


@pytest.fixture(params=["swift", "s3"])
def gated(request) -> Iterator[tuple[DocumentStore, Gate]]:
    gates: list[Gate] = []

    def through(url: str) -> str:
        gates.append(Gate(url))
        return gates[0].url

    store = make_store(request.param, request, through)
    yield store, gates[0]
    gates[0].shut()


@pytest.mark.parametrize("content", [b"", b"sealed", os.urandom(300_000)], ids=len)
def test_what_is_put_is_got(store, container, content):
    store.put(container, "a-name", content)
    assert store.get(container, "a-name") == content


def test_a_part_of_a_document_is_got_by_itself(store, container):
    content = os.urandom(70_000)
    store.put(container, "a", content)
    for part in (range(1), range(4096, 65_600), range(69_999, 70_000)):
        assert store.get(container, "a", part) == content[part.start : part.stop]
    assert store.get(container, "a", range(69_000, 90_000)) == content[69_000:]
    assert store.get(container, "a", range(70_000, 70_001)) == b""
    with pytest.raises(NoSuchDocument):
        store.get(container, "never-put", range(10))
    store.put(container, "empty", b"")
    assert store.get(container, "empty", range(10)) == b""


def test_a_server_that_gives_the_whole_for_a_part_is_cut_to_it():
    assert only(range(2, 4), b"abcdef", given=False) == b"cd"
    assert only(range(2, 4), b"cd", given=True) == b"cd"
    assert only(None, b"abcdef", given=False) == b"abcdef"


def test_the_same_bytes_again_are_a_quiet_success(store, container):
    store.put(container, "a", b"once")
    store.put(container, "a", b"once")
    assert list(store.names(container)) == ["a"]


def test_other_bytes_under_a_taken_name_are_refused_and_the_first_stay(store, container):
    store.put(container, "a", b"first")
    with pytest.raises(AlreadyStored):
        store.put(container, "a", b"second")
    assert store.get(container, "a") == b"first"


def test_of_many_writers_of_one_name_one_is_kept_whole(store, container):
    def put(content: bytes) -> bool:
        try:
            store.put(container, "contested", content)
        except AlreadyStored:
            return False
        return True

    store.put(container, "first", b"so that the container is there")
    contents = [bytes([number]) * 1000 for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(put, contents))
    kept = store.get(container, "contested")
    assert kept in [content for content, winner in zip(contents, won, strict=True) if winner]
    # Swift looks and then writes: at the same moment several may be told that they won.
    assert sum(won) == 1 or not isinstance(store, FileStore)


def test_an_absent_document_is_named_so(store, container):
    with pytest.raises(NoSuchDocument):
        store.get(container, "never-put")
    store.put(container, "other", b"x")
    with pytest.raises(NoSuchDocument):
        store.get(container, "never-put")


def test_removing_twice_is_fine_and_the_name_is_free_again(store, container):
    store.put(container, "a", b"first")
    store.remove(container, "a")
    store.remove(container, "a")
    store.remove("f" * 32, "a")
    with pytest.raises(NoSuchDocument):
        store.get(container, "a")


def test_names_are_those_of_the_container_and_prefix_in_order(store, container):
    for name in ("b", "a/2", "a/1", "a", "ab"):
        store.put(container, name, b"x")
    store.put(container + "0", "a/9", b"of a neighbour")
    assert list(store.names(container)) == ["a", "a/1", "a/2", "ab", "b"]
    assert list(store.names(container, "a/")) == ["a/1", "a/2"]
    assert list(store.names("e" * 32)) == []


def test_names_beyond_a_page_are_yielded_too(swift, container, monkeypatch):
    monkeypatch.setattr("storage.stores.swift.PAGE", 2)
    store = open_store("swift://kanglu-", swift_settings(swift))
    for name in "abcde":
        store.put(container, name, b"x")
    assert list(store.names(container)) == list("abcde")


@pytest.mark.parametrize(
    "name", ["", "../x", "a/../../x", "/etc/passwd", "a//b", ".hidden", "a\0b", "a b", "x" * 200]
)
def test_a_name_that_leads_elsewhere_is_refused(store, container, name):
    for act in (lambda: store.put(container, name, b"x"), lambda: store.get(container, name)):
        with pytest.raises(ValueError, match="name") as refused:
            act()
        assert not name or name not in str(refused.value)
    with pytest.raises(ValueError, match="name"):
        store.remove("../" + container, "a")
    with pytest.raises(ValueError, match="name"):
        list(store.names("a/b"))


def test_the_check_passes_and_leaves_nothing(store):
    store.check()
    assert list(store.names("check")) == []


def test_a_store_that_gives_other_parts_fails_the_check(tmp_path):
    class Shifting(FileStore):
        def get(self, container: str, name: str, part: range | None = None) -> bytes:
            return super().get(container, name, part and range(part.start + 1, part.stop + 1))

    with pytest.raises(StoreUnavailable, match="other parts"):
        Shifting(tmp_path).check()


def test_a_store_that_overwrites_fails_the_check(tmp_path):
    class Overwriting(FileStore):
        def put(self, container: str, name: str, content: bytes) -> None:
            self.remove(container, name)
            super().put(container, name, content)

    with pytest.raises(StoreUnavailable, match="overwrites"):
        Overwriting(tmp_path).check()


def test_a_lost_answer_is_asked_again_and_stores_once(gated, container):
    store, gate = gated
    store.put(container, "before", b"so that the container is there")
    gate.lose_next_answer(b"PUT")
    store.put(container, "a", b"sealed")
    assert gate._lose_answers_to == b""
    assert store.get(container, "a") == b"sealed"


def test_a_server_that_goes_down_is_one_sentence_within_seconds(gated, container):
    store, gate = gated
    store.put(container, "a", b"sealed")
    gate.shut()
    acts = (
        lambda: store.put(container, "b", b"sealed"),
        lambda: store.get(container, "a"),
        lambda: store.remove(container, "a"),
        lambda: list(store.names(container)),
        store.check,
    )
    for act in acts:
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match=r"cannot be reached; .*\.$") as failed:
            act()
        assert time.monotonic() - began < 5
        assert_tells_no_secret(failed.value, container)


@pytest.mark.parametrize("kind", ["swift", "s3"])
def test_a_server_that_was_never_up_is_one_sentence(kind, request):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    store = make_store(kind, request, lambda url: url.replace(str(urlsplit(url).port), str(port)))
    with pytest.raises(StoreUnavailable, match=f"127.0.0.1:{port} cannot be reached"):
        store.check()


def test_a_wrong_key_is_one_sentence_without_the_key(swift, keystone, bucket, container):
    wrong = "a-wrong-key-5391"
    stores = (
        open_store("swift://kanglu-", swift_settings(swift) | {"ST_KEY": wrong}),
        open_store("swift://kanglu-", keystone_settings(keystone) | {"OS_PASSWORD": wrong}),
        open_store(f"s3://{bucket}", s3_settings(swift) | {"AWS_SECRET_ACCESS_KEY": wrong}),
    )
    for store in stores:
        with pytest.raises(StoreUnavailable, match="refuses") as failed:
            store.put(container, "a", b"x")
        assert_tells_no_secret(failed.value, wrong, container)


def test_an_absent_bucket_is_named(swift):
    store = open_store("s3://never-made", s3_settings(swift))
    with pytest.raises(StoreUnavailable, match=r"never-made .*does not exist; create it"):
        store.check()


def test_nothing_of_a_request_is_logged(swift, bucket, container, caplog):
    caplog.set_level(logging.DEBUG)
    open_store("swift://kanglu-", swift_settings(swift)).put(container, "a", b"x")
    open_store(f"s3://{bucket}", s3_settings(swift)).put(container, "a", b"x")
    for secret in (swift.key, container, "X-Auth-Token", "AUTH_tk"):
        assert secret not in caplog.text


def test_a_full_disk_leaves_nothing_torn(tmp_path, monkeypatch, container):
    store = open_store(tmp_path.as_uri(), {})
    store.put(container, "before", b"whole")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreUnavailable, match="is full; make room"):
        store.put(container, "a", b"x" * 10_000)
    monkeypatch.undo()
    assert os.listdir(tmp_path / container) == ["before"]
    store.put(container, "a", b"x" * 10_000)
    assert store.get(container, "a") == b"x" * 10_000


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(StoreUnavailable, match="taken cannot be used"):
        open_store((tmp_path / "taken").as_uri(), {}).check()


def test_documents_are_readable_by_their_owner_alone(tmp_path, container):
    open_store((tmp_path / "documents").as_uri(), {}).put(container, "a", b"x")
    made = [tmp_path / "documents", *(tmp_path / "documents").rglob("*")]
    assert len(made) == 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in made)


KEYED = {"AWS_ACCESS_KEY_ID": "someone", "AWS_SECRET_ACCESS_KEY": "s3cr3t-canary"}
SIGNED = {"ST_USER": "clinic", "ST_KEY": "s3cr3t-canary"}


@pytest.mark.parametrize(
    ("url", "settings", "named"),
    [
        ("", {}, "PRIVATE_STORE"),
        ("ftp://s3cr3t-canary@host", {}, "PRIVATE_STORE"),
        ("file://", {}, "PRIVATE_STORE"),
        ("file://elsewhere/folder", {}, "PRIVATE_STORE"),
        ("s3://", KEYED, "PRIVATE_STORE"),
        ("s3://bucket/s3cr3t-canary", KEYED, "PRIVATE_STORE"),
        ("s3://[", KEYED, "PRIVATE_STORE"),
        ("swift://p-", {}, "ST_AUTH"),
        ("swift://p-", {"ST_AUTH": "https://swift.example/auth"}, "ST_USER"),
        ("swift://p-", {"ST_AUTH": "https://swift.example:port/"} | SIGNED, "ST_AUTH"),
        ("swift://p-", {"ST_AUTH": "http://swift.example/auth/v1.0"} | SIGNED, "ST_AUTH"),
        ("swift://p-", {"ST_AUTH": "http://10.0.0.7/auth/v1.0"} | SIGNED, "ST_AUTH"),
        ("swift://p-", {"OS_AUTH_URL": "http://keystone.example/v3"}, "OS_AUTH_URL"),
        ("swift://p-", {"OS_AUTH_URL": "https://keystone.example/v3"}, "OS_PROJECT_NAME"),
        ("s3://bucket", {"S3_ENDPOINT_URL": "http://s3.example"} | KEYED, "S3_ENDPOINT_URL"),
        ("s3://bucket", {"S3_ENDPOINT_URL": "s3.example"} | KEYED, "S3_ENDPOINT_URL"),
        ("s3://bucket", {"S3_ENDPOINT_URL": "https://s3.example"}, "AWS_ACCESS_KEY_ID"),
        ("s3://bucket", {"AWS_ACCESS_KEY_ID": "someone"}, "AWS_SECRET_ACCESS_KEY"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_in_one_sentence(url, settings, named):
    with pytest.raises(UnreadableSetting, match=rf"^{named} .*\.$") as refused:
        open_store(url, settings, setting="PRIVATE_STORE")
    assert_tells_no_secret(refused.value, "s3cr3t-canary")


def test_https_anywhere_and_http_on_this_machine_are_taken(tmp_path: Path):
    for address in ("https://s3.example", "http://localhost:9000", "http://[::1]:9000"):
        open_store("s3://bucket", {"S3_ENDPOINT_URL": address} | KEYED)


def assert_tells_no_secret(error: Exception, *secrets: str) -> None:
    """Neither the text nor what a traceback would print after it tells any of these."""
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    assert not [secret for secret in (*secrets, "AUTH_tk") if secret in str(error)]
