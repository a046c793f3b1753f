"""Sealing: lines that wait are linked, a batch in one transaction under the claim's token.

Each line passes here once, soon after it was written, so here is also seen who wishes to be told
of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

from records.errors import Stale
from records.services.looking import LOOKING
from records.services.noticing import look_out
from storage.audit.anchors import Anchors
from storage.audit.chain import TOTAL, UNMARKED, Head, Sealing, chain_of
from storage.database import Database
from storage.queue import WAITING, claim, claimable, settle
from storage.registry.wishes import insert_for
from storage.rows.audit import AuditHeadRow, AuditSealRow, AuditWaitingRow, AuditWorkRow
from storage.rows.consent import AuditRow

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
AT_ONCE = 5_000  # lines in one transaction: bounds memory, and how long others wait to write
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
SEAL = "seal"
COLUMNS = tuple(AuditRow.__table__.columns)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one batch comes to: the seals, and the heads as they are after it."""

    seals: list[dict[str, Any]]
    heads: dict[str, Head]
    known: frozenset[int]  # lines that were sealed before: brought back from the clouds

    @property
    def total(self) -> Head:
        """The head of the chain through all lines."""
        return self.heads[TOTAL]


class HeadAltered(Exception):
    """A head is not as the house wrote it: nothing is linked to it."""


class Sealer:
    """Seals what waits; any number may run, one at a time does the work."""

    def __init__(self, database: Database, anchors: Anchors) -> None:
        self.database = database
        self.anchors = anchors
        self.sealing: Sealing = database.sealing

    def seal(self, limit: int = 100_000) -> int:
        """Seal up to so many lines and return how many."""
        done = 0
        while done < limit and (sealed := self._seal_batch()):
            done += sealed
        return done

    def _seal_batch(self) -> int:
        token = self._claimed()
        if token is None:
            return 0
        lines = self._waiting()
        self._look_out(lines)
        try:
            batch = self._linked(lines)
            self._keep(batch, token)
        except Stale:
            log.warning("sealing_overtaken")
            return 0
        except HeadAltered as error:
            log.error("log_head_altered", chain=str(error))
            return 0
        self.anchors.mark(batch.total)
        return len(batch.seals)

    def _claimed(self) -> int | None:
        now = self.database.clock()
        found = select(AuditWorkRow).where(
            AuditWorkRow.job == SEAL,
            claimable(AuditWorkRow, now) | (AuditWorkRow.lease_until > now + 2 * LEASE),
        )
        with self.database.session(writing=False) as session:
            if session.scalar(select(AuditWaitingRow.line).limit(1)) is None:
                return None
            if session.scalar(found.limit(1)) is None:
                return None
        with self.database.session(writing=True) as session:
            rows = claim(session, found, now=now, lease=LEASE, limit=1)
            return rows[0].token if rows else None

    def _waiting(self) -> Sequence[Any]:
        with self.database.session(writing=False) as session:
            return _waiting(session)

    def _look_out(self, lines: Iterable[Any]) -> None:
        """See who wishes to be told of what is to be sealed; done twice it tells no more."""
        looks = [one for one in lines if one.position is None and one.action in LOOKING]
        if looks:
            with self.database.begin(True) as unit:
                look_out(unit, looks, now=self.database.clock())

    def _linked(self, lines: Sequence[Any]) -> Sealed:
        """Return the next batch, worked out in memory while others write."""
        new = [one for one in lines if one.position is None]
        with self.database.session(writing=False) as session:
            heads = self._heads(session, {chain_of(one) for one in new} | {TOTAL})
            if not heads[TOTAL].count:
                heads[UNMARKED] = _unmarked(session)
        known = frozenset(one.id for one in lines if one.position is not None)
        return Sealed(self._link(new, heads), heads, known)

    def _link(self, lines: Iterable[Any], heads: dict[str, Head]) -> list[dict[str, Any]]:
        """Return the seals of some lines, and move the heads on."""
        seals = []
        for line in lines:
            head = self.sealing.link(heads[chain_of(line)], line)
            heads[head.chain] = head
            heads[TOTAL] = total = self.sealing.count_in(heads[TOTAL], head.digest)
            seals.append(
                {
                    "position": total.count,
                    "line": line.id,
                    "chain": head.chain,
                    "number": head.count,
                    "digest": head.digest,
                }
            )
        return seals

    def _heads(self, session: Session, chains: Iterable[str]) -> dict[str, Head]:
        wanted = sorted(chains)
        heads = {one: Head(one) for one in wanted}
        stored = AuditHeadRow.__table__.c
        found = select(stored.chain, stored["count"], stored.digest, stored.mac)
        for chain, count, digest, mac in session.execute(found.where(stored.chain.in_(wanted))):
            heads[chain] = Head(chain, count, digest)
            if self.sealing.head_mac(heads[chain]) != mac:
                raise HeadAltered(chain)
        return heads

    def _keep(self, batch: Sealed, token: int) -> None:
        """Keep a batch if the claim is still ours: all of it, or none."""
        with self.database.session(writing=True) as session:
            settle(session, AuditWorkRow, AuditWorkRow.job, SEAL, token, state=WAITING, due=ALWAYS)
            if batch.seals:
                session.execute(insert(AuditSealRow), batch.seals)
                self._keep_heads(session, batch.heads.values())
                _no_longer_waiting(session, batch.seals[0]["position"])
            if batch.known:
                session.execute(
                    delete(AuditWaitingRow).where(AuditWaitingRow.line.in_(batch.known))
                )

    def _keep_heads(self, session: Session, heads: Iterable[Head]) -> None:
        now = self.database.clock()
        new = insert_for(session.get_bind().dialect, AuditHeadRow)
        session.execute(
            new.on_conflict_do_update(
                index_elements=["chain"],
                set_={name: new.excluded[name] for name in ("count", "digest", "mac", "sealed")},
            ),
            [
                {
                    "chain": one.chain,
                    "count": one.count,
                    "digest": one.digest,
                    "mac": self.sealing.head_mac(one),
                    "sealed": now,
                }
                for one in heads
            ],
        )


def _waiting(session: Session) -> Sequence[Any]:
    """Return the lines that wait, oldest first; a line taken out before its seal waits for ever."""
    return session.execute(
        select(*COLUMNS, AuditSealRow.position)
        .join(AuditWaitingRow, AuditWaitingRow.line == AuditRow.id)
        .outerjoin(AuditSealRow, AuditSealRow.line == AuditRow.id)
        .order_by(AuditRow.id)
        .limit(AT_ONCE)
    ).all()


def _unmarked(session: Session) -> Head:
    """Return up to which line the log was written before lines had marks."""
    last = session.scalar(select(func.max(AuditRow.id)).where(AuditRow.mark.is_(None)))
    return Head(UNMARKED, last or 0)


def _no_longer_waiting(session: Session, first: int) -> None:
    sealed = exists().where(
        AuditSealRow.line == AuditWaitingRow.line, AuditSealRow.position >= first
    )
    session.execute(delete(AuditWaitingRow).where(sealed))
