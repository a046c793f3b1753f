"""One family of rows: what waits, what goes into its objects, and how a row comes back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from records import documents
from records.tracking import fresh
from storage.families.members import pack, unpack
from storage.families.owners import Owner
from storage.rows.base import Base
from storage.rows.cloud import ObjectRow, UnsyncedRow
from storage.unit import StorageUnit


@dataclass(frozen=True, slots=True)
class Cell:
    """A sealed column: which column names whose key it is under, and the row's identity in it."""

    column: str
    key: str
    identity: str


@dataclass(frozen=True, slots=True)
class Copy:
    """One object to be: what it is, its content, and what no longer waits once it lies there.

    Without a content there is nothing to put, only something that waits no longer.
    """

    family: str
    ref: str
    version: int
    content: bytes | None
    covers: tuple[UnsyncedRow, ...] = ()


class _Row(msgspec.Struct):
    """The first member of an object: a row's clear columns, and which sealed ones follow."""

    columns: dict[str, Any]
    cells: list[str]


class Misplaced(ValueError):
    """What an object holds is not what the manifest says it is."""


class Family:
    """Rows of one table, each an object of its own; `cells` are opened, then sealed by the cloud.

    `versions`: each version is an object that stays; else a newer object takes an older one's
    place. `together`: what waits goes into one object. `here` are columns worked out anew when
    a row comes back, with what they hold until then; a change of one in `quietly` alone makes no
    new object.
    """

    marked = True  # whether a row that comes or changes is noted as not synced

    def __init__(
        self,
        name: str,
        rows: type[Base],
        owner: Owner,
        *,
        cells: Sequence[Cell] = (),
        versions: bool = False,
        together: bool = False,
        here: Mapping[str, object] | None = None,
        quietly: Sequence[str] = (),
        person: str = "",
    ) -> None:
        self.name = name
        self.rows = rows
        self.owner = owner
        self.cells = cells
        self.versions = versions
        self.together = together
        self.once = versions  # whether no two objects ever hold the same row
        self.here = dict(here or {})
        self.quietly = frozenset(quietly)
        self.person = person
        self._attributes = [one.key for one in inspect(rows).column_attrs]
        sealed = {one.column for one in cells}
        self._clear = [one for one in self._attributes if one not in sealed | self.here.keys()]
        keys = [inspect(rows).get_property_by_column(one).key for one in inspect(rows).primary_key]
        self._keys = [one for one in keys if not (versions and one == "version")]

    @property
    def stays(self) -> bool:
        """Whether an object of this family stays true whatever comes after it."""
        return self.versions or self.together

    def ref_of(self, row: Base) -> str:
        """Return by what a row is named in the manifest."""
        return ":".join(str(getattr(row, key)) for key in self._keys)

    def version_of(self, row: Base) -> int:
        """Return the version of a row; 0 where it has none of its own."""
        return int(getattr(row, "version")) if self.versions else 0  # noqa: B009

    def has_changed(self, row: Base) -> bool:
        """Say whether anything has changed of which the cloud must know."""
        told = set(self._attributes) - self.quietly - self.here.keys()
        state = inspect(row)
        return any(state.attrs[one].history.has_changes() for one in told)

    def copies(
        self, unit: StorageUnit, owner: str, waiting: Sequence[UnsyncedRow]
    ) -> Iterator[Copy]:
        """Give the objects for what waits in this container."""
        if self.together and waiting:
            yield self._one_for_all(unit, owner, waiting)
            return
        for one in waiting:
            yield self._copy(unit, owner, one)

    def content(self, unit: StorageUnit, row: Base) -> bytes:
        """Return what the object of a row holds before it is sealed."""
        return pack(*self.canonical(unit, row))

    def canonical(self, unit: StorageUnit, row: Base) -> tuple[bytes, ...]:
        """Return what a row says: its clear columns, then each sealed one, opened."""
        told = [one for one in self.cells if getattr(row, one.column) is not None]
        columns = {one: getattr(row, one) for one in self._clear}
        first = documents.write(_Row(columns, [one.column for one in told]))
        return (first, *(self._opened(unit, row, one) for one in told))

    def restore(self, unit: StorageUnit, owner: str, ref: str, version: int, content: bytes) -> int:
        """Put back what an object holds and return how many rows; raises Misplaced."""
        parts = unpack(content)
        if not parts:
            return 0
        if self.together:
            for part in parts:
                self._put_back(unit, owner, unpack(part))
            return len(parts)
        row = self._put_back(unit, owner, parts)
        if self.ref_of(row) != ref or (self.versions and self.version_of(row) != version):
            raise Misplaced
        return 1

    def revive(self, unit: StorageUnit, owner: str) -> None:
        """Work out anew what is derived, once every row of this container is back."""

    def find(self, session: Session, ref: str, version: int) -> Base | None:
        """Return the row a name in the manifest means."""
        named: dict[str, object] = dict(zip(self._keys, ref.split(":"), strict=True))
        if self.versions:
            named["version"] = version
        columns = self.rows.__table__.columns
        typed = {name: _typed(columns[name].type, value) for name, value in named.items()}
        return session.get(self.rows, typed)

    def _copy(self, unit: StorageUnit, owner: str, waiting: UnsyncedRow) -> Copy:
        session = unit.desk.session
        row = self.find(session, waiting.ref, waiting.version)
        version = waiting.version or _next_version(session, self.name, waiting.ref)
        content: bytes | None = None
        if row is not None and self.owner(session, row) == owner:
            content = self.content(unit, row)
        elif _has_object(session, owner, self.name, waiting.ref):
            content = pack()  # it is gone from here: an object that says so takes its place
        return Copy(self.name, waiting.ref, version, content, (waiting,))

    def _one_for_all(self, unit: StorageUnit, owner: str, waiting: Sequence[UnsyncedRow]) -> Copy:
        session = unit.desk.session
        found = [self.find(session, one.ref, one.version) for one in waiting]
        rows = [one for one in found if one is not None and self.owner(session, one) == owner]
        content = pack(*(self.content(unit, row) for row in rows)) if rows else None
        return Copy(self.name, fresh(), 1, content, tuple(waiting))

    def _opened(self, unit: StorageUnit, row: Base, cell: Cell) -> bytes:
        return unit.desk.cells.open(
            getattr(row, cell.key), self._identity(row, cell), getattr(row, cell.column)
        )

    def _identity(self, row: Base, cell: Cell) -> str:
        return cell.identity.format_map({one: getattr(row, one) for one in self._clear})

    def _put_back(self, unit: StorageUnit, owner: str, parts: Sequence[bytes]) -> Base:
        told = documents.read(parts[0], _Row)
        columns = self.rows.__table__.columns
        known = {
            one: _typed(columns[one].type, told.columns[one])
            for one in self._clear
            if one in told.columns
        }
        row = self.rows(**known, **self.here)
        if not self.together and self.owner(unit.desk.session, row) != owner:
            raise Misplaced
        sealed = dict(zip(told.cells, parts[1:], strict=False))
        for cell in self.cells:
            if cell.column in sealed:
                whose, identity = getattr(row, cell.key), self._identity(row, cell)
                kept = unit.desk.cells.seal(whose, identity, sealed[cell.column])
                setattr(row, cell.column, kept)
        if self.once:
            unit.desk.session.add(row)
        else:
            unit.desk.session.merge(row)
        return row


def _typed(column: Any, value: Any) -> Any:
    """Return a value read from JSON as its column's own type; lists stay as they are."""
    if value is None or isinstance(value, list | dict):
        return value
    # A decorator of a type only knows of the type it decorates what it is in Python.
    kind = getattr(column, "impl_instance", column).python_type
    return msgspec.convert(value, kind, strict=False)


def _next_version(session: Session, family: str, ref: str) -> int:
    newest = select(func.max(ObjectRow.version)).where(
        ObjectRow.family == family, ObjectRow.ref == ref
    )
    return (session.scalar(newest) or 0) + 1


def _has_object(session: Session, owner: str, family: str, ref: str) -> bool:
    found = select(ObjectRow.name).where(
        ObjectRow.family == family, ObjectRow.ref == ref, ObjectRow.record == owner
    )
    return session.scalar(found.limit(1)) is not None
