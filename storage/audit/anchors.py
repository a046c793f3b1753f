"""Anchors: a folder of this machine that remembers how far the log had come.

Whoever cuts the database's log short would have to reach this folder too. The newest head is kept
after every batch, the roots day by day; what the log once had and has no more is never overwritten.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from storage.audit.chain import TOTAL, Head, Sealing

NEWEST = "newest"
ASIDE = "aside-"


class Anchors:
    """The heads this machine has seen."""

    def __init__(self, folder: Path, sealing: Sealing) -> None:
        self.folder = folder
        self.sealing = sealing

    def mark(self, total: Head) -> None:
        """Remember how far the log has come; a head that lies before the newest goes beside it."""
        before = self._read(self.folder / NEWEST)
        name = NEWEST
        if before is not None and before.count > total.count:
            name = f"{ASIDE}{before.count}"
            if not (self.folder / name).exists():
                self._write(name, before)
            name = NEWEST
        self._write(name, total)

    def heads(self) -> Iterator[tuple[str, Head | None]]:
        """Give each head that is remembered, by its file; None where the file was altered."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.iterdir()):
            if path.name == NEWEST or path.name.startswith(ASIDE):
                yield path.name, self._read(path)

    def _read(self, path: Path) -> Head | None:
        try:
            count, digest, mac = path.read_text().split()
            head = Head(TOTAL, int(count), bytes.fromhex(digest))
        except (FileNotFoundError, ValueError):
            return None
        return head if self.sealing.head_mac(head).hex() == mac else None

    def _write(self, name: str, head: Head) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f".{name}.{secrets.token_hex(8)}"
        mac = self.sealing.head_mac(head).hex()
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(f"{head.count} {head.digest.hex()} {mac}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / name)
