"""Paper: a page of ours as a tagged PDF; nothing is fetched but our own style."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from PIL import ImageFile

from records.findings.charts import Spec
from webapp.unit import house

STYLE = "paper.css"


class NoPrinter(Exception):
    """Pango, which sets the letters of a PDF, is not on this machine."""


def in_page(spec: Spec) -> str:
    """Return a chart as an address that holds the picture itself."""
    return "data:image/svg+xml;base64," + b64encode(house().draw(spec, "svg")).decode()


def draw_pdf(html: str, *, static: Path) -> bytes:
    """Return a page as a PDF for people and for screen readers (PDF/UA-1), or raise NoPrinter."""
    if not can_print():
        raise NoPrinter
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    only_within = URLFetcher(allowed_protocols={"data"})
    document = HTML(string=html, url_fetcher=only_within)
    return bytes(
        document.write_pdf(stylesheets=[CSS(filename=str(static / STYLE))], pdf_variant="pdf/ua-1")
    )


@cache
def can_print() -> bool:
    """Say whether PDFs can be made on this machine."""
    try:
        import weasyprint  # noqa: F401 - it looks for Pango when it is imported
    except OSError:
        return False
    # It lets Pillow take half a picture, everywhere: what is sent to us must be whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return True
