"""Pictures, voice notes and files as people, and people who mean harm, send them."""

import struct
import zlib
from io import BytesIO

from PIL import Image

HIDDEN = "canary-hidden-in-a-picture"


def picture(
    kind: str = "JPEG",
    size: tuple[int, int] = (640, 480),
    color: str | tuple[int, ...] = "teal",
    mode: str = "RGB",
) -> bytes:
    """Return a picture of one colour."""
    out = BytesIO()
    Image.new(mode, size, color).save(out, kind)
    return out.getvalue()


def photo_with_a_place() -> bytes:
    """Return a photo that tells where it was taken, by which camera, lying on its side."""
    exif = Image.Exif()
    exif[0x010F] = HIDDEN
    exif[0x0112] = 6  # to be turned a quarter
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 49.0), 3: "E", 4: (121.0, 28.0, 25.0)})
    out = BytesIO()
    shown = Image.new("RGB", (640, 480), "teal")
    shown.save(out, "JPEG", exif=exif, comment=HIDDEN.encode())
    return out.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few hundred kilobytes that says it is 30,000 pixels square."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(30_000 * (30_000 // 8 + 1)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def polyglot() -> bytes:
    """Return a photo behind which a page with a script is hidden."""
    return picture() + b"<html><script>" + HIDDEN.encode() + b"</script></html>"


SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


def voice(seconds: int = 1) -> bytes:
    """Return the beginning of a voice note as Telegram records it: Opus in Ogg."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    page = b"OggS" + struct.pack("<BBqIIIBB", 0, 2, 0, 1, 0, 0, 1, len(head)) + head
    return page + bytes(2_000 * seconds)
