"""The spool: every update is kept before it is acknowledged, and answered one chat at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from records.services.ports import Face
from records.services.posting import Update
from storage.cells import Cells
from storage.database import Database
from storage.queue import CLAIMED, DONE, WAITING, claim, claimable, settle
from storage.registry.wishes import insert_for
from storage.rows.chats import SpoolRow
from storage.unit import StorageUnit

LEASE = timedelta(seconds=15)
TRIES = 3
SET_ASIDE = "set_aside"
NOT_READABLE = "not_readable"
WEB = "web"


class DatabaseSpool:
    """Updates in the database, sealed: under the house's key until they are answered.

    What was written in the web chat (its address is the person's id) stays, under the person's
    own key: it is that chat's only memory.
    """

    def __init__(self, database: Database, *, lease: timedelta = LEASE) -> None:
        self.database = database
        self.lease = lease

    def keep(self, bot: str, update_id: str, address: str, body: bytes) -> bool:
        """Keep an update under its exact (bot, update_id); False if it was there before."""
        once = spooled(self.database, bot, update_id, address, body)
        with self.database.session(writing=True) as session:
            return session.scalar(once.returning(SpoolRow.id)) is not None

    def claim(self, limit: int) -> Sequence[Update]:
        """Claim the oldest waiting update of each chat that nobody is answering."""
        now = self.database.clock()
        earlier = aliased(SpoolRow)
        busy = (
            select(earlier.id)
            .where(
                earlier.bot == SpoolRow.bot,
                earlier.address == SpoolRow.address,
                earlier.state.in_((WAITING, CLAIMED)),
                earlier.id < SpoolRow.id,
            )
            .exists()
        )
        found = select(SpoolRow).where(claimable(SpoolRow, now), ~busy).order_by(SpoolRow.id)
        with self.database.session(writing=True) as session:
            rows = claim(session, found, now=now, lease=self.lease, limit=limit)
            return [self._update(row) for row in rows]

    @contextmanager
    def answering(self, update: Update) -> Iterator[StorageUnit]:
        """Begin the one transaction in which an update is answered and marked done."""
        with self.database.begin(True, Face.CHAT) as unit:
            yield unit
            settle(
                unit.desk.session,
                SpoolRow,
                SpoolRow.id,
                update.id,
                update.token,
                state=DONE,
                **({} if update.bot == WEB else {"body": None}),
            )

    def crashed(self) -> Sequence[Update]:
        """Set aside what a process died over three times, and return it; never a crash loop."""
        now = self.database.clock()
        dead = (SpoolRow.state == CLAIMED) & (SpoolRow.lease_until <= now)
        found = select(SpoolRow).where(dead, SpoolRow.attempts >= TRIES)
        with self.database.session(writing=False) as session:
            if session.scalars(found.limit(1)).first() is None:
                return []
        with self.database.session(writing=True) as session:
            rows = session.scalars(found.with_for_update(skip_locked=True)).all()
            for row in rows:
                row.state, row.event, row.lease_until = SET_ASIDE, "crashed", None
                row.token += 1
            return [self._update(row) for row in rows]

    def fail(self, update: Update, event: str, *, for_good: bool = False) -> bool:
        """Put an update back, or aside after three tries or for good; True if it was set aside."""
        aside = for_good or update.attempts >= TRIES
        now = self.database.clock()
        with self.database.session(writing=True) as session:
            settle(
                session,
                SpoolRow,
                SpoolRow.id,
                update.id,
                update.token,
                state=SET_ASIDE if aside else WAITING,
                due=now + timedelta(seconds=2**update.attempts),
                event=event,
            )
        return aside

    def try_again(self) -> int:
        """Put back what was set aside although it could be read; return how many."""
        aside = (SpoolRow.state == SET_ASIDE) & (SpoolRow.event != NOT_READABLE)
        with self.database.session(writing=True) as session:
            rows = session.scalars(select(SpoolRow).where(aside).with_for_update()).all()
            for row in rows:
                row.state, row.attempts, row.due = WAITING, 0, self.database.clock()
            return len(rows)

    def _update(self, row: SpoolRow) -> Update:
        body = self.database.cells.open(
            row.sealed_for, f"spool:{row.bot}:{row.update_id}", row.body or b""
        )
        return Update(row.id, row.bot, row.address, body, row.token, row.attempts, row.received)


def spooled(
    database: Database, bot: str, update_id: str, address: str, body: bytes
) -> sqlite.Insert | postgresql.Insert:
    """Return the statement that keeps an update, sealed, once."""
    now = database.clock()
    owner = address if bot == WEB else Cells.HOUSE
    insert = insert_for(database.engine.dialect, SpoolRow).values(
        bot=bot,
        update_id=update_id,
        address=address,
        sealed_for=owner,
        body=database.cells.seal(owner, f"spool:{bot}:{update_id}", body),
        received=now,
        due=now,
        state=WAITING,
        attempts=0,
        token=0,
        event="",
    )
    return insert.on_conflict_do_nothing(index_elements=["bot", "update_id"])
