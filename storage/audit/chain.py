"""Lines as bytes, and the links between them: HMAC-SHA-256 under keys of the master key."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec

HOUSE = "house"  # the chain of lines that speak of no record
TOTAL = "total"  # the chain through all lines in the order of their sealing
UNMARKED = "unmarked"  # not a chain: up to which line the log is older than its marks
EMPTY = bytes(32)

Mac = Callable[[bytes], bytes]


class Line(Protocol):
    """A line of the log, as a row or as columns."""

    id: Any
    at: Any
    action: Any
    allowed: Any
    rule: Any
    by: Any
    record: Any
    purpose: Any
    kinds: Any
    ref: Any
    face: Any
    consent: Any
    trace: Any
    mark: Any


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain has come."""

    chain: str
    count: int = 0
    digest: bytes = EMPTY


class Sealing:
    """The keys of the log and what is made with them; `house_key` gives a key for a label."""

    def __init__(self, house_key: Callable[[str], bytes]) -> None:
        self._link = house_key("audit-chain")
        self._head = house_key("audit-head")
        self._line = house_key("audit-line")
        self._root = house_key("audit-root")

    def mark(self, line: Line) -> bytes:
        """Return the mark of a line: what it says, whatever its number."""
        return _mac(self._line, _said(line))

    def link(self, head: Head, line: Line) -> Head:
        """Return the head of a line's chain after it: over the head before and all of the line."""
        content = head.chain.encode() + b"\0" + head.digest + _numbered(line)
        return Head(head.chain, head.count + 1, _mac(self._link, content))

    def count_in(self, total: Head, digest: bytes) -> Head:
        """Return the head of the chain through all lines after the digest of one more."""
        return Head(TOTAL, total.count + 1, _mac(self._link, total.digest + digest))

    def head_mac(self, head: Head) -> bytes:
        """Return what shows that the house wrote a head."""
        return _mac(self._head, f"{head.chain}:{head.count}:".encode() + head.digest)

    def root_mac(self, content: bytes) -> bytes:
        """Return what shows that the house drew a root."""
        return _mac(self._root, content)


def chain_of(line: Line) -> str:
    """Return the chain a line belongs to."""
    return line.record or HOUSE


def _mac(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")


def _said(line: Line) -> bytes:
    """Return what a line says: one JSON list, so that no two lines run together."""
    return msgspec.json.encode(
        (
            1,  # the form: a later one may hold more
            _microseconds(line.at),
            str(line.action),
            bool(line.allowed),
            line.rule,
            line.by,
            line.record,
            str(line.purpose),
            line.kinds,
            line.ref,
            line.face,
            line.consent,
            line.trace,
        )
    )


def _numbered(line: Line) -> bytes:
    return b"%d:" % line.id + (line.mark or b"") + _said(line)


def _microseconds(at: datetime) -> int:
    since = at - _BEGINNING
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
