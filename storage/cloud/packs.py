"""Packs: sealed objects one after another in one, each read by itself from its own range.

A member is exactly the bytes that once lay loose, sealed for its own name: where it lies is no
part of what it is. So the manifest, the seal and the digest tell of a swap, a cut or an older
version within a pack as they do of a loose object.
"""

from collections.abc import Iterable, Sequence

from records.services.storing import DocumentStore, NoSuchDocument
from storage.cloud.manifest import Entry


def bytes_of(store: DocumentStore, container: str, entry: Entry) -> bytes:
    """Return the sealed bytes of an entry from where they lie; raises NoSuchDocument."""
    if not entry.pack:
        return store.get(container, entry.name)
    return store.get(container, entry.pack, range(entry.start, entry.start + entry.length))


def lying_together(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return what can be read in one go: the members of each pack, and each loose one alone."""
    groups: dict[str, list[Entry]] = {}
    for one in entries:
        groups.setdefault(one.pack or one.name, []).append(one)
    return [sorted(group, key=lambda one: one.start) for group in groups.values()]


def bytes_of_group(
    store: DocumentStore, container: str, group: Sequence[Entry]
) -> dict[str, bytes | None]:
    """Return the sealed bytes of what lies together, by its names; None where nothing lies."""
    first, last = group[0], group[-1]
    try:
        if not first.pack:
            return {first.name: store.get(container, first.name)}
        span = range(first.start, last.start + last.length)
        found = store.get(container, first.pack, span)
    except NoSuchDocument:
        return dict.fromkeys(one.name for one in group)
    return {one.name: member(found, one, first.start) for one in group}


def member(content: bytes, entry: Entry, begin: int = 0) -> bytes:
    """Return a member's bytes out of its pack's, or of what was read of it from `begin` on."""
    start = entry.start - begin
    return content[start : start + entry.length]
