"""A worker is killed (-9) at each step of a move, both ways: nothing lost, doubled or orphaned."""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select

from records.services.placing import choose_place
from records.vocabulary import SegmentKind
from storage.cloud.misplaced import Policy
from storage.cloud.moving import Moving
from storage.cloud.verifying import kept_of
from storage.rows.cloud import AT_HOME, MOVED, LeftoverRow
from tests.cast import Cast, Clock
from tests.storage.cloud.houses import (
    Furnished,
    House,
    copied_house,
    furnished_house,
    three_clouds,
)
from tests.storage.cloud.test_moving import (
    documents,
    lying,
    nothing_is_lost_doubled_or_orphaned,
    old,
)

MEALS = Policy(kinds=frozenset({SegmentKind.RECORD_OF_LIFE}))
TWO = 2  # days of meals: each step is tried once for the first and once for the last
MANIFEST = 3  # two pages and a head that a killed worker leaves to the next round
FORK = multiprocessing.get_context("fork")


class Doomed:
    """A store whose caller is killed before one of its calls, and the next after another."""

    def __init__(self, store, steps) -> None:
        self.store = store
        self.step = steps

    def put(self, *words) -> None:
        self.step()
        self.store.put(*words)

    def get(self, *words) -> bytes:
        return self.store.get(*words)

    def remove(self, *words) -> None:
        self.step()
        self.store.remove(*words)

    def names(self, *words) -> Iterator[str]:
        return self.store.names(*words)


def move_and_die(furnished: Furnished, folder: Path, at: int) -> None:
    """Move what is to be moved, and be killed at this step of it."""
    house, left = opened(furnished, folder), [at]

    def step(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    cloud = house.worker.private
    cloud.at_once = lambda act, things: [act(one) for one in things]  # so that steps are steps
    house.worker.moving.wish(at_once=True)
    cloud.store, cloud.overflow = Doomed(cloud.store, step), Doomed(cloud.overflow, step)
    event.listen(house.database.engine, "commit", step)
    while house.worker.move(20):
        pass


def strays(house: House, cast: Cast, place: str) -> set[str]:
    """Return what lies in a place and nothing names, not even to be swept."""
    with house.database.session(writing=False) as session:
        known = set(session.scalars(select(LeftoverRow.name)))
    known |= {one.name for one in kept_of(house.worker.private, cast.record.id)}
    there = house.worker.private.places.names(cast.record.place.container, place)
    return {one for one in there if not one.startswith("key-")} - known


def opened(furnished: Furnished, folder: Path) -> House:
    """Open the house that lies in a folder, as it is there."""
    clock = Clock(furnished[2].now)
    there = folder.with_name("there")
    shutil.rmtree(there, ignore_errors=True)
    folder.rename(there)
    house = copied_house((there, *furnished[1:]), folder, clock, three_clouds)
    house.worker.private.anchors = ()  # the house's own head is nobody's business here
    house.worker.moving = Moving(house.worker.private, MEALS)
    return house


@pytest.fixture(scope="module", params=["out", "back"])
def begun(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """A house in which something is to be moved: out of the private cloud, or back into it."""

    def fill(house: House) -> Cast:
        house.worker.private.overflow = None if request.param == "out" else house.clouds.overflow
        house.worker.moving = Moving(house.worker.private, MEALS)
        cast = old(house)
        if request.param == "back":
            house.settle()
            assert len(lying(house, MOVED)) == TWO
            with house.database.begin(True) as unit:
                choose_place(
                    unit, record_id=cast.record.id, by=cast.amina, now=house.clock(), stays=True
                )
        return cast

    return furnished_house(tmp_path_factory.mktemp("house"), fill, three_clouds)


def test_a_move_that_is_killed_at_any_step_goes_on(
    begun: Furnished, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    cast, steps, folder = begun[1], 0, tmp_path / "house"
    every = 1 if request.node.callspec.params["begun"] == "out" else 3
    shutil.copytree(begun[0], folder)
    house = opened(begun, folder)
    before, moved = documents(house, cast), len(lying(house, MOVED))
    house.close()
    while True:
        shutil.rmtree(folder)
        shutil.copytree(begun[0], folder)
        child = FORK.Process(target=move_and_die, args=(begun, folder, steps))
        child.start()
        child.join()
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
        steps += every
        house = opened(begun, folder)
        assert documents(house, cast) == before, f"read at once after step {steps}"
        house.clock.pass_(minutes=11)  # its claims run out
        while house.worker.move(20):
            pass
        assert len(lying(house, MOVED)) == TWO - moved
        assert documents(house, cast) == before
        assert strays(house, cast, MOVED) == set(), "a copy is noted before it is put"
        assert len(strays(house, cast, AT_HOME)) <= MANIFEST, "nor does one stay here unnoted"
        house.worker.rounds.repair.look(cast.record.id)
        nothing_is_lost_doubled_or_orphaned(house, cast)
        house.close()
    assert steps > 10, "copies, pages, head, the commits between them, and the sources"
