"""The Merkle tree of RFC 6962 §2.1 over the heads of all chains."""

import hashlib
from collections.abc import Sequence

LEAF, NODE = b"\x00", b"\x01"  # told apart, so that no inner node passes for a leaf


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the tree's root: of no leaves the hash of nothing."""
    if not leaves:
        return hashlib.sha256().digest()
    level = [_hash(LEAF, one) for one in leaves]
    while len(level) > 1:
        # Pairs from the left, an odd one carried up: the RFC's split at a power of two.
        paired = [_hash(NODE, a + b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def _hash(domain: bytes, content: bytes) -> bytes:
    return hashlib.sha256(domain + content).digest()
