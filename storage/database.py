"""The database: SQLite or PostgreSQL, and the transactions every change goes through."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from records.errors import NotPermitted
from records.services.noting import refusals
from records.services.ports import Face, Note
from records.services.storing import DocumentStore
from records.tracking import RecordId
from storage.audit.chain import Sealing
from storage.cells import Cells
from storage.families.marking import CLOCK
from storage.registry.audit import AuditLog, lines_of, write_lines
from storage.registry.desk import Desk
from storage.registry.standings import write_standings
from storage.rows.people import RecordRow
from storage.sqlite import write_ahead
from storage.unit import StorageUnit
from storage.wall import confine, raise_wall

BUSY_SECONDS = 15


def open_engine(url: str) -> Engine:
    """Return an engine for a SQLite file (WAL, one writer that waits) or PostgreSQL."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10
        )
        raise_wall(engine)
        return engine
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver would open transactions by itself, too late for BEGIN IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    write_ahead(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


class Database:
    """Hands out units of work; leaving one cleanly commits, an error rolls back.

    A refusal is kept either way. A reading unit is a snapshot; its notes go down afterwards in one
    short transaction that also looks whether consent has changed in between.
    """

    def __init__(
        self,
        engine: Engine,
        cells: Cells,
        clock: Callable[[], datetime],
        *,
        quiet: float = 600.0,
        public: DocumentStore | None = None,
    ) -> None:
        self.engine = engine
        self.cells = cells
        self.clock = clock
        self.quiet = quiet
        self.public = public
        self.sealing = Sealing(cells.keys.house_key)
        self._writing = engine.execution_options(writing=True)
        self._reading = _snapshots(engine)

    @contextmanager
    def session(self, *, writing: bool, everything: bool = True) -> Iterator[Session]:
        """Give a session in one transaction, committed when left cleanly.

        The house's own work sees everything; whoever is asked at a face is behind the wall.
        """
        with (
            Session(
                self._writing if writing else self._reading,
                expire_on_commit=False,
                info={CLOCK: self.clock},
            ) as session,
            session.begin(),
        ):
            confine(session, everything=everything)
            yield session

    def unit_in(self, session: Session) -> StorageUnit:
        """Return a unit over a session that somebody else commits."""
        return StorageUnit(Desk(session, self.cells, self.clock, self.quiet), self.public)

    @contextmanager
    def begin(self, writing: bool, face: Face = Face.HOUSE) -> Iterator[StorageUnit]:
        """Give a unit of work, asked for at one face; see the class for how it is left."""
        audit: AuditLog | None = None
        before: dict[str, int] = {}
        try:
            with self.session(writing=writing, everything=face is Face.HOUSE) as session:
                unit = self.unit_in(session)
                audit = unit.audit
                yield unit
                if writing:
                    write_standings(session, unit.standings)
                    self._write(session, lines_of(session, audit), face)
                else:
                    before = _versions(session, audit.held)
        except BaseException as error:
            refused = isinstance(error, NotPermitted)
            self._keep(refusals(audit.held if audit else (), by_policy=refused), face)
            raise
        if not writing and (audit.held or unit.standings.held):
            self._note_reading(unit, before, face)

    def _note_reading(self, unit: StorageUnit, before: dict[str, int], face: Face) -> None:
        """Write what was read, unless a page told of it; refuse it if consent has changed since."""
        audit = unit.audit
        if audit.beside and self._is_told(audit, before):
            return
        with self.session(writing=True) as session:
            if _versions(session, audit.held) != before:
                raise NotPermitted
            write_standings(session, unit.standings)
            self._write(session, lines_of(session, audit), face)

    def _is_told(self, audit: AuditLog, before: dict[str, int]) -> bool:
        """Say whether the page's line tells of it all, under the consent as it still stands."""
        with self.session(writing=False) as session:
            return not lines_of(session, audit) and _versions(session, audit.held) == before

    def _keep(self, refused: tuple[Note, ...], face: Face) -> None:
        if refused:
            with self.session(writing=True) as session:
                self._write(session, refused, face)

    def _write(self, session: Session, lines: tuple[Note, ...], face: Face) -> None:
        consents = _versions(session, lines, refused=True)
        write_lines(session, lines, self.sealing, face=face, consents=consents)


def _snapshots(engine: Engine) -> Engine:
    """Return the engine for reading: one snapshot a transaction, as SQLite gives by itself."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine


def _versions(session: Session, held: Iterable[Note], *, refused: bool = False) -> dict[str, int]:
    notes = tuple(held)
    if not notes:
        return {}
    records = sorted({note.record for note in notes if note.record and (note.allowed or refused)})
    rows = session.execute(
        select(RecordRow.id, RecordRow.consent_version).where(RecordRow.id.in_(records))
    )
    return {RecordId(record): version for record, version in rows}
