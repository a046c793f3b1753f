"""The master key's file: from this key every other key of the house is wrapped or derived.

Each line is one key, the one in use first; more than one stands there while the key is changed.
"""

import base64
import binascii
import os
import secrets
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class MasterKeyRefused(Exception):
    """The master key's file cannot be used; the text is one sentence that says what to do."""


def make_master_key(path: Path, written: Callable[[bytes], str] | None = None) -> None:
    """Write a new master key for its owner alone; a key that is already there stays.

    `written` says how it is written there: as it is, or shut by whoever guards it.
    """
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _written(path, [(written or encoded)(fresh_key())])
    try:
        _give_name(draft, path)
    finally:
        draft.unlink()


def read_master_key(path: Path) -> bytes:
    """Return the 32 bytes of a master key that lies open in its file, or raise MasterKeyRefused."""
    return decoded(read_lines(path)[0], str(path))


def read_lines(path: Path) -> tuple[str, ...]:
    """Return what the master key's file holds, the key in use first, or raise MasterKeyRefused."""
    try:
        mode = path.stat().st_mode
        written = path.read_text("ascii", "replace").split()
    except FileNotFoundError:
        raise MasterKeyRefused(
            f"There is no master key at {path}; restore it from its safe copy, correct "
            "MASTER_KEY_FILE, or for a new house run python -m storage.masterkeys."
        ) from None
    except OSError as error:
        raise MasterKeyRefused(
            f"The master key at {path} cannot be read ({os.strerror(error.errno or 0)}); "
            "correct MASTER_KEY_FILE or the file's owner."
        ) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise MasterKeyRefused(f"Others can read the master key at {path}; run chmod 600 on it.")
    return tuple(written) or ("",)


def write_lines(path: Path, lines: Sequence[str]) -> None:
    """Put these in the place of what the master key's file held, whole and durably."""
    draft = _written(path, lines)
    try:
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _flush(path.parent)


def decoded(written: str, where: str) -> bytes:
    """Return the key that is written here, or raise MasterKeyRefused."""
    try:
        key = base64.b64decode(written.strip(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise MasterKeyRefused(
            f"The master key at {where} is not 32 bytes in base64url; "
            "restore it from its safe copy."
        )
    return key


def encoded(key: bytes) -> str:
    """Return a key as it is written."""
    return base64.urlsafe_b64encode(key).decode()


def fresh_key() -> bytes:
    """Return a new key."""
    return secrets.token_bytes(KEY_BYTES)


def derived_key(master: bytes, label: str) -> bytes:
    """Return the 32-byte key that the master key gives for this label (HKDF, SHA-256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label.encode()).derive(master)


def _written(path: Path, lines: Sequence[str]) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _give_name(draft: Path, path: Path) -> None:
    # A link fails where the name is taken: of two processes that start at once, one makes the key.
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    _flush(path.parent)


def _flush(parent: Path) -> None:
    folder = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
