"""Who keeps the master key shut where it lies: nobody, AWS KMS, or HashiCorp Vault.

What is shut says by its beginning who opens it, and may lie in the file or the environment like
an open key. It is opened once, when a process starts.
"""

from collections.abc import Mapping
from typing import Protocol

from storage.masterkey import MasterKeyRefused, decoded, encoded
from storage.stores.address import UnreadableSetting, required, split_address


class Guard(Protocol):
    """A service that shuts and opens the master key, and never gives its own key away."""

    def shut(self, key: bytes) -> str:
        """Return the key so that only this service opens it, or raise MasterKeyRefused."""

    def open(self, shut: str) -> bytes:
        """Return the key that was shut, or raise MasterKeyRefused."""


class OpenKey:
    """No guard: the key is written as it is, for its owner alone."""

    def __init__(self, where: str) -> None:
        self.where = where

    def shut(self, key: bytes) -> str:
        """Return the key in base64url."""
        return encoded(key)

    def open(self, shut: str) -> bytes:
        """Return the key that is written in base64url."""
        return decoded(shut, self.where)


def guard_for(written: str, settings: Mapping[str, str], where: str) -> Guard:
    """Return who opens a key that is written like this."""
    # Imported when asked for: the clients are slow to load, and most houses use neither.
    if written.startswith("kms:"):
        from storage.kms import KmsGuard

        return KmsGuard(settings)
    if written.startswith("vault:"):
        from storage.vault import VaultGuard

        return VaultGuard(settings)
    return OpenKey(where)


def chosen_guard(settings: Mapping[str, str], where: str) -> Guard:
    """Return who shuts a new key: MASTER_KEY_GUARD, or nobody."""
    chosen = settings.get("MASTER_KEY_GUARD", "")
    scheme = split_address("MASTER_KEY_GUARD", chosen).scheme
    if chosen and scheme not in ("kms", "vault"):
        raise UnreadableSetting(
            "MASTER_KEY_GUARD cannot be read; use kms://key or vault://mount/key."
        )
    return guard_for(f"{scheme}:" if chosen else "", settings, where)


def guarded_name(settings: Mapping[str, str], scheme: str) -> str:
    """Return what stands after kms:// or vault://, or raise MasterKeyRefused."""
    try:
        chosen = required(settings, "MASTER_KEY_GUARD")
    except UnreadableSetting:
        chosen = ""
    name = chosen.removeprefix(f"{scheme}://").strip("/")
    if not chosen.startswith(f"{scheme}://") or not name:
        raise MasterKeyRefused(
            f"The master key is shut by {scheme}; set MASTER_KEY_GUARD to {scheme}:// "
            "and the name of the key that opens it."
        )
    return name
