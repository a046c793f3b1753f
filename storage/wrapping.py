"""What derives from a master key, and how it wraps other keys (RFC 3394)."""

from collections.abc import Sequence
from contextlib import suppress

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from storage.masterkey import derived_key


def key_id(key: bytes) -> str:
    """Return the id by which a key is named in clear: it tells nothing of the key or its owner."""
    return derived_key(key, "key-id")[:16].hex()


def wrapping_key(master: bytes) -> bytes:
    """Return the key that wraps patients' keys under this master key."""
    return derived_key(master, "patient-keys")


def root_place(master: bytes) -> tuple[str, str]:
    """Return the container and name of the house's own key in the private store."""
    return derived_key(master, "root-container")[:16].hex(), "root"


def wrap(key: bytes, master: bytes) -> bytes:
    """Return the key wrapped under this master key; the same again looks the same."""
    return aes_key_wrap(wrapping_key(master), key)


def unwrapped(wrapped: bytes, masters: Sequence[bytes]) -> bytes | None:
    """Return the key that one of these master keys opens, or None."""
    for master in masters:
        with suppress(InvalidUnwrap):
            return aes_key_unwrap(wrapping_key(master), wrapped)
    return None
