"""The second wall: on PostgreSQL a transaction sees only records the decision has admitted.

The policy stays the one law; nothing is decided here. What it admitted is told to the database in
one statement, just before the first one that reads what is recorded, and row-level policies hold
every later statement to it, whoever forgot to ask. Before that a transaction sees the papers from
which decisions are made, and nothing of what was told. SQLite has no such wall.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Select, event, text
from sqlalchemy.orm import Session, SessionTransaction

from records.people import Person
from records.tracking import RecordId

TOLD = (
    "alerts",
    "attachments",
    "audit",
    "devices",
    "limits",
    "measures",
    "objects",
    "occurrences",
    "orders",
    "packs",
    "reviews",
    "segments",
    "series",
    "stays",
    "summaries",
)
"""What is recorded of patients: closed until a decision admits their record."""
PAPERS = (
    "emergencies",
    "grants",
    "hidings",
    "publications",  # which record stands behind a pseudonym; the documents lie elsewhere
    "records",
    "relationships",
    "requests",
)
"""From which decisions are made: open until the first is told, then of records asked about."""

EVERYTHING = json.dumps({"*": 1})
_SETTINGS = (
    "set_config('kanglu.records', :records, true), set_config('kanglu.asked', :asked, true),"
    " set_config('kanglu.person', :person, true),"
    " set_config('kanglu.organisation', :organisation, true)"
)
_TELL = text(f"SELECT {_SETTINGS}")
_OPEN = text("SELECT kanglu_open(:table, :ref, :records, :asked, :person, :organisation)")
# A line of the log is written without being told anything: whoever refused must be able to say so.
_NAMES_TOLD = re.compile(rf"(?<!INSERT INTO )\baudit\b|\b({'|'.join({*TOLD} - {'audit'})})\b")
_NAMES_PAPERS = re.compile(rf"\b({'|'.join(PAPERS)})\b")
_KEPT = "wall"

R = TypeVar("R")


@dataclass(slots=True)
class Wall:
    """What one transaction may see: everything, or the records that were asked about, admitted."""

    everything: bool = False
    stands: bool = False
    admitted: set[RecordId] = field(default_factory=set)
    named: set[RecordId] = field(default_factory=set)
    asked: set[RecordId] = field(default_factory=set)
    person: str = ""
    organisation: str = ""
    told: bool = False
    changed: bool = True

    def asks(self, person: Person) -> None:
        """Say who asks: of the papers the own ones stay in sight."""
        self.person, self.organisation = person.id, person.organisation or ""
        self.changed = True

    def ask(self, record_ids: Iterable[RecordId]) -> None:
        """Say of which records papers are asked for, by name: those come into sight."""
        new = set(record_ids) - self.asked - self.admitted - self.named
        self.asked |= new
        self.changed = self.changed or bool(new)

    def admit(self, record_ids: Iterable[RecordId]) -> None:
        """Say which records a decision has admitted."""
        new = set(record_ids) - self.admitted
        self.changed = self.changed or bool(new - self.named)
        self.admitted |= new

    def refuse(self, record_id: RecordId) -> None:
        """Say that a decision refused a record: what was named of it is shut again."""
        if record_id in self.named - self.admitted:
            self.changed = True
        self.asked.add(record_id)
        self.named.discard(record_id)

    def hides(self, table: str) -> bool:
        """Say whether what is asked for by its own id may stand behind the wall."""
        return self.told or table in TOLD

    def must_say(self, statement: str) -> bool:
        """Say whether the database must be told before this statement."""
        if not self.changed:
            return False
        papers = self.told and _NAMES_PAPERS.search(statement)
        return bool(papers or _NAMES_TOLD.search(statement))

    def say(self, connection: Connection) -> None:
        """Tell the database what this transaction may see."""
        self.told, self.changed = True, False
        connection.execute(_TELL, self._settings())

    def open(self, session: Session, table: str, ref: str) -> bool:
        """Let the record be seen that this row is of, until it is decided; False: no such row."""
        found = session.scalar(_OPEN, {"table": table, "ref": ref} | self._settings())
        if found is None:
            return False
        self.named.update([RecordId(found)] if found else ())
        self.told, self.changed = True, False
        return True

    def forget(self) -> None:
        """Note that the database forgot what it was told."""
        self.told, self.changed = False, True

    def _settings(self) -> dict[str, str]:
        own = {"person": self.person, "organisation": self.organisation}
        if self.everything:
            return {"records": EVERYTHING, "asked": EVERYTHING} | own
        seen = self.admitted | self.named
        return {"records": _listed(seen), "asked": _listed(seen | self.asked)} | own


def _listed(record_ids: Iterable[RecordId]) -> str:
    return json.dumps(dict.fromkeys(sorted(record_ids), 1))


def confine(session: Session, *, everything: bool) -> None:
    """Put a session behind the wall, if its database has one: each of its transactions."""
    stands = session.get_bind().dialect.name == "postgresql"
    wall = session.info[_KEPT] = Wall(everything=everything, stands=stands)
    if stands:
        event.listen(session, "after_begin", _tie(wall))


def wall_of(session: Session) -> Wall:
    """Return the wall a session is behind."""
    return session.info.setdefault(_KEPT, Wall())  # type: ignore[no-any-return]  # put there above


def row_by_name(session: Session, table: str, ref: str, statement: Select[R]) -> R | None:
    """Read a row by its own id, before it is known whose record it is of."""
    wall = wall_of(session)
    found: R | None = None
    direct = not wall.stands or wall.everything or not wall.hides(table)
    if direct or wall.told:
        found = session.scalar(statement)
    if found is None and not direct and wall.open(session, table, ref):
        found = session.scalar(statement)
    return found


def _tie(wall: Wall) -> Callable[[Session, SessionTransaction, Connection], None]:
    def after_begin(_session: Session, _of: SessionTransaction, connection: Connection) -> None:
        wall.forget()
        connection.execution_options(**{_KEPT: wall})

    return after_begin


def raise_wall(engine: Engine) -> None:
    """Let every transaction of this engine tell the database what it may see."""

    def before(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        wall: Wall | None = connection.get_execution_options().get(_KEPT)
        if wall is not None and wall.must_say(statement):
            wall.say(connection)

    event.listen(engine, "before_cursor_execute", before)
