"""The master key shut by HashiCorp Vault's transit engine, through Vault's own client."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import hvac
from hvac.exceptions import Forbidden, VaultError
from requests import RequestException

from storage.guards import guarded_name
from storage.masterkey import MasterKeyRefused
from storage.stores.address import UnreadableSetting, required, web_address

TIMEOUT = 10


class VaultGuard:
    """Shuts and opens the master key with one key of Vault: vault://mount/key."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.mount, _, self.key = guarded_name(settings, "vault").rpartition("/")
        self.mount = self.mount or "transit"
        try:
            address = web_address("VAULT_ADDR", required(settings, "VAULT_ADDR"))
            token = required(settings, "VAULT_TOKEN")
        except UnreadableSetting as error:
            raise MasterKeyRefused(str(error)) from None
        self._client = hvac.Client(
            url=address,
            token=token,
            namespace=settings.get("VAULT_NAMESPACE") or None,
            verify=settings.get("VAULT_CACERT") or True,
            timeout=TIMEOUT,
        )

    def shut(self, key: bytes) -> str:
        """Return the key so that only Vault opens it, or raise MasterKeyRefused."""
        plaintext = base64.b64encode(key).decode()
        return str(self._ask("encrypt_data", plaintext=plaintext)["ciphertext"])

    def open(self, shut: str) -> bytes:
        """Return the key that Vault shut, or raise MasterKeyRefused."""
        try:
            return base64.b64decode(self._ask("decrypt_data", ciphertext=shut)["plaintext"])
        except binascii.Error as error:
            raise _refused(error) from None

    def _ask(self, act: str, **words: str) -> dict[str, Any]:
        try:
            ask = getattr(self._client.secrets.transit, act)
            answer: dict[str, Any] = ask(self.key, mount_point=self.mount, **words)["data"]
        except (VaultError, RequestException, KeyError, TypeError) as error:
            raise _refused(error) from None
        return answer


def _refused(error: Exception) -> MasterKeyRefused:
    if isinstance(error, RequestException):
        return MasterKeyRefused(
            "Vault cannot be reached to open the master key; see that it runs, and that "
            "VAULT_ADDR and VAULT_CACERT are right."
        )
    if isinstance(error, Forbidden):
        return MasterKeyRefused(
            "Vault refuses this token; correct VAULT_TOKEN, or let its policy encrypt and "
            "decrypt with the key that MASTER_KEY_GUARD names."
        )
    return MasterKeyRefused(
        "Vault does not open the master key; correct MASTER_KEY_GUARD, or restore the master "
        "key from its safe copy."
    )
