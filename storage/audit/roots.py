"""The daily root: one Merkle root over the heads of all chains, put where it cannot be taken back.

The root is drawn once and kept in the database before it goes anywhere, so that a worker that is
killed in between puts the same bytes again. A place that already holds another root of that day
shows that two logs with one beginning have gone on: a fork.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from records import documents
from records.errors import Stale
from records.services.storing import AlreadyStored, DocumentStore, StoreUnavailable
from storage.audit.chain import TOTAL, UNMARKED, Head, Sealing
from storage.audit.sealer import HeadAltered
from storage.audit.tree import root_of
from storage.database import Database
from storage.queue import CLAIMED, DONE, WAITING, claim, claimable, settle
from storage.registry.wishes import insert_for
from storage.rows.audit import AuditHeadRow, AuditRootRow

log = structlog.get_logger()

CONTAINER = "house-log"
FORKED = "forked"
LEASE = timedelta(seconds=300)
LONGEST_PAUSE = 3600.0  # seconds between tries while a cloud is down


@dataclass(frozen=True, slots=True)
class Root:
    """The root of one day. `before` is the digest of the last root; digests are hexadecimal."""

    day: str
    made: datetime
    lines: int
    chains: int
    total: str
    root: str
    before: str
    mac: str = ""

    def content(self, sealing: Sealing) -> bytes:
        """Return the root as it is kept: with what shows that the house drew it."""
        bare = documents.write(replace(self, mac=""))
        return documents.write(replace(self, mac=sealing.root_mac(bare).hex()))


def read_root(content: bytes, sealing: Sealing) -> Root:
    """Return the root in a document; raises ValueError for what the house did not draw."""
    root = documents.read(content, Root)
    if replace(root, mac="").content(sealing) != content:
        raise ValueError("not a root of this house")
    return root


def name_of(day: str) -> str:
    """Return the name of a day's root in every place."""
    return f"root-{day}"


def leaf(head: Head) -> bytes:
    """Return the leaf of one chain in the tree."""
    return f"{head.chain}:{head.count}:".encode() + head.digest


class Roots:
    """Draws the roots that are wished for and puts them into each place."""

    def __init__(self, database: Database, places: Mapping[str, DocumentStore]) -> None:
        self.database = database
        self.places = places
        self.sealing: Sealing = database.sealing

    def step(self, limit: int = 5) -> int:
        """See that today has its root, bring roots to where they belong, and return how many."""
        self._want_today()
        return sum(self._bring(*one) for one in self._claimed(limit))

    def _want_today(self) -> None:
        now = self.database.clock()
        day = f"{now.astimezone(UTC):%Y-%m-%d}"
        with self.database.session(writing=False) as session:
            if session.get(AuditRootRow, day) is not None:
                return
        with self.database.session(writing=True) as session:
            insert = insert_for(session.get_bind().dialect, AuditRootRow).values(
                day=day, state=WAITING, due=now, attempts=0, token=0, event=""
            )
            session.execute(insert.on_conflict_do_nothing())

    def _claimed(self, limit: int) -> list[tuple[str, int, int]]:
        now = self.database.clock()
        found = select(AuditRootRow).where(claimable(AuditRootRow, now)).order_by(AuditRootRow.day)
        with self.database.session(writing=False) as session:
            if session.scalar(found.limit(1)) is None:
                return []
        with self.database.session(writing=True) as session:
            rows = claim(session, found, now=now, lease=LEASE, limit=limit)
            return [(row.day, row.token, row.attempts) for row in rows]

    def _bring(self, day: str, token: int, attempts: int) -> int:
        try:
            content = self._drawn(day, token)
            forked = self._put(day, content)
            self._settle(day, token, state=FORKED if forked else DONE)
        except StoreUnavailable:
            self._put_back(day, token, attempts, "cloud_unavailable")
            return 0
        except HeadAltered as error:
            log.error("log_head_altered", chain=str(error))
            self._put_back(day, token, attempts, "log_head_altered")
            return 0
        except Stale:
            log.warning("root_overtaken", day=day)
            return 0
        return 1

    def _drawn(self, day: str, token: int) -> bytes:
        """Return the day's root as it was drawn before, or draw it and keep it."""
        with self.database.session(writing=False) as session:
            kept = session.scalar(select(AuditRootRow.document).where(AuditRootRow.day == day))
            content = kept or self._draw(session, day).content(self.sealing)
        if kept is None:
            with self.database.session(writing=True) as session:
                changed = session.execute(
                    update(AuditRootRow)
                    .where(
                        AuditRootRow.day == day,
                        AuditRootRow.token == token,
                        AuditRootRow.state == CLAIMED,
                    )
                    .values(document=content)
                )
                if not changed.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
                    raise Stale
        return content

    def _draw(self, session: Session, day: str) -> Root:
        heads = []
        total = Head(TOTAL)
        for row in session.scalars(select(AuditHeadRow).order_by(AuditHeadRow.chain)):
            head = Head(row.chain, row.count, row.digest)
            if self.sealing.head_mac(head) != row.mac:
                raise HeadAltered(row.chain)
            if row.chain == TOTAL:
                total = head
            elif row.chain != UNMARKED:
                heads.append(leaf(head))
        before = _last_before(session, day)
        return Root(
            day=day,
            made=self.database.clock(),
            lines=total.count,
            chains=len(heads),
            total=total.digest.hex(),
            root=root_of(sorted(heads)).hex(),
            before=hashlib.sha256(before).hexdigest() if before else "",
        )

    def _put(self, day: str, content: bytes) -> bool:
        """Put a root into each place, and say whether one of them holds another."""
        forked = False
        for place, store in self.places.items():
            try:
                store.put(CONTAINER, name_of(day), content)
            except AlreadyStored:
                log.error("log_forked", place=place, day=day)
                forked = True
        return forked

    def _settle(self, day: str, token: int, **changes: object) -> None:
        with self.database.session(writing=True) as session:
            settle(session, AuditRootRow, AuditRootRow.day, day, token, **changes)

    def _put_back(self, day: str, token: int, attempts: int, event: str) -> None:
        due = self.database.clock() + timedelta(seconds=min(2.0**attempts, LONGEST_PAUSE))
        log.warning("root_waits", day=day, reason=event)
        try:
            self._settle(day, token, state=WAITING, due=due, event=event)
        except Stale:
            log.warning("root_overtaken", day=day)


def _last_before(session: Session, day: str) -> bytes | None:
    last = select(func.max(AuditRootRow.day)).where(
        AuditRootRow.day < day, AuditRootRow.document.is_not(None)
    )
    return session.scalar(
        select(AuditRootRow.document).where(AuditRootRow.day == last.scalar_subquery())
    )
