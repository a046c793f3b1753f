"""Letters that do not go out as they were queued: too late, withdrawn, or lost in hand."""

from records.orders import State
from records.services.delivering import may_still_be_told
from records.services.lapsing import note_sending
from records.tracking import OccurrenceId, PersonId
from storage.flood import database_now
from storage.queue import WAITING
from storage.rows.chats import ChatRow, OutboxRow
from storage.unit import StorageUnit

UNKNOWN, EXPIRED = "unknown", "expired"
REPEATED = "repeated"
CLOSED = "closed"  # what it tells was withdrawn or hidden before it went out


def drop(unit: StorageUnit, row: OutboxRow) -> None:
    """Drop a letter that is too late to be useful."""
    row.state = EXPIRED
    note_order(unit, row, State.TOO_LATE)


def drop_if_closed(unit: StorageUnit, row: OutboxRow) -> None:
    """Drop a letter about somebody else that may no longer be told to whom it goes."""
    chat = unit.desk.session.get_one(ChatRow, row.chat)
    now = unit.desk.clock()
    if not chat.person or not may_still_be_told(unit, PersonId(chat.person), row.about, now=now):
        row.state = CLOSED


def give_up(unit: StorageUnit, row: OutboxRow) -> None:
    """Settle a letter that a courier had in hand when it died."""
    row.token += 1
    row.lease_until = None
    row.settled = database_now(unit.desk.session)
    if row.edits is not None:
        row.state = WAITING  # to change a message twice harms nobody
    elif row.about and row.event != REPEATED:
        row.state, row.event = WAITING, REPEATED
    else:
        row.state = UNKNOWN
        note_order(unit, row, State.UNKNOWN)


def note_order(unit: StorageUnit, row: OutboxRow, state: State) -> None:
    """Note with its order what became of a letter."""
    if row.about and row.edits is None:
        note_sending(unit, OccurrenceId(row.about), state, now=unit.desk.clock())
