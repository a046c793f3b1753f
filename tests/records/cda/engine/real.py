"""The real documents of the shared folder, read in place; fragments put into a document."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

FOLDERS = ("us", "intl-fr", "intl-it", "intl-zh")
NAMESPACES = (
    'xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" xmlns:voc="urn:hl7-org:v3/voc" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cda="urn:hl7-org:v3"'
)


def documents_in(shared_data: Path) -> Iterator[tuple[str, bytes]]:
    """Return every whole document with its name."""
    for folder in FOLDERS:
        for one in sorted((shared_data / "cda" / folder).iterdir()):
            yield f"{folder}/{one.name}", one.read_bytes()


def wrapped_fragments(shared_data: Path) -> Iterator[tuple[str, bytes]]:
    """Return every fragment as part of a document, where it is well formed in there."""
    for one in sorted((shared_data / "cda/fragments").iterdir()):
        content = wrapped(one.read_bytes())
        try:
            etree.fromstring(content)
        except etree.XMLSyntaxError:
            continue
        yield f"fragments/{one.name}", content


def wrapped(fragment: bytes) -> bytes:
    """Put a section, an entry or a statement where it belongs in a document."""
    text = re.sub(rb"^\s*(\xef\xbb\xbf)?\s*<\?xml.*?\?>", b"", fragment)
    first = re.search(rb"<([A-Za-z]+)", text)
    name = first.group(1).decode() if first else ""
    inside = {
        "section": "<component>%s</component>",
        "component": "%s",
        "structuredBody": "%s",
        "entry": "<component><section>%s</section></component>",
    }.get(name, "<component><section><entry>%s</entry></section></component>")
    before, after = inside.split("%s")
    head = f"<ClinicalDocument {NAMESPACES}><component><structuredBody>{before}"
    tail = f"{after}</structuredBody></component></ClinicalDocument>"
    return head.encode() + text + tail.encode()
