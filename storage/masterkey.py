"""The master key: one file, from which every other key of the house is wrapped or derived."""

import base64
import binascii
import os
import secrets
import stat
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class MasterKeyRefused(Exception):
    """The master key's file cannot be used; the text is one sentence that says what to do."""


def make_master_key(path: Path) -> None:
    """Write a new master key for its owner alone; a key that is already there stays."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _give_name(draft, path)
    finally:
        draft.unlink()


def read_master_key(path: Path) -> bytes:
    """Return the 32 bytes of the master key, or raise MasterKeyRefused."""
    try:
        mode = path.stat().st_mode
        written = path.read_bytes()
    except FileNotFoundError:
        raise MasterKeyRefused(
            f"There is no master key at {path}; restore it from its safe copy "
            "or correct MASTER_KEY_FILE."
        ) from None
    except OSError as error:
        raise MasterKeyRefused(
            f"The master key at {path} cannot be read ({os.strerror(error.errno or 0)}); "
            "correct MASTER_KEY_FILE or the file's owner."
        ) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise MasterKeyRefused(f"Others can read the master key at {path}; run chmod 600 on it.")
    return _decoded(path, written)


def derived_key(master: bytes, label: str) -> bytes:
    """Return the 32-byte key that the master key gives for this label (HKDF, SHA-256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label.encode()).derive(master)


def _give_name(draft: Path, path: Path) -> None:
    # A link fails where the name is taken: of two processes that start at once, one makes the key.
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _decoded(path: Path, written: bytes) -> bytes:
    try:
        key = base64.b64decode(written.strip(), altchars=b"-_", validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise MasterKeyRefused(
            f"The master key at {path} is not 32 bytes in base64url; restore it from its safe copy."
        )
    return key
