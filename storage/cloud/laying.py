"""Laying a pack: put, read back, every member opened from it before anybody relies on it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from records.services.storing import DocumentStore, NoSuchDocument
from storage.cloud.manifest import Entry, PackRef
from storage.cloud.packs import member
from storage.cloud.safes import Safe
from storage.sealing import CannotOpen

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Laid:
    """A pack that is there and whole, and its members as they lie in it."""

    pack: PackRef
    members: tuple[Entry, ...]


def lay(
    store: DocumentStore, safe: Safe, name: str, sealed: Sequence[tuple[Entry, bytes]]
) -> Laid | None:
    """Put sealed objects as one pack under this name; None where it does not come back so."""
    content = b"".join(one for _, one in sealed)
    members, start = [], 0
    for entry, one in sealed:
        members.append(replace(entry, pack=name, start=start))
        start += len(one)
    store.put(safe.container, name, content)
    try:
        back = store.get(safe.container, name)
        for entry in members:
            safe.opened_as(entry, member(back, entry))
    except (NoSuchDocument, CannotOpen):
        log.error("pack_not_whole", object=name)
        return None
    return Laid(PackRef(name, hashlib.sha256(content).hexdigest(), len(content)), tuple(members))
