"""Looking into bytes that came from outside: pictures are drawn anew, the rest is weighed.

What a file says of itself, by its name or its type, is never believed: a picture is what Pillow
can decode, a voice note begins as Opus in Ogg does, and anything else is only ever handed out as
a file of unknown type.
"""

from io import BytesIO

from PIL import Image, ImageOps

from records.attachments import LARGEST_PICTURE, Cleaned, Media, check_size, may_be_clinical
from records.errors import NotValid

PICTURES = ("JPEG", "PNG", "WEBP")
EDGE = 2048  # pixels of the longer side that are kept
SMALL_EDGE = 320
MOST_PIXELS = 40_000_000  # a picture that says it has more is a bomb
QUALITY, SMALL_QUALITY = 85, 75

# Pillow warns above this and refuses twice as much; both are refusals here.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
_BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)

_BEGINS = {
    b"\xff\xd8\xff": Media.PICTURE,
    b"\x89PNG\r\n\x1a\n": Media.PICTURE,
    b"OggS": Media.VOICE,
}
_OPUS = b"OpusHead"
_FIRST_PAGE = 64  # bytes within which the first packet of Opus in Ogg begins


def clean(content: bytes) -> Cleaned:
    """Return what may be kept of some bytes; raises NotValid for what may not."""
    media = _media(content)
    clinical = media is Media.FILE and may_be_clinical(content)
    check_size(media, len(content), clinical=clinical)
    if media is Media.PICTURE:
        return _drawn_anew(content)
    return Cleaned(media, content)


def _media(content: bytes) -> Media:
    begins = next((one for start, one in _BEGINS.items() if content.startswith(start)), Media.FILE)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Media.PICTURE
    if begins is Media.VOICE and _OPUS not in content[:_FIRST_PAGE]:
        return Media.FILE
    return begins


def _drawn_anew(content: bytes) -> Cleaned:
    """Decode a picture and draw it again: what was hidden in its bytes stays behind."""
    try:
        with Image.open(BytesIO(content), formats=PICTURES) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotValid("file", "picture_unreadable")
            picture.draft("RGB", (EDGE, EDGE))
            upright = _flat(picture)
    except NotValid:
        raise
    except _BOMBS:
        raise NotValid("file", "picture_unreadable") from None
    except Exception:  # decoders raise whatever they like at bytes that are not a picture
        raise NotValid("file", "picture_unreadable") from None
    upright.thumbnail((EDGE, EDGE))
    large = _jpeg(upright, QUALITY)
    if len(large) > LARGEST_PICTURE:
        raise NotValid("file", "file_too_large")
    upright.thumbnail((SMALL_EDGE, SMALL_EDGE))
    return Cleaned(Media.PICTURE, large, _jpeg(upright, SMALL_QUALITY))


def _flat(picture: Image.Image) -> Image.Image:
    """Return the pixels alone, the right way up, on white where they are clear."""
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    seen = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    flat = Image.new("RGB", seen.size, "white")
    flat.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    return flat


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
