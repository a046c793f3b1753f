"""The keys of patients, in a store of their own so that an old dump of the database opens nothing.

The master key wraps them (RFC 3394). A forgotten owner leaves an empty row behind, so that neither
a late writer nor a restored escrow object gives the owner a key again.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateTable

from storage.masterkey import KEY_BYTES, derived_key, make_master_key, read_master_key
from storage.sqlite import write_ahead

__all__ = ["KeyForgotten", "KeyStore", "KeyUnreadable", "make_master_key", "read_master_key"]

HOUSE = "house"  # the owner of what belongs to no patient
SCHEMA = "keys"
CACHED = 10_000  # keys kept in memory, the least used dropped first
KEPT_FOR = 60.0  # seconds after which a key forgotten by another process is forgotten here too
_MAKING = 0x6B657973  # the lock under which PostgreSQL's schema is made, once

patient_keys = Table(
    "patient_keys",
    MetaData(schema=SCHEMA),
    Column("owner", String(64), primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary, nullable=True),  # NULL: forgotten
    Column("made_at", DateTime(timezone=True), nullable=False),
)


class KeyForgotten(LookupError):
    """This owner's key was destroyed, and the owner gets no other."""


class KeyUnreadable(Exception):
    """A wrapped key does not open under this master key; the text says what to do."""


class KeyStore:
    """Give each owner a key, made on first use; safe to share between threads and processes."""

    def __init__(
        self, url: str, master_key: bytes, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._master = master_key
        self._wrapping = derived_key(master_key, "patient-keys")
        self._engine = _open(url)
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def key_of(self, owner: str) -> tuple[str, bytes]:
        """Return the owner's key and its id, making them on first use; raise KeyForgotten."""
        key = self._remembered(owner)
        if key is None:
            key = self._unwrap(self._stored(owner) or self._made(owner))
            self._remember(owner, key)
        return key_id(key), key

    def forget(self, owner: str) -> None:
        """Destroy the owner's key for good: nothing sealed under it opens any more."""
        with self._engine.begin() as connection:
            _add(connection, owner, None)
            connection.execute(
                update(patient_keys).where(patient_keys.c.owner == owner).values(wrapped=None)
            )
        with self._lock:
            self._kept.pop(owner, None)
        self._scrub()

    def wrapped(self, owner: str) -> bytes:
        """Return the owner's key wrapped under the master key: the escrow object of the clouds."""
        return self._stored(owner) or self._made(owner)

    def unwrap(self, wrapped: bytes) -> tuple[str, bytes]:
        """Return the key in an escrow object, and its id, or raise KeyUnreadable."""
        key = self._unwrap(wrapped)
        return key_id(key), key

    def adopt(self, owner: str, wrapped: bytes) -> None:
        """Take the owner's key from an escrow object; a key the owner has, or had, stays."""
        self._unwrap(wrapped)
        with self._engine.begin() as connection:
            _add(connection, owner, wrapped)

    def house_key(self, label: str) -> bytes:
        """Return the key of what belongs to no patient: staff names, the spool, pseudonyms."""
        return derived_key(self._master, f"house:{label}")

    def close(self) -> None:
        """Let go of the store's connections and of every key in memory."""
        with self._lock:
            self._kept.clear()
        self._engine.dispose()

    def _stored(self, owner: str) -> bytes | None:
        newest = (
            select(patient_keys.c.wrapped)
            .where(patient_keys.c.owner == owner)
            .order_by(patient_keys.c.generation.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(newest).first()
        if row is None:
            return None
        if row.wrapped is None:
            raise KeyForgotten("The key of this owner was destroyed.")
        return bytes(row.wrapped)

    def _made(self, owner: str) -> bytes:
        new = aes_key_wrap(self._wrapping, secrets.token_bytes(KEY_BYTES))
        with self._engine.begin() as connection:
            _add(connection, owner, new)
        # Read back: another thread or process may have been first, and its key is the owner's.
        return self._stored(owner) or new

    def _unwrap(self, wrapped: bytes) -> bytes:
        try:
            return aes_key_unwrap(self._wrapping, wrapped)
        except InvalidUnwrap:
            raise KeyUnreadable(
                "A key does not open under this master key; give MASTER_KEY_FILE the key "
                "with which the house was started."
            ) from None

    def _remembered(self, owner: str) -> bytes | None:
        with self._lock:
            until, key = self._kept.get(owner, (0.0, b""))
            if not key or until < self._clock():
                return None
            self._kept.move_to_end(owner)
            return key

    def _remember(self, owner: str, key: bytes) -> None:
        with self._lock:
            self._kept[owner] = (self._clock() + KEPT_FOR, key)
            self._kept.move_to_end(owner)
            while len(self._kept) > CACHED:
                self._kept.popitem(last=False)

    def _scrub(self) -> None:
        """Empty SQLite's log of writes, where the destroyed key may still stand."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def key_id(key: bytes) -> str:
    """Return the id by which a key is named in clear: it tells nothing of the key or its owner."""
    return derived_key(key, "key-id")[:16].hex()


def _add(connection: Connection, owner: str, wrapped: bytes | None) -> None:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = {"owner": owner, "generation": 1, "wrapped": wrapped, "made_at": datetime.now(UTC)}
    connection.execute(insert(patient_keys).values(row).on_conflict_do_nothing())


def _open(url: str) -> Engine:
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
