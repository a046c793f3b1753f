"""The log over one session: what was noted, held until the unit ends, and what was written."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from records.policy import Action
from records.services.noting import fold, tells_more
from records.services.ports import Face, Note
from records.tracking import PersonId, RecordId, fresh
from records.vocabulary import Purpose, SegmentKind
from storage.audit.chain import Sealing
from storage.registry.desk import Desk
from storage.rows.consent import AuditRow
from storage.rows.people import RecordRow

BESIDE = timedelta(minutes=10)  # for so long what a page fetches after it belongs to its line
LOOK_BACK = 200  # lines of a record among which the page's own is looked for


class AuditLog:
    """The log: lines are held until the unit ends, so that a refusal outlives a rollback."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.held: list[Note] = []
        self.beside = False

    def beside_page(self) -> None:
        """Say that all that is read here belongs to a page: its one line tells of it already."""
        self.beside = True

    def note(self, note: Note) -> None:
        """Add a line; a refusal is kept even when the change is rolled back."""
        self.held.append(note)

    def of_record(
        self,
        record_id: RecordId,
        limit: int,
        *,
        since: datetime | None = None,
        but: PersonId | None = None,
    ) -> tuple[Note, ...]:
        """Return the last lines about a record, newest first: later than `since`, none of `but`."""
        found = select(AuditRow).where(AuditRow.record == record_id)
        if since is not None:
            found = found.where(AuditRow.at > since)
        if but is not None:
            found = found.where(AuditRow.by.is_distinct_from(but))
        rows = self.desk.session.scalars(found.order_by(AuditRow.id.desc()).limit(limit))
        return tuple(read_note(row) for row in rows)


def lines_of(session: Session, audit: AuditLog) -> tuple[Note, ...]:
    """Return what of the notes of one unit is to be written: folded, none that a page told of."""
    lines = fold(audit.held)
    return tuple(one for one in lines if _tells_more(session, one)) if audit.beside else lines


def write_lines(
    session: Session,
    notes: Sequence[Note],
    sealing: Sealing,
    *,
    face: Face,
    consents: dict[str, int],
) -> None:
    """Write the lines of one unit at once, each with its mark."""
    trace = fresh()
    rows = [
        _values(one, face, consents.get(one.record or ""), f"{trace}.{number}")
        for number, one in enumerate(notes)
    ]
    for row in rows:
        row["mark"] = sealing.mark(AuditRow(**row))
    if rows:
        # Nothing is read back: not everybody who writes a line may read it.
        session.execute(insert(cast("Table", AuditRow.__table__)).inline(), rows)


def read_note(row: AuditRow) -> Note:
    """Return the note a row holds."""
    return Note(
        at=row.at,
        action=Action(row.action),
        allowed=row.allowed,
        rule=row.rule,
        by=PersonId(row.by) if row.by else None,
        record=RecordId(row.record) if row.record else None,
        purpose=Purpose(row.purpose),
        kinds=frozenset(SegmentKind(one) for one in row.kinds.split(",") if one),
        ref=row.ref,
        face=Face(row.face) if row.face else None,
    )


def _values(note: Note, face: Face, consent: int | None, trace: str) -> dict[str, Any]:
    return {
        "at": note.at,
        "action": str(note.action),
        "allowed": note.allowed,
        "rule": note.rule,
        "by": note.by,
        "record": note.record,
        "purpose": str(note.purpose),
        "kinds": ",".join(sorted(note.kinds)),
        "ref": note.ref,
        "face": str(face),
        "consent": consent,
        "trace": trace,
    }


def _tells_more(session: Session, note: Note) -> bool:
    """Say whether no line of late, written under the consent as it stands, tells of a note."""
    consent = select(RecordRow.consent_version).where(RecordRow.id == note.record)
    rows = session.scalars(
        select(AuditRow)
        .where(AuditRow.record == note.record, AuditRow.consent == consent.scalar_subquery())
        .order_by(AuditRow.id.desc())
        .limit(LOOK_BACK)
    )
    recent = [read_note(row) for row in rows if row.at > note.at - BESIDE]
    return tells_more(note, recent)
