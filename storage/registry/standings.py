"""Standings over one session: kept beside the counts of what they were made from."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Insert, Row, Select, and_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from records.findings.limits import Limits
from records.findings.reasons import Situation
from records.people import Person
from records.standing import Standing
from records.tracking import RecordId
from storage.registry.changes import COUNTED
from storage.registry.desk import Desk
from storage.registry.many import tied
from storage.rows.base import Base
from storage.rows.people import RecordRow
from storage.rows.standings import ChangesRow, ListReaderRow, StandingRow

EDITION = 1
"""Grows when the same facts may give another place: when a rule or a threshold has changed."""


class Kept(NamedTuple):
    """What a cell holds of a standing."""

    name: str
    situation: Situation | None
    weight: float
    helped: bool
    reviewed: bool


class StandingRegistry:
    """Standings as they are kept.

    What is worked out is held until the unit ends, so that a unit that only reads can give it too.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.basis = ""
        self.counted: dict[str, tuple[int, int]] = {}
        self.held: list[dict[str, Any]] = []
        self.looks: list[dict[str, Any]] = []

    def of(self, reader: Person, usual: Limits, now: datetime) -> dict[RecordId, Standing | None]:
        """Return each record that may be open to this reader; None where nothing kept counts."""
        self.basis = _basis(reader, usual)
        rows = self.desk.session.execute(_kept_for(reader, self.basis, now)).all()
        self.desk.cells.ready(row.record for row in rows)
        self.counted = {row.record: (row.consent_version, row.changes) for row in rows}
        return {RecordId(row.record): self._open(reader, row) for row in rows}

    def stale(self, reader: Person, usual: Limits, now: datetime, limit: int) -> Sequence[RecordId]:
        """Return some of those of which nothing kept counts, at most so many."""
        self.basis = _basis(reader, usual)
        lacking = _kept_for(reader, self.basis, now).where(StandingRow.document.is_(None))
        rows = self.desk.session.execute(lacking.order_by(RecordRow.id).limit(limit)).all()
        self.counted = {row.record: (row.consent_version, row.changes) for row in rows}
        return [RecordId(row.record) for row in rows]

    def keep(self, reader: Person, standings: Sequence[Standing]) -> None:
        """Keep what was worked out from the records as they were found in this transaction."""
        for one in sorted(standings, key=lambda one: one.record):
            consent, changes = self.counted[one.record]
            kept = Kept(one.name, one.situation, one.weight, one.helped, one.reviewed)
            identity = _identity(reader.id, one.record)
            self.held.append(
                {
                    "reader": reader.id,
                    "record": one.record,
                    "reader_as": self.basis,
                    "consent": consent,
                    "changes": changes,
                    "until": one.until,
                    "document": self.desk.cells.write(one.record, identity, kept),
                }
            )

    def look(self, reader: Person, now: datetime) -> None:
        """Note that this reader looks at the own list."""
        self.looks.append({"reader": reader.id, "looked": now})

    def readers(self, since: datetime) -> Sequence[str]:
        """Return who has looked at a list since then."""
        return self.desk.session.scalars(
            select(ListReaderRow.reader)
            .where(ListReaderRow.looked > since)
            .order_by(ListReaderRow.reader)
        ).all()

    def _open(self, reader: Person, row: Row[str, int, int, datetime, bytes]) -> Standing | None:
        if row.document is None:
            return None
        identity = _identity(reader.id, row.record)
        kept = self.desk.cells.read(row.record, identity, row.document, Kept)
        return Standing(RecordId(row.record), row.until, *kept)


def write_standings(session: Session, standings: StandingRegistry) -> None:
    """Write what a unit held; what was made from less than is there by now counts for nobody."""
    for table, rows in ((StandingRow, standings.held), (ListReaderRow, standings.looks)):
        if rows:
            session.connection().execute(_put(table, session.get_bind().dialect.name), rows)


@cache
def _put(table: type[Base], dialect: str) -> Insert:
    made = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    keys = [one.name for one in table.__table__.primary_key]
    rest = {one.name: one for one in made.excluded if one.name not in keys}
    return made.on_conflict_do_update(index_elements=keys, set_=rest)


def _kept_for(reader: Person, basis: str, now: datetime) -> Select[str, int, int, datetime, bytes]:
    """Return the one question for what is kept for a reader and still counts."""
    records = tied(reader.id, reader.organisation).subquery()
    counts = and_(
        StandingRow.reader == reader.id,
        StandingRow.record == RecordRow.id,
        StandingRow.reader_as == basis,
        StandingRow.consent == RecordRow.consent_version,
        StandingRow.changes == COUNTED,
        StandingRow.until > now,
    )
    return (
        select(
            RecordRow.id.label("record"),
            RecordRow.consent_version,
            COUNTED.label("changes"),
            StandingRow.until,
            StandingRow.document,
        )
        .join(records, records.c.record == RecordRow.id)
        .outerjoin(ChangesRow, ChangesRow.record == RecordRow.id)
        .outerjoin(StandingRow, counts)
    )


def _basis(reader: Person, usual: Limits) -> str:
    """Return what a standing rests on besides the record: our rules, the reader, the guideline."""
    told = [str(EDITION), *sorted(reader.roles), reader.organisation or "", repr(usual)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def _identity(reader: str, record: str) -> str:
    return f"standing:{reader}:{record}"
