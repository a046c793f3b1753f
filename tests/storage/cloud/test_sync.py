"""From the outbox to both clouds: sealed and complete in one, de-identified in the other."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
import swiftclient
from sqlalchemy import event, select

from records import documents
from records.observations import Channel, pressure
from records.services.consenting import Wish, give_grant, withdraw_grant
from records.services.intake import Draft, file_observations
from records.services.storing import DocumentStore, NoSuchDocument
from records.tracking import fresh
from records.vocabulary import Code, Purpose, SegmentKind
from storage.cloud.manifest import PageRef, read_pages
from storage.cloud.private import PrivateCloud
from storage.cloud.public import PublicCloud
from storage.cloud.verifying import faults
from storage.database import Database
from storage.keys import KeyStore
from storage.rows.cloud import HeadRow, ObjectRow
from storage.stores import open_store
from storage.worker import Worker
from tests.cast import Cast, Clock
from tests.parts.swift import Swift

CANARY = "canary-in-a-note"


@dataclass
class Clouds:
    private: DocumentStore
    public: DocumentStore
    swift: Swift | None = None


@pytest.fixture(params=["file", "swift and s3"])
def clouds(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Clouds]:
    if request.param == "file":
        yield Clouds(
            open_store(f"file://{tmp_path}/private", {}),
            open_store(f"file://{tmp_path}/public", {}),
        )
        return
    swift: Swift = request.getfixturevalue("swift")
    settings = {
        "ST_AUTH": swift.auth_url,
        "ST_USER": swift.user,
        "ST_KEY": swift.key,
        "S3_ENDPOINT_URL": swift.s3_url,
        "AWS_ACCESS_KEY_ID": swift.s3_access_key,
        "AWS_SECRET_ACCESS_KEY": swift.s3_secret_key,
        "AWS_REGION": swift.region,
    }
    bucket = f"released-{fresh()}"
    s3_client(swift).create_bucket(Bucket=bucket)
    yield Clouds(
        open_store("swift://kanglu-", settings), open_store(f"s3://{bucket}", settings), swift
    )


def s3_client(swift: Swift):  # type: ignore[no-untyped-def]  # boto3 has no types
    return boto3.client(
        "s3",
        endpoint_url=swift.s3_url,
        aws_access_key_id=swift.s3_access_key,
        aws_secret_access_key=swift.s3_secret_key,
        region_name=swift.region,
    )


@pytest.fixture
def worker(database: Database, keys: KeyStore, clouds: Clouds) -> Worker:
    database.public = clouds.public
    return Worker(
        database,
        PrivateCloud(database, keys, clouds.private),
        PublicCloud(database, keys, clouds.public),
    )


def tell(database: Database, cast: Cast, clock: Clock, systolic: int = 128) -> None:
    with database.begin(True) as unit:
        file_observations(
            unit,
            [
                Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(systolic, 82)),
                Draft(Code.NOTE, clock(), value=CANARY),
            ],
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.CHAT,
            now=clock(),
        )


def settle(worker: Worker, clock: Clock) -> int:
    clock.pass_(minutes=11)
    done = 0
    for _ in range(2):  # what was synced is itself something the house notes
        while moved := worker.tick():
            done += moved
        clock.pass_(minutes=11)
    return done


def objects_of(database: Database, cast: Cast, family: str) -> int:
    with database.session(writing=False) as session:
        found = select(ObjectRow).where(
            ObjectRow.record == cast.record.id, ObjectRow.family == family
        )
        return len(session.scalars(found).all())


def test_a_limit_smaller_than_the_lanes_still_syncs_something(
    worker: Worker, database: Database, cast: Cast, clock: Clock
) -> None:
    tell(database, cast, clock)
    clock.pass_(minutes=11)
    assert worker.sync(1) > 0


def test_every_version_is_put_sealed_and_opens_again(
    worker: Worker, database: Database, cast: Cast, clock: Clock, clouds: Clouds
) -> None:
    tell(database, cast, clock)
    tell(database, cast, clock, 131)
    assert worker.sync(10) == 0, "nothing goes before ten quiet minutes"
    settle(worker, clock)
    assert objects_of(database, cast, "segment") == 5  # the name, two pressures, two notes
    assert settle(worker, clock) == 0
    assert list(faults(worker.private)) == []
    with database.begin(False) as unit:
        assert unit.copies.state(cast.record.id).waiting == 0
    for name in clouds.private.names(cast.record.place.container):
        content = clouds.private.get(cast.record.place.container, name)
        for said in (CANARY, "Amina", cast.record.id):
            assert said.encode() not in content
            assert base64.b64encode(said.encode()) not in content


def test_a_client_that_is_not_ours_finds_ciphertext(
    worker: Worker, database: Database, cast: Cast, clock: Clock, clouds: Clouds
) -> None:
    if clouds.swift is None:
        return
    tell(database, cast, clock)
    settle(worker, clock)
    connection = swiftclient.Connection(clouds.swift.auth_url, clouds.swift.user, clouds.swift.key)
    _, listing = connection.get_container(f"kanglu-{cast.record.place.container}")
    assert len(listing) >= 4
    for found in listing:
        headers, content = connection.get_object(
            f"kanglu-{cast.record.place.container}", found["name"]
        )
        told = (content + repr(headers).encode() + found["name"].encode()).lower()
        assert b"amina" not in told
        assert b"<clinicaldocument" not in told
        assert CANARY.encode() not in told
    connection.close()


def test_a_missing_and_an_altered_object_are_named(
    worker: Worker, database: Database, cast: Cast, clock: Clock, clouds: Clouds
) -> None:
    tell(database, cast, clock)
    settle(worker, clock)
    container = cast.record.place.container
    with database.session(writing=False) as session:
        mine = select(ObjectRow.name).where(ObjectRow.record == cast.record.id)
        missing, altered, *_ = session.scalars(mine.order_by(ObjectRow.name))
    clouds.private.remove(container, missing)
    clouds.private.remove(container, altered)
    clouds.private.put(container, altered, b"something else")
    assert dict(faults(worker.private)) == {missing: "missing", altered: "altered"}


def test_an_overtaken_worker_notes_nothing(
    worker: Worker, database: Database, cast: Cast, clock: Clock
) -> None:
    tell(database, cast, clock)
    clock.pass_(minutes=11)
    ref, token, changes, attempts = worker._claimed("private", 1)[0]
    clock.pass_(minutes=5)
    assert worker.sync(10) > 3
    assert worker._sync_one(ref, token, changes, attempts) == 0
    assert list(faults(worker.private)) == []


def release(database: Database, cast: Cast, clock: Clock):  # type: ignore[no-untyped-def]
    wish = Wish(
        frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.OTHER}),
        Purpose.RESEARCH,
        None,
        organisation=cast.institute.id,
    )
    with database.begin(True) as unit:
        return give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())


def test_what_was_released_is_published_without_a_name(
    worker: Worker, database: Database, cast: Cast, clock: Clock, clouds: Clouds
) -> None:
    tell(database, cast, clock)
    grant = release(database, cast, clock)
    settle(worker, clock)
    names = list(clouds.public.names(cast.institute.id))
    assert len(names) == 1, "the note is words, and words are never published"
    content = clouds.public.get(cast.institute.id, names[0])
    assert b"128" in content
    for said in ("Amina", CANARY, cast.record.id, cast.amina.id, cast.record.global_id, "20261123"):
        assert said.encode() not in content
    with database.begin(False) as unit:
        released = unit.publications.of_organisation(cast.institute.id)
        assert [one.kind for one in released] == [SegmentKind.PHYSICAL_SIGNS]
        assert unit.publications.behind(cast.institute.id, released[0].pseudonym) == cast.record.id
    with database.begin(True) as unit:
        withdraw_grant(unit, grant.id, by=cast.amina, now=clock())
    settle(worker, clock)
    assert list(clouds.public.names(cast.institute.id)) == []
    with pytest.raises(NoSuchDocument):
        clouds.public.get(cast.institute.id, names[0])


def test_a_new_reading_replaces_the_published_document(
    worker: Worker, database: Database, cast: Cast, clock: Clock, clouds: Clouds
) -> None:
    tell(database, cast, clock)
    release(database, cast, clock)
    settle(worker, clock)
    before = set(clouds.public.names(cast.institute.id))
    tell(database, cast, clock, 131)
    settle(worker, clock)
    after = set(clouds.public.names(cast.institute.id))
    assert len(after) == 1
    assert not before & after


def test_a_release_that_runs_out_is_taken_back(
    worker: Worker, database: Database, cast: Cast, clock: Clock, clouds: Clouds
) -> None:
    tell(database, cast, clock)
    wish = Wish(
        frozenset({SegmentKind.PHYSICAL_SIGNS}),
        Purpose.RESEARCH,
        clock.pass_(hours=0).replace(day=24),
        organisation=cast.institute.id,
    )
    with database.begin(True) as unit:
        give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())
    settle(worker, clock)
    assert len(list(clouds.public.names(cast.institute.id))) == 1
    clock.pass_(days=2)
    settle(worker, clock)
    assert list(clouds.public.names(cast.institute.id)) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("clouds", ["file"], indirect=True)
def test_one_new_reading_costs_the_same_after_ten_years(
    worker: Worker, database: Database, cast: Cast, clock: Clock, clouds: Clouds
) -> None:
    """Objects, bytes and statements, of the record and of the house, at one day and ten years.

    Past years are a page each, and what was told in the last two is a page a month.
    """
    settle(worker, clock)
    costs = []
    for months in (0, 120):
        _let_months_pass(database, cast, months)
        clock.now = (clock.now.replace(day=1) + timedelta(days=40)).replace(day=20)
        for _ in range(2):  # the month's first page is put, what is closed is packed and noted
            settle(worker, clock)
        tell(database, cast, clock)
        before, statements = _names(clouds, cast), []
        event.listen(database.engine, "before_cursor_execute", _counting(statements))
        settle(worker, clock)
        new = _names(clouds, cast) - before
        container = cast.record.place.container
        size = sum(len(clouds.private.get(container, one)) for one in new)
        costs.append((len(new), size, len(statements)))
    (objects, size, statements_at_first), (objects_later, size_later, statements_later) = costs
    assert objects == objects_later
    assert size == size_later
    assert abs(statements_later - statements_at_first) <= 2
    with database.session(writing=False) as session:
        assert len(read_pages(session.get_one(HeadRow, cast.record.id).pages)) < 35


def _let_months_pass(database: Database, cast: Cast, months: int) -> None:
    """Put closed months' pages into the head, as so many months of records would."""
    with database.session(writing=True) as session:
        head = session.get_one(HeadRow, cast.record.id)
        past = [
            PageRef(f"{2016 + n // 12}-{n % 12 + 1:02}", fresh(), fresh() * 2, 4500)
            for n in range(months)
        ]
        head.pages = documents.write((*past, *read_pages(head.pages))).decode()


def _names(clouds: Clouds, cast: Cast) -> set[str]:
    return set(clouds.private.names(cast.record.place.container))


def _counting(statements: list[str]) -> Callable[..., None]:
    def count(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    return count
