"""Telling apart what was done to a sealed object, from its header, which stands in clear.

Whoever altered it may have written that header too, so this only names a refusal: it opens nothing.
"""

import struct
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError, SerializationError
from aws_encryption_sdk.internal.formatting.deserialize import deserialize_header
from aws_encryption_sdk.key_providers.raw import RawMasterKey
from aws_encryption_sdk.structures import MessageHeader
from cryptography.exceptions import InvalidTag


class Why(StrEnum):
    """What is wrong with something sealed."""

    ALTERED = "altered"
    TRUNCATED = "truncated"
    LENGTHENED = "lengthened"
    SWAPPED = "swapped"  # it was sealed for another container
    RENAMED = "renamed"  # it was sealed for another name in this container
    ROLLED_BACK = "rolled back"  # it was sealed for here, but is not what is listed
    REKEYED = "re-keyed"  # it was sealed under another key


@dataclass(frozen=True, slots=True)
class Place:
    """Where something sealed should lie, and under which key."""

    container: str
    name: str
    key_id: str


def compare(sealed: bytes, place: Place, length: int | None) -> Why | None:
    """Return what an object's header and length say is wrong with it, or None."""
    header = _header(sealed)
    if header is None:
        begins_well = _BEGINNING.startswith(sealed[: len(_BEGINNING)])
        return Why.TRUNCATED if begins_well and len(sealed) < _SHORTEST else Why.ALTERED
    if key_id_of(sealed) != place.key_id:
        return Why.REKEYED
    if header.encryption_context.get("container") != place.container:
        return Why.SWAPPED
    if header.encryption_context.get("name") != place.name:
        return Why.RENAMED
    if length is None or length == len(sealed):
        return None
    return Why.TRUNCATED if len(sealed) < length else Why.LENGTHENED


def why_not(error: Exception, sealed: bytes, key: RawMasterKey) -> Why:
    """Return what is wrong with an object whose header fits and which did not open."""
    header = _header(sealed)
    if header is None:
        return Why.ALTERED
    try:
        (wrapped,) = header.encrypted_data_keys
        key.decrypt_data_key(wrapped, header.algorithm, header.encryption_context)
    except (*_UNREADABLE, InvalidTag):
        return Why.REKEYED
    ran_out = isinstance(error, SerializationError) and isinstance(error.__context__, struct.error)
    return Why.TRUNCATED if ran_out else Why.ALTERED


def key_id_of(sealed: bytes) -> str:
    """Return the id of the key a sealed object says it was sealed under; empty if it says none."""
    header = _header(sealed)
    if header is None:
        return ""
    (key,) = header.encrypted_data_keys
    return bytes(key.key_provider.key_info[:-_AFTER_ID]).decode("utf-8", "replace")


def _header(sealed: bytes) -> MessageHeader | None:
    try:
        header, _ = deserialize_header(BytesIO(sealed), max_encrypted_data_keys=1)
    except _UNREADABLE:
        return None
    return header if len(header.encrypted_data_keys) == 1 else None


_UNREADABLE = (AWSEncryptionSDKClientError, ValueError, LookupError, OverflowError, struct.error)
_BEGINNING = b"\x02\x04\x78"  # the format's version and our suite
_SHORTEST = 512  # bytes: a header of ours is no longer
_AFTER_ID = 4 + 4 + 12  # bytes after a key's id: the tag's length, the nonce's, the nonce
