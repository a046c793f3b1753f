"""Erasing a patient: the ledger first, then every row, then keys and objects until none is left.

The rows go in one transaction with the line in the ledger. What lies elsewhere is noted in the
same transaction as still to be removed (storage/cloud/removing), so that a cloud that is down or
a process that dies only puts it off.
"""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.errors import NotFound
from records.people import Person, Record
from records.policy import Action
from records.services.ports import Note
from records.tracking import RecordId
from records.vocabulary import Purpose, Role
from storage.cloud.ledger import note_erasure
from storage.cloud.mentions import DYING, gather, house_objects, let_go, remove_rows
from storage.families.heads import Heads
from storage.families.marking import overlook
from storage.families.owners import HOUSE
from storage.families.unsynced import mark
from storage.queue import CLAIMED, WAITING
from storage.registry.people import hold_record
from storage.registry.wishes import wish_private
from storage.rows import removals
from storage.rows.cloud import MOVED, LeftoverRow, ObjectRow, PublicationRow, SyncRow
from storage.rows.people import RecordRow
from storage.rows.removals import KEYS, OVERFLOW, PRIVATE, PUBLIC, RemovalRow
from storage.unit import StorageUnit

STAFF = frozenset(Role) - {Role.PATIENT, Role.CAREGIVER}


class CannotErase(Exception):
    """Nothing was erased; the text is one sentence or two that say what to do."""


def find(unit: StorageUnit, global_id: str) -> Record:
    """Return the record with this global id, or raise NotFound."""
    found = select(RecordRow.id).where(RecordRow.global_id == global_id)
    record = unit.desk.session.scalar(found)
    if record is None:
        raise NotFound
    return unit.records.record(RecordId(record))


def erase_by_wish(unit: StorageUnit, record_id: RecordId) -> None:
    """Erase the record of a patient who has wished it; one that is gone is gone."""
    with suppress(NotFound):
        record = unit.records.record(record_id)
        erase(unit, record, by=unit.people.person(record.patient), rule="is_the_patient")


def erase(unit: StorageUnit, record: Record, *, by: Person | None, rule: str) -> None:
    """Erase a record and its patient for good; raises CannotErase."""
    session, now = unit.desk.session, unit.desk.clock()
    hold_record(session, record.id)
    _require_no_staff(unit, record)
    note_erasure(session, record, now)
    unit.erasure_wishes.withdraw(record.id)
    gather(session, record)
    _require_nobody_publishes(session, now)
    _note_removals(session, record, now)
    remove_rows(session, record.patient)
    let_go(session)
    overlook(session, record.id)
    who = by.id if by else None
    unit.audit.note(Note(now, Action.ERASE, True, rule, who, record.id, Purpose.TREATMENT))
    Heads.note(session, record.id)
    mark(session, HOUSE, "audit", record.id)
    wish_private(unit.desk, RecordId(HOUSE), now)


def _require_no_staff(unit: StorageUnit, record: Record) -> None:
    if unit.people.person(record.patient).roles & STAFF:
        raise CannotErase(
            "This patient also works here, and others' records rest on that. "
            "Take the other role away first, then erase again."
        )


def _require_nobody_publishes(session: Session, now: datetime) -> None:
    """Let a worker that is putting something out of this record come to its end first."""
    busy = select(SyncRow.ref).where(
        SyncRow.lane == "public",
        SyncRow.ref.in_(DYING),
        SyncRow.state == CLAIMED,
        SyncRow.lease_until > now,
    )
    if session.scalar(busy.limit(1)) is not None:
        raise CannotErase(
            "Something of this patient is being published just now. "
            "Wait two minutes, then erase again."
        )


def _places(session: Session, record: Record) -> set[str]:
    """Return the stores in which something of a record lies, or may still be put."""
    moved = select(ObjectRow.place).where(ObjectRow.record == record.id, ObjectRow.place == MOVED)
    noted = select(LeftoverRow.place).where(
        LeftoverRow.container == record.place.container, LeftoverRow.place == MOVED
    )
    ever = any(session.scalar(one.limit(1)) is not None for one in (moved, noted))
    return {PRIVATE, OVERFLOW} if ever else {PRIVATE}


def _note_removals(session: Session, record: Record, now: datetime) -> None:
    published = select(PublicationRow.container, PublicationRow.name).where(
        PublicationRow.record == record.id
    )
    of_house = house_objects(session, record.patient)
    told = {
        *((KEYS, owner, "") for owner in (record.id, record.patient)),
        *((place, record.place.container, "") for place in _places(session, record)),
        *((PUBLIC, container, name) for container, name in session.execute(published)),
        *((removals.HOUSE, HOUSE, one.name) for one in of_house),
    }
    session.add_all(
        RemovalRow(
            place=place, container=container, name=name, since=now, due=now, state=WAITING,
            attempts=0, token=0, event="",
        )
        for place, container, name in sorted(told)
    )  # fmt: skip
    session.flush()
