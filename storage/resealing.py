"""The cells of the database: where each lies, whose it is, and what it is bound to.

With it an owner's cells are sealed anew under the owner's newest key, while others read and write.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.cells import Cells
from storage.rows.alerts import AlertRow, LimitsRow
from storage.rows.attachments import AttachmentRow
from storage.rows.base import Base
from storage.rows.chats import OutboxRow, QuestionRow, SpoolRow, WaitingLineRow
from storage.rows.clinic import AdviceRow, TemplateRow
from storage.rows.consent import EmergencyRow, GrantRow, HidingRow, RequestRow
from storage.rows.devices import DeviceRow
from storage.rows.measures import MeasuresRow
from storage.rows.orders import OccurrenceRow, OrderRow
from storage.rows.people import PersonRow, RelationshipRow
from storage.rows.prompting import PromptingRow
from storage.rows.reviews import ReviewRow
from storage.rows.segments import SegmentRow, SeriesRow, SummaryRow
from storage.rows.standings import StandingRow


@dataclass(frozen=True, slots=True)
class Cell:
    """One sealed column: which column names its owner, and what each cell is bound to."""

    row: type[Base]
    column: str
    owner: str
    identity: Callable[[Any], str]


def _versioned(row: type[Base], name: str = "") -> Cell:
    named = name or row.__tablename__
    return Cell(row, "document", "record", lambda one: f"{named}:{one.id}:{one.version}")


def _attached(field: str) -> Cell:
    return Cell(AttachmentRow, field, "sealed_for", lambda one: f"attachment:{one.id}:{field}")


CELLS = (
    Cell(PersonRow, "name", "id", lambda one: f"person:{one.id}"),
    Cell(PromptingRow, "document", "person", lambda one: f"prompting:{one.person}"),
    Cell(MeasuresRow, "document", "record", lambda one: f"measures:{one.record}"),
    _versioned(RelationshipRow, "relationship"),
    _versioned(GrantRow, "grant"),
    _versioned(HidingRow),
    _versioned(EmergencyRow),
    _versioned(RequestRow),
    _versioned(SegmentRow, "segment"),
    _versioned(OrderRow, "order"),
    Cell(OccurrenceRow, "document", "record", lambda one: f"occurrence:{one.id}"),
    Cell(SeriesRow, "page", "record", lambda one: f"series:{one.record}:{one.code}:{one.month}"),
    Cell(SummaryRow, "page", "record", lambda one: f"summary:{one.record}:{one.kind}"),
    Cell(SummaryRow, "said", "record", lambda one: f"said:{one.record}:{one.kind}"),
    Cell(ReviewRow, "document", "record", lambda one: f"review:{one.id}"),
    Cell(AlertRow, "document", "record", lambda one: f"alert:{one.id}"),
    Cell(LimitsRow, "document", "record", lambda one: f"limits:{one.record}"),
    Cell(
        AdviceRow,
        "document",
        "organisation",
        lambda one: f"advice:{one.organisation}:{one.cause}",
    ),
    Cell(TemplateRow, "document", "organisation", lambda one: f"template:{one.id}"),
    Cell(StandingRow, "document", "record", lambda one: f"standing:{one.reader}:{one.record}"),
    Cell(DeviceRow, "name", "record", lambda one: f"device:{one.id}"),
    *(_attached(field) for field in ("source", "content", "small")),
    Cell(SpoolRow, "body", "sealed_for", lambda one: f"spool:{one.bot}:{one.update_id}"),
    Cell(OutboxRow, "card", "sealed_for", lambda one: f"card:{one.id}"),
    Cell(QuestionRow, "ref", "sealed_for", lambda one: f"question:{one.chat}"),
    Cell(WaitingLineRow, "line", "sealed_for", lambda one: f"waiting:{one.chat}:{one.key}"),
)


def seal_anew(session: Session, cells: Cells, owner: str, limit: int) -> int:
    """Seal up to this many of the owner's cells under the newest key; return how many were not."""
    done = 0
    for cell in CELLS:
        for row, identity, sealed in _older(session, cells, cell, owner):
            if done == limit:
                return done
            fresh = cells.seal(owner, identity, cells.open(owner, identity, sealed))
            column = getattr(cell.row, cell.column)
            key = (one == getattr(row, f"{one.key}") for one in cell.row.__mapper__.primary_key)
            # Only if it is still the same: who has changed it meanwhile has sealed it anew.
            session.execute(
                update(cell.row).where(*key, column == sealed).values({cell.column: fresh})
            )
            done += 1
    return done


def _older(
    session: Session, cells: Cells, cell: Cell, owner: str
) -> Iterator[tuple[Any, str, bytes]]:
    column = getattr(cell.row, cell.column)
    found = select(cell.row, column).where(
        getattr(cell.row, cell.owner) == owner, column.is_not(None)
    )
    for row, sealed in session.execute(found):
        identity = cell.identity(row)
        if not cells.is_newest(owner, identity, sealed):
            yield row, identity, sealed
