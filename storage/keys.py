"""The keys of patients, in a store of their own so that an old dump of the database opens nothing.

The master key wraps them (RFC 3394). A forgotten owner leaves an empty row behind, so that neither
a late writer nor a restored escrow object gives the owner a key again.
"""

import time
from collections.abc import Callable, Iterable, Sequence

from records.services.storing import DocumentStore, NoSuchDocument, StoreUnavailable
from storage.keymemory import KeyMemory, Keys
from storage.keytables import (
    add,
    add_newer,
    add_older,
    drop_all,
    drop_older,
    oldest_key,
    open_key_tables,
    scrub,
    wrapped_keys,
)
from storage.masterkey import derived_key, fresh_key
from storage.masterkeys import AcceptedKeys, OneKey
from storage.wrapping import key_id, root_place, unwrapped, wrap

__all__ = [
    *("KeyForgotten", "KeyStore", "KeyUnreadable"),
    *("key_id", "make_master_key", "read_master_key"),
]

HOUSE = "house"  # the owner of what belongs to no patient
ROOT = "house-root"  # the owner of the key from which the house's keys derive


class KeyForgotten(LookupError):
    """This owner's key was destroyed, and the owner gets no other."""


class KeyUnreadable(Exception):
    """A wrapped key does not open under this master key; the text says what to do."""


class KeyStore:
    """Give each owner a key, made on first use; safe to share between threads and processes.

    An owner's key may be renewed: the newest generation seals, and every one that is still there
    opens. `escrow` is where the house's own key is looked for when this store is empty.
    """

    def __init__(
        self,
        url: str,
        master_key: bytes | AcceptedKeys,
        *,
        clock: Callable[[], float] = time.monotonic,
        escrow: DocumentStore | None = None,
    ) -> None:
        self.master = OneKey(master_key) if isinstance(master_key, bytes) else master_key
        self.engine = open_key_tables(url)
        self.memory = KeyMemory(clock)
        self._escrow = escrow
        self._root = b""

    def key_of(self, owner: str) -> tuple[str, bytes]:
        """Return the owner's key and its id, making them on first use; raise KeyForgotten."""
        return self.keys_of(owner)[0]

    def keys_of(self, owner: str, *, afresh: bool = False) -> Sequence[tuple[str, bytes]]:
        """Return every key that still opens something of the owner, the newest first.

        `afresh` looks past what is remembered: another process may have renewed the key.
        """
        keys = () if afresh else self.memory.of(owner)
        if not keys:
            stored = self._stored(owner) or (self._made(owner),)
            keys = self._named(stored)
            self.memory.keep(owner, keys)
        return list(keys)

    def key_for(self, owner: str, named: str) -> tuple[str, bytes]:
        """Return the owner's key with this id; the newest where the owner has none of this id."""
        keys = self.keys_of(owner)
        if named not in dict(keys):
            keys = self.keys_of(owner, afresh=True)
        return next((one for one in keys if one[0] == named), keys[0])

    def renew(self, owner: str) -> str:
        """Give the owner one more key, and return its id; what the older one sealed still opens."""
        self.key_of(owner)
        new = self._wrapped(fresh_key())
        with self.engine.begin() as connection:
            add_newer(connection, owner, new)
        return self.keys_of(owner, afresh=True)[0][0]

    def retire(self, owner: str) -> None:
        """Destroy every key of the owner but the newest: nothing is sealed under them any more."""
        with self.engine.begin() as connection:
            drop_older(connection, owner)
        self._forget_here(owner)

    def ready(self, owners: Iterable[str]) -> None:
        """Fetch the keys of many owners at once; who has none, or had one, is left to `key_of`."""
        missing = sorted(one for one in set(owners) if not self.memory.of(one))
        if not missing:
            return
        for owner, found in wrapped_keys(self.engine, missing).items():
            whole = [one for one in found if one is not None]
            if len(whole) == len(found):
                self.memory.keep(owner, self._named(whole))

    def forget(self, owner: str) -> None:
        """Destroy the owner's keys for good: nothing sealed under them opens any more."""
        with self.engine.begin() as connection:
            drop_all(connection, owner)
        self._forget_here(owner)

    def wrapped(self, owner: str) -> bytes:
        """Return the owner's key wrapped under the master key: the escrow object of the clouds."""
        return (self._stored(owner) or (self._made(owner),))[0]

    def escrows(self, owner: str) -> dict[str, bytes]:
        """Return every key of the owner by its id, wrapped as it is stored; none if forgotten."""
        try:
            return {key_id(self._unwrap(one)): one for one in self._stored(owner)}
        except KeyForgotten:
            return {}

    def unwrap(self, wrapped: bytes) -> tuple[str, bytes]:
        """Return the key in an escrow object, and its id, or raise KeyUnreadable."""
        key = self._unwrap(wrapped)
        return key_id(key), key

    def adopt(self, owner: str, wrapped: bytes) -> None:
        """Take a key of the owner from an escrow object; a key the owner has, or had, stays.

        One more key counts as older than those the owner has: it opens, and seals nothing.
        """
        named = key_id(self._unwrap(wrapped))
        if named in self.escrows(owner):
            return
        with self.engine.begin() as connection:
            add_older(connection, owner, wrapped)

    def house_key(self, label: str) -> bytes:
        """Return the key of what belongs to no patient: staff names, the spool, pseudonyms."""
        if not self._root:
            self._root = self._house_root()
        return derived_key(self._root, f"house:{label}")

    def close(self) -> None:
        """Let go of the store's connections and of every key in memory."""
        self.memory.forget_all()
        self.engine.dispose()

    def _house_root(self) -> bytes:
        """Return what the house's keys derive from: at first the master key, and ever after that.

        Changing the master key must not change it. A store that is empty asks the clouds' escrow,
        which an earlier change has filled.
        """
        stored = self._stored(ROOT)
        if not stored:
            found = self._escrowed_root() or self._wrapped(self._first_master())
            with self.engine.begin() as connection:
                add(connection, ROOT, found)
            stored = self._stored(ROOT) or (found,)
        return self._unwrap(stored[0])

    def _first_master(self) -> bytes:
        """Return the master key with which the house began: the one that opens its oldest key."""
        with self.engine.connect() as connection:
            oldest = connection.scalar(oldest_key())
        opens = [one for one in self.master.accepted if oldest and unwrapped(oldest, [one])]
        return opens[0] if opens else self.master.in_use

    def _escrowed_root(self) -> bytes | None:
        if self._escrow is None:
            return None
        container, name = root_place(self.master.in_use)
        try:
            return self._escrow.get(container, name)
        except NoSuchDocument:
            return None
        except StoreUnavailable as error:
            raise KeyUnreadable(
                f"A house that starts must first look into its private store: {error}"
            ) from None

    def _stored(self, owner: str) -> tuple[bytes, ...]:
        found = wrapped_keys(self.engine, [owner]).get(owner, [])
        whole = tuple(one for one in found if one is not None)
        if len(whole) < len(found):
            raise KeyForgotten("The key of this owner was destroyed.")
        return whole

    def _made(self, owner: str) -> bytes:
        new = self._wrapped(fresh_key())
        with self.engine.begin() as connection:
            add(connection, owner, new)
        # Read back: another thread or process may have been first, and its key is the owner's.
        return (self._stored(owner) or (new,))[0]

    def _wrapped(self, key: bytes) -> bytes:
        self.master.look_again()  # so that nothing new is wrapped under a key that goes
        return wrap(key, self.master.in_use)

    def _unwrap(self, wrapped: bytes) -> bytes:
        key = unwrapped(wrapped, self.master.accepted)
        if key is None and self.master.look_again():
            key = unwrapped(wrapped, self.master.accepted)
        if key is None:
            raise KeyUnreadable(
                "A key does not open under this master key; give MASTER_KEY_FILE or MASTER_KEY "
                "the key with which the house was started."
            )
        return key

    def _named(self, stored: Iterable[bytes]) -> Keys:
        return tuple((key_id(key), key) for key in map(self._unwrap, stored))

    def _forget_here(self, owner: str) -> None:
        self.memory.forget(owner)
        scrub(self.engine)
