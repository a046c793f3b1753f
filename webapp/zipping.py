"""Several files in one."""

import io
from collections.abc import Iterable
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def zipped(files: Iterable[tuple[str, bytes]], at: datetime) -> bytes:
    """Return files by their names as one ZIP, each dated to this time."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as whole:
        for name, content in files:
            whole.writestr(_dated(name, at), content, compress_type=ZIP_DEFLATED)
    return out.getvalue()


def _dated(name: str, at: datetime) -> ZipInfo:
    return ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
