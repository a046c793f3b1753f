"""Derive again what a database from an older version lacks; done once, when it is opened."""

from sqlalchemy import select

from records.vocabulary import Role, SegmentKind
from storage.database import Database
from storage.registry.finding import NAME, find_by_birth, find_by_name
from storage.registry.people import open_person
from storage.registry.segments import open_segment_row
from storage.registry.summaries import RECENT, put_summary, read_summary, summarise
from storage.rows.finding import FoundByRow
from storage.rows.people import PersonRow
from storage.rows.segments import SegmentRow, SummaryRow


def derive_what_lacks(database: Database) -> None:
    """Derive by what patients are found, and what lists look at, where it lacks."""
    _derive_findings(database)
    _derive_sayings(database)


def _derive_findings(database: Database) -> None:
    known = select(FoundByRow.subject).where(FoundByRow.what == NAME)
    lacking = select(PersonRow).where(
        PersonRow.roles.contains(Role.PATIENT), PersonRow.id.not_in(known)
    )
    with database.session(writing=False) as session:
        if session.scalar(lacking.limit(1)) is None:
            return
    with database.session(writing=True) as session:
        desk = database.unit_in(session).desk
        for person in session.scalars(lacking).all():
            find_by_name(desk, open_person(desk, person))
        told = select(SegmentRow).where(
            SegmentRow.newest, SegmentRow.kind == SegmentKind.PERSONAL_INFORMATION
        )
        for row in session.scalars(told).all():
            find_by_birth(desk, open_segment_row(desk, row))


def _derive_sayings(database: Database) -> None:
    """Derive the words lists look at where numbers were derived before there were any."""
    lacking = select(SummaryRow).where(SummaryRow.said.is_(None))
    with database.session(writing=False) as session:
        if session.scalar(lacking.limit(1)) is None:
            return
    since = (database.clock() - RECENT).date()
    with database.session(writing=True) as session:
        desk = database.unit_in(session).desk
        recent = select(SegmentRow).where(
            SegmentRow.newest, (SegmentRow.day >= since) | SegmentRow.day.is_(None)
        )
        for row in session.scalars(recent).all():
            summarise(desk, open_segment_row(desk, row))
        for summary in session.scalars(lacking).all():
            put_summary(desk, summary, read_summary(desk, summary), ())
