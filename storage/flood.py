"""How much may be sent: limits that all workers share, counted in the outbox itself.

A message takes a place from its claim until a whole window after it was known what became of it.
Whenever the other side saw it, it took its place then; so no window it can measure ever holds
more than the limit, however slow the network or the worker. A bucket of tokens promises less.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from storage.queue import CLAIMED
from storage.registry.wishes import insert_for
from storage.rows.chats import ChatRow, LaneRow, OutboxRow


@dataclass(frozen=True, slots=True)
class Limits:
    """What one channel lets us send: overall, into a chat, and into a group.

    Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    """

    at_once: int = 30
    window: timedelta = timedelta(seconds=1)
    chat_window: timedelta = timedelta(seconds=1)
    group: int = 20
    group_window: timedelta = timedelta(seconds=60)


def database_now(session: Session) -> datetime:
    """Return the moment by the database's own clock, which all workers share."""
    if session.get_bind().dialect.name == "postgresql":
        moment: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC)
    written = session.execute(text("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")).scalar_one()
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def hold_lane(session: Session, lane: str) -> LaneRow:
    """Lock a lane until the transaction ends; whoever claims from it does this first."""
    made = insert_for(session.get_bind().dialect, LaneRow).values(lane=lane)
    session.execute(made.on_conflict_do_nothing(index_elements=["lane"]))
    return session.scalars(select(LaneRow).where(LaneRow.lane == lane).with_for_update()).one()


def places_left(session: Session, lane: str, limits: Limits) -> int:
    """Return how many messages may be claimed just now."""
    since = database_now(session) - limits.window
    taken = select(func.count()).where(
        OutboxRow.lane == lane, or_(OutboxRow.state == CLAIMED, OutboxRow.settled > since)
    )
    return max(0, limits.at_once - (session.scalar(taken) or 0))


def chat_may_be_sent_to(session: Session, limits: Limits) -> ColumnElement[bool]:
    """Return which rows' chats may be sent to just now; changing a message is always free."""
    now = database_now(session)
    busy = _sent_since(now - limits.chat_window).limit(1).exists()
    full = (
        select(ChatRow.id)
        .where(
            ChatRow.id == OutboxRow.chat,
            ChatRow.address.like("-%"),
            _count(now - limits.group_window) >= limits.group,
        )
        .exists()
    )
    return or_(OutboxRow.edits.is_not(None), ~or_(busy, full))


def _sent_since(since: datetime) -> Select[int, int]:
    other = aliased(OutboxRow)
    return (
        select(other.seq, other.attempts)
        .where(other.chat == OutboxRow.chat, other.settled > since, other.edits.is_(None))
        .correlate(OutboxRow)
    )


def _count(since: datetime) -> ColumnElement[int]:
    """Return how often a chat was sent to: each try may have arrived, so each one counts."""
    found = _sent_since(since).subquery()
    return select(func.coalesce(func.sum(found.c.attempts), 0)).scalar_subquery()
