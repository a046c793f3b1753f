"""The places where sealed objects lie: the private cloud, and what flows over from it.

In the overflow store a container has another name and its objects other keys, all derived: whoever
keeps that store learns no global id, and cannot tell which object lay where before. Manifests and
keys are never there.
"""

import hashlib
import hmac
from dataclasses import replace

from records.services.storing import DocumentStore, StoreUnavailable
from storage.cloud.manifest import Entry
from storage.cloud.safes import Safe
from storage.keys import KeyStore
from storage.masterkey import derived_key
from storage.rows.cloud import AT_HOME, MOVED
from storage.wrapping import key_id

__all__ = ["AT_HOME", "MOVED", "Places"]

NOT_SET = "OVERFLOW_STORE is not set, and part of a record lies there; set it as it was."


class Places:
    """The stores by the names manifests give them, and how a record's safe looks in each."""

    def __init__(
        self, keys: KeyStore, private: DocumentStore, overflow: DocumentStore | None
    ) -> None:
        self.keys = keys
        self.private = private
        self.overflow = overflow

    def store(self, place: str) -> DocumentStore:
        """Return the store of this name; raises StoreUnavailable where it is not set."""
        if place == AT_HOME:
            return self.private
        if self.overflow is None:
            raise StoreUnavailable(NOT_SET)
        return self.overflow

    def container(self, container: str, place: str) -> str:
        """Return what a container of the private cloud is called in a place."""
        if place == AT_HOME:
            return container
        key = self.keys.house_key("overflow-containers")
        return hmac.new(key, container.encode(), hashlib.sha256).hexdigest()[:32]

    def safe(self, safe: Safe, place: str) -> Safe:
        """Return a record's safe as it is in a place."""
        if place == AT_HOME:
            return safe
        (named, key), *older = [
            (key_id(one), one) for one in (_key_away(each) for each in _keys_of(safe))
        ]
        container = self.container(safe.container, place)
        return replace(safe, container=container, key_id=named, key=key, older=tuple(older))

    def content(self, safe: Safe, entry: Entry) -> bytes:
        """Return the bytes of what an entry names, wherever they lie, or raise CannotOpen."""
        return self.safe(safe, entry.place).get(self.store(entry.place), entry)

    def put(self, safe: Safe, entry: Entry, content: bytes, *, place: str, name: str) -> Entry:
        """Seal a content anew for a place under this name; return what the manifest says of it."""
        put = self.safe(safe, place).put(
            self.store(place),
            content,
            name=name,
            family=entry.family,
            ref=entry.ref,
            version=entry.version,
        )
        return replace(put, place=place)

    def remove(self, container: str, name: str, place: str) -> None:
        """Remove an object; one that is not there is fine."""
        self.store(place).remove(self.container(container, place), name)

    def names(self, container: str, place: str) -> list[str]:
        """Return the names of what lies in a place; nothing lies in one that is not set."""
        if place == MOVED and self.overflow is None:
            return []
        return list(self.store(place).names(self.container(container, place)))


def _keys_of(safe: Safe) -> list[bytes]:
    return [safe.key, *(key for _, key in safe.older)]


def _key_away(key: bytes) -> bytes:
    return derived_key(key, "overflow")
