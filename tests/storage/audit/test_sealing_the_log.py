"""Lines are only added, each is sealed once, and a killed or slow sealer leaves nothing half."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import structlog
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from records.errors import NotPermitted, Stale
from records.policy import Action
from records.services.ports import Note
from records.tracking import PersonId, RecordId
from records.vocabulary import Purpose
from storage.audit.anchors import Anchors
from storage.audit.chain import TOTAL
from storage.audit.keeping import Log
from storage.audit.sealer import Sealer
from storage.database import Database, open_engine
from storage.migrations import upgrade
from storage.rows.audit import AuditHeadRow, AuditSealRow, AuditWaitingRow
from storage.rows.consent import AuditRow
from storage.stores.file import FileStore
from tests.cast import Clock
from tests.parts.postgres import Postgres


@pytest.fixture
def log(database: Database, tmp_path: Path) -> Log:
    return Log(database, FileStore(tmp_path / "a"), FileStore(tmp_path / "b"), tmp_path / "anchors")


@pytest.fixture
def quiet() -> Iterator[None]:
    structlog.configure(processors=[structlog.testing.LogCapture()])
    yield
    structlog.reset_defaults()


def note(clock: Clock, record: str | None = "one", *, allowed: bool = True) -> Note:
    at = clock.pass_(seconds=1)
    who = RecordId(record) if record else None
    rule, by = "is_the_patient", PersonId("amina")
    return Note(at, Action.READ_SEGMENT, allowed, rule, by, who, Purpose.OWN)


def write(database: Database, clock: Clock, *records: str | None) -> None:
    for record in records:
        with database.begin(True) as unit:
            unit.audit.note(note(clock, record))


def count(database: Database, table: type) -> int:  # type: ignore[type-arg]  # any row
    with database.session(writing=False) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_each_record_has_a_chain_of_its_own_and_the_house_has_one(
    database: Database, log: Log, clock: Clock
) -> None:
    write(database, clock, "one", "two", "one", None)
    assert count(database, AuditWaitingRow) == 4
    assert log.sealer.seal() == 4
    with database.session(writing=False) as session:
        heads = {row.chain: row.count for row in session.scalars(select(AuditHeadRow))}
    assert heads == {"one": 2, "two": 1, "house": 1, TOTAL: 4, "unmarked": 0}
    assert count(database, AuditWaitingRow) == 0
    assert log.verify().whole


def test_what_comes_later_goes_on_from_the_heads(
    database: Database, log: Log, clock: Clock
) -> None:
    for _ in range(3):
        write(database, clock, "one", "two")
        assert log.sealer.seal() == 2
    report = log.verify()
    assert report.whole
    assert (report.lines, report.until, report.waiting) == (6, clock(), 0)


def test_what_is_not_sealed_yet_is_said_with_its_age(
    database: Database, log: Log, clock: Clock
) -> None:
    write(database, clock, "one")
    log.sealer.seal()
    write(database, clock, "one", "two")
    clock.pass_(seconds=9)
    report = log.verify()
    assert report.whole
    assert (report.lines, report.waiting) == (1, 2)
    assert "2 lines wait to be sealed" in " ".join(report.said())
    assert log.gauges()["log_unsealed"] == 2
    assert log.gauges()["log_oldest_unsealed_seconds"] == 10


def test_a_refusal_is_sealed_like_the_rest(database: Database, log: Log, clock: Clock) -> None:
    with pytest.raises(NotPermitted), database.begin(True) as unit:
        unit.audit.note(note(clock, allowed=False))
        raise NotPermitted
    assert log.sealer.seal() == 1
    assert log.verify().whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET rule = 'no'",
        "DELETE FROM audit",
        "UPDATE audit_seals SET digest = digest",
        "DELETE FROM audit_seals",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_line(
    database: Database, log: Log, clock: Clock, statement: str
) -> None:
    write(database, clock, "one")
    log.sealer.seal()
    with pytest.raises(DBAPIError, match="only added"), database.session(writing=True) as session:
        session.execute(text(statement))


def test_postgresql_refuses_to_empty_the_log(postgres: Postgres) -> None:
    engine = open_engine(postgres.new_database())
    upgrade(engine)
    with pytest.raises(DBAPIError, match="only added"), engine.begin() as connection:
        connection.execute(text("TRUNCATE audit"))
    engine.dispose()


def test_sqlite_refuses_to_replace_a_line(tmp_path: Path, clock: Clock) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'k.db'}")
    upgrade(engine)
    line = (
        "INSERT OR REPLACE INTO audit (id, at, action, allowed, rule, purpose, kinds, ref)"
        " VALUES (1, '2026-11-23 04:00:00', 'read_segment', 1, '{}', 'own', '', '')"
    )
    with engine.begin() as connection:
        connection.execute(text(line.format("a")))
    with pytest.raises(DBAPIError, match="only added"), engine.begin() as connection:
        connection.execute(text(line.format("b")))
    engine.dispose()


def test_the_role_of_the_log_adds_and_reads_and_does_nothing_else(postgres: Postgres) -> None:
    engine = open_engine(postgres.new_database())
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("GRANT kanglu_log TO CURRENT_USER"))
    insert = (
        "INSERT INTO audit (at, action, allowed, rule, purpose, kinds, ref)"
        " VALUES (now(), 'read_segment', true, 'r', 'own', '', '')"
    )

    def as_log_role(statement: str) -> int:
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL ROLE kanglu_log"))
            return connection.execute(text(statement)).rowcount

    assert as_log_role(insert) == 1
    for statement in (
        "UPDATE audit SET rule = 'x'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DROP TRIGGER audit_only_added ON audit",
        "SELECT * FROM people",
        "DELETE FROM audit_waiting",
    ):
        with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
            as_log_role(statement)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_waiting")) == 1
    engine.dispose()


def test_a_sealer_that_was_overtaken_leaves_nothing(
    database: Database, log: Log, clock: Clock, quiet: None
) -> None:
    write(database, clock, "one", "two")
    slow = Sealer(database, Anchors(Path("unused"), database.sealing))
    token = slow._claimed()
    assert token is not None
    batch = slow._linked(slow._waiting())
    assert log.sealer.seal() == 0, "the claim is held by another"
    clock.pass_(minutes=2)
    assert log.sealer.seal() == 2
    with pytest.raises(Stale):
        slow._keep(batch, token)
    assert count(database, AuditSealRow) == 2
    assert log.verify().whole


def test_a_sealer_killed_before_it_kept_its_batch_is_made_up_for(
    database: Database, log: Log, clock: Clock
) -> None:
    write(database, clock, "one", "two")
    log.sealer._claimed()
    log.sealer._linked(log.sealer._waiting())  # and then no more of it
    assert count(database, AuditSealRow) == 0
    clock.pass_(minutes=2)
    assert log.sealer.seal() == 2
    assert log.verify().whole


def test_nothing_is_linked_to_a_head_the_house_did_not_write(
    database: Database, log: Log, clock: Clock, quiet: None
) -> None:
    write(database, clock, "one", "one")
    log.sealer.seal()
    with database.session(writing=True) as session:
        session.execute(text("UPDATE audit_heads SET count = 1 WHERE chain = 'one'"))
    write(database, clock, "one")
    assert log.sealer.seal() == 0
    assert log.gauges()["log_unsealed"] == 1
    assert "chain one" in log.verify().faults[0].where


def test_a_line_changed_before_it_is_sealed_is_named(
    database: Database, log: Log, clock: Clock
) -> None:
    write(database, clock, "one")
    log.sealer.seal()
    write(database, clock, "one")
    _unguard(database)
    with database.session(writing=True) as session:
        session.execute(text("UPDATE audit SET allowed = false WHERE id = 2"))
    assert log.verify().faults[0].where == "line 2"
    log.sealer.seal()
    assert log.verify().faults[0].where == "line 2"


def test_lines_of_before_the_marks_are_taken_as_they_are(
    database: Database, log: Log, clock: Clock
) -> None:
    for rule in ("old", "older"):
        with database.session(writing=True) as session:
            session.add(_bare(clock, rule))
    log.sealer.seal()
    write(database, clock, "one")
    log.sealer.seal()
    assert log.verify().whole
    with database.session(writing=True) as session:
        session.add(_bare(clock, "forged"))
    log.sealer.seal()
    assert [str(one) for one in log.verify().faults] == ["line 4: not written by this house"]


def test_lines_brought_back_with_their_seals_only_stop_waiting(
    database: Database, log: Log, clock: Clock
) -> None:
    write(database, clock, "one", "two")
    log.sealer.seal()
    with database.session(writing=True) as session:
        session.add(AuditWaitingRow(line=1))
    log.sealer.seal()
    assert count(database, AuditWaitingRow) == 0
    assert log.verify().whole


def _bare(clock: Clock, rule: str) -> AuditRow:
    return AuditRow(
        at=clock(),
        action="read_segment",
        allowed=True,
        rule=rule,
        record="one",
        purpose="own",
        kinds="",
        ref="",
    )


def _unguard(database: Database) -> None:
    """Do what the database's owner could: take the triggers away."""
    sqlite = database.engine.dialect.name == "sqlite"
    disabled = "ALTER TABLE audit DISABLE TRIGGER USER"
    statement = "DROP TRIGGER audit_no_update" if sqlite else disabled
    with database.session(writing=True) as session:
        session.execute(text(statement))


def test_several_sealers_beside_writers_seal_each_line_once(
    database: Database, log: Log, clock: Clock, tmp_path: Path
) -> None:
    def write_thirty(number: int) -> None:
        own = Clock(clock())
        for _ in range(30):
            write(database, own, f"record-{number % 3}")

    def seal_a_while(number: int) -> None:
        sealer = Sealer(database, Anchors(tmp_path / f"anchors-{number}", database.sealing))
        for _ in range(15):
            sealer.seal()

    with ThreadPoolExecutor(5) as pool:
        writing = [pool.submit(write_thirty, one) for one in range(2)]
        sealing = [pool.submit(seal_a_while, one) for one in range(3)]
        for one in (*writing, *sealing):
            one.result()
    while log.sealer.seal():
        pass
    assert count(database, AuditSealRow) == 60
    report = log.verify()
    assert report.faults == []
    assert (report.lines, report.waiting) == (60, 0)
