"""Repairing: what a cloud lost or altered is put back, and what nothing names is removed later."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from records.errors import Stale
from records.services.storing import AlreadyStored
from storage.cloud.contents import content_of
from storage.cloud.holding import hold, release
from storage.cloud.manifest import Entry
from storage.cloud.noting import leave
from storage.cloud.private import PrivateCloud
from storage.cloud.relisting import Relisting
from storage.cloud.safes import Safe, safe_of
from storage.cloud.verifying import Chosen, Kept, everything, fault_of, kept_of
from storage.families.owners import HOUSE
from storage.rows.cloud import LeftoverRow

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
        wrong = [(one, what) for one in kept if (what := fault_of(self.cloud, owner, one))]
        if not wrong and chosen is not everything:
            return Looked(len(kept))
        token = hold(self.database, owner)
        if token is None:
            raise Stale
        strays = self._strays(owner) if chosen is everything else ()
        mended = self._mend(owner, [one for one, _ in wrong], token)
        told = (Finding(one.name, what, one.name in mended) for one, what in wrong)
        return Looked(len(kept), (*told, *(Finding(one, ORPHAN, True) for one in strays)))

    def _mend(self, owner: str, wrong: Iterable[Kept], token: int) -> set[str]:
        """Put back what the database still has and list it anew; return the names of that."""
        replaced: dict[str, Entry | None] = {}
        with self.database.begin(False) as unit:
            safe = safe_of(self.cloud.keys, unit.desk.session, owner)
            for one in wrong:
                content = content_of(unit, owner, one.row) if one.row is not None else None
                if one.row is not None and content is not None:
                    replaced[one.name] = self._put(safe, one, content)
        manifest = [one for one in wrong if one.row is None]
        if replaced or manifest:
            months = {one.month for one in manifest if one.month}
            self.relisting.run(owner, replaced, months, token)
        else:
            with self.database.session(writing=True) as session:
                release(session, self.database, owner, token)
        return {*replaced, *(one.name for one in manifest)}

    def _put(self, safe: Safe, one: Kept, content: bytes) -> Entry:
        row = one.row
        if row is None:
            raise LookupError(one.name)
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
        with self.database.session(writing=True) as session:
            leave(session, safe.container, strays, self.database.clock())
        return strays

    def _put_key(self, safe: Safe, names: set[str]) -> None:
        """Put the wrapped key back beside what it opens, should it be gone."""
        name = f"key-{safe.key_id}"
        if safe.owner != HOUSE and name not in names:
            try:
                self.cloud.store.put(safe.container, name, self.cloud.keys.wrapped(safe.owner))
            except AlreadyStored:  # a listing may be behind
                return
