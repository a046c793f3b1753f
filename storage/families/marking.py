"""Watching what is written: whatever must survive is noted where it changes, so none is forgotten.

Statements that change many rows at once pass by unseen; what they change must be marked by hand.
"""

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from storage.families.every import BY_ROWS, FAMILIES
from storage.families.family import Family
from storage.families.owners import HOUSE
from storage.families.unsynced import CLOCK, Mark, mark_all
from storage.rows.base import Base
from storage.rows.people import RecordRow

__all__ = ["CLOCK", "RESTORING", "overlook"]

SEEN = "seen"  # under which a session keeps what it has seen change
RESTORING = "restoring"  # under which a session is told that nothing is new


@event.listens_for(Session, "after_flush")
def _see_what_changed(session: Session, _context: UOWTransaction) -> None:
    if session.info.get(RESTORING):
        return
    for row in session.new:
        _see(session, row)
        if isinstance(row, RecordRow):
            _bring_home(session, row)
    for row in session.dirty:
        family = BY_ROWS.get(type(row))
        if family is not None and family.has_changed(row):
            _see(session, row)
    for row in session.deleted:
        _see(session, row)


@event.listens_for(Session, "before_commit")
def _note_what_changed(session: Session) -> None:
    session.flush()
    seen: set[Mark] = session.info.pop(SEEN, set())
    if seen:
        mark_all(session, seen)


def overlook(session: Session, owner: str) -> None:
    """Let nothing that has changed so far in this transaction wait for this container."""
    session.flush()
    session.info[SEEN] = {one for one in session.info.get(SEEN, ()) if one[0] != owner}


def _see(session: Session, row: Base) -> None:
    family = BY_ROWS.get(type(row))
    if family is not None:
        owners = (family.owner(session, row), *_former_owners(row))
        _keep(session, family, row, *(one for one in owners if one is not None))


def _keep(session: Session, family: Family, row: Base, *owners: str) -> None:
    """Keep until the commit that a row has no object in these containers that is true.

    What a savepoint takes back may stay seen: where there is no row, no object is made.
    """
    ref, version = family.ref_of(row), family.version_of(row)
    session.info.setdefault(SEEN, set()).update(
        (owner, family.name, ref, version) for owner in owners
    )


def _former_owners(row: Base) -> list[str]:
    """Return the record a row has been moved away from, if it has."""
    state = inspect(row)
    if "record" not in state.attrs:
        return []
    return [one for one in state.attrs.record.history.deleted or () if one]


def _bring_home(session: Session, record: RecordRow) -> None:
    """Note what is there of a person who gets a record: it belongs in its container from now on."""
    for family in FAMILIES:
        if family.person:
            column = getattr(family.rows, family.person)
            for row in session.scalars(select(family.rows).where(column == record.patient)):
                _keep(session, family, row, record.id, HOUSE)
