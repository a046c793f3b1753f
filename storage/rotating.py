"""Changing the master key while the house runs: every key is wrapped anew, and nothing moves.

Whoever runs accepts both keys meanwhile, sees a change of the file by itself, and wraps nothing
new under the old key. Cut off in the middle, it goes on when it is run again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import func, select, update

from records.services.storing import AlreadyStored, DocumentStore
from storage.keys import ROOT, KeyStore
from storage.keytables import patient_keys
from storage.masterkeys import MasterKeys
from storage.wrapping import key_id, root_place, unwrapped, wrap

BATCH = 500
Containers = Callable[[Sequence[str]], Mapping[str, str]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """One key as it was wrapped and as it is to be."""

    owner: str
    generation: int
    named: str
    before: bytes
    after: bytes


class MasterKeyChange:
    """One change of the master key; `containers` tells where owners' escrow objects lie."""

    def __init__(
        self, keys: KeyStore, masters: MasterKeys, store: DocumentStore, containers: Containers
    ) -> None:
        self.keys = keys
        self.masters = masters
        self.store = store
        self.containers = containers

    def run(self, progress: Progress = lambda _done, _of: None) -> str:
        """Change the key and return what is left for the operator to do."""
        self.keys.house_key("any")  # from here on the house's own key has a row to itself
        self.masters.begin_change()
        self._put_root()
        while self._wrap_all_anew(progress):
            pass  # once more, for what was wrapped meanwhile by those who had not looked yet
        for master in self.masters.accepted[1:]:
            self.store.remove(*root_place(master))
        return self.masters.finish_change()

    def _put_root(self) -> None:
        """Put the house's own key where the new master key alone finds and opens it."""
        new = self.masters.in_use
        root = unwrapped(self.keys.wrapped(ROOT), self.masters.accepted)
        if root is not None:
            with suppress(AlreadyStored):
                self.store.put(*root_place(new), wrap(root, new))

    def _wrap_all_anew(self, progress: Progress) -> int:
        with self.keys.engine.connect() as connection:
            count = connection.scalar(select(func.count()).select_from(patient_keys)) or 0
        looked_at = changed = 0
        for rows in self._batches():
            fresh = [one for row in rows if (one := self._anew(*row)) is not None]
            self._put_escrows(fresh)
            self._keep(fresh)
            looked_at += len(rows)
            changed += len(fresh)
            progress(looked_at, max(count, looked_at))
        return changed

    def _batches(self) -> Iterator[Sequence[tuple[str, int, bytes | None]]]:
        last = ""
        columns = patient_keys.c.owner, patient_keys.c.generation, patient_keys.c.wrapped
        while True:
            owners = (
                select(patient_keys.c.owner)
                .where(patient_keys.c.owner > last)
                .distinct()
                .order_by(patient_keys.c.owner)
                .limit(BATCH)
            )
            with self.keys.engine.connect() as connection:
                named = connection.scalars(owners).all()
                wanted = select(*columns).where(patient_keys.c.owner.in_(named))
                rows = [tuple(row) for row in connection.execute(wanted)]
            if not named:
                return
            yield rows
            last = named[-1]

    def _anew(self, owner: str, generation: int, wrapped: bytes | None) -> Rewrapped | None:
        new = self.masters.in_use
        if wrapped is None or unwrapped(wrapped, [new]) is not None:
            return None
        _, key = self.keys.unwrap(wrapped)
        return Rewrapped(owner, generation, key_id(key), wrapped, wrap(key, new))

    def _put_escrows(self, fresh: Sequence[Rewrapped]) -> None:
        """Put them before the rows say so: a row that is done has its escrow object done."""
        places = self.containers([one.owner for one in fresh])
        for one in fresh:
            if container := places.get(one.owner):
                self.store.remove(container, f"key-{one.named}")
                self.store.put(container, f"key-{one.named}", one.after)

    def _keep(self, fresh: Sequence[Rewrapped]) -> None:
        with self.keys.engine.begin() as connection:
            for one in fresh:
                connection.execute(
                    update(patient_keys)
                    .where(
                        patient_keys.c.owner == one.owner,
                        patient_keys.c.generation == one.generation,
                        patient_keys.c.wrapped == one.before,  # not one that was forgotten since
                    )
                    .values(wrapped=one.after)
                )
