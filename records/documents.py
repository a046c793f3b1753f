"""Documents: segment versions, grants, orders and relationships as JSON of one family.

They are what is sealed, synced and restored; dataclasses go in and come out equal.
"""

from typing import TypeVar

import msgspec

T = TypeVar("T")


def write(thing: object) -> bytes:
    """Return a dataclass of the core as JSON: decimals as strings, times with their offset."""
    return msgspec.json.encode(thing, order="deterministic")


def read(content: bytes, kind: type[T]) -> T:
    """Return what `write` wrote; raises ValueError when it is not a document of this kind."""
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.MsgspecError as error:
        raise ValueError("not a document of this kind") from error
