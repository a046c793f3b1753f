"""The table of the key store: a SQLite file, or a schema of PostgreSQL, of its own."""

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateTable

from storage.sqlite import write_ahead

SCHEMA = "keys"
_MAKING = 0x6B657973  # the lock under which PostgreSQL's schema is made, once

patient_keys = Table(
    "patient_keys",
    MetaData(schema=SCHEMA),
    Column("owner", String(64), primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary, nullable=True),  # NULL: forgotten
    Column("made_at", DateTime(timezone=True), nullable=False),
)


def wrapped_keys(engine: Engine, owners: Collection[str]) -> dict[str, list[bytes | None]]:
    """Return every generation of these owners' keys, the newest first; None: forgotten."""
    found = (
        select(patient_keys.c.owner, patient_keys.c.wrapped)
        .where(patient_keys.c.owner.in_(owners))
        .order_by(patient_keys.c.generation.desc())
    )
    keys: dict[str, list[bytes | None]] = {}
    with engine.connect() as connection:
        for owner, wrapped in connection.execute(found):
            keys.setdefault(owner, []).append(wrapped)
    return keys


def add(connection: Connection, owner: str, wrapped: bytes | None) -> None:
    """Add the owner's first key, or with None the mark of one forgotten; what is there stays."""
    add_generation(connection, owner, wrapped, after=0)


def add_generation(
    connection: Connection, owner: str, wrapped: bytes | None, *, after: int
) -> None:
    """Add the generation after this one; one that is there stays."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = {
        "owner": owner,
        "generation": after + 1,
        "wrapped": wrapped,
        "made_at": datetime.now(UTC),
    }
    connection.execute(insert(patient_keys).values(row).on_conflict_do_nothing())


def add_older(connection: Connection, owner: str, wrapped: bytes) -> None:
    """Add a generation before the oldest, unless the owner was forgotten."""
    mine = patient_keys.c.owner == owner
    oldest = connection.scalar(select(func.min(patient_keys.c.generation)).where(mine))
    forgotten = select(patient_keys).where(mine, patient_keys.c.wrapped.is_(None))
    if connection.execute(forgotten).first() is None:
        add_generation(connection, owner, wrapped, after=0 if oldest is None else oldest - 2)


def add_newer(connection: Connection, owner: str, wrapped: bytes) -> None:
    """Add a generation after the newest."""
    newest = connection.scalar(_newest(owner))
    add_generation(connection, owner, wrapped, after=newest or 0)


def drop_older(connection: Connection, owner: str) -> None:
    """Remove every generation but the newest."""
    connection.execute(
        delete(patient_keys).where(
            patient_keys.c.owner == owner,
            patient_keys.c.generation < _newest(owner).scalar_subquery(),
        )
    )


def drop_all(connection: Connection, owner: str) -> None:
    """Empty every generation of the owner, and leave the mark of one forgotten."""
    add(connection, owner, None)
    mine = patient_keys.c.owner == owner
    connection.execute(update(patient_keys).where(mine).values(wrapped=None))


def _newest(owner: str) -> Select[int]:
    return select(func.max(patient_keys.c.generation)).where(patient_keys.c.owner == owner)


def oldest_key() -> Select[bytes]:
    """Return the question for the key that was made first and is still there."""
    return (
        select(patient_keys.c.wrapped)
        .where(patient_keys.c.wrapped.is_not(None))
        .order_by(patient_keys.c.made_at, patient_keys.c.owner)
        .limit(1)
    )


def being_renewed(engine: Engine) -> list[tuple[str, datetime]]:
    """Return whose keys have more than one generation, and since when the newest is there."""
    found = (
        select(patient_keys.c.owner, func.max(patient_keys.c.made_at))
        .where(patient_keys.c.wrapped.is_not(None))
        .group_by(patient_keys.c.owner)
        .having(func.count() > 1)
        .order_by(patient_keys.c.owner)
    )
    with engine.connect() as connection:
        return [
            (owner, made if made.tzinfo else made.replace(tzinfo=UTC))
            for owner, made in connection.execute(found)
        ]


def scrub(engine: Engine) -> None:
    """Empty SQLite's log of writes, where a destroyed key may still stand."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def open_key_tables(url: str) -> Engine:
    """Return the engine of the key store, its table made."""
    address = _with_our_driver(make_url(url))
    if address.get_backend_name() == "sqlite":
        return _open_file(address)
    engine = create_engine(address, pool_pre_ping=True)
    if not inspect(engine).has_table(patient_keys.name, schema=SCHEMA):
        _make_schema(engine)
    return engine


def _open_file(address: URL) -> Engine:
    if address.database:
        file = Path(address.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
    engine = create_engine(address, connect_args={"timeout": 15})
    event.listen(engine, "connect", _make_careful)
    engine = engine.execution_options(schema_translate_map={SCHEMA: None})
    with engine.begin() as connection:
        connection.execute(CreateTable(patient_keys, if_not_exists=True))
    return engine


def _with_our_driver(address: URL) -> URL:
    if address.drivername in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    return address


def _make_careful(connection: object, _entry: ConnectionPoolEntry) -> None:
    # secure_delete writes zeros over a key that is destroyed; FULL keeps one that was given out.
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a driver's connection has no type
    write_ahead(cursor)
    for pragma in ("synchronous=FULL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _make_schema(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:making)"), {"making": _MAKING})
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        connection.execute(CreateTable(patient_keys, if_not_exists=True))
