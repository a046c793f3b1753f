"""Documents as files: a folder for each container, a file for each document."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from records.services.storing import AlreadyStored, NoSuchDocument, StoreUnavailable
from storage.stores.naming import require_names
from storage.stores.probing import probe

_FULL = (errno.ENOSPC, errno.EDQUOT)


class FileStore:
    """Keep documents under one folder, each written whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, container: str, name: str, content: bytes) -> None:
        """Store the document under a new name, durably, or raise AlreadyStored."""
        path = self._path(container, name)
        try:
            self._make_folder(path.parent)
            _write_new(path, content)
        except FileExistsError:
            if self.get(container, name) != content:
                raise AlreadyStored("Other bytes are stored under this name.") from None
        except OSError as error:
            raise self._unavailable(error) from None

    def get(self, container: str, name: str, part: range | None = None) -> bytes:
        """Return the document's bytes, or those of one part of it, or raise NoSuchDocument."""
        try:
            with self._path(container, name).open("rb") as file:
                if part is None:
                    return file.read()
                file.seek(part.start)
                return file.read(len(part))
        except FileNotFoundError:
            raise NoSuchDocument("No document is stored under this name.") from None
        except OSError as error:
            raise self._unavailable(error) from None

    def remove(self, container: str, name: str) -> None:
        """Remove the document; one that is not there is fine."""
        path = self._path(container, name)
        try:
            path.unlink()
            _flush_folder(path.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._unavailable(error) from None

    def names(self, container: str, prefix: str = "") -> Iterator[str]:
        """Yield the names in the container that begin with the prefix, in order."""
        require_names(container)
        try:
            files = os.listdir(self.root / container)
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._unavailable(error) from None
        kept = (unquote(file) for file in files if not file.startswith("."))
        yield from sorted(name for name in kept if name.startswith(prefix))

    def check(self) -> None:
        """Write, read and remove one document, or raise StoreUnavailable."""
        probe(self)

    def _path(self, container: str, name: str) -> Path:
        require_names(container, name)
        # A slash is quoted, so that "a" and "a/b" may both be names, as they may in a cloud.
        return self.root / container / quote(name, safe="")

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        _flush_folder(self.root)

    def _unavailable(self, error: OSError) -> StoreUnavailable:
        if error.errno in _FULL:
            return StoreUnavailable(f"The disk of {self.root} is full; make room, then try again.")
        reason = os.strerror(error.errno) if error.errno else "unknown reason"
        return StoreUnavailable(
            f"The folder {self.root} cannot be used ({reason}); "
            "make sure it can be written and takes hard links."
        )


def _write_new(path: Path, content: bytes) -> None:
    """Write the file whole and durably, or raise FileExistsError and leave the old one."""
    handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, fails where the name is taken: two writers cannot both win.
        os.link(temporary, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
