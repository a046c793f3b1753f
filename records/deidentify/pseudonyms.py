"""The name and the shift of a patient towards one recipient."""

import hashlib
import hmac

from records.tracking import RecordId
from records.vocabulary import Purpose

SHIFTS = tuple(back for back in range(29, 365) if back % 7)
"""By how many days dates may be moved back: 288 ways, from four weeks to a year.

Back only, so that no published day lies in the future and tells that it was shifted. At least four
weeks, so that a document of one day never shows its true day, in whatever zone. Never by whole
weeks: home readings follow the week (the day of dialysis, of the clinic, of worship), so a shift by
whole weeks would publish everybody's true weekdays, while any other leaves only what a pattern
betrays of the shift's remainder (SAFETY.md D4).
"""


def pseudonym(key: bytes, recipient: str, purpose: Purpose, record: RecordId) -> str:
    """Return the patient's name towards one recipient and purpose: 128 bits, 32 hex digits.

    Without the key nobody can make it from a record, nor join two recipients' documents by it.
    """
    return _mac(key, "pseudonym", recipient, purpose, record)[:16].hex()


def shift(key: bytes, recipient: str, record: RecordId) -> int:
    """Return the days to add to this patient's dates for this recipient: secret, below zero."""
    number = int.from_bytes(_mac(key, "shift", recipient, record))
    return -SHIFTS[number % len(SHIFTS)]


def _mac(key: bytes, *parts: str) -> bytes:
    """Return HMAC-SHA-256 over the parts, each with its length so that none runs into the next."""
    if len(key) < 16:
        raise ValueError("a pseudonym key has at least 128 bits")
    encoded = [part.encode() for part in parts]
    message = b"".join(len(one).to_bytes(4) + one for one in encoded)
    return hmac.new(key, message, hashlib.sha256).digest()
