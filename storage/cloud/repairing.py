"""Repairing: what a cloud lost or altered is put back, and what nothing names is removed later."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.errors import Stale
from records.services.storing import AlreadyStored, NoSuchDocument
from storage.cloud.contents import content_of
from storage.cloud.holding import hold, release
from storage.cloud.manifest import Entry
from storage.cloud.noting import entry_of, leave
from storage.cloud.places import MOVED
from storage.cloud.private import PrivateCloud
from storage.cloud.relisting import Relisting
from storage.cloud.safes import Safe, safe_of
from storage.cloud.verifying import Chosen, Kept, everything, faults_in, kept_of
from storage.families.owners import HOUSE
from storage.registry.wishes import wish_pack
from storage.rows.cloud import LeftoverRow, ObjectRow
from storage.sealing import CannotOpen

ORPHAN = "named by nothing; it is removed in a week"


@dataclass(frozen=True, slots=True)
class Finding:
    """One object that was not as it should be, and whether it is put right."""

    name: str
    what: str
    repaired: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look into a container came to."""

    checked: int = 0
    findings: tuple[Finding, ...] = ()


class Repair:
    """Looks into containers, and puts right what it can from the database."""

    def __init__(self, cloud: PrivateCloud) -> None:
        self.cloud = cloud
        self.database = cloud.database
        self.relisting = Relisting(cloud)

    def look(self, owner: str, chosen: Chosen = everything) -> Looked:
        """Look at what is chosen of a container, all of it or a sample, and put it right.

        Of everything it is also told what nothing names. Raises Stale where somebody else writes
        this manifest just now.
        """
        kept = kept_of(self.cloud, owner, chosen)
        wrong = [fault for one in kept for fault in faults_in(self.cloud, owner, one)]
        count = sum(len(one.members) or 1 for one in kept)
        if not wrong and chosen is not everything:
            return Looked(count)
        token = hold(self.database, owner)
        if token is None:
            raise Stale
        still = _names(kept_of(self.cloud, owner))  # a move may have been faster
        wrong = [(one, what) for one, what in wrong if one.name in still]
        strays = self._strays(owner) if chosen is everything else ()
        mended = self._mend(owner, [one for one, _ in wrong], token)
        told = (Finding(one.name, what, one.name in mended) for one, what in wrong)
        return Looked(count, (*told, *(Finding(one, ORPHAN, True) for one in strays)))

    def _mend(self, owner: str, wrong: Sequence[Kept], token: int) -> set[str]:
        """Put back what the database still has and list it anew; return the names of that.

        Of a pack in which something is wrong all lies loose again, until it is packed anew.
        """
        replaced: dict[str, Entry | None] = {}
        with self.database.begin(False) as unit:
            safe = safe_of(self.cloud.keys, unit.desk.session, owner)
            for row in _to_put(unit.desk.session, owner, wrong):
                content = content_of(unit, owner, row)
                if content is None and row.pack:
                    content = self._what_is_left(safe, row)
                if content is not None:
                    replaced[row.name] = self._put(safe, row, content)
        listing = [one for one in wrong if one.listing]
        if replaced or listing:
            months = {one.month for one in listing if one.month}
            self.relisting.run(owner, replaced, months, token)
            self._pack_anew(owner)
        else:
            with self.database.session(writing=True) as session:
                release(session, self.database, owner, token)
        packs = [one for one in wrong if one.members]
        whole = [one for one in packs if all(row.name in replaced for row in one.members)]
        return {*replaced, *(one.name for one in (*listing, *whole))}

    def _pack_anew(self, owner: str) -> None:
        if owner != HOUSE:
            with self.database.session(writing=True) as session:
                wish_pack(session, owner, self.database.clock())

    def _what_is_left(self, safe: Safe, row: ObjectRow) -> bytes | None:
        """Return what a member of a wrong pack holds, if it is whole itself."""
        with suppress(NoSuchDocument, CannotOpen):
            return safe.get(self.cloud.store, entry_of(row))
        return None

    def _put(self, safe: Safe, row: ObjectRow, content: bytes) -> Entry:
        return safe.put(
            self.cloud.store, content, family=row.family, ref=row.ref, version=row.version
        )

    def _strays(self, owner: str) -> list[str]:
        """Note what no page or head names, so that the sweep removes it in a week; return it.

        Nobody else writes here meanwhile: what is not listed now never will be.
        """
        with self.database.session(writing=False) as session:
            safe = safe_of(self.cloud.keys, session, owner)
            left = select(LeftoverRow.name).where(LeftoverRow.container == safe.container)
            known = {*session.scalars(left), *(one.name for one in kept_of(self.cloud, owner))}
        names = set(self.cloud.store.names(safe.container))
        self._put_key(safe, names)
        strays = sorted(one for one in names - known if not one.startswith("key-"))
        away = sorted({*self.cloud.places.names(safe.container, MOVED)} - known)
        with self.database.session(writing=True) as session:
            leave(session, safe.container, strays, self.database.clock())
            leave(session, safe.container, away, self.database.clock(), place=MOVED)
        return [*strays, *away]

    def _put_key(self, safe: Safe, names: set[str]) -> None:
        """Put the wrapped key back beside what it opens, should it be gone."""
        name = f"key-{safe.key_id}"
        if safe.owner != HOUSE and name not in names:
            try:
                self.cloud.store.put(safe.container, name, self.cloud.keys.wrapped(safe.owner))
            except AlreadyStored:  # a listing may be behind
                return


def _names(kept: Sequence[Kept]) -> set[str]:
    return {one.name for one in kept} | {row.name for one in kept for row in one.members}


def _to_put(session: Session, owner: str, wrong: Sequence[Kept]) -> list[ObjectRow]:
    """Return the rows of what is wrong, and of all that lies in a pack with it."""
    alone = [one.row for one in wrong if one.row is not None and not one.row.pack]
    packs = {one.name for one in wrong if one.members}
    packs |= {one.row.pack for one in wrong if one.row is not None and one.row.pack}
    inside = select(ObjectRow).where(ObjectRow.record == owner, ObjectRow.pack.in_(packs))
    return [*alone, *(session.scalars(inside.order_by(ObjectRow.name)) if packs else ())]
