"""A malicious cloud: what it may do to the objects it keeps, and whether each is seen.

    python -m tests.soak.attacks --count 1000

Real intake and a real sync fill a private cloud and one of another house; then twelve attacks are
made on this many objects each, and the house verifies. Every one must be named, and rightly.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from records.observations import Channel, pressure
from records.services.enrolling import enrol_patient
from records.services.intake import Draft, file_observations
from records.vocabulary import Code, Language
from storage.cells import Cells
from storage.cloud.manifest import head_name
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.cloud.verifying import MISSING, faults
from storage.database import Database, open_engine
from storage.keys import KeyStore
from storage.masterkey import fresh_key
from storage.migrations import upgrade
from storage.rows.cloud import HeadRow, ObjectRow
from storage.rows.people import RecordRow
from storage.sealing import seal_document
from storage.stores.file import FileStore
from storage.telling import Why, key_id_of
from storage.worker import Worker
from tests.cast import ZONE, Clock


@dataclass(frozen=True, slots=True)
class Target:
    """One object: where it lies, and as what it is listed."""

    container: str
    name: str
    ref: str
    version: int


@dataclass(slots=True)
class House:
    """A house with its private cloud filled."""

    cloud: PrivateCloud
    store: FileStore
    objects: list[Target] = field(default_factory=list)
    heads: list[Target] = field(default_factory=list)

    def bytes_of(self, target: Target) -> bytes:
        return self.store.get(target.container, target.name)

    def replace(self, target: Target, content: bytes) -> None:
        self.store.remove(target.container, target.name)
        self.store.put(target.container, target.name, content)


Attack = Callable[["Scene", Target], bytes | None]
"""What the cloud gives back in the place of an object; None: nothing any more."""


@dataclass(slots=True)
class Scene:
    """The house that is attacked, another house's cloud, and chance."""

    house: House
    other: House
    chance: random.Random

    def another(self, target: Target, *, same: bool) -> Target:
        """Return another object of the same container, or of another one."""
        while True:
            one = self.chance.choice(self.house.objects)
            if (one.container == target.container) is same and one.name != target.name:
                return one


def flip_a_bit(scene: Scene, target: Target) -> bytes:
    content = bytearray(scene.house.bytes_of(target))
    place = scene.chance.randrange(len(content) * 8)
    content[place // 8] ^= 1 << place % 8
    return bytes(content)


def swap_in_patient(scene: Scene, target: Target) -> bytes:
    return scene.house.bytes_of(scene.another(target, same=True))


def swap_across_patients(scene: Scene, target: Target) -> bytes:
    return scene.house.bytes_of(scene.another(target, same=False))


def swap_across_clouds(scene: Scene, target: Target) -> bytes:
    return scene.other.bytes_of(scene.chance.choice(scene.other.objects))


def truncate_at_a_chunk(scene: Scene, target: Target) -> bytes:
    content = scene.house.bytes_of(target)
    return content[: 512 * scene.chance.randrange(1, len(content) // 512)]


def append(scene: Scene, target: Target) -> bytes:
    return scene.house.bytes_of(target) + scene.chance.randbytes(scene.chance.randrange(1, 99))


def duplicate(scene: Scene, target: Target) -> bytes:
    return scene.house.bytes_of(target) * 2


def delete(_scene: Scene, _target: Target) -> None:
    return None


def roll_back_the_manifest(scene: Scene, target: Target) -> bytes:
    """Give the head before the newest one under the newest one's name."""
    older = sorted(
        name for name in scene.house.store.names(target.container, "head-") if name < target.name
    )
    return scene.house.store.get(target.container, scene.chance.choice(older))


def give_an_old_segment(scene: Scene, target: Target) -> bytes:
    (older,) = (
        one
        for one in scene.house.objects
        if (one.ref, one.version) == (target.ref, target.version - 1)
    )
    return scene.house.bytes_of(older)


def substitute_the_key(scene: Scene, target: Target) -> bytes:
    """Seal something for the very place, under a key of one's own that bears the right id."""
    return seal_document(
        b"<ClinicalDocument/>",
        key=scene.chance.randbytes(32),
        key_id=key_id_of(scene.house.bytes_of(target)),
        container=target.container,
        name=target.name,
    )


def rename(scene: Scene, target: Target) -> bytes:
    """Let a segment and its page of the manifest change their names."""
    pages = [one for one in scene.house.heads if one.container == target.container]
    return scene.house.bytes_of(scene.chance.choice(pages))


ANY = frozenset(Why)
ATTACKS: dict[str, tuple[Attack, frozenset[str]]] = {
    "bit flip": (flip_a_bit, ANY),  # it may hit the words by which the others are told apart
    "swap in patient": (swap_in_patient, frozenset({Why.RENAMED})),
    "swap across patients": (swap_across_patients, frozenset({Why.REKEYED, Why.SWAPPED})),
    "swap across clouds": (swap_across_clouds, frozenset({Why.REKEYED, Why.SWAPPED})),
    "truncate at a chunk": (truncate_at_a_chunk, frozenset({Why.TRUNCATED})),
    "append": (append, frozenset({Why.LENGTHENED})),
    "duplicate": (duplicate, frozenset({Why.LENGTHENED})),
    "delete": (delete, frozenset({MISSING})),
    "manifest rollback": (roll_back_the_manifest, frozenset({Why.RENAMED, Why.ROLLED_BACK})),
    "old segment": (give_an_old_segment, frozenset({Why.RENAMED})),
    "key substitution": (substitute_the_key, frozenset({Why.REKEYED})),
    "rename": (rename, frozenset({Why.RENAMED})),
}


@dataclass(slots=True)
class Outcome:
    """Of one attack: how often made, how often seen, and as what."""

    made: int = 0
    seen: int = 0
    named: Counter[str] = field(default_factory=Counter)
    wrong: int = 0  # something else was blamed, or the attack was misnamed


def attack(scene: Scene, name: str, count: int) -> Outcome:
    """Make one attack on this many objects, as many at once as there are, and verify each time."""
    act, right = ATTACKS[name]
    outcome = Outcome()
    while outcome.made < count:
        chosen = _targets(scene, name)[: count - outcome.made]
        before = {target: scene.house.bytes_of(target) for target in chosen}
        given = {target: act(scene, target) for target in chosen}  # all, before any is changed
        for target, content in given.items():
            scene.house.store.remove(target.container, target.name)
            if content is not None:
                scene.house.store.put(target.container, target.name, content)
        found = list(faults(scene.house.cloud))
        for target, content in before.items():
            scene.house.replace(target, content)
        outcome.made += len(chosen)
        outcome.named.update(why for _, why in found)
        attacked = Counter(target.name for target in chosen)  # heads of two patients may be alike
        outcome.seen += (attacked & Counter(blamed for blamed, _ in found)).total()
        outcome.wrong += (Counter(blamed for blamed, _ in found) - attacked).total()
        outcome.wrong += sum(why not in right for _, why in found)
    return outcome


def _targets(scene: Scene, name: str) -> list[Target]:
    every = scene.house.heads if name == "manifest rollback" else scene.house.objects
    if name == "old segment":
        known = {(one.ref, one.version) for one in every}
        every = [one for one in every if (one.ref, one.version - 1) in known]
    chosen = list(every)
    scene.chance.shuffle(chosen)
    return chosen


@contextmanager
def filled_house(folder: Path, patients: int, days: int) -> Iterator[House]:
    """Give a house whose patients told two pressures a day, synced after each."""
    clock = Clock()
    engine = open_engine(f"sqlite:///{folder}/house.sqlite")
    upgrade(engine)
    keys = KeyStore(f"sqlite:///{folder}/keys.sqlite", fresh_key())
    database = Database(engine, Cells(keys), clock, quiet=0)
    store = FileStore(folder / "private")
    cloud = PrivateCloud(database, keys, store)
    worker = Worker(database, cloud, PublicCloud(database, keys, FileStore(folder / "public")))
    with database.begin(True) as unit:
        owners = [
            enrol_patient(
                unit, f"Patient {number}", language=Language.ENGLISH, zone=ZONE, now=clock()
            )
            for number in range(patients)
        ]
    for systolic in (120, 130):
        with database.begin(True) as unit:
            for person, record in owners:
                told = [
                    Draft(
                        Code.BLOOD_PRESSURE,
                        clock() - timedelta(days=day, minutes=130 - systolic),
                        components=pressure(systolic + day % 20, 80),
                    )
                    for day in range(days)
                ]
                file_observations(
                    unit,
                    told,
                    record_id=record.id,
                    by=person,
                    channel=Channel.CHAT,
                    now=clock.pass_(seconds=1),
                )
        clock.pass_(minutes=1)
        while worker.sync(1000):
            clock.pass_(minutes=1)
    yield _listed(House(cloud, store), database)
    engine.dispose()
    keys.close()


def _listed(house: House, database: Database) -> House:
    with database.session(writing=False) as session:
        containers = {row.id: row.container for row in session.scalars(select(RecordRow))}
        for row in session.scalars(select(ObjectRow).order_by(ObjectRow.name)):
            place = containers.get(row.record)
            if place is not None:
                house.objects.append(Target(place, row.name, row.ref, row.version))
        for head in session.scalars(select(HeadRow).order_by(HeadRow.record)):
            place = containers.get(head.record)
            if place is not None:
                house.heads.append(Target(place, head_name(head.seq), "", head.seq))
    return house


def soak(count: int, *, patients: int, days: int, seed: int = 5) -> dict[str, Outcome]:
    """Make every attack and return what came of each."""
    with (
        tempfile.TemporaryDirectory() as folder,
        filled_house(_made(folder, "house"), patients, days) as house,
        filled_house(_made(folder, "other"), 2, 3) as other,
    ):
        assert not list(faults(house.cloud)), "the house is whole before anybody attacks it"
        scene = Scene(house, other, random.Random(seed))
        outcomes = {name: attack(scene, name, count) for name in ATTACKS}
        assert not list(faults(house.cloud)), "and whole again after"
    return outcomes


def _made(folder: str, name: str) -> Path:
    made = Path(folder) / name
    made.mkdir()
    return made


def main(arguments: Sequence[str]) -> int:
    """Run it and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    count = parser.parse_args(arguments).count
    outcomes = soak(count, patients=20, days=25)
    for name, one in outcomes.items():
        named = ", ".join(f"{why} {many}" for why, many in one.named.most_common())
        print(f"   {name:<22}{one.made:>6} made {one.seen:>6} seen   {named}", flush=True)
    return sum(one.seen < one.made or one.wrong > 0 for one in outcomes.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
