"""The clouds' faults at every step of a sync: nothing is lost, doubled or left lying about.

    python -m tests.soak.faults [every] [swift|s3 …]

A house with something of every family is synced through a door that spoils one request, or all
from one on, in every way there is, and each server is killed and stopped in the middle. Once the
cloud is well again, two intervals must be enough, and what came to lie there must bring all back.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import structlog
from sqlalchemy import select

from records.tracking import fresh
from storage.cloud.verifying import faults, kept_of
from storage.rows.cloud import HeadRow, LeftoverRow, ObjectRow, UnsyncedRow
from storage.stores import open_store
from storage.stores.breaker import Breaker
from storage.stores.steady import SteadyStore
from tests.cast import Clock
from tests.parts.between import Between, Choose, Fault
from tests.parts.swift import Swift
from tests.storage.cloud.houses import (
    Clouds,
    Furnished,
    House,
    differences,
    furnish,
    furnished_house,
    open_house,
    sqlite,
)

INTERVALS = 2
MINUTES = 11  # things wait ten before they are put
WEEK_AND_A_DAY = 8 * 24 * 60  # minutes
SHARE = 0.3  # of the requests that are answered with 503
SEEDS = 10
SERVERS = ("account", "container", "object", "proxy")
CLOUDS = ("swift", "s3")


@dataclass(frozen=True)
class Outcome:
    """What came of one way of failing, once the cloud was well again."""

    spoilt: int  # requests
    waiting: int  # things without an object after two intervals
    lost: int  # objects that are not there or do not open
    doubled: int  # things with two objects of one version
    orphans: int  # objects that nothing names, a week later
    different: int  # rows that do not come back as they were

    @property
    def good(self) -> bool:
        """Say whether nothing is wrong."""
        return not (self.waiting or self.lost or self.doubled or self.orphans or self.different)


class Scene:
    """One furnished house, copied for each way of failing, before one kind of cloud."""

    def __init__(self, folder: Path, swift: Swift, door: Between, cloud: str) -> None:
        self.swift, self.door, self.cloud = swift, door, cloud
        self.folder = folder / f"houses-{cloud}"
        self.folder.mkdir()
        first = self.folder / "first"
        first.mkdir()
        self.furnished: Furnished = furnished_house(first, furnish)

    def run(self, choose: Choose, heal: Callable[[], None] = lambda: None) -> Outcome:
        """Sync a copy of the house while the cloud fails, then while it is well, and look."""
        folder = self.folder / fresh()
        copytree(self.furnished[0], folder)
        clock = Clock()
        clock.now = self.furnished[2].now
        clouds = Clouds(folder, self._store(clock), open_store(f"file://{folder}/public", {}))
        house = open_house(clouds, f"sqlite:///{folder}/first.db", clock, "first.keys")
        self.door.spoil(choose)
        _interval(house)
        spoilt = self.door.spoilt
        self.door.spoil(lambda _number: None)
        heal()
        for _ in range(INTERVALS):
            _interval(house)
        return self._looked_at(house, spoilt)

    def steps(self) -> int:
        """Return how many requests a sync makes when nothing fails."""
        asked: list[int] = []
        outcome = self.run(lambda number: asked.append(number))
        if not outcome.good:
            raise AssertionError(outcome)
        return len(asked)

    def _store(self, clock: Clock) -> SteadyStore:
        """Open a store of its own behind the door; its breaker goes by the house's clock."""
        here = f"http://127.0.0.1:{self.door.port}"
        if self.cloud == "swift":
            told = {**self.swift.settings, "ST_AUTH": f"{here}/auth/v1.0"}
            store = open_store(f"swift://{fresh()}-", told)
        else:
            told = {**self.swift.s3_settings, "S3_ENDPOINT_URL": here}
            store = open_store(f"s3://{self.swift.new_bucket()}", told)
        if not isinstance(store, SteadyStore):
            raise TypeError(store)
        return SteadyStore(
            store.store, breaker=Breaker(clock=lambda: clock.now.timestamp()), step=0
        )

    def _looked_at(self, house: House, spoilt: int) -> Outcome:
        waiting, doubled = _counted(house)
        lost = len(list(faults(house.worker.private)))
        house.worker.rounds.all_at_once()
        house.clock.pass_(minutes=WEEK_AND_A_DAY)
        house.worker.sweep(10_000)
        orphans = _orphans(house)
        other = open_house(house.clouds, sqlite(house.clouds.folder), house.clock)
        restored = other.restore()
        different = len(differences(house, other)) + len(restored.faults)
        for one in (house, other):
            one.close()
        return Outcome(spoilt, waiting, lost, doubled, orphans, different)


def _interval(house: House) -> None:
    house.clock.pass_(minutes=MINUTES)
    for _ in range(MINUTES):
        while house.worker.sync(20):
            pass
        house.clock.pass_(minutes=1)


def _counted(house: House) -> tuple[int, int]:
    """Return how much waits, and how many things have two objects of one version."""
    with house.database.session(writing=False) as session:
        waiting = len(session.scalars(select(UnsyncedRow)).all())
        told = [(row.family, row.ref, row.version) for row in session.scalars(select(ObjectRow))]
    return waiting, sum(count - 1 for count in Counter(told).values())


def _orphans(house: House) -> int:
    """Return how many objects lie in the containers that nothing names."""
    with house.database.session(writing=False) as session:
        owners = session.scalars(select(HeadRow.record)).all()
        left = set(session.scalars(select(LeftoverRow.name)))
    cloud, found = house.worker.private, 0
    for owner in owners:
        container = house.worker.rounds.repair.relisting.container(owner)
        named = {*left, *(one.name for one in kept_of(cloud, owner))}
        there = set(cloud.store.names(container)) - named
        found += sum(not one.startswith("key-") for one in there)
    return found


def at(step: int, fault: Fault) -> Choose:
    """Spoil one request."""
    return lambda number: fault if number == step else None


def since(step: int, fault: Fault) -> Choose:
    """Spoil every request from one on."""
    return lambda number: fault if number >= step else None


def share(seed: int, fault: Fault) -> Choose:
    """Spoil three in ten."""
    chance = random.Random(seed)
    return lambda _number: fault if chance.random() < SHARE else None


def killing(swift: Swift, server: str, step: int) -> Choose:
    """End one of Swift's servers when the sync has come to a step."""

    def choose(number: int) -> None:
        if number == step:
            swift.kill(server)

    return choose


def ways(scene: Scene, every: int) -> Iterator[tuple[str, list[Outcome]]]:
    """Give what came of each way of failing, at every so many steps."""
    steps = range(0, scene.steps(), every)
    for fault in Fault:
        yield f"one request: {fault}", [scene.run(at(step, fault)) for step in steps]
        yield f"all from one on: {fault}", [scene.run(since(step, fault)) for step in steps]
    for fault in (Fault.BUSY, Fault.DONE_BUSY, Fault.HALVED):
        yield f"three in ten: {fault}", [scene.run(share(seed, fault)) for seed in range(SEEDS)]
    for server in SERVERS:
        name = f"the {server} server killed"
        yield (
            name,
            [
                scene.run(killing(scene.swift, server, step), scene.swift.heal)
                for step in range(steps.start, steps.stop, max(every, len(steps) * every // 4))
            ],
        )


def main(arguments: list[str]) -> bool:
    """Print the table; True when something was wrong."""
    structlog.configure(processors=[], logger_factory=structlog.ReturnLoggerFactory())
    every = int(arguments[0]) if arguments else 1
    bad = False
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        swift = stack.enter_context(Swift(folder / "swift"))
        door = stack.enter_context(Between(swift.port))
        for cloud in arguments[1:] or CLOUDS:
            scene = Scene(folder, swift, door, cloud)
            for name, outcomes in ways(scene, every):
                wrong = [one for one in outcomes if not one.good]
                bad |= bool(wrong)
                spoilt = sum(one.spoilt for one in outcomes)
                print(
                    f"   {cloud:<6}{name:<58}{len(outcomes):>4} runs {spoilt:>6} spoilt"
                    f" {len(wrong):>4} wrong",
                    *wrong[:3],
                    flush=True,
                )
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
