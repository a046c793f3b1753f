"""The real parts every test may ask for; what is missing skips with a reason, in CI it fails."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.cells import Cells
from storage.database import Database, open_engine
from storage.keys import KeyStore
from storage.masterkey import make_master_key, read_master_key
from storage.migrations import upgrade
from tests.cast import Cast, Clock, enter
from tests.parts.botapi import BotApi
from tests.parts.chromium import Chromium
from tests.parts.keystone import Keystone
from tests.parts.missing import MissingPartError, skip_or_fail
from tests.parts.postgres import Postgres
from tests.parts.swift import Swift

REPOSITORY = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: while it runs, the thread counts as inside an event loop."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def say(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """A line of progress, seen although pytest catches output."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")

    def line(text: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{text}", flush=True)

    return line


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A private PostgreSQL cluster; `new_database()` gives an empty one."""
    part = Postgres()
    _start(part)
    yield part
    part.stop()


@pytest.fixture(scope="session")
def swift(tmp_path_factory: pytest.TempPathFactory, say: Callable[[str], None]) -> Iterator[Swift]:
    """A real Swift with its S3 interface; every test names containers of its own."""
    part = Swift(tmp_path_factory.mktemp("swift"), say=say)
    _start(part)
    yield part
    part.stop()


@pytest.fixture(scope="session")
def bucket(swift: Swift) -> str:
    """A bucket of Swift's S3 interface; every test names containers of its own."""
    return swift.new_bucket()


@pytest.fixture(scope="session")
def keystone(
    swift: Swift, tmp_path_factory: pytest.TempPathFactory, say: Callable[[str], None]
) -> Iterator[Keystone]:
    """A real Keystone, and a second door to the same Swift that asks it."""
    part = Keystone(tmp_path_factory.mktemp("keystone"), swift, say=say)
    _start(part)
    yield part
    part.stop()


@pytest.fixture
def faulty_swift(swift: Swift) -> Iterator[Swift]:
    """The same Swift for a test that kills or pauses it: healed afterwards."""
    yield swift
    swift.heal()


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    """Headless Chromium; `with browser.page(viewport=PHONE, locale="zh-CN") as page:`."""
    part = Chromium()
    _start(part)
    yield part
    part.stop()


@pytest.fixture
def bot_api() -> Iterator[BotApi]:
    """A Bot API server with no chats and no faults yet (milliseconds to start, so one a test)."""
    with BotApi() as part:
        yield part


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real-world test data, read in place and never copied."""
    root = Path(os.environ.get("KANGLU_SHARED") or REPOSITORY.parent / "shared")
    if not (root / "data").is_dir():
        skip_or_fail(f"no real-world data at {root / 'data'}; set KANGLU_SHARED to its parent")
    return root / "data"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database; each test that asks runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kanglu.db'}"
    cluster: Postgres = request.getfixturevalue("postgres")
    return cluster.new_database()


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until the test moves it."""
    return Clock()


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[KeyStore]:
    """A key store of its own, under a fresh master key."""
    make_master_key(tmp_path / "master.key")
    store = KeyStore(
        f"sqlite:///{tmp_path / 'keys.sqlite'}", read_master_key(tmp_path / "master.key")
    )
    yield store
    store.close()


@pytest.fixture(scope="session")
def empty_houses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The empty houses that were made so far, by kind: a copy is quicker than a migration."""
    return {"sqlite": str(tmp_path_factory.mktemp("empty") / "kanglu.db")}


@pytest.fixture
def house_url(
    request: pytest.FixtureRequest, database_url: str, empty_houses: dict[str, str]
) -> str:
    """The URL of an empty house with the newest schema, on SQLite and on PostgreSQL."""
    if database_url.startswith("sqlite"):
        original = empty_houses["sqlite"]
        if not Path(original).exists():
            _migrated(f"sqlite:///{original}")
        shutil.copyfile(original, database_url.removeprefix("sqlite:///"))
        return database_url
    cluster: Postgres = request.getfixturevalue("postgres")
    if "postgresql" not in empty_houses:
        empty_houses["postgresql"] = _migrated(database_url)
    return cluster.copy_of(empty_houses["postgresql"])


def _migrated(url: str) -> str:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def database(house_url: str, keys: KeyStore, clock: Clock) -> Iterator[Database]:
    """An empty house on SQLite and on PostgreSQL."""
    engine = open_engine(house_url)
    yield Database(engine, Cells(keys), clock)
    engine.dispose()


@pytest.fixture
def cast(database: Database, clock: Clock) -> Cast:
    """Amina, Bela, Dr Chen, Dr Dara and the institute, in the database."""
    with database.begin(True) as unit:
        return enter(unit, clock())


def _start(part: Postgres | Swift | Keystone | Chromium) -> None:
    try:
        part.start()
    except MissingPartError as error:
        skip_or_fail(str(error))
