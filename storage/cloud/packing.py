"""Packing: a closed month's objects of one kind become one object, and nothing is lost on the way.

What is about to be put is first noted as left over, so that whatever a worker that died has put is
swept; noting the new page takes that back, in the transaction that checks the claim. What lay loose
is left over from then on: it is removed a week after its pack was read back.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from records.errors import Stale
from records.services.storing import StoreUnavailable
from records.tracking import fresh
from storage.cloud.closing import Plan, plans, together
from storage.cloud.holding import hold, release
from storage.cloud.laying import Laid, lay
from storage.cloud.manifest import Entry, Head, Page, PageRef, head_name, read_pages, write
from storage.cloud.noting import (
    Put,
    entry_of,
    leave,
    leave_places,
    note_head,
    pack_row,
    packs_of,
)
from storage.cloud.packs import bytes_of_group, lying_together
from storage.cloud.private import PrivateCloud
from storage.cloud.safes import Safe, safe_of
from storage.rows.cloud import HeadRow, LeftoverRow, ObjectRow

log = structlog.get_logger()

GETS_AT_ONCE = 8
A_DAY = timedelta(days=1)  # what a worker has noted longer ago may be swept before it is done


@dataclass(frozen=True, slots=True)
class Begun:
    """One plan at work: the claim, what is to be put under which names, and since when."""

    owner: str
    plan: Plan
    token: int
    safe: Safe
    last: HeadRow
    groups: Sequence[Sequence[ObjectRow]]
    names: Sequence[str]
    page: str
    at: datetime

    @property
    def intended(self) -> list[str]:
        """Return the name of everything that is about to be put."""
        return [head_name(self.token), self.page, *self.names]


class Packing:
    """Packs the closed months of records; any number of workers may."""

    def __init__(self, cloud: PrivateCloud) -> None:
        self.cloud = cloud
        self.database = cloud.database
        self._gets = ThreadPoolExecutor(GETS_AT_ONCE, thread_name_prefix="pack")

    def pack(self, owner: str) -> int:
        """Pack what is closed of a record, and return how many packs were put.

        Raises Stale where somebody else writes this manifest just now.
        """
        return sum(self._run(owner, plan) for plan in self._plans(owner))

    def _plans(self, owner: str) -> Sequence[Plan]:
        with self.database.session(writing=False) as session:
            return plans(session, owner, self.database.clock())

    def _run(self, owner: str, plan: Plan) -> int:
        token = hold(self.database, owner)
        if token is None:
            raise Stale
        try:
            if plan in self._plans(owner):
                return self._pack(self._begin(owner, plan, token))
            self._release(owner, token)  # another worker was faster
            return 0
        except StoreUnavailable:
            self._release(owner, token)  # the sync need not wait for our lease
            raise

    def _pack(self, begun: Begun) -> int:
        told = zip(begun.groups, begun.names, strict=True)
        laid = [self._lay(begun, rows, name) for rows, name in told]
        whole = [one for one in laid if one is not None]
        if whole or begun.plan.folds:
            self._list(begun, whole)
        else:
            self._release(begun.owner, begun.token)
        return len(whole)

    def _release(self, owner: str, token: int) -> None:
        with self.database.session(writing=True) as session:
            release(session, self.database, owner, token)

    def _begin(self, owner: str, plan: Plan, token: int) -> Begun:
        """Note what is about to be put as left over, before anything is."""
        now = self.database.clock()
        with self.database.session(writing=False) as session:
            safe = safe_of(self.cloud.keys, session, owner)
            groups = together(session, owner, plan)
            last = session.get_one(HeadRow, owner)
        names = [fresh() for _ in groups]
        begun = Begun(owner, plan, token, safe, last, groups, names, fresh(), now)
        with self.database.session(writing=True) as session:
            leave(session, safe.container, begun.intended, now)
        return begun

    def _lay(self, begun: Begun, rows: Sequence[ObjectRow], name: str) -> Laid | None:
        entries = [entry_of(row) for row in rows]
        found: dict[str, bytes | None] = {}
        store, container = self.cloud.store, begun.safe.container
        for contents in self._gets.map(
            lambda group: bytes_of_group(store, container, group), lying_together(entries)
        ):
            found |= contents
        sealed = [(entry, content) for entry in entries if (content := found[entry.name])]
        whole = [one for one in sealed if sha256(one[1]).hexdigest() == one[0].digest]
        for lost in {one.name for one in entries} - {one.name for one, _ in whole}:
            log.error("object_not_packed", object=lost)  # the next round mends it
        return lay(store, begun.safe, name, whole) if len(whole) > 1 else None

    def _list(self, begun: Begun, laid: Sequence[Laid]) -> None:
        """Put a page that lists the packs and a head, and note both with what lies in packs."""
        moved = {one.name: one for each in laid for one in each.members}
        plan, safe, store = begun.plan, begun.safe, self.cloud.store
        with self.database.session(writing=False) as session:
            entries = [moved.get(one.name, one) for one in _listed(session, begun)]
            packs = (*packs_of(session, entries), *(one.pack for one in laid))
        content = write(Page(begun.owner, plan.into, tuple(entries), packs))
        page = safe.put(store, content, name=begun.page)
        ref = PageRef(plan.into, page.name, page.digest, page.length)
        others = [one for one in read_pages(begun.last.pages) if one.month not in plan.months]
        pages = tuple(sorted((*others, ref), key=lambda one: one.month))
        head = write(Head(begun.owner, begun.token, begun.last.digest, pages))
        put = safe.put(store, head, name=head_name(begun.token))
        done = Put(safe, plan.into, begun.at, (), (), put, begun.token, pages)
        with self.database.session(writing=True) as session:
            release(session, self.database, begun.owner, begun.token)
            self._take_back(session, begun)
            _note(session, begun, laid)
            note_head(session, done, put)

    def _take_back(self, session: Session, begun: Begun) -> None:
        """Note that what was put is needed; raises Stale if it may be swept already."""
        mine = delete(LeftoverRow).where(
            LeftoverRow.container == begun.safe.container,
            LeftoverRow.name.in_(begun.intended),
            LeftoverRow.since == begun.at,
        )
        taken = session.execute(mine).rowcount  # type: ignore[attr-defined]  # a DELETE has it
        if taken != len(begun.intended) or self.database.clock() - begun.at > A_DAY:
            raise Stale


def _listed(session: Session, begun: Begun) -> list[Entry]:
    found = select(ObjectRow).where(
        ObjectRow.record == begun.owner, ObjectRow.month.in_(begun.plan.months)
    )
    rows = session.scalars(found.order_by(ObjectRow.stored, ObjectRow.name))
    return [entry_of(row) for row in rows]


def _note(session: Session, begun: Begun, laid: Sequence[Laid]) -> None:
    """Note what lies in packs now; what lay loose is left over, and packs nothing lies in."""
    before = {row.name: row for group in begun.groups for row in group}
    moved = [one for each in laid for one in each.members]
    session.add_all(pack_row(begun.owner, each.pack) for each in laid)
    if moved:
        session.execute(
            update(ObjectRow),
            [{"name": one.name, "pack": one.pack, "start": one.start} for one in moved],
        )
    if begun.plan.folds:
        mine = ObjectRow.record == begun.owner, ObjectRow.month.in_(begun.plan.months)
        session.execute(update(ObjectRow).where(*mine).values(month=begun.plan.into))
    container = begun.safe.container
    leave_places(session, container, [before[one.name] for one in moved], begun.at)
    unused = [name for name in begun.names if name not in {one.pack.name for one in laid}]
    leave(session, container, unused, begun.at)
