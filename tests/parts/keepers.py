"""Small servers that speak as AWS KMS and HashiCorp Vault's transit engine do, on loopback.

They keep keys of their own, bind what they shut to its context, and refuse whom the real ones
refuse, in the real ones' words. Signatures of requests to KMS are looked at, not recomputed.
"""

import base64
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Keeper:
    """What both have in common: a server, keys by name, and whether it lets anybody in."""

    def __init__(self) -> None:
        self.keys = {"kanglu": os.urandom(32)}
        self.asked: list[str] = []

    def __enter__(self) -> Self:
        keeper = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = keeper.answer(self.path, dict(self.headers), json.loads(body))
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", keeper.speaks)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    speaks: ClassVar[str]

    def answer(
        self, path: str, headers: dict[str, str], body: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        """Return the status and the body of the answer."""
        raise NotImplementedError

    def _shut(self, name: str, content: bytes, context: bytes) -> bytes:
        nonce = os.urandom(12)
        return nonce + AESGCM(self.keys[name]).encrypt(nonce, content, context)

    def _open(self, name: str, shut: bytes, context: bytes) -> bytes:
        return AESGCM(self.keys[name]).decrypt(shut[:12], shut[12:], context)


class Kms(Keeper):
    """`TrentService.Encrypt` and `.Decrypt`, JSON 1.1."""

    speaks = "application/x-amz-json-1.1"
    settings: ClassVar = {
        "MASTER_KEY_GUARD": "kms://alias/kanglu",
        "AWS_ACCESS_KEY_ID": "AKIATESTS",
        "AWS_SECRET_ACCESS_KEY": "secret-of-tests",
        "AWS_REGION": "eu-west-1",
    }

    def answer(
        self, path: str, headers: dict[str, str], body: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        """Encrypt or decrypt, or refuse as KMS does."""
        act = headers["X-Amz-Target"].removeprefix("TrentService.")
        self.asked.append(act)
        signed = headers.get("Authorization", "")
        if not signed.startswith("AWS4-HMAC-SHA256 Credential=AKIATESTS/"):
            return 400, _kms_error("UnrecognizedClientException")
        name = body["KeyId"].removeprefix("alias/")
        if name not in self.keys:
            return 400, _kms_error("NotFoundException")
        context = json.dumps(body.get("EncryptionContext", {}), sort_keys=True).encode()
        if act == "Encrypt":
            blob = self._shut(name, base64.b64decode(body["Plaintext"]), context)
            return 200, {"CiphertextBlob": base64.b64encode(blob).decode(), "KeyId": name}
        try:
            content = self._open(name, base64.b64decode(body["CiphertextBlob"]), context)
        except (InvalidTag, ValueError):
            return 400, _kms_error("InvalidCiphertextException")
        return 200, {"Plaintext": base64.b64encode(content).decode(), "KeyId": name}


class Vault(Keeper):
    """`/v1/transit/encrypt/KEY` and `/v1/transit/decrypt/KEY`."""

    speaks = "application/json"
    token = "hvs.tests"
    settings: ClassVar = {"MASTER_KEY_GUARD": "vault://transit/kanglu", "VAULT_TOKEN": token}

    def answer(
        self, path: str, headers: dict[str, str], body: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        """Encrypt or decrypt, or refuse as Vault does."""
        self.asked.append(path)
        if headers.get("X-Vault-Token") != self.token:
            return 403, {"errors": ["permission denied"]}
        act, _, name = path.removeprefix("/v1/transit/").partition("/")
        if name not in self.keys:
            return 400, {"errors": ["encryption key not found"]}
        if act == "encrypt":
            shut = self._shut(name, base64.b64decode(body["plaintext"]), b"")
            return 200, {"data": {"ciphertext": f"vault:v1:{base64.b64encode(shut).decode()}"}}
        try:
            told = body["ciphertext"].removeprefix("vault:v1:")
            content = self._open(name, base64.b64decode(told), b"")
        except (InvalidTag, ValueError):
            return 400, {"errors": ["cipher: message authentication failed"]}
        return 200, {"data": {"plaintext": base64.b64encode(content).decode()}}


def _kms_error(code: str) -> dict[str, Any]:
    return {"__type": code, "message": "refused"}
