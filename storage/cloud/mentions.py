"""Every row that names somebody: found by the schema, so that no table can be forgotten.

Whatever names a record, its patient, or anything of theirs by its id goes. What stays is listed
here: the log, which holds no values, the ledger, and what others' records say of this person.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    MetaData,
    Select,
    String,
    Table,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Session

from records.people import Record
from storage.families.owners import HOUSE
from storage.rows import Base
from storage.rows.accounts import User, WebAuthn
from storage.rows.attachments import AttachmentRow
from storage.rows.base import Id
from storage.rows.chats import ButtonRow, ChatRow, OutboxRow
from storage.rows.cloud import ObjectRow
from storage.rows.orders import RuleRow, SlotRow
from storage.rows.segments import IntakeRow, ObservationRow, SegmentRow

LOG = frozenset(
    {"audit", "audit_seals", "audit_heads", "audit_waiting", "audit_work", "audit_roots"}
)
STAYS = LOG | {"erasures", "removals"}
"""Tables in which somebody who was erased is still named."""

OF_OTHERS = frozenset(
    {
        *("chats.subject", "relationships.person", "requests.asked_by", "reviews.by"),
        "alerts.seen_by",
    }
)
"""Columns in which others' rows name somebody: a helper's chat, who helps or asks elsewhere."""

JOINED = (
    (ButtonRow, ButtonRow.token, ButtonRow.ref),
    (SlotRow, SlotRow.key, SlotRow.key),
    (IntakeRow, IntakeRow.key, IntakeRow.observations),
)
"""Columns in which an id stands among other words, with the key of their row."""

AN_ID = re.compile(r"[0-9a-f]{32}")
BATCH = 500

_dying = Table("dying", MetaData(), Column("id", Id, primary_key=True), prefixes=["TEMPORARY"])
DYING = select(_dying.c.id)


def gather(session: Session, record: Record) -> None:
    """Keep the ids of the record, of its patient and of all that is theirs, until `let_go`."""
    _dying.create(session.connection(), checkfirst=False)
    names = {record.id, record.patient, record.global_id, record.place.container}
    session.execute(insert(_dying), [{"id": one} for one in sorted(names)])
    for found in _theirs(record):
        new = found.where(found.selected_columns[0].not_in(DYING)).distinct()
        session.execute(insert(_dying).from_select(["id"], new))


def let_go(session: Session) -> None:
    """Forget the ids again."""
    _dying.drop(session.connection())


def house_objects(session: Session, patient: str) -> Sequence[ObjectRow]:
    """Return the house's own objects that are about the record or its patient."""
    account = session.scalar(select(User.id).where(User.person_id == patient))
    passkeys = session.scalars(select(WebAuthn.id).where(WebAuthn.user_id == account)).all()
    keyed = [("account", account), *(("passkey", one) for one in passkeys)]
    named = [and_(ObjectRow.family == family, ObjectRow.ref == str(ref)) for family, ref in keyed]
    about = or_(ObjectRow.ref.in_(DYING), *named)
    return session.scalars(select(ObjectRow).where(ObjectRow.record == HOUSE, about)).all()


def remove_rows(session: Session, patient: str) -> None:
    """Remove every row that names what was gathered; others' chats speak of it no more."""
    of_others = or_(ChatRow.person.is_(None), ChatRow.person != patient)
    for chat in session.scalars(select(ChatRow).where(ChatRow.subject.in_(DYING), of_others)):
        chat.subject = None
    session.flush()
    addresses = session.scalars(select(ChatRow.address).where(ChatRow.person == patient)).all()
    account = select(User.id).where(User.person_id == patient).scalar_subquery()
    session.execute(delete(WebAuthn).where(WebAuthn.user_id == account))
    for rows, key, column in JOINED:
        _remove_joined(session, rows, key, column)
    for table in reversed(Base.metadata.sorted_tables):
        for named in _names(table):
            session.execute(delete(table).where(_goes_now(table, named)))
        if "address" in table.c and addresses:
            session.execute(delete(table).where(table.c.address.in_(addresses)))
    session.expire_all()


def _theirs(record: Record) -> Iterator[Select[Any]]:
    """Give the questions for the ids of what belongs to the record or the patient."""
    for table in Base.metadata.sorted_tables:
        if table.name not in STAYS and {"id", "record"} <= set(table.c.keys()):
            yield select(table.c.id).where(table.c.record == record.id)
    segments = select(SegmentRow.id).where(SegmentRow.record == record.id)
    yield select(ObservationRow.id).where(ObservationRow.segment.in_(segments))
    yield select(RuleRow.id).where(RuleRow.ref == record.patient)
    yield select(ChatRow.id).where(ChatRow.person == record.patient)
    yield select(AttachmentRow.id).where(AttachmentRow.sealed_for == record.patient)
    yield select(OutboxRow.id).where(OutboxRow.about.in_(DYING))


def _names(table: Table) -> list[Column[Any]]:
    """Return the columns by which a row of this table may be somebody's."""
    if table.name in STAYS:
        return []
    ids = [one for one in table.c if isinstance(one.type, String) and one.type.length == Id.length]
    return [one for one in ids if f"{table.name}.{one.name}" not in OF_OTHERS]


def _goes_now(table: Table, column: Column[Any]) -> ColumnElement[bool]:
    """Return the condition on a row; an object of the house goes once its page lists it no more."""
    named = column.in_(DYING)
    is_object = table.name == ObjectRow.__tablename__
    return and_(named, table.c.record != HOUSE) if is_object else named


def _remove_joined(session: Session, rows: type[Base], key: Any, column: Any) -> None:
    dying = set(session.scalars(DYING))
    long = select(key, column).where(func.length(column) >= 32).execution_options(yield_per=5000)
    found = [
        one for one, words in session.execute(long) if dying.intersection(AN_ID.findall(words))
    ]
    for start in range(0, len(found), BATCH):
        session.execute(delete(rows).where(key.in_(found[start : start + BATCH])))
