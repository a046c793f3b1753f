"""The disaster: many records are synced, the database is dropped, and all comes back elsewhere.

    python -m tests.soak.disaster [patients] [observations] [postgresql|sqlite]

The house is filled in a file of SQLite and comes back into the engine that is named. Every row of
every family must be the same, byte for byte, and what is derived from them too.
"""

import hashlib
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy import func, select

from records.observations import Channel, Quantity, pressure
from records.people import Tie
from records.services.consenting import Wish, give_grant
from records.services.enrolling import (
    add_organisation,
    add_person,
    confirm_care,
    enrol_patient,
    offer_care,
)
from records.services.intake import Draft, file_observations
from records.vocabulary import Code, Language, OrganisationKind, Purpose, Role, SegmentKind
from storage.rows.cloud import ObjectRow
from tests.cast import ZONE, Clock
from tests.parts.postgres import Postgres
from tests.storage.cloud.houses import (
    House,
    derived,
    everything,
    file_clouds,
    open_house,
    sqlite,
)

A_DAY = 4  # observations


@dataclass(frozen=True)
class Figures:
    """What came of it."""

    patients: int
    observations: int
    objects: int
    filling: float
    syncing: float
    restoring: float
    faults: int
    different: int
    cpu: float  # seconds of work of this process while restoring, for a machine that is shared
    again: int  # things done by the clouds after the restore, where nothing was to do

    @property
    def good(self) -> bool:
        """Say whether nothing was lost, changed or done twice."""
        return not (self.faults or self.different or self.again)

    def __str__(self) -> str:
        return (
            f"{self.patients} patients, {self.observations} observations, {self.objects} objects:"
            f" filled in {self.filling / 60:.1f} min,"
            f" synced in {self.syncing / 60:.1f} min ({self.objects / self.syncing:.0f} objects/s),"
            f" restored in {self.restoring / 60:.1f} min"
            f" ({self.objects / self.restoring:.0f} objects/s,"
            f" {self.objects / self.cpu:.0f} a second of work);"
            f" {self.faults} faults, {self.different} different, {self.again} done again"
        )


def soak(folder: Path, patients: int, observations: int, url: str) -> Figures:
    """Fill a house, sync it, drop its database, and bring it back at the other address."""
    clock = Clock()
    clouds = file_clouds(folder)
    house = open_house(clouds, sqlite(folder), clock)
    began = time.monotonic()
    _fill(house, patients, observations)
    filled = time.monotonic()
    house.settle()
    synced = time.monotonic()
    before = _told(house)
    with house.database.session(writing=False) as session:
        objects = session.scalar(select(func.count()).select_from(ObjectRow)) or 0
    house.close()
    other = open_house(clouds, url, clock)
    begin, worked = time.monotonic(), time.process_time()
    restored = other.restore()
    end, worked = time.monotonic(), time.process_time() - worked
    after = _told(other)
    again = other.settle()
    other.close()
    return Figures(
        patients,
        observations,
        objects,
        filled - began,
        synced - filled,
        end - begin,
        len(restored.faults),
        len(before.items() ^ after.items()),
        worked,
        again,
    )


def _told(house: House) -> dict[object, bytes]:
    """Return a digest of each row and of what is derived: a million of them fit in memory."""
    rows: dict[object, bytes] = {
        key: hashlib.sha256(b"\0".join(parts)).digest() for key, parts in everything(house)
    }
    return rows | {
        key: hashlib.sha256(repr(value).encode()).digest() for key, value in derived(house).items()
    }


def _fill(house: House, patients: int, observations: int) -> None:
    clock, each = house.clock, observations // patients
    end = clock.now
    with house.database.begin(True) as unit:
        clinic = add_organisation(unit, "Clinic", OrganisationKind.CLINIC)
        doctor = add_person(
            unit, "Dr Chen", language=Language.ENGLISH, zone=ZONE, roles=[Role.DOCTOR],
            organisation=clinic.id,
        )  # fmt: skip
    for number in range(patients):
        days = -(-each // A_DAY)
        clock.now = end - timedelta(days=days)
        with house.database.begin(True) as unit:
            patient, record = enrol_patient(
                unit, f"Patient {number}", language=Language.ENGLISH, zone=ZONE, now=clock()
            )
            offered = offer_care(
                unit, record_id=record.id, person=doctor, tie=Tie.DOCTOR, now=clock(),
                by_patient=False,
            )  # fmt: skip
            confirm_care(unit, offered, by=patient, now=clock())
            kinds = frozenset({SegmentKind.PHYSICAL_SIGNS})
            wish = Wish(kinds, Purpose.TREATMENT, None, person=doctor.id)
            give_grant(unit, wish, record_id=record.id, by=patient, now=clock())
        told = 0
        while told < each:
            clock.pass_(days=1)
            drafts = _day(clock, number)[: each - told]
            told += len(drafts)
            with house.database.begin(True) as unit:
                file_observations(
                    unit, drafts, record_id=record.id, by=patient, channel=Channel.CHAT,
                    now=clock(), key=f"{record.id}:{told}",
                )  # fmt: skip
    clock.now = end


def _day(clock: Clock, number: int) -> list[Draft]:
    day = clock.now.toordinal()
    return [
        Draft(
            Code.BLOOD_PRESSURE,
            clock() - timedelta(hours=hours),
            components=pressure(110 + (day + number) % 60, 60 + (day * 7 + hours) % 40),
        )
        for hours in (1, 11)
    ] + [
        Draft(Code.HEART_RATE, clock() - timedelta(hours=1), value=Quantity(60 + day % 30, "/min")),
        Draft(Code.MOOD, clock(), value="calm"),
    ]


def main(arguments: list[str]) -> bool:
    """Run it and say what came of it; True when it failed."""
    structlog.configure(processors=[], logger_factory=structlog.ReturnLoggerFactory())
    told = [*arguments, *("1000", "1000000", "postgresql")[len(arguments) :]]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = sqlite(folder)
        if told[2] == "postgresql":
            url = stack.enter_context(Postgres()).new_database()
        figures = soak(folder, int(told[0]), int(told[1]), url)
    print(figures, flush=True)
    return not figures.good


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
