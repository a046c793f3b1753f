"""The house's newest head, kept also where its own cloud cannot reach.

The house's manifest knows the newest head of every record; so this one number and digest show
whether any of it all was put back to an older state.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import structlog

from records import documents
from records.services.storing import (
    AlreadyStored,
    DocumentStore,
    NoSuchDocument,
    StoreUnavailable,
)
from storage.cloud.manifest import head_name
from storage.cloud.safes import Safe
from storage.families.owners import HOUSE
from storage.keys import KeyStore
from storage.sealing import CannotOpen
from storage.wrapping import key_id

log = structlog.get_logger()
KEPT = 3  # marks left in the other cloud, in case the newest was torn


@dataclass(frozen=True, slots=True)
class Mark:
    """The number and the digest of a head of the house."""

    seq: int
    digest: str


class Anchor(Protocol):
    """A place that remembers the house's newest head."""

    name: str

    def keep(self, mark: Mark) -> None:
        """Remember a newer head; a place that cannot now says so in the log and is left out."""

    def read(self) -> Mark | None:
        """Return the newest head it knows; None where it knows none."""


class FileAnchor:
    """A file beside the database, to be copied off-site with the other backups."""

    def __init__(self, path: Path) -> None:
        self.name = "the anchor file"
        self.path = path

    def keep(self, mark: Mark) -> None:
        """Write the mark whole or not at all."""
        known = self.read()
        if known is not None and known.seq >= mark.seq:
            return
        draft = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        try:
            draft.write_bytes(documents.write(mark))
            os.replace(draft, self.path)
        except OSError as error:
            log.warning("anchor_not_kept", kind=type(error).__name__)

    def read(self) -> Mark | None:
        """Return what was written last."""
        with suppress(OSError, ValueError):
            return documents.read(self.path.read_bytes(), Mark)
        return None


class CloudAnchor:
    """A container of its own in the other cloud, sealed like everything."""

    def __init__(self, store: DocumentStore, keys: KeyStore) -> None:
        self.name = "the other cloud"
        self.store = store
        key = keys.house_key("anchors")
        container = keys.house_key("anchor-container")[:16].hex()
        self.safe = Safe(HOUSE, container, key_id(key), key)

    def keep(self, mark: Mark) -> None:
        """Put the mark, and remove all but the last ones."""
        content = documents.write(mark)
        try:
            with suppress(AlreadyStored):
                self.safe.put(self.store, content, name=head_name(mark.seq))
            for name in list(self.store.names(self.safe.container, "head-"))[:-KEPT]:
                self.store.remove(self.safe.container, name)
        except StoreUnavailable:
            log.warning("anchor_not_kept", kind="cloud_unavailable")

    def read(self) -> Mark | None:
        """Return the newest mark that opens."""
        for name in sorted(self.store.names(self.safe.container, "head-"), reverse=True):
            with suppress(NoSuchDocument, CannotOpen, ValueError):
                sealed = self.store.get(self.safe.container, name)
                return documents.read(self.safe.opened(sealed, name), Mark)
        return None
