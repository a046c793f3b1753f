"""A malicious cloud and packs: what it may do inside of one, and whether each is seen.

    python -m tests.soak.packs --count 1000

The same house as of the other attacks, its months packed and what lay loose swept. Whatever is
done to a pack is named: the members it was done to, or else the pack.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from storage.cloud.manifest import Entry
from storage.cloud.noting import entry_of
from storage.cloud.packing import Packing
from storage.cloud.packs import member
from storage.cloud.verifying import MISSING, faults
from storage.rows.cloud import HeadRow, ObjectRow
from storage.rows.people import RecordRow
from storage.sealing import seal_document
from storage.telling import Why, key_id_of
from tests.soak.attacks import ANY, House, Outcome, filled_house


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack: where it lies, and its members in their order."""

    container: str
    name: str
    members: tuple[Entry, ...]


@dataclass(slots=True)
class Scene:
    """The house that is attacked, its packs, and chance."""

    house: House
    packs: list[Pack]
    chance: random.Random

    def content(self, pack: Pack) -> bytes:
        return self.house.store.get(pack.container, pack.name)

    def one_of(self, pack: Pack) -> Entry:
        return self.chance.choice(pack.members)

    def another(self, pack: Pack, *, same: bool) -> Pack:
        """Return another pack of the same container, or of another one."""
        found = [
            one
            for one in self.packs
            if one.name != pack.name and (one.container == pack.container) is same
        ]
        return self.chance.choice(found)


def put_in(content: bytes, place: Entry, other: bytes) -> bytes:
    """Return a pack's content with other bytes in the place of a member, cut to its length."""
    cut = other[: place.length].ljust(place.length, b"\0")
    return content[: place.start] + cut + content[place.start + place.length :]


def flip_a_bit(scene: Scene, pack: Pack) -> bytes:
    content = bytearray(scene.content(pack))
    place = scene.chance.randrange(len(content) * 8)
    content[place // 8] ^= 1 << place % 8
    return bytes(content)


def swap_within(scene: Scene, pack: Pack) -> bytes:
    content = scene.content(pack)
    one, other = scene.chance.sample(pack.members, 2)
    swapped = put_in(content, one, member(content, other))
    return put_in(swapped, other, member(content, one))


def give_an_old_version(scene: Scene, pack: Pack) -> bytes:
    """Put an older member over a newer one, as if that had never been told."""
    content = scene.content(pack)
    one, other = sorted(scene.chance.sample(pack.members, 2), key=lambda each: each.version)
    return put_in(content, other, member(content, one))


def swap_across_patients(scene: Scene, pack: Pack) -> bytes:
    other = scene.another(pack, same=False)
    stolen = member(scene.content(other), scene.one_of(other))
    return put_in(scene.content(pack), scene.one_of(pack), stolen)


def give_another_pack(scene: Scene, pack: Pack) -> bytes:
    return scene.content(scene.another(pack, same=True))


def give_a_pack_of_another_patient(scene: Scene, pack: Pack) -> bytes:
    return scene.content(scene.another(pack, same=False))


def truncate(scene: Scene, pack: Pack) -> bytes:
    content = scene.content(pack)
    return content[: scene.chance.randrange(len(content))]


def truncate_at_a_member(scene: Scene, pack: Pack) -> bytes:
    return scene.content(pack)[: scene.one_of(pack).start]


def take_a_member_out(scene: Scene, pack: Pack) -> bytes:
    content, one = scene.content(pack), scene.one_of(pack)
    return content[: one.start] + content[one.start + one.length :]


def append(scene: Scene, pack: Pack) -> bytes:
    return scene.content(pack) + scene.chance.randbytes(scene.chance.randrange(1, 9_000))


def append_a_member(scene: Scene, pack: Pack) -> bytes:
    content = scene.content(pack)
    return content + member(content, scene.one_of(pack))


def delete(_scene: Scene, _pack: Pack) -> None:
    return None


def substitute_the_key(scene: Scene, pack: Pack) -> bytes:
    """Seal something for a member's very name, under a key of one's own that bears the right id."""
    content, one = scene.content(pack), scene.one_of(pack)
    forged = seal_document(
        b"<ClinicalDocument/>",
        key=scene.chance.randbytes(32),
        key_id=key_id_of(member(content, one)),
        container=pack.container,
        name=one.name,
    )
    return put_in(content, one, forged)


ATTACKS: dict[str, tuple[Callable[[Scene, Pack], bytes | None], frozenset[str]]] = {
    "bit flip": (flip_a_bit, ANY),
    "swap in a pack": (swap_within, frozenset({Why.RENAMED})),
    "old version": (give_an_old_version, frozenset({Why.RENAMED})),
    "swap across patients": (swap_across_patients, frozenset({Why.REKEYED, Why.SWAPPED})),
    "another pack": (give_another_pack, ANY),
    "another patient's": (give_a_pack_of_another_patient, ANY),
    "truncate": (truncate, frozenset({Why.TRUNCATED, Why.ALTERED})),
    "truncate at a member": (truncate_at_a_member, frozenset({Why.TRUNCATED})),
    "take a member out": (take_a_member_out, ANY),
    "append": (append, frozenset({Why.LENGTHENED})),
    "append a member": (append_a_member, frozenset({Why.LENGTHENED})),
    "delete": (delete, frozenset({MISSING})),
    "key substitution": (substitute_the_key, frozenset({Why.REKEYED})),
}


def attack(scene: Scene, name: str, count: int) -> Outcome:
    """Make one attack on this many packs, as many at once as there are, and verify each time."""
    act, right = ATTACKS[name]
    outcome = Outcome()
    while outcome.made < count:
        chosen = scene.chance.sample(scene.packs, min(len(scene.packs), count - outcome.made))
        before = {pack: scene.content(pack) for pack in chosen}
        given = {pack: act(scene, pack) for pack in chosen}  # all, before any is changed
        for pack, content in given.items():
            _replace(scene.house, pack, content)
        found = list(faults(scene.house.cloud))
        for pack, content in before.items():
            _replace(scene.house, pack, content)
        _judge(outcome, chosen, found, right)
    return outcome


def _judge(
    outcome: Outcome,
    chosen: Sequence[Pack],
    found: Sequence[tuple[str, str]],
    right: frozenset[str],
) -> None:
    inside = {one.name: pack for pack in chosen for one in pack.members}
    inside |= {pack.name: pack for pack in chosen}
    outcome.made += len(chosen)
    outcome.seen += len({inside[blamed] for blamed, _ in found if blamed in inside})
    outcome.named.update(why for _, why in found)
    outcome.wrong += sum(blamed not in inside or why not in right for blamed, why in found)


def _replace(house: House, pack: Pack, content: bytes | None) -> None:
    house.store.remove(pack.container, pack.name)
    if content is not None:
        house.store.put(pack.container, pack.name, content)


def packed(house: House) -> list[Pack]:
    """Pack every closed month of a house, let what lay loose be swept, and return the packs."""
    cloud, clock = house.cloud, house.cloud.database.clock
    with cloud.database.session(writing=False) as session:
        owners = session.scalars(select(HeadRow.record).where(HeadRow.record != "house")).all()
    clock.pass_(days=40)  # type: ignore[attr-defined]  # it is a clock of the tests
    for owner in owners:
        Packing(cloud).pack(owner)
    clock.pass_(days=8)  # type: ignore[attr-defined]
    while cloud.sweep(1000):
        pass
    with cloud.database.session(writing=False) as session:
        containers = {row.id: row.container for row in session.scalars(select(RecordRow))}
        rows = session.scalars(select(ObjectRow).where(ObjectRow.pack != ""))
        members: dict[tuple[str, str], list[Entry]] = {}
        for row in rows.all():
            members.setdefault((containers[row.record], row.pack), []).append(entry_of(row))
    return [
        Pack(place, name, tuple(sorted(inside, key=lambda one: one.start)))
        for (place, name), inside in sorted(members.items())
    ]


def soak(count: int, *, patients: int, days: int, seed: int = 7) -> dict[str, Outcome]:
    """Make every attack and return what came of each."""
    with (
        tempfile.TemporaryDirectory() as folder,
        filled_house(Path(folder), patients, days) as house,
    ):
        scene = Scene(house, packed(house), random.Random(seed))
        assert not list(faults(house.cloud)), "the house is whole before anybody attacks it"
        outcomes = {name: attack(scene, name, count) for name in ATTACKS}
        assert not list(faults(house.cloud)), "and whole again after"
    return outcomes


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
