"""Documents in S3, or in what speaks it: one bucket, the container as the key's first part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    SSLError,
)

from records.services.storing import NoSuchDocument, StoreUnavailable
from storage.stores.address import UnreadableSetting, place, required, web_address
from storage.stores.failing import PASSING, UNTRUSTED, require_same
from storage.stores.naming import require_names
from storage.stores.parts import only, range_header
from storage.stores.probing import probe

_ABSENT = ("NoSuchKey", "404")
_BEYOND = ("InvalidRange", "416")
_KEYLESS = (CredentialRetrievalError, NoCredentialsError, PartialCredentialsError)
_REFUSED = (
    "AccessDenied",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "ExpiredToken",
    "InvalidToken",
    "403",
)


@dataclass(frozen=True, slots=True)
class S3Account:
    """How to sign in to S3; without an endpoint of its own, to Amazon's."""

    region: str
    endpoint: str | None = None
    access_key: str | None = None
    secret_key: str | None = None
    token: str | None = None
    authorities: str | None = None

    def connect(self) -> Any:
        """Return a client, which threads may share."""
        session = Session(
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            aws_session_token=self.token,
            region_name=self.region,
        )
        # Said outright: without a word here the client reads AWS_CA_BUNDLE of the environment.
        verify = self.authorities or True
        return session.client(
            "s3", endpoint_url=self.endpoint, verify=verify, config=self._config()
        )

    def _config(self) -> Config:
        return Config(
            signature_version="s3v4",
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path" if self.endpoint else "auto"},
            retries={"mode": "standard", "total_max_attempts": 1},  # SteadyStore tries again
            connect_timeout=5,
            read_timeout=10,
            max_pool_connections=16,
        )


def s3_account(settings: Mapping[str, str]) -> S3Account:
    """Read S3_ENDPOINT_URL and the AWS_ settings; no keys leaves Amazon's own roles to serve."""
    endpoint = settings.get("S3_ENDPOINT_URL") or None
    if endpoint:
        web_address("S3_ENDPOINT_URL", endpoint)
    keyed = settings.get("AWS_ACCESS_KEY_ID") or settings.get("AWS_SECRET_ACCESS_KEY")
    needed = bool(endpoint or keyed)
    return S3Account(
        region=settings.get("AWS_REGION") or settings.get("AWS_DEFAULT_REGION") or "us-east-1",
        endpoint=endpoint,
        access_key=required(settings, "AWS_ACCESS_KEY_ID") if needed else None,
        secret_key=required(settings, "AWS_SECRET_ACCESS_KEY") if needed else None,
        token=settings.get("AWS_SESSION_TOKEN") or None,
        authorities=settings.get("AWS_CA_BUNDLE") or None,
    )


class S3Store:
    """Keep documents in one bucket, which must exist."""

    def __init__(self, account: S3Account, bucket: str) -> None:
        if not bucket:
            raise UnreadableSetting("The address of an S3 store is s3:// and the bucket's name.")
        self.bucket = bucket
        self.place = place(account.endpoint) if account.endpoint else "Amazon"
        try:
            self._client = account.connect()
        except (BotoCoreError, ValueError):
            raise UnreadableSetting(
                "The AWS_ settings cannot be read; see that the region and the address are right."
            ) from None

    def put(self, container: str, name: str, content: bytes) -> None:
        """Store the document under a new name, durably, or raise AlreadyStored."""
        require_names(container, name)
        try:
            self._client.put_object(
                Bucket=self.bucket, Key=f"{container}/{name}", Body=content, IfNoneMatch="*"
            )
        except ClientError as error:
            if _code(error) != "PreconditionFailed":
                raise self._unavailable(error) from None
            require_same(self, container, name, content)
        except BotoCoreError as error:
            raise self._unavailable(error) from None

    def get(self, container: str, name: str, part: range | None = None) -> bytes:
        """Return the document's bytes, or those of one part of it, or raise NoSuchDocument."""
        require_names(container, name)
        asked = {"Range": range_header(part)} if part else {}
        try:
            answer = self._client.get_object(Bucket=self.bucket, Key=f"{container}/{name}", **asked)
            return only(part, bytes(answer["Body"].read()), given="ContentRange" in answer)
        except ClientError as error:
            if _code(error) in _ABSENT:
                raise NoSuchDocument("No document is stored under this name.") from None
            if _code(error) in _BEYOND:
                return b""
            raise self._unavailable(error) from None
        except BotoCoreError as error:
            raise self._unavailable(error) from None

    def remove(self, container: str, name: str) -> None:
        """Remove the document; one that is not there is fine."""
        require_names(container, name)
        try:
            self._client.delete_object(Bucket=self.bucket, Key=f"{container}/{name}")
        except ClientError as error:
            if _code(error) not in _ABSENT:
                raise self._unavailable(error) from None
        except BotoCoreError as error:
            raise self._unavailable(error) from None

    def names(self, container: str, prefix: str = "") -> Iterator[str]:
        """Yield the names in the container that begin with the prefix, in order."""
        require_names(container)
        pages = self._client.get_paginator("list_objects_v2")
        try:
            for page in pages.paginate(Bucket=self.bucket, Prefix=f"{container}/{prefix}"):
                for entry in page.get("Contents", ()):
                    yield entry["Key"].removeprefix(f"{container}/")
        except (ClientError, BotoCoreError) as error:
            raise self._unavailable(error) from None

    def check(self) -> None:
        """Write, read and remove one document, or raise StoreUnavailable."""
        probe(self)

    def _unavailable(self, error: ClientError | BotoCoreError) -> StoreUnavailable:
        where, passing = f"The bucket {self.bucket} at {self.place}", False
        if isinstance(error, _KEYLESS):
            reason = "needs keys; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        elif isinstance(error, SSLError):
            reason = f"{UNTRUSTED} AWS_CA_BUNDLE names the file of the right authority."
        elif isinstance(error, BotoCoreError):
            reason = "cannot be reached; see that the store runs and S3_ENDPOINT_URL is right."
            passing = True
        elif _code(error) == "NoSuchBucket":
            reason = "does not exist; create it, or correct the setting."
        elif _code(error) in _REFUSED:
            reason = "refuses these keys; correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        else:
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", "unknown")
            reason = f"answered with status {status}; look at the store's logs, then try again."
            passing = status in PASSING
        return StoreUnavailable(f"{where} {reason}", passing=passing)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
