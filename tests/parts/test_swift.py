"""The real Swift keeps, refuses and fails as Swift does, by its own API and by S3."""

from collections.abc import Iterator
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from requests.exceptions import ReadTimeout
from swiftclient import ClientException, Connection

from tests.parts.swift import Swift


def _connect(swift: Swift, user: str, key: str) -> Connection:
    return Connection(authurl=swift.auth_url, user=user, key=key, retries=0, timeout=3)


@pytest.fixture
def amina(swift: Swift) -> Iterator[Connection]:
    connection = _connect(swift, swift.user, swift.key)
    yield connection
    connection.close()


@pytest.fixture
def container(amina: Connection) -> str:
    name = f"box-{uuid4().hex}"
    amina.put_container(name)
    return name


def test_an_object_comes_back_as_it_went_in(amina: Connection, container: str) -> None:
    amina.put_object(container, "one", b"sealed")
    assert amina.get_object(container, "one")[1] == b"sealed"


def test_an_object_is_created_only_once(amina: Connection, container: str) -> None:
    only_new = {"If-None-Match": "*"}
    amina.put_object(container, "one", b"first", headers=only_new)
    with pytest.raises(ClientException) as refused:
        amina.put_object(container, "one", b"second", headers=only_new)
    assert refused.value.http_status == 412
    assert amina.get_object(container, "one")[1] == b"first"


def test_a_stranger_is_refused(swift: Swift, amina: Connection, container: str) -> None:
    amina.put_object(container, "one", b"sealed")
    stranger = _connect(swift, swift.other_user, swift.other_key)
    stranger.get_auth()
    stranger.url = amina.url
    with pytest.raises(ClientException) as refused:
        stranger.get_object(container, "one")
    stranger.close()
    assert refused.value.http_status == 403


def test_a_wrong_key_does_not_sign_in(swift: Swift) -> None:
    with pytest.raises(ClientException, match="401"):
        _connect(swift, swift.user, "wrong").get_auth()


def test_the_bytes_lie_in_a_file_that_can_be_altered(
    swift: Swift, amina: Connection, container: str
) -> None:
    before = set(swift.object_files())
    amina.put_object(container, "one", b"sealed")
    (added,) = set(swift.object_files()) - before
    assert added.read_bytes() == b"sealed"
    added.unlink()
    with pytest.raises(ClientException) as lost:
        amina.get_object(container, "one")
    assert lost.value.http_status == 404


def test_s3_keeps_an_object_and_creates_it_only_once(swift: Swift) -> None:
    s3 = boto3.client(
        "s3",
        endpoint_url=swift.s3_url,
        region_name=swift.region,
        aws_access_key_id=swift.s3_access_key,
        aws_secret_access_key=swift.s3_secret_key,
        verify=False,
        config=Config(
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            retries={"max_attempts": 1},
        ),
    )
    bucket = f"bucket-{uuid4().hex}"
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="one", Body=b"first", IfNoneMatch="*")
    with pytest.raises(ClientError, match="PreconditionFailed"):
        s3.put_object(Bucket=bucket, Key="one", Body=b"second", IfNoneMatch="*")
    assert s3.get_object(Bucket=bucket, Key="one")["Body"].read() == b"first"
    s3.close()


def test_a_paused_proxy_lets_the_caller_wait(
    faulty_swift: Swift, amina: Connection, container: str
) -> None:
    amina.put_object(container, "one", b"sealed")
    faulty_swift.pause()
    with pytest.raises(ReadTimeout):  # swiftclient lets it through from requests as it is
        amina.get_object(container, "one")
    faulty_swift.resume()
    assert amina.get_object(container, "one")[1] == b"sealed"


def test_a_killed_object_server_fails_and_comes_back_with_everything(
    faulty_swift: Swift, amina: Connection, container: str
) -> None:
    amina.put_object(container, "one", b"sealed")
    faulty_swift.kill("object")
    with pytest.raises(ClientException) as down:
        amina.put_object(container, "two", b"sealed")
    assert down.value.http_status == 503
    faulty_swift.heal()
    assert amina.get_object(container, "one")[1] == b"sealed"
