"""The check every store passes before it is trusted with a document."""

import secrets

from records.services.storing import AlreadyStored, DocumentStore, NoSuchDocument, StoreUnavailable

PROBED = "check"  # the container in which checks are made
_PART = range(20, 50)


def probe(store: DocumentStore) -> None:
    """Write, read and remove one document, or raise StoreUnavailable.

    A store that overwrites is refused too: some that speak S3 ignore the condition on a put.
    """
    name, content = secrets.token_hex(16), secrets.token_bytes(64)
    store.put(PROBED, name, content)
    try:
        _require_kept(store, name, content)
    finally:
        store.remove(PROBED, name)


def _require_kept(store: DocumentStore, name: str, content: bytes) -> None:
    try:
        if store.get(PROBED, name) != content:
            raise StoreUnavailable("The store gave back other bytes than were put; do not use it.")
        if store.get(PROBED, name, _PART) != content[_PART.start : _PART.stop]:
            raise StoreUnavailable("The store gives other parts than it is asked for; replace it.")
        store.put(PROBED, name, b"other bytes")
    except NoSuchDocument:
        raise StoreUnavailable(
            "The store took a document and cannot find it; look at its logs, then try again."
        ) from None
    except AlreadyStored:
        return
    raise StoreUnavailable(
        "The store overwrites documents; use one that honours If-None-Match on a put."
    )
