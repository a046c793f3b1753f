"""What comes from outside is looked into, drawn anew or turned away."""

from io import BytesIO

import pytest
from PIL import Image

from records.attachments import (
    LARGEST_DOCUMENT,
    LARGEST_FILE,
    LARGEST_PICTURE,
    LARGEST_VOICE,
    Media,
)
from records.errors import NotValid
from storage.media import EDGE, SMALL_EDGE, clean
from tests import enclosures
from tests.enclosures import HIDDEN

CLINICAL = b'<ClinicalDocument xmlns="urn:hl7-org:v3">'


def seen(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_each_kind_becomes_a_jpeg(kind: str) -> None:
    cleaned = clean(enclosures.picture(kind))
    assert cleaned.media is Media.PICTURE
    assert seen(cleaned.content).format == "JPEG"
    assert seen(cleaned.content).size == (640, 480)
    assert max(seen(cleaned.small).size) == SMALL_EDGE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "RGB"])
def test_every_way_of_storing_pixels_is_read(mode: str) -> None:
    cleaned = clean(enclosures.picture("PNG", mode=mode, color=0 if mode in ("1", "P") else None))
    assert seen(cleaned.content).mode == "RGB"


def test_a_large_picture_becomes_smaller() -> None:
    cleaned = clean(enclosures.picture(size=(5000, 3000)))
    assert seen(cleaned.content).size == (EDGE, 1229)


def test_where_a_photo_was_taken_is_gone_and_it_stands_upright() -> None:
    taken = enclosures.photo_with_a_place()
    assert HIDDEN.encode() in taken
    cleaned = clean(taken)
    for content in (cleaned.content, cleaned.small):
        assert HIDDEN.encode() not in content
        assert b"Exif" not in content
        assert not seen(content).getexif()
        assert "comment" not in seen(content).info
    assert seen(cleaned.content).size == (480, 640)


def test_what_is_hidden_behind_a_picture_stays_behind() -> None:
    cleaned = clean(enclosures.polyglot())
    assert HIDDEN.encode() not in cleaned.content
    assert b"<script" not in cleaned.content


@pytest.mark.parametrize(
    "content",
    [
        enclosures.bomb(),
        b"\x89PNG\r\n\x1a\n" + enclosures.SVG,
        b"\xff\xd8\xff" + bytes(500),
        enclosures.picture()[:300],
        enclosures.picture("PNG")[:60],
        b"RIFF\x00\x00\x00\x00WEBP" + bytes(50),
    ],
    ids=["bomb", "svg", "zeros", "cut jpeg", "cut png", "empty webp"],
)
def test_what_only_claims_to_be_a_picture_is_turned_away(content: bytes) -> None:
    with pytest.raises(NotValid) as refused:
        clean(content)
    assert refused.value.reason == "picture_unreadable"


def test_a_voice_note_is_kept_as_it_came() -> None:
    cleaned = clean(enclosures.voice())
    assert cleaned.media is Media.VOICE
    assert cleaned.content == enclosures.voice()


@pytest.mark.parametrize("content", [enclosures.SVG, b"OggS voice", b"%PDF-1.7", b"a,b\n1,2\n"])
def test_anything_else_is_a_file_of_unknown_type(content: bytes) -> None:
    assert clean(content).media is Media.FILE


@pytest.mark.parametrize(
    ("begins", "largest"),
    [
        (b"\xff\xd8\xff", LARGEST_PICTURE),
        (enclosures.voice(), LARGEST_VOICE),
        (b"words", LARGEST_FILE),
        (b"<a/>", LARGEST_FILE),
        (CLINICAL, LARGEST_DOCUMENT),
    ],
)
def test_too_many_bytes_are_turned_away_unread(begins: bytes, largest: int) -> None:
    with pytest.raises(NotValid) as refused:
        clean(begins + bytes(largest))
    assert refused.value.reason == "file_too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_a_clinical_document_may_be_larger_than_other_files(encoding: str) -> None:
    content = ("<?xml version='1.0'?>\n" + CLINICAL.decode() + " " * LARGEST_FILE).encode(encoding)
    assert clean(content).content == content


def test_nothing_at_all_is_turned_away() -> None:
    with pytest.raises(NotValid):
        clean(b"")
