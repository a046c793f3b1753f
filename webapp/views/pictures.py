"""Pictures made here: a link as a QR code, without a style or a script in it."""

import io

import segno
from flask import Response


def qr_code(link: str) -> Response:
    """Return a link as an SVG to be scanned."""
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="svg", scale=6, border=3, dark="#12302f")
    return Response(picture.getvalue(), content_type="image/svg+xml")
