"""One part of a document over HTTP, also from a server that gives the whole whatever is asked."""


def range_header(part: range) -> str:
    """Return the header's value that asks for a part."""
    return f"bytes={part.start}-{part.stop - 1}"


def only(part: range | None, content: bytes, *, given: bool) -> bytes:
    """Return the part of what was answered; `given` says that it is the part already."""
    return content if part is None or given else content[part.start : part.stop]
