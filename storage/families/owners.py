"""Whose container a row belongs in: a record's, or the house's own."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.rows.accounts import User
from storage.rows.people import RecordRow
from storage.rows.segments import ObservationRow, SegmentRow

HOUSE = "house"
Owner = Callable[[Session, Any], str | None]
"""Return the owner of a row; None where it belongs to nobody yet, and is not kept in a cloud."""


def the_house(_session: Session, _row: Any) -> str:
    """Everything of this family is the house's."""
    return HOUSE


def its_record(_session: Session, row: Any) -> str | None:
    """The record the row names."""
    record: str | None = row.record
    return record


def record_of(column: str) -> Owner:
    """Return the rule: the record of the person in this column, else the house."""

    def of_person(session: Session, row: Any) -> str | None:
        person: str | None = getattr(row, column)
        if person is None:
            return None
        return session.scalar(select(RecordRow.id).where(RecordRow.patient == person)) or HOUSE

    return of_person


def record_of_its_first_observation(session: Session, row: Any) -> str | None:
    """The record in which the first observation of a list lies."""
    told = json.loads(row.observations)
    if not told:
        return None
    where = select(SegmentRow.record).join(ObservationRow, ObservationRow.segment == SegmentRow.id)
    return session.scalar(where.where(ObservationRow.id == told[0]).limit(1))


def record_of_its_account(session: Session, row: Any) -> str | None:
    """The record of the person whose account a passkey opens, else the house."""
    account = session.get(User, row.user_id)
    return record_of("person_id")(session, account) if account else None
