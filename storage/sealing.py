"""Sealed documents for the clouds and sealed cells for the database.

A document is compressed, padded so that its size says little, and sealed in the AWS Encryption
SDK's message format. A cell is a nonce and AES-256-GCM over one value, bound to its row.
"""

import hashlib
import hmac
import logging
import secrets
import zlib
from io import BytesIO

from aws_encryption_sdk import CommitmentPolicy, EncryptionSDKClient
from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError
from aws_encryption_sdk.identifiers import Algorithm, EncryptionKeyType, WrappingAlgorithm
from aws_encryption_sdk.internal.crypto.wrapping_keys import WrappingKey
from aws_encryption_sdk.key_providers.raw import RawMasterKey
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.telling import Place, Why, compare, why_not

# It writes a stack trace of its own for every message it refuses.
logging.getLogger("aws_encryption_sdk").setLevel(logging.CRITICAL)

LARGEST = 64 * 1024 * 1024  # bytes of one document before sealing; more is a bomb or a mistake
SMALLEST_BUCKET = 4096
FRAME = 1024 * 1024
NONCE = 12

# The suite commits to its key and is named, so that a newer default never changes it unseen.
_SUITE = Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY
_CLIENT = EncryptionSDKClient(
    commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT, max_encrypted_data_keys=1
)
# What the SDK lets out when it reads bytes that are not its own: its errors, and Python's.
_REFUSALS = (
    AWSEncryptionSDKClientError,
    InvalidTag,
    ValueError,  # UnicodeDecodeError among them
    LookupError,
    OverflowError,
    zlib.error,
)


class CannotOpen(Exception):
    """Something sealed is not what it should be; one text, so that it tells nothing of why.

    `why` is for the operator, who has the house's own doors: never for whoever asked.
    """

    def __init__(self, why: Why = Why.ALTERED) -> None:
        super().__init__("This sealed document or cell cannot be opened.")
        self.why = why


def seal_document(content: bytes, *, key: bytes, key_id: str, container: str, name: str) -> bytes:
    """Return the document sealed under the patient's key for this place and no other.

    `key_id`, `container` and `name` stand in clear in what is returned: random ids only. Raise
    ValueError for a document of more than LARGEST bytes.
    """
    if len(content) > LARGEST:
        raise ValueError("This document is too large to be sealed.")
    sealed, _ = _CLIENT.encrypt(
        source=_pad(zlib.compress(content)),
        key_provider=_provider(key, key_id),
        algorithm=_SUITE,
        encryption_context={"container": container, "name": name},
        frame_length=FRAME,
    )
    return bytes(sealed)


def open_document(
    sealed: bytes,
    *,
    key: bytes,
    key_id: str,
    container: str,
    name: str,
    digest: str | None = None,
    length: int | None = None,
) -> bytes:
    """Return the document, or raise CannotOpen if it is not exactly what was sealed for here.

    `digest` (sha256, hexadecimal) and `length` are of the sealed bytes, as the manifest has them.
    """
    place = Place(container, name, key_id)
    told = compare(sealed, place, length)
    if told is not None:
        raise CannotOpen(told)
    content = _opened(sealed, place, key)
    if digest is not None and not hmac.compare_digest(digest, hashlib.sha256(sealed).hexdigest()):
        raise CannotOpen(Why.ROLLED_BACK)  # genuine, and sealed for here, but not the one listed
    return content


def _opened(sealed: bytes, place: Place, key: bytes) -> bytes:
    stream = BytesIO(sealed)
    try:
        padded, header = _CLIENT.decrypt(
            source=stream, key_provider=_provider(key, place.key_id), max_body_length=FRAME
        )
        if header.encryption_context != {"container": place.container, "name": place.name}:
            raise CannotOpen(Why.SWAPPED)
        if stream.tell() != len(sealed):  # the SDK itself reads past what was appended
            raise CannotOpen(Why.LENGTHENED)
        return _decompress(padded)
    except _REFUSALS as error:
        raise CannotOpen(why_not(error, sealed, _provider(key, place.key_id))) from None


def seal_cell(content: bytes, key: bytes, identity: str) -> bytes:
    """Return the cell sealed under the key for the row and column that `identity` names."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, identity.encode())


def open_cell(sealed: bytes, key: bytes, identity: str) -> bytes:
    """Return what the cell holds, or raise CannotOpen: another key, another row, altered."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], identity.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def bucket(size: int) -> int:
    """Return the size to which so many bytes are padded: at most 12 % or 4 KiB more."""
    padded = SMALLEST_BUCKET
    while padded < size:
        padded += max(SMALLEST_BUCKET, padded * 12 // 100)
    return padded


def _provider(key: bytes, key_id: str) -> RawMasterKey:
    # One for each key and call: a provider with many keys is slow and opens for a forgotten one.
    return RawMasterKey(
        provider_id="kanglu",
        key_id=key_id,
        wrapping_key=WrappingKey(
            wrapping_algorithm=WrappingAlgorithm.AES_256_GCM_IV12_TAG16_NO_PADDING,
            wrapping_key=key,
            wrapping_key_type=EncryptionKeyType.SYMMETRIC,
        ),
    )


def _pad(content: bytes) -> bytes:
    # zlib marks its own end, so zeros after it need no length before it.
    return content.ljust(bucket(len(content)), b"\0")


def _decompress(padded: bytes) -> bytes:
    inflater = zlib.decompressobj()
    content = inflater.decompress(padded, LARGEST)
    if not inflater.eof:
        raise CannotOpen
    return content
