"""The master key shut by AWS KMS, through Amazon's own client."""

import base64
import binascii
from collections.abc import Mapping

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from storage.guards import guarded_name
from storage.masterkey import MasterKeyRefused
from storage.stores.address import web_address

MARK = "kms:"
BOUND = {"kanglu": "master key"}  # KMS opens it only where the same is said


class KmsGuard:
    """Shuts and opens the master key with one key of KMS: kms://alias/name, an id or an ARN."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.key = guarded_name(settings, "kms")
        endpoint = settings.get("KMS_ENDPOINT_URL") or None
        if endpoint:
            web_address("KMS_ENDPOINT_URL", endpoint)
        session = Session(
            aws_access_key_id=_one_of(settings, "ACCESS_KEY_ID"),
            aws_secret_access_key=_one_of(settings, "SECRET_ACCESS_KEY"),
            aws_session_token=_one_of(settings, "SESSION_TOKEN"),
            region_name=_one_of(settings, "REGION") or "us-east-1",
        )
        self._client = session.client(
            "kms",
            endpoint_url=endpoint,
            verify=settings.get("AWS_CA_BUNDLE") or True,
            config=Config(
                connect_timeout=5,
                read_timeout=10,
                retries={"mode": "standard", "total_max_attempts": 3},
            ),
        )

    def shut(self, key: bytes) -> str:
        """Return the key so that only KMS opens it, or raise MasterKeyRefused."""
        try:
            answer = self._client.encrypt(KeyId=self.key, Plaintext=key, EncryptionContext=BOUND)
        except (ClientError, BotoCoreError) as error:
            raise _refused(error) from None
        return MARK + base64.urlsafe_b64encode(answer["CiphertextBlob"]).decode()

    def open(self, shut: str) -> bytes:
        """Return the key that KMS shut, or raise MasterKeyRefused."""
        try:
            blob = base64.urlsafe_b64decode(shut.removeprefix(MARK))
            answer = self._client.decrypt(
                KeyId=self.key, CiphertextBlob=blob, EncryptionContext=BOUND
            )
        except (ClientError, BotoCoreError, binascii.Error) as error:
            raise _refused(error) from None
        return bytes(answer["Plaintext"])


def _one_of(settings: Mapping[str, str], name: str) -> str | None:
    # A store that only speaks S3 may have the AWS_ settings for its own keys.
    return settings.get(f"KMS_{name}") or settings.get(f"AWS_{name}") or None


def _refused(error: Exception) -> MasterKeyRefused:
    if isinstance(error, ClientError):
        code = error.response.get("Error", {}).get("Code", "unknown")
        return MasterKeyRefused(
            f"AWS KMS does not open the master key ({code}); correct MASTER_KEY_GUARD, "
            "the AWS_ settings, or what the key's policy allows."
        )
    return MasterKeyRefused(
        "AWS KMS cannot be reached to open the master key; see that the network and "
        "KMS_ENDPOINT_URL are right."
    )
