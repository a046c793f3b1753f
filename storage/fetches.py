"""The bytes still to be fetched from a channel; what became of them goes through the spool."""

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from records.attachments import Cleaned
from records.chats import ChatChannel
from records.services.fetching import Wanted
from records.tracking import AttachmentId, RecordId
from storage.database import Database
from storage.queue import DONE, WAITING, claim, claimable, settle
from storage.registry.attachments import LOST, open_bytes, put_bytes
from storage.registry.wishes import wish_private
from storage.rows.attachments import AttachmentRow
from storage.spool import spooled

LEASE = timedelta(seconds=120)
FORGOTTEN = timedelta(days=7)  # after which what nobody said whom it is for is dropped


class DatabaseFetches:
    """What is to be fetched from one channel; each method is its own transaction."""

    def __init__(
        self, database: Database, channel: ChatChannel, *, lease: timedelta = LEASE
    ) -> None:
        self.database = database
        self.bot = f"{channel}-files"
        self.lease = lease

    def claim(self, limit: int) -> Sequence[Wanted]:
        """Claim the next bytes due; what belongs to nobody after a week is dropped."""
        now = self.database.clock()
        found = (
            select(AttachmentRow).where(claimable(AttachmentRow, now)).order_by(AttachmentRow.due)
        )
        with self.database.session(writing=False) as session:
            if session.scalars(found.limit(1)).first() is None:
                return []
        with self.database.session(writing=True) as session:
            self._drop_the_forgotten(session)
            desk = self.database.unit_in(session).desk
            return [
                Wanted(
                    AttachmentId(row.id),
                    open_bytes(desk, row, "source").decode(),
                    row.token,
                    row.attempts,
                )
                for row in claim(session, found, now=now, lease=self.lease, limit=limit)
            ]

    def arrived(self, wanted: Wanted, cleaned: Cleaned) -> None:
        """Keep bytes that were fetched, and let the dialogue know."""
        with self.database.session(writing=True) as session:
            row = self._settled(session, wanted, DONE)
            desk = self.database.unit_in(session).desk
            put_bytes(desk, row, cleaned)
            row.source = None
            if row.record is not None:
                due = self.database.clock() + timedelta(seconds=self.database.quiet)
                wish_private(desk, RecordId(row.record), due)
            self._tell(session, row, "")

    def again(self, wanted: Wanted, seconds: float) -> None:
        """Put it back: the channel could not be reached; try once more after this time."""
        due = self.database.clock() + timedelta(seconds=seconds)
        with self.database.session(writing=True) as session:
            self._settled(session, wanted, WAITING).due = due

    def lost(self, wanted: Wanted, reason: str) -> None:
        """Note that these bytes will never be here, and let the dialogue say so."""
        with self.database.session(writing=True) as session:
            row = self._settled(session, wanted, LOST)
            row.event, row.source = reason, None
            self._tell(session, row, reason)

    def _settled(self, session: Session, wanted: Wanted, state: str) -> AttachmentRow:
        settle(session, AttachmentRow, AttachmentRow.id, wanted.id, wanted.token, state=state)
        return session.get_one(AttachmentRow, wanted.id, populate_existing=True)

    def _tell(self, session: Session, row: AttachmentRow, reason: str) -> None:
        body = json.dumps({"attachment": row.id, "reason": reason}).encode()
        session.execute(spooled(self.database, self.bot, row.id, row.address, body))

    def _drop_the_forgotten(self, session: Session) -> None:
        session.execute(
            delete(AttachmentRow).where(
                AttachmentRow.record.is_(None),
                AttachmentRow.told < self.database.clock() - FORGOTTEN,
            )
        )
