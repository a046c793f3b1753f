"""Ten years of one patient in the private cloud: objects and bytes, and what a reading costs.

Two pressures a day, each synced by itself, the months packed as they close and what is left over
swept as it is due. The store is in memory: what is counted is the same on any.
"""

import tempfile
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event, func, select

from records.observations import Channel, pressure
from records.services.enrolling import enrol_patient
from records.services.intake import Draft, file_observations
from records.services.storing import NoSuchDocument
from records.vocabulary import Code, Language
from storage.cells import Cells
from storage.cloud.packlane import PackLane
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.database import Database, open_engine
from storage.keys import KeyStore
from storage.masterkey import fresh_key
from storage.migrations import upgrade
from storage.rows.cloud import LeftoverRow, ObjectRow
from storage.worker import Worker
from tests.bench.figures import Figure
from tests.cast import ZONE, Clock

AGES = {"1 day": 1, "1 year": 365, "10 years": 3650}
A_DAY = 2  # readings


class MemoryStore:
    """Documents in memory, and how many and how large were put."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}
        self.puts = 0
        self.bytes = 0
        self._lock = threading.Lock()

    def put(self, container: str, name: str, content: bytes) -> None:
        self.kept[container, name] = content
        with self._lock:
            self.puts += 1
            self.bytes += len(content)

    def get(self, container: str, name: str, part: range | None = None) -> bytes:
        try:
            content = self.kept[container, name]
        except KeyError:
            raise NoSuchDocument from None
        return content if part is None else content[part.start : part.stop]

    def remove(self, container: str, name: str) -> None:
        self.kept.pop((container, name), None)

    def names(self, container: str, prefix: str = "") -> Iterator[str]:
        yield from sorted(n for c, n in self.kept if c == container and n.startswith(prefix))

    def check(self) -> None:
        return


class Life:
    """One patient, who tells day after day."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        engine = open_engine(f"sqlite:///{folder}/house.sqlite")
        upgrade(engine)
        self.keys = KeyStore(f"sqlite:///{folder}/keys.sqlite", fresh_key())
        self.database = Database(engine, Cells(self.keys), self.clock, quiet=0)
        self.store = MemoryStore()
        cloud = PrivateCloud(self.database, self.keys, self.store)
        self.worker = Worker(
            self.database, cloud, PublicCloud(self.database, self.keys, MemoryStore())
        )
        self.packs = PackLane(cloud)
        self.statements = 0
        event.listen(engine, "before_cursor_execute", self._count)
        with self.database.begin(True) as unit:
            self.patient, self.record = enrol_patient(
                unit, "Somebody", language=Language.ENGLISH, zone=ZONE, now=self.clock()
            )
        self.worker.sync(50)

    def day(self, number: int) -> None:
        """Let a day go by: readings, a sync after each, packs and the sweep."""
        for reading in range(A_DAY):
            self.clock.pass_(hours=12)
            self.tell(number + reading)
            self.worker.sync(50)
        self.packs.step(50)
        while self.worker.private.sweep(1000):
            pass

    def tell(self, number: int) -> None:
        """Tell one pressure."""
        draft = Draft(
            Code.BLOOD_PRESSURE,
            self.clock() - timedelta(minutes=1),
            components=pressure(110 + number % 40, 70 + number % 20),
        )
        with self.database.begin(True) as unit:
            file_observations(
                unit, [draft], record_id=self.record.id, by=self.patient, channel=Channel.CHAT,
                now=self.clock(),
            )  # fmt: skip

    def one_reading(self) -> tuple[int, int, int]:
        """Return what syncing a month's first reading costs: objects, bytes and statements."""
        now = self.clock()
        self.clock.now = (now.replace(day=1) + timedelta(days=32)).replace(day=2)
        self.worker.sync(50)
        self.tell(7)
        before = self.store.puts, self.store.bytes, self.statements
        self.worker.sync(50)
        after = self.store.puts, self.store.bytes, self.statements
        return tuple(b - a for a, b in zip(before, after, strict=True))  # type: ignore[return-value]

    def held(self) -> tuple[int, int]:
        """Return the patient's objects and their bytes, without what the sweep takes in a week."""
        with self.database.session(writing=False) as session:
            left = set(session.scalars(select(LeftoverRow.name)))
        mine = [
            len(content)
            for (container, name), content in self.store.kept.items()
            if container == self.record.place.container and name not in left
        ]
        return len(mine), sum(mine)

    def unpacked(self) -> tuple[int, int]:
        """Return the same as if nothing was ever packed: every version, and a page a month."""
        count = select(func.count(), func.sum(ObjectRow.length)).where(
            ObjectRow.record == self.record.id
        )
        with self.database.session(writing=False) as session:
            objects, size = session.execute(count).one()
        return objects, size

    def _count(self, *_told: object) -> None:
        self.statements += 1

    def close(self) -> None:
        """Let go of everything."""
        self.database.engine.dispose()
        self.keys.close()


def measure(_parts: Path, ages: dict[str, int] | None = None) -> list[Figure]:
    """Return the figures at each age; the cost of a reading must not grow with it."""
    found: list[Figure] = []
    first: tuple[int, int, int] | None = None
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder))
        passed = 0
        for age, days in (ages or AGES).items():
            for number in range(passed, days):
                life.day(number)
            passed = days
            found += _sizes(life, age, days)
            cost = life.one_reading()
            first = first or cost
            found += _costs(age, cost, first)
        life.close()
    return found


def _sizes(life: Life, age: str, days: int) -> Iterator[Figure]:
    objects, size = life.held()
    rows, bytes_of_rows = life.unpacked()
    months = days // 30 + 1  # a page each, and the head
    name = f"packs.{age.replace(' ', '_')}"
    against = f"{rows + months + 2:,} without packs"
    yield Figure(f"{name}.objects", objects, "objects", against, (rows + months + 2) / objects)
    yield Figure(f"{name}.megabytes", size / 1e6, "MB", f"{bytes_of_rows / 1e6:.1f} loose")


def _costs(age: str, cost: tuple[int, int, int], first: tuple[int, int, int]) -> Iterator[Figure]:
    name = f"packs.{age.replace(' ', '_')}.reading"
    for unit, now, then in zip(("objects", "bytes", "statements"), cost, first, strict=True):
        yield Figure(f"{name}.{unit}", now, unit, f"{then:,} at first", then / now)
