"""The ways to run the house that the paper compares, each by settings alone, each for real.

In each, one line is typed into the chat of a running house, goes sealed into the store the
settings name, and is read back from there by its tracking id.
"""

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from records.people import Person, Record
from records.services.enrolling import enrol_patient
from records.services.linking import LinkPurpose, make_link
from records.vocabulary import Language, SegmentKind
from storage.cloud.verifying import faults
from storage.house import StorageHouse
from storage.masterkeys import make_first_key
from storage.rows.cloud import ObjectRow
from storage.settings import read_settings
from storage.stores.file import FileStore
from storage.stores.s3 import S3Store
from storage.stores.swift import SwiftStore
from tests.cast import ZONE
from tests.conftest import REPOSITORY
from tests.parts.process import Process, clean_environment, free_ports, wait_until
from tests.parts.swift import Swift

MODES = {
    "one machine": (FileStore, FileStore),
    "private only": (SwiftStore, SwiftStore),
    "public only": (S3Store, S3Store),
    "hybrid": (SwiftStore, S3Store),
}


@dataclass
class Mode:
    """A house of one mode: how it is set, and one patient in it."""

    environ: dict[str, str]
    folder: Path
    storage: StorageHouse
    patient: Person
    record: Record
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def site(self) -> str:
        return self.environ["BASE_URL"]

    def run(self, *words: str, **otherwise: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", str(REPOSITORY / "wsgi.py"), *words],
            env=self.environ | otherwise,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


def settings(mode: str, request: pytest.FixtureRequest) -> dict[str, str]:
    """Return what an operator sets for this mode; for one machine nothing."""
    if mode == "one machine":
        return {}
    swift: Swift = request.getfixturevalue("swift")
    return {
        "private only": {
            "PRIVATE_STORE": "swift://sealed-",
            "PUBLIC_STORE": "swift://released-",
            **swift.settings,
        },
        "public only": {
            "PRIVATE_STORE": f"s3://{swift.new_bucket()}",
            "PUBLIC_STORE": f"s3://{swift.new_bucket()}",
            **swift.s3_settings,
        },
        "hybrid": {
            "PRIVATE_STORE": "swift://hybrid-",
            "PUBLIC_STORE": f"s3://{swift.new_bucket()}",
            **swift.settings,
            **swift.s3_settings,
        },
    }[mode]


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest, tmp_path: Path):
    (port,) = free_ports(1)
    instance = tmp_path / "instance"
    environ = clean_environment() | {
        "INSTANCE_DIR": str(instance),
        "DATABASE_URL": f"sqlite:///{instance / 'kanglu.sqlite'}",
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(REPOSITORY),
        "SYNC_QUIET_SECONDS": "0",
        **settings(request.param, request),
    }
    read = read_settings(environ)
    make_first_key(environ, read.master_key_file)
    storage = StorageHouse(read)
    storage.migrate()
    kinds = tuple(type(getattr(one, "store", one)) for one in storage.stores.values())
    assert kinds == MODES[request.param]
    with storage.begin(True) as unit:
        patient, record = enrol_patient(
            unit, "Amina", language=Language.ENGLISH, zone=ZONE, now=storage.clock()
        )
    made = Mode(environ, tmp_path, storage, patient, record)
    yield made
    for client in made.clients:
        client.close()
    storage.close()


def test_a_line_is_typed_sealed_and_read_back(mode: Mode) -> None:
    process = Process(
        [sys.executable, REPOSITORY / "wsgi.py"], log=mode.folder / "log", env=mode.environ
    )
    try:
        assert wait_until(lambda: answers(mode), seconds=120), process.last_words()
        amina = signed_in(mode)
        typed = amina.post("/chat", data={"csrf_token": token(amina, "/chat"), "text": "128/82 70"})
        assert typed.status_code == 302
        assert wait_until(lambda: segment_in_cloud(mode) is not None, seconds=60)
        entry = segment_in_cloud(mode)
        document = amina.get(f"/records/{entry.ref}")
        assert document.status_code == 200
        assert b'value="128"' in document.content
    finally:
        process.stop()
    assert sealed_well(mode)
    assert not list(faults(mode.storage.private))
    assert all(one.works for one in mode.storage.checks())


@pytest.mark.parametrize("mode", ["hybrid"], indirect=True)
def test_every_backend_is_tried_by_one_command_that_says_what_to_do(mode: Mode) -> None:
    tried = mode.run("check", ST_KEY="wrong", BASE_URL="http://kanglu.example")
    assert tried.returncode == 1
    assert "Traceback" not in tried.stderr
    said = {line[2:].partition(":")[0]: line for line in tried.stdout.splitlines()}
    assert said["database"].startswith("✔")
    assert said["private store"].endswith("correct its user and key in the settings.")
    assert said["public store"].startswith("✔")
    assert said["lines"].endswith("use https.")
    refused = mode.run("check", S3_ENDPOINT_URL="http://s3.example")
    assert refused.returncode != 0
    assert "S3_ENDPOINT_URL is plain http to another machine" in refused.stderr


def answers(mode: Mode) -> bool:
    try:
        return httpx.get(f"{mode.site}/readyz", timeout=10).status_code == 200
    except httpx.HTTPError:
        return False


def signed_in(mode: Mode) -> httpx.Client:
    with mode.storage.begin(True) as unit:
        now = mode.storage.clock()
        payload = make_link(unit, LinkPurpose.SIGN_IN, now=now, person=mode.patient.id)
    client = httpx.Client(base_url=mode.site, timeout=30)
    mode.clients.append(client)
    door = f"/sign-in/{payload}"
    entered = client.post(door, data={"csrf_token": token(client, door)})
    assert entered.status_code == 302
    return client


def token(client: httpx.Client, page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(page).text)
    assert found is not None
    return found[1]


def segment_in_cloud(mode: Mode) -> ObjectRow | None:
    with mode.storage.begin(False) as unit:
        signs = unit.segments.of_record(mode.record.id, [SegmentKind.PHYSICAL_SIGNS])
        found = select(ObjectRow).where(ObjectRow.ref.in_([one.id for one in signs]))
        return unit.desk.session.scalars(found).first()


def sealed_well(mode: Mode) -> bool:
    """Say whether something lies in the patient's container, and nothing of it can be read."""
    container, store = mode.record.place.container, mode.storage.private_store
    names = list(store.names(container))
    contents = [store.get(container, name) for name in names]
    told = (b"Amina", b"ClinicalDocument", mode.record.id.encode())
    return len(names) >= 3 and not any(one in content for content in contents for one in told)
