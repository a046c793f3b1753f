"""Several files in one."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def zipped(files: Iterable[tuple[str, bytes]], at: datetime) -> bytes:
    """Return files by their names as one ZIP, each dated to this time."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as whole:
        for name, content in files:
            whole.writestr(_dated(name, at), content, compress_type=ZIP_DEFLATED)
    return out.getvalue()


def zipped_on_the_way(files: Iterable[tuple[str, bytes]], at: datetime) -> Iterator[bytes]:
    """Give a ZIP piece by piece while its files are drawn; no more than one is held at a time."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as whole:
        for name, content in files:
            whole.writestr(_dated(name, at), content, compress_type=ZIP_DEFLATED)
            yield pipe.taken()
    yield pipe.taken()


class _Pipe(io.RawIOBase):
    """Takes what is written until somebody takes it away; it cannot be gone back in."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.held += content
        return len(content)

    def taken(self) -> bytes:
        content, self.held = bytes(self.held), bytearray()
        return content


def _dated(name: str, at: datetime) -> ZipInfo:
    return ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
