"""The daily root goes to every place once, the same bytes however often a worker is killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from records.services.storing import DocumentStore, StoreUnavailable
from storage.audit.keeping import Log
from storage.audit.roots import CONTAINER, read_root
from storage.audit.tree import root_of
from storage.database import Database
from storage.stores.file import FileStore
from tests.cast import Clock
from tests.storage.audit.test_sealing_the_log import write

DAY = "root-2026-11-23"


class Unsteady(FileStore):
    """A place that can be away."""

    away = False
    silent = False

    def names(self, container: str, prefix: str = "") -> Iterator[str]:
        if self.silent:
            raise StoreUnavailable("Try later.")
        return super().names(container, prefix)

    def put(self, container: str, name: str, content: bytes) -> None:
        if self.away:
            raise StoreUnavailable("Try later.")
        super().put(container, name, content)


@pytest.fixture
def clouds(tmp_path: Path) -> tuple[Unsteady, Unsteady]:
    return Unsteady(tmp_path / "private"), Unsteady(tmp_path / "public")


@pytest.fixture
def log(database: Database, clouds: tuple[Unsteady, Unsteady], tmp_path: Path) -> Log:
    return Log(database, *clouds, tmp_path / "anchors")


@pytest.fixture
def quiet() -> Iterator[None]:
    structlog.configure(processors=[structlog.testing.LogCapture()])
    yield
    structlog.reset_defaults()


def test_the_tree_is_that_of_rfc_6962() -> None:
    leaves = [
        bytes.fromhex(one)
        for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")
    ]
    known = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    }
    for count, root in known.items():
        assert root_of(leaves[:count]).hex() == root


def test_a_days_root_lies_in_both_clouds_and_among_the_anchors(
    database: Database, log: Log, clock: Clock, clouds: tuple[DocumentStore, ...]
) -> None:
    write(database, clock, "one", "two", None)
    log.sealer.seal()
    assert log.roots.step() == 1
    assert log.roots.step() == 0
    contents = {store.get(CONTAINER, DAY) for store in log.places.values()}
    assert len(contents) == 1
    root = read_root(contents.pop(), database.sealing)
    assert (root.lines, root.chains, root.before) == (3, 3, "")
    assert log.verify().whole


def test_the_next_root_names_the_one_before(
    database: Database, log: Log, clock: Clock, clouds: tuple[DocumentStore, ...]
) -> None:
    for _ in range(2):
        write(database, clock, "one")
        log.sealer.seal()
        log.roots.step()
        clock.pass_(days=1)
    second = read_root(clouds[0].get(CONTAINER, "root-2026-11-24"), database.sealing)
    assert len(second.before) == 64
    assert log.verify().whole


def test_a_cloud_that_is_away_gets_the_same_root_later(
    database: Database, log: Log, clock: Clock, clouds: tuple[Unsteady, Unsteady], quiet: None
) -> None:
    write(database, clock, "one")
    log.sealer.seal()
    clouds[1].away = True
    assert log.roots.step() == 0
    assert log.gauges()["log_roots_not_placed"] == 1
    write(database, clock, "one")
    log.sealer.seal()
    clouds[1].away = False
    clock.pass_(hours=1)
    assert log.roots.step() == 1
    assert clouds[0].get(CONTAINER, DAY) == clouds[1].get(CONTAINER, DAY)
    assert log.verify().whole


def test_a_worker_killed_before_it_had_put_the_root_is_made_up_for(
    database: Database, log: Log, clock: Clock, quiet: None
) -> None:
    write(database, clock, "one")
    log.sealer.seal()
    log.roots._want_today()
    ((day, token, _),) = log.roots._claimed(1)
    drawn = log.roots._drawn(day, token)
    log.places["private cloud"].put(CONTAINER, DAY, drawn)  # and then no more of it
    clock.pass_(minutes=10)
    assert log.roots.step() == 1
    assert log.places["public cloud"].get(CONTAINER, DAY) == drawn
    assert log.verify().whole


def test_a_place_with_another_root_of_the_day_shows_a_fork(
    database: Database, log: Log, clock: Clock, clouds: tuple[Unsteady, Unsteady], quiet: None
) -> None:
    write(database, clock, "one")
    log.sealer.seal()
    clouds[0].put(CONTAINER, DAY, b"{}")
    log.roots.step()
    assert [str(one).split(":")[0] for one in log.verify().faults] == [
        "root of 2026-11-23 in the private cloud",
        "root of 2026-11-23 in the private cloud",
    ]


def test_a_cloud_that_cannot_be_asked_is_named(
    database: Database, log: Log, clock: Clock, clouds: tuple[Unsteady, Unsteady]
) -> None:
    write(database, clock, "one")
    log.sealer.seal()
    log.roots.step()
    clouds[1].silent = True
    assert [str(one) for one in log.verify().faults] == [
        "roots in the public cloud: cannot be asked now"
    ]
