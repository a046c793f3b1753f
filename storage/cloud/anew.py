"""Objects sealed anew under the newest key of their safe: the loose ones, and packs as packs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import structlog

from records.services.storing import DocumentStore
from records.tracking import fresh
from storage.cloud.laying import lay
from storage.cloud.manifest import Entry, PackRef
from storage.cloud.packs import bytes_of_group, lying_together
from storage.cloud.safes import Safe
from storage.sealing import CannotOpen
from storage.telling import key_id_of

log = structlog.get_logger()


@dataclass(slots=True)
class Anew:
    """What took the place of which object, the packs laid for it, and what could not be opened."""

    replaced: dict[str, Entry] = field(default_factory=dict)
    packs: list[PackRef] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def seal_objects_anew(store: DocumentStore, safe: Safe, entries: Iterable[Entry]) -> Anew:
    """Put new objects in the place of those under an older key; what does not open is kept."""
    anew = Anew()
    for group in lying_together(entries):
        contents = _opened(store, safe, group, anew)
        sealed = [
            (one.name, *safe.sealed(content, name="", family=one.family, ref=one.ref,
                                    version=one.version))
            for one, content in contents
        ]  # fmt: skip
        if sealed and not group[0].pack:
            ((name, entry, content),) = sealed
            store.put(safe.container, entry.name, content)
            anew.replaced[name] = entry
        elif sealed:
            _lay(store, safe, sealed, anew)
    for name in anew.kept:
        log.error("object_not_renewed", object=name)
    return anew


def _opened(
    store: DocumentStore, safe: Safe, group: Sequence[Entry], anew: Anew
) -> list[tuple[Entry, bytes]]:
    """Return what is under an older key, opened."""
    found = bytes_of_group(store, safe.container, group)
    contents = []
    for one in group:
        sealed = found[one.name]
        if sealed is not None and key_id_of(sealed) == safe.key_id:
            continue
        try:
            contents.append((one, safe.opened_as(one, sealed or b"")))
        except CannotOpen:
            anew.kept.append(one.name)
    return contents


def _lay(
    store: DocumentStore, safe: Safe, sealed: Sequence[tuple[str, Entry, bytes]], anew: Anew
) -> None:
    laid = lay(store, safe, fresh(), [(entry, content) for _, entry, content in sealed])
    if laid is None:
        anew.kept += [name for name, _, _ in sealed]
        return
    anew.packs.append(laid.pack)
    anew.replaced |= {name: entry for (name, _, _), entry in zip(sealed, laid.members, strict=True)}
