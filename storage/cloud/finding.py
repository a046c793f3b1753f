"""Finding what a container holds with nothing but the store and the keys: head, pages, objects."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from records import documents
from records.services.storing import DocumentStore, NoSuchDocument
from storage.cloud.manifest import Entry, Head, PackRef, Page, PageRef, head_name
from storage.cloud.safes import MANIFEST, Safe, record_safe
from storage.families.every import BY_NAME
from storage.families.heads import KnownHead
from storage.keys import KeyStore, KeyUnreadable
from storage.sealing import CannotOpen

MISSING, ALTERED, UNKNOWN = "missing", "altered", "of an unknown family"
ROLLED_BACK, BROKEN = "put back to an older state", "not in the chain of heads"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it should be: in which container, which object, and what of it."""

    container: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One object that is to come back, and the month whose page lists it."""

    month: str
    entry: Entry


@dataclass(slots=True)
class Found:
    """What a container says it holds; without a head there is nothing to go by."""

    safe: Safe
    head: Head | None = None
    digest: str = ""
    listed: list[Listed] = field(default_factory=list)
    packs: dict[str, PackRef] = field(default_factory=dict)
    older: list[str] = field(default_factory=list)  # names of heads before the newest
    top: int = 0  # the highest number a head has here, valid or not: the next is above it
    faults: list[Fault] = field(default_factory=list)


class Finder:
    """Reads one container's manifest."""

    def __init__(self, store: DocumentStore, safe: Safe) -> None:
        self.store = store
        self.found = Found(safe)

    def find(self, known: KnownHead | None = None) -> Found:
        """Return what the newest valid head lists, with whatever is wrong on the way there.

        `known` is the head the house remembers, or the anchors: the newest must be it, or come
        after it in the chain.
        """
        found = self.found
        names = sorted(self.store.names(found.safe.container, "head-"), reverse=True)
        found.top = _number(names[0]) if names else 0
        while names and found.head is None:
            found.head, found.digest = self._head(names.pop(0))
        found.older = names
        if known is not None:
            self._compare(known)
        listed = [one for ref in found.head.pages for one in self._page(ref)] if found.head else []
        found.listed = _true_now(listed)
        return found

    def _head(self, name: str) -> tuple[Head | None, str]:
        safe = self.found.safe
        try:
            sealed = self.store.get(safe.container, name)
            head = documents.read(safe.opened(sealed, name), Head)
        except NoSuchDocument:
            return None, ""  # a listing may be behind what was removed
        except (CannotOpen, ValueError):
            self._fault(name, ALTERED)
            return None, ""
        if head.record != safe.owner or head_name(head.seq) != name:
            self._fault(name, ALTERED)
            return None, ""
        return head, hashlib.sha256(sealed).hexdigest()

    def _compare(self, known: KnownHead) -> None:
        head, digest = self.found.head, self.found.digest
        if head is None or head.seq < known.seq:
            self._fault(head_name(known.seq), MISSING if head is None else ROLLED_BACK)
            return
        before = iter(self.found.older)
        while head is not None and head.seq > known.seq and digest != known.digest:
            wanted = head.before
            head, digest = next(
                (one for one in map(self._head, before) if one[1] == wanted), (None, "")
            )
        if digest != known.digest:
            self._fault(head_name(known.seq), BROKEN)

    def _page(self, ref: PageRef) -> Sequence[Listed]:
        """Return what a page lists; where it does not open, what an older page of the month did."""
        page = self._opened(ref)
        for name in self.found.older if page is None else ():
            head, _ = self._head(name)
            older = [one for one in head.pages if one.month == ref.month] if head else []
            page = next((one for one in map(self._opened, older) if one is not None), None)
            if page is not None:
                break
        if page is None:
            return []
        self.found.packs |= {one.name: one for one in page.packs}
        return [Listed(ref.month, one) for one in page.entries]

    def _opened(self, ref: PageRef) -> Page | None:
        safe = self.found.safe
        entry = Entry(ref.name, MANIFEST, "", 0, ref.digest, ref.length)
        try:
            page = documents.read(safe.get(self.store, entry), Page)
        except NoSuchDocument:
            self._fault(ref.name, MISSING)
        except (CannotOpen, ValueError):
            self._fault(ref.name, ALTERED)
        else:
            if (page.record, page.month) == (safe.owner, ref.month):
                return page
            self._fault(ref.name, ALTERED)
        return None

    def _fault(self, name: str, what: str) -> None:
        fault = Fault(self.found.safe.container, name, what)
        if fault not in self.found.faults:
            self.found.faults.append(fault)


def _number(name: str) -> int:
    told = name.removeprefix("head-")
    return int(told) if told.isdecimal() else 0


def _true_now(listed: Iterable[Listed]) -> list[Listed]:
    """Return what is still true: of what changes, only the newest object."""
    newest: dict[tuple[str, str, int], Listed] = {}
    for one in listed:
        entry, family = one.entry, BY_NAME.get(one.entry.family)
        stays = family is None or family.stays
        key = (entry.family, entry.ref, entry.version if stays else 0)
        other = newest.get(key)
        if other is None or other.entry.version < entry.version:
            newest[key] = one
    return list(newest.values())


def opened_or_fault(safe: Safe, entry: Entry, sealed: bytes | None) -> bytes | Fault:
    """Return what sealed bytes hold if they are what the entry says, or what is wrong with them."""
    if entry.family not in BY_NAME:
        return Fault(safe.container, entry.name, UNKNOWN)
    if sealed is None:
        return Fault(safe.container, entry.name, MISSING)
    try:
        return safe.opened_as(entry, sealed)
    except CannotOpen:
        return Fault(safe.container, entry.name, ALTERED)


def find_key(store: DocumentStore, keys: KeyStore, owner: str, container: str) -> Safe | None:
    """Return a record's safe by the key objects beside its heads; None where none opens.

    The keys become the record's own, first the one of the newest head; one that was forgotten
    stays so, and raises KeyForgotten.
    """
    heads = sorted(store.names(container, "head-"), reverse=True)
    found: list[tuple[int, str, bytes]] = []
    for name in store.names(container, "key-"):
        try:
            wrapped = store.get(container, name)
            named, key = keys.unwrap(wrapped)
        except (NoSuchDocument, KeyUnreadable):
            continue
        newest = _newest_opened(store, Safe(owner, container, named, key), heads)
        if name == f"key-{named}" and newest is not None:
            found.append((newest, named, wrapped))
    for _, _, wrapped in sorted(found):
        keys.adopt(owner, wrapped)
    if not found:
        return None
    safe = record_safe(keys, owner, container)
    return safe if safe.key_id == min(found)[1] else None


def _newest_opened(store: DocumentStore, safe: Safe, heads: Sequence[str]) -> int | None:
    """Return how far from the newest the newest head lies that this key opens."""
    for place, name in enumerate(heads):
        try:
            safe.opened(store.get(safe.container, name), name)
        except (NoSuchDocument, CannotOpen):
            continue
        return place
    return None if heads else 0
