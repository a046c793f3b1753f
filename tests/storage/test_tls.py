"""Every line to a cloud is TLS, and a certificate that is not right stops it."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from telegram.error import NetworkError

from bot.telegram.calls import TelegramSettings, open_bot
from records.services.storing import StoreUnavailable
from storage.stores import open_store
from tests.parts.aside import run
from tests.parts.process import wait_until
from tests.parts.swift import Swift
from tests.storage.test_stores import s3_settings, swift_settings

KINDS = pytest.mark.parametrize("kind", ["swift", "s3"])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def port(swift: Swift, authority: trustme.CA, folder: Path) -> Iterator[int]:
    """A door of the real Swift whose certificate is made out to localhost alone."""
    certificate = authority.issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    authority.cert_pem.write_to_path(folder / "right.pem")
    trustme.CA().cert_pem.write_to_path(folder / "wrong.pem")
    opened = swift.open_tls_door(folder / "server.pem", folder / "server.pem")
    assert wait_until(lambda: answers(opened), seconds=30)
    return opened


def answers(port: int) -> bool:
    try:
        ssl.get_server_certificate(("localhost", port), timeout=5)
    except OSError:
        return False
    return True


def store_at(kind: str, swift: Swift, bucket: str, address: str, authorities: Path | None):
    settings = {
        "swift": swift_settings(swift, f"{address}/auth/v1.0"),
        "s3": s3_settings(swift, address),
    }[kind]
    if authorities is not None:
        settings |= {"OS_CACERT": str(authorities), "AWS_CA_BUNDLE": str(authorities)}
    return open_store({"swift": "swift://kanglu-", "s3": f"s3://{bucket}"}[kind], settings)


@KINDS
def test_the_right_authority_opens_the_door(kind, swift, bucket, port, folder) -> None:
    store = store_at(kind, swift, bucket, f"https://localhost:{port}", folder / "right.pem")
    store.check()
    store.put("c" * 32, f"over-tls-{kind}", b"sealed")
    assert store.get("c" * 32, f"over-tls-{kind}") == b"sealed"


@KINDS
@pytest.mark.parametrize("authorities", ["wrong.pem", None])
def test_another_authority_is_refused(kind, authorities, swift, bucket, port, folder) -> None:
    known = folder / authorities if authorities else None
    store = store_at(kind, swift, bucket, f"https://localhost:{port}", known)
    with pytest.raises(StoreUnavailable, match="certificate that cannot be trusted") as refused:
        store.check()
    assert not refused.value.passing


@KINDS
def test_another_host_name_is_refused(kind, swift, bucket, port, folder) -> None:
    store = store_at(kind, swift, bucket, f"https://127.0.0.1:{port}", folder / "right.pem")
    with pytest.raises(StoreUnavailable, match="certificate that cannot be trusted"):
        store.check()


def test_the_chat_refuses_another_authority(port) -> None:
    async def ask() -> None:
        async with open_bot(TelegramSettings("1:t", api_base=f"https://localhost:{port}")) as bot:
            await bot.get_me()

    with pytest.raises(NetworkError, match="CERTIFICATE_VERIFY_FAILED"):
        run(ask())
