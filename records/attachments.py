"""Pictures, voice notes and files: what may be kept of them, and what is known of one."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from records.errors import NotValid
from records.tracking import AttachmentId, ObservationId, RecordId

MIB = 1024 * 1024
LARGEST_PICTURE = 10 * MIB
LARGEST_VOICE = 5 * MIB
LARGEST_FILE = 2 * MIB
LARGEST_DOCUMENT = 10 * MIB
"""Bytes of a clinical document: as many as the record engine takes."""


BEGINNING = 8192  # bytes within which a document says what it is
BYTE_ORDER_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"


class Media(StrEnum):
    """What the bytes are, as found by looking into them and never by a name."""

    PICTURE = "image/jpeg"
    VOICE = "audio/ogg"
    FILE = "application/octet-stream"


LIMITS = {
    Media.PICTURE: LARGEST_PICTURE,
    Media.VOICE: LARGEST_VOICE,
    Media.FILE: LARGEST_FILE,
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Bytes that may be kept: what they are, and for a picture a small one beside it."""

    media: Media
    content: bytes
    small: bytes = b""


@dataclass(frozen=True, slots=True)
class Awaited:
    """Bytes that are still to be fetched: the channel's own id of them, and the chat's address."""

    media: Media
    source: str
    address: str


Clean = Callable[[bytes], Cleaned]
"""Looks into bytes and returns what may be kept of them; raises NotValid for what may not."""


class Stage(StrEnum):
    """How far the bytes of an attachment have come."""

    AWAITED = "awaited"  # known by the channel's id; still to be fetched
    HERE = "here"
    LOST = "lost"  # could not be fetched, or may not be kept


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment: where it belongs once that is known, and how far its bytes have come."""

    id: AttachmentId
    media: Media
    stage: Stage
    record: RecordId | None = None
    observation: ObservationId | None = None


class Attachments(Protocol):
    """The bytes that came with messages, sealed, and where each belongs."""

    def put(self, attachment_id: AttachmentId, what: Cleaned | Awaited, owner: str) -> None:
        """Keep bytes, or where they are to be fetched, under somebody's key until they are tied."""
        ...

    def find(self, attachment_id: AttachmentId) -> Attachment:
        """Return what is known of an attachment, or raise NotFound."""
        ...

    def tie(
        self, attachment_id: AttachmentId, record_id: RecordId, observation_id: ObservationId
    ) -> None:
        """Note where an attachment belongs: from now on it is sealed for that record."""
        ...

    def drop(self, attachment_id: AttachmentId) -> None:
        """Forget an attachment that is tied to nothing."""
        ...

    def content(self, attachment_id: AttachmentId, *, small: bool = False) -> bytes:
        """Return the bytes, or those of the small picture; raise NotFound where none are here."""
        ...


def may_be_clinical(content: bytes) -> bool:
    """Say whether bytes could be a clinical document, by how they begin in any encoding."""
    begins = content[:BEGINNING].replace(b"\0", b"")
    return begins.lstrip(BYTE_ORDER_MARKS).startswith(b"<") and b"ClinicalDocument" in begins


def check_size(media: Media, size: int, *, clinical: bool = False) -> None:
    """Raise NotValid for more bytes than may be kept of this."""
    if size > (LARGEST_DOCUMENT if clinical else LIMITS[media]):
        raise NotValid("file", "file_too_large")
    if size == 0:
        raise NotValid("file", "file_empty")
