"""The clouds: segments sealed and synced, and brought back, beside `rclone copy` of plain files.

The same number of files of the same sizes goes to the same servers with as many at once, in turn.
"""

import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from shutil import copytree

from sqlalchemy import select

from records.observations import Channel, Quantity, pressure
from records.services.enrolling import enrol_patient
from records.services.intake import Draft, file_observations
from records.tracking import fresh
from records.vocabulary import Code, Language
from storage.rows.cloud import ObjectRow
from storage.sealing import open_document, seal_document
from storage.stores import open_store
from tests.bench.figures import Figure
from tests.bench.peers import PeerMissing, rclone
from tests.cast import ZONE, Clock
from tests.parts.swift import Swift
from tests.storage.cloud.houses import Clouds, House, file_clouds, open_house, sqlite

SEGMENTS, A_PATIENT = 10_000, 200
AIM = 1.0
LOOP = 2_000


@dataclass(frozen=True, slots=True)
class Door:
    """One server: how ours is told of it, and how rclone is."""

    name: str
    address: str
    settings: dict[str, str]
    remote: str
    ways: dict[str, str]


def measure(parts: Path, segments: int = SEGMENTS) -> list[Figure]:
    """Return objects a second to and from Swift and S3, times rclone's, and µs to seal and open."""
    parts.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, Swift(Path(place) / "swift") as swift:
        first = Path(place) / "first"
        first.mkdir()
        _fill(first, segments)
        figures = list(_sealing())
        for door in _doors(swift):
            folder = Path(place) / f"house-{door.name}"
            copytree(first, folder)
            figures += _contest(parts, folder, door)
    return figures


def _doors(swift: Swift) -> list[Door]:
    bucket, other = swift.new_bucket(), swift.new_bucket()
    ways = {
        "RCLONE_SWIFT_AUTH": swift.auth_url,
        "RCLONE_SWIFT_USER": swift.user,
        "RCLONE_SWIFT_KEY": swift.key,
        "RCLONE_S3_PROVIDER": "Other",
        "RCLONE_S3_ENDPOINT": swift.s3_url,
        "RCLONE_S3_REGION": swift.region,
        "RCLONE_S3_ACCESS_KEY_ID": swift.s3_access_key,
        "RCLONE_S3_SECRET_ACCESS_KEY": swift.s3_secret_key,
    }
    return [
        Door("swift", "swift://", swift.settings, ":swift:plain", ways),
        Door("s3", f"s3://{bucket}", swift.s3_settings, f":s3:{other}", ways),
    ]


def _contest(parts: Path, folder: Path, door: Door) -> Iterator[Figure]:
    """Sync and restore a house, copy as many plain files there and back, and compare."""
    clouds = Clouds(
        folder, open_store(door.address, door.settings), open_store(f"file://{folder}/public", {})
    )
    house = open_house(clouds, f"sqlite:///{folder}/first.db", Clock(), "first.keys")
    ours_out = _seconds(house.settle)
    sizes = _sizes(house)
    house.close()
    other = open_house(clouds, sqlite(folder), house.clock)
    ours_back = _seconds(lambda: _restore(other, len(sizes)))
    other.close()
    _write_plain(folder / "plain", sizes)
    try:
        run = rclone(parts, door.ways)
        theirs_out = _seconds(lambda: run([str(folder / "plain"), door.remote]))
        theirs_back = _seconds(lambda: run([door.remote, str(folder / "back")]))
    except PeerMissing as error:
        for way in ("synced", "restored"):
            yield Figure(f"{door.name}.{way}", against="rclone", aim=AIM, failed=str(error))
        return
    for way, ours, theirs in (
        ("synced", ours_out, theirs_out),
        ("restored", ours_back, theirs_back),
    ):
        speed, ratio = len(sizes) / ours, theirs / ours
        yield Figure(f"{door.name}.{way}", speed, "objects/s", "rclone copy", ratio, AIM)


def _fill(folder: Path, segments: int) -> None:
    """File two segments a day for each of as many patients as it takes."""
    clock = Clock()
    house = open_house(file_clouds(folder), f"sqlite:///{folder}/first.db", clock, "first.keys")
    noon = clock()
    for number in range(segments // A_PATIENT):
        with house.database.begin(True) as unit:
            patient, record = enrol_patient(
                unit, f"Patient {number}", language=Language.ENGLISH, zone=ZONE, now=noon
            )
            drafts = [one for day in range(A_PATIENT // 2) for one in _day(noon, day + 1)]
            file_observations(
                unit, drafts, record_id=record.id, by=patient, channel=Channel.CHAT, now=noon
            )
    house.close()


def _day(noon: datetime, ago: int) -> list[Draft]:
    at = noon - timedelta(days=ago)
    return [
        Draft(Code.BLOOD_PRESSURE, at, components=pressure(110 + ago % 60, 60 + ago % 40)),
        Draft(Code.HEART_RATE, at, value=Quantity(60 + ago % 30, "/min")),
        Draft(Code.MOOD, at, value="calm"),
    ]


def _sizes(house: House) -> Sequence[int]:
    with house.database.session(writing=False) as session:
        return session.scalars(select(ObjectRow.length)).all()


def _restore(house: House, objects: int) -> None:
    restored = house.restore()
    if restored.faults or restored.objects != objects:
        raise AssertionError(restored)


def _write_plain(folder: Path, sizes: Sequence[int]) -> None:
    for number, size in enumerate(sizes):
        one = folder / f"{number // A_PATIENT:04d}" / fresh()
        one.parent.mkdir(parents=True, exist_ok=True)
        one.write_bytes(os.urandom(size))


def _sealing() -> Iterator[Figure]:
    content, key = b"<ClinicalDocument/>" * 300, secrets.token_bytes(32)
    seal = partial(seal_document, key=key, key_id="k", container="c", name="n")
    unseal = partial(open_document, key=key, key_id="k", container="c", name="n")
    sealed = seal(content)
    works: list[tuple[str, Callable[[], object]]] = [
        ("seal", lambda: seal(content)),
        ("open", lambda: unseal(sealed)),
    ]
    for name, work in works:
        begun = time.process_time()
        for _ in range(LOOP):
            work()
        yield Figure(f"sync.{name}", (time.process_time() - begun) / LOOP * 1e6, "µs a document")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun
