"""What the clouds' failures have in common: which pass by themselves, and what of certificates."""

from records.services.storing import AlreadyStored, DocumentStore, NoSuchDocument, StoreUnavailable

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # statuses that may be gone in a moment
UNTRUSTED = (
    "shows a certificate that cannot be trusted for this address; correct the address, or see that"
)


def require_same(store: DocumentStore, container: str, name: str, content: bytes) -> None:
    """Find, where a cloud says that a name is taken, that the same bytes have it.

    Raises AlreadyStored where others have, and StoreUnavailable where the cloud is wrong.
    """
    try:
        there = store.get(container, name)
    except NoSuchDocument:
        raise StoreUnavailable(
            "The store says that a document is there, and has none; try again.", passing=True
        ) from None
    if there != content:
        raise AlreadyStored("Other bytes are stored under this name.")
