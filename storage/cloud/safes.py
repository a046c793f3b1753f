"""A safe: one container of the private cloud and the key under which all in it is sealed."""

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.errors import NotFound
from records.services.storing import DocumentStore
from records.tracking import fresh
from storage.cloud.manifest import Entry
from storage.cloud.packs import bytes_of
from storage.families.owners import HOUSE
from storage.keys import KeyStore
from storage.rows.people import RecordRow
from storage.sealing import open_document, seal_document
from storage.telling import key_id_of
from storage.wrapping import key_id

MANIFEST = "manifest"


@dataclass(frozen=True, slots=True)
class Safe:
    """Whose it is, the container, and its key; `key_id` stands in clear in every object.

    `older` are keys that seal nothing any more, and open what they sealed.
    """

    owner: str
    container: str
    key_id: str
    key: bytes = field(repr=False)
    older: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)

    def put(
        self,
        store: DocumentStore,
        content: bytes,
        *,
        name: str = "",
        family: str = MANIFEST,
        ref: str = "",
        version: int = 0,
    ) -> Entry:
        """Seal a content, store it under a new name, and return what the manifest says of it."""
        entry, sealed = self.sealed(content, name=name, family=family, ref=ref, version=version)
        store.put(self.container, entry.name, sealed)
        return entry

    def sealed(
        self, content: bytes, *, name: str, family: str, ref: str, version: int
    ) -> tuple[Entry, bytes]:
        """Seal a content under a new name; return what the manifest says of it, and the bytes."""
        chosen = name or fresh()
        sealed = seal_document(
            content, key=self.key, key_id=self.key_id, container=self.container, name=chosen
        )
        digest = hashlib.sha256(sealed).hexdigest()
        return Entry(chosen, family, ref, version, digest, len(sealed)), sealed

    def get(self, store: DocumentStore, entry: Entry) -> bytes:
        """Return what an entry names, as it was before sealing, or raise CannotOpen."""
        return self.opened_as(entry, bytes_of(store, self.container, entry))

    def opened_as(self, entry: Entry, sealed: bytes) -> bytes:
        """Return what sealed bytes hold if they are what the entry says, or raise CannotOpen."""
        return self.opened(sealed, entry.name, entry.digest, entry.length)

    def opened(
        self, sealed: bytes, name: str, digest: str | None = None, length: int | None = None
    ) -> bytes:
        """Return what sealed bytes hold, or raise CannotOpen."""
        older = dict(self.older)
        named = key_id_of(sealed)
        return open_document(
            sealed,
            key=older.get(named, self.key),
            key_id=named if named in older else self.key_id,
            container=self.container,
            name=name,
            digest=digest,
            length=length,
        )


def house_safe(keys: KeyStore) -> Safe:
    """Return the house's own: the master key alone finds and opens it."""
    key = keys.house_key("documents")
    return Safe(HOUSE, keys.house_key("container")[:16].hex(), key_id(key), key)


def record_safe(keys: KeyStore, owner: str, container: str) -> Safe:
    """Return the safe of a record whose container is known; raises KeyForgotten."""
    (named, key), *older = keys.keys_of(owner)
    return Safe(owner, container, named, key, tuple(older))


def safe_of(keys: KeyStore, session: Session, owner: str) -> Safe:
    """Return the safe of a record, or the house's; raises NotFound and KeyForgotten."""
    if owner == HOUSE:
        return house_safe(keys)
    container = session.scalar(select(RecordRow.container).where(RecordRow.id == owner))
    if container is None:
        raise NotFound
    return record_safe(keys, owner, container)
