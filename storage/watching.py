"""Watching the channel itself: updates that never came, and time in which nobody was there."""

from datetime import datetime, timedelta
from itertools import pairwise

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from records.chats import ChatChannel
from records.services.telling import tell_of_absence
from storage.database import Database
from storage.flood import hold_lane
from storage.registry.chats import read_chat
from storage.rows.chats import ChatRow, SpoolRow

log = structlog.get_logger(__name__)

LOOK_BACK = 5_000  # updates
SETTLES = timedelta(minutes=5)  # pushed updates of different chats may come out of order
A_JUMP = 10_000  # after an idle week Telegram goes on with a random id: that is no gap
KEPT_FOR = timedelta(hours=24)  # Telegram drops what was not fetched for so long


class DatabaseWatch:
    """Looks every now and then; any number of processes may watch one lane."""

    def __init__(self, database: Database, lane: ChatChannel) -> None:
        self.database = database
        self.lane = lane
        self._told = 0

    def look(self) -> None:
        """Note that somebody is here, and tell whoever must know of what may be missing."""
        self._note_presence()
        with self.database.session(writing=False) as session:
            missing = missing_updates(session, self.lane, self.database.clock())
        if missing > self._told:
            log.error("updates_missing", count=missing, channel=self.lane)
        self._told = missing

    def _note_presence(self) -> None:
        now = self.database.clock()
        with self.database.begin(True) as unit:
            session = unit.desk.session
            lane = hold_lane(session, self.lane)
            before, lane.alive = lane.alive, now
            if before is None or now - before <= KEPT_FOR:
                return
            log.error("nobody_was_here", channel=self.lane, since=before.isoformat())
            linked = select(ChatRow).where(
                ChatRow.channel == self.lane, ChatRow.person.is_not(None), ChatRow.blocked.is_(None)
            )
            chats = [read_chat(row) for row in session.scalars(linked)]
            tell_of_absence(unit, chats, since=before, until=now)


def missing_updates(session: Session, lane: str, now: datetime) -> int:
    """Return how many ids are missing between those of the last updates.

    Ids are given out one after another to what is queued for us, so a gap is an update that was
    dropped before it reached us.
    """
    newest = (
        select(SpoolRow.update_id, SpoolRow.received)
        .where(SpoolRow.bot == lane)
        .order_by(SpoolRow.id.desc())
        .limit(LOOK_BACK)
    )
    came = sorted(
        (int(number), received)
        for number, received in session.execute(newest)
        if number.removeprefix("-").isdigit()
    )
    missing = 0
    for (before, _), (after, received) in pairwise(came):
        if after - before < A_JUMP and now - received > SETTLES:
            missing += after - before - 1
    return missing
