"""Sealed cells: what a row says of a person, readable only with that person's key."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Protocol, TypeVar

from records import documents
from storage.sealing import CannotOpen, open_cell, seal_cell

T = TypeVar("T")


class Keys(Protocol):
    """Where the keys come from: one an owner, wrapped in a store of their own."""

    def key_of(self, owner: str) -> tuple[str, bytes]:
        """Return the key's id and the key, made on first use."""
        ...

    def keys_of(self, owner: str, *, afresh: bool = False) -> Sequence[tuple[str, bytes]]:
        """Return every key that still opens something of the owner, the newest first."""
        ...

    def ready(self, owners: Iterable[str]) -> None:
        """Fetch the keys of many owners at once, so that none of them is asked for alone."""
        ...

    def house_key(self, label: str) -> bytes:
        """Return a key for what belongs to no patient."""
        ...


class Cells:
    """Seals and opens cells; `owner` names the key, `identity` the row the cell belongs to."""

    HOUSE = "house"

    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    def seal(self, owner: str, identity: str, content: bytes) -> bytes:
        """Return the content sealed for one owner and bound to one row."""
        return seal_cell(content, self._key(owner), identity)

    def open(self, owner: str, identity: str, sealed: bytes) -> bytes:
        """Return what `seal` sealed, under whichever of the owner's keys; else CannotOpen."""
        try:
            return open_cell(sealed, self._key(owner), identity)
        except CannotOpen:
            return self._open_with_another(owner, identity, sealed)

    def is_newest(self, owner: str, identity: str, sealed: bytes) -> bool:
        """Say whether a cell is sealed under the owner's newest key."""
        try:
            open_cell(sealed, self._key(owner), identity)
        except CannotOpen:
            return False
        return True

    def write(self, owner: str, identity: str, thing: object) -> bytes:
        """Return a dataclass of the core as a sealed document."""
        return self.seal(owner, identity, documents.write(thing))

    def read(self, owner: str, identity: str, sealed: bytes, kind: type[T]) -> T:
        """Return the dataclass that `write` sealed."""
        return documents.read(self.open(owner, identity, sealed), kind)

    def _open_with_another(self, owner: str, identity: str, sealed: bytes) -> bytes:
        """Open a cell that the newest key known here does not: the key was renewed, or is."""
        for _, key in () if owner == self.HOUSE else self.keys.keys_of(owner, afresh=True):
            with suppress(CannotOpen):
                return open_cell(sealed, key, identity)
        raise CannotOpen

    def ready(self, owners: Iterable[str]) -> None:
        """Fetch the keys of many owners at once."""
        self.keys.ready(owners)

    def _key(self, owner: str) -> bytes:
        return self.keys.house_key("cells") if owner == self.HOUSE else self.keys.key_of(owner)[1]
