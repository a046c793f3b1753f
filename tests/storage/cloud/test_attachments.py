"""Attachments reach the private cloud sealed, are listed in the manifest, and are verified."""

import base64
from pathlib import Path

import pytest
from sqlalchemy import select

from records import documents
from records.attachments import Cleaned, Media
from records.observations import Channel
from records.services.enrolling import enrol_patient
from records.services.intake import Draft, file_observations
from records.tracking import AttachmentId, fresh
from records.vocabulary import Code
from storage.cloud.manifest import Entry, Page, read_pages
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.cloud.safes import Safe
from storage.cloud.verifying import faults
from storage.database import Database
from storage.keys import KeyStore
from storage.rows.cloud import HeadRow, ObjectRow
from storage.stores import open_store
from storage.worker import Worker
from tests.cast import Cast, Clock
from tests.parts.swift import Swift

CANARY = b"canary-in-a-voice-note" * 1000


def worker_over(database: Database, keys: KeyStore, url: str, settings: dict[str, str]) -> Worker:
    store = open_store(url, settings)
    return Worker(database, PrivateCloud(database, keys, store), PublicCloud(database, keys, store))


@pytest.fixture
def worker(database: Database, keys: KeyStore, tmp_path: Path) -> Worker:
    return worker_over(database, keys, f"file://{tmp_path}/private", {})


def keep(database: Database, cast: Cast, clock: Clock) -> AttachmentId:
    attachment = AttachmentId(fresh())
    draft = Draft(Code.VOICE_NOTE, clock(), value="", attachments=(attachment,))
    with database.begin(True) as unit:
        unit.attachments.put(attachment, Cleaned(Media.VOICE, CANARY), cast.amina.id)
        file_observations(
            unit, [draft], record_id=cast.record.id, by=cast.amina, channel=Channel.CHAT,
            now=clock(),
        )  # fmt: skip
    return attachment


def settle(worker: Worker, clock: Clock) -> None:
    clock.pass_(minutes=11)
    while worker.tick():
        pass


def entry_of(database: Database, attachment: AttachmentId) -> Entry:
    with database.session(writing=False) as session:
        row = session.scalars(select(ObjectRow).where(ObjectRow.ref == attachment)).one()
    return Entry(row.name, row.family, row.ref, row.version, row.digest, row.length)


def waiting(database: Database, cast: Cast) -> int:
    with database.begin(False) as unit:
        return unit.copies.state(cast.record.id).waiting


def test_it_is_put_sealed_listed_and_opens_again(
    worker: Worker, database: Database, cast: Cast, clock: Clock
) -> None:
    attachment = keep(database, cast, clock)
    settle(worker, clock)
    entry = entry_of(database, attachment)
    assert entry.family == "attachment"
    assert CANARY in worker.private.open(cast.record, entry)
    assert waiting(database, cast) == 0
    assert list(faults(worker.private)) == []
    assert entry in _page(worker, database, cast).entries
    for name in worker.private.store.names(cast.record.place.container):
        content = worker.private.store.get(cast.record.place.container, name)
        assert b"canary" not in content
        assert base64.b64encode(b"canary-in-a-voice-note") not in content


def _page(worker: Worker, database: Database, cast: Cast) -> Page:
    """Return the month's page as the cloud has it, by way of the newest head."""
    with database.session(writing=False) as session:
        head = session.get_one(HeadRow, cast.record.id)
    (ref,) = read_pages(head.pages)
    listed = Entry(ref.name, "manifest", "", 0, ref.digest, ref.length)
    record = cast.record
    safe = Safe(record.id, record.place.container, *worker.private.keys.key_of(record.id))
    return documents.read(safe.get(worker.private.store, listed), Page)


def test_a_missing_and_an_altered_attachment_are_named(
    worker: Worker, database: Database, cast: Cast, clock: Clock
) -> None:
    missing, altered = keep(database, cast, clock), keep(database, cast, clock)
    settle(worker, clock)
    names = [entry_of(database, one).name for one in (missing, altered)]
    container = cast.record.place.container
    for name in names:
        worker.private.store.remove(container, name)
    worker.private.store.put(container, names[1], b"something else")
    assert dict(faults(worker.private)) == {names[0]: "missing", names[1]: "altered"}


def test_one_that_moves_to_another_record_goes_to_that_records_container(
    worker: Worker, database: Database, cast: Cast, clock: Clock
) -> None:
    attachment = keep(database, cast, clock)
    settle(worker, clock)
    with database.begin(True) as unit:
        other, record = enrol_patient(
            unit, "Mei", language=cast.amina.language, zone=cast.amina.zone, now=clock()
        )
        draft = Draft(Code.VOICE_NOTE, clock(), value="", attachments=(attachment,))
        file_observations(
            unit, [draft], record_id=record.id, by=other, channel=Channel.CHAT, now=clock()
        )
    settle(worker, clock)
    with database.session(writing=False) as session:
        rows = session.scalars(select(ObjectRow).where(ObjectRow.ref == attachment)).all()
    assert {row.record for row in rows} == {cast.record.id, record.id}
    assert list(faults(worker.private)) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_real_swift_holds_it(
    database: Database, keys: KeyStore, cast: Cast, clock: Clock, swift: Swift
) -> None:
    settings = {"ST_AUTH": swift.auth_url, "ST_USER": swift.user, "ST_KEY": swift.key}
    worker = worker_over(database, keys, "swift://kanglu-", settings)
    attachment = keep(database, cast, clock)
    settle(worker, clock)
    assert CANARY in worker.private.open(cast.record, entry_of(database, attachment))
    assert list(faults(worker.private)) == []
