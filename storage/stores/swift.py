"""Documents in OpenStack Swift: a container for each container, a prefix before its name."""

import hashlib
import http
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from keystoneauth1.exceptions import CatalogException
from keystoneauth1.exceptions import ClientException as KeystoneError
from keystoneauth1.exceptions import SSLError as KeystoneSSLError
from keystoneauth1.session import Session
from requests import RequestException
from requests.exceptions import SSLError
from swiftclient.client import Connection
from swiftclient.exceptions import ClientException
from urllib3.exceptions import HTTPError

from records.services.storing import NoSuchDocument, StoreUnavailable
from storage.stores.address import UnreadableSetting, place, required, web_address
from storage.stores.failing import PASSING, UNTRUSTED, require_same
from storage.stores.keystone import keystone_session
from storage.stores.naming import require_names
from storage.stores.parts import only, range_header
from storage.stores.probing import probe

VENDOR_ERRORS = (ClientException, KeystoneError, RequestException, HTTPError, OSError)
TIMEOUT = 10.0  # seconds for each connect and each wait for bytes
PAGE = 10_000  # names asked for at once: the most Swift gives


@dataclass(frozen=True, slots=True)
class SwiftAccount:
    """How to sign in to Swift: by its own v1 sign-in, or through a Keystone session."""

    address: str
    user: str = ""
    key: str = ""
    session: Session | None = None
    region: str | None = None
    authorities: str | None = None

    def connect(self) -> Connection:
        """Return a connection that has signed in."""
        connection = Connection(
            authurl=self.address,
            user=self.user,
            key=self.key,
            session=self.session,
            os_options={"region_name": self.region},
            cacert=self.authorities,
            retries=0,  # SteadyStore tries again; a sign-in that ran out is renewed all the same
            starting_backoff=0.1,
            timeout=TIMEOUT,
        )
        connection.url, connection.token = connection.get_auth()
        return connection


def swift_account(settings: Mapping[str, str]) -> SwiftAccount:
    """Read ST_AUTH, ST_USER and ST_KEY, or the OS_ settings of Keystone v3; OS_CACERT for both."""
    authorities = settings.get("OS_CACERT") or None
    if settings.get("ST_AUTH"):
        address = web_address("ST_AUTH", required(settings, "ST_AUTH"))
        user, key = required(settings, "ST_USER"), required(settings, "ST_KEY")
        return SwiftAccount(address, user, key, authorities=authorities)
    if not settings.get("OS_AUTH_URL"):
        raise UnreadableSetting("ST_AUTH is not set; set it, or OS_AUTH_URL, to sign in to Swift.")
    address, session = keystone_session(settings, timeout=TIMEOUT, authorities=authorities)
    region = settings.get("OS_REGION_NAME") or None
    return SwiftAccount(address, session=session, region=region, authorities=authorities)


class SwiftStore:
    """Keep documents in Swift, a connection for each thread."""

    def __init__(self, account: SwiftAccount, prefix: str) -> None:
        if prefix:
            require_names(prefix)
        self.account = account
        self.prefix = prefix
        self._here = threading.local()

    def put(self, container: str, name: str, content: bytes) -> None:
        """Store the document under a new name, durably, or raise AlreadyStored."""
        require_names(container, name)
        try:
            self._put(self.prefix + container, name, content)
        except ClientException as error:
            if error.http_status != http.HTTPStatus.PRECONDITION_FAILED:
                raise self._unavailable(error) from None
            require_same(self, container, name, content)
        except VENDOR_ERRORS as error:
            raise self._unavailable(error) from None

    def get(self, container: str, name: str, part: range | None = None) -> bytes:
        """Return the document's bytes, or those of one part of it, or raise NoSuchDocument."""
        require_names(container, name)
        asked = {"X-Newest": "true"} | ({"Range": range_header(part)} if part else {})
        try:
            headers, content = self._connection().get_object(
                self.prefix + container, name, headers=asked
            )
        except ClientException as error:
            if error.http_status == http.HTTPStatus.NOT_FOUND:
                raise NoSuchDocument("No document is stored under this name.") from None
            if error.http_status == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                return b""
            raise self._unavailable(error) from None
        except VENDOR_ERRORS as error:
            raise self._unavailable(error) from None
        if len(content) != int(headers["content-length"]):
            raise StoreUnavailable(
                "Swift broke off in the middle of a document; try again.", passing=True
            )
        return only(part, bytes(content), given="content-range" in headers)

    def remove(self, container: str, name: str) -> None:
        """Remove the document; one that is not there is fine."""
        require_names(container, name)
        try:
            self._connection().delete_object(self.prefix + container, name)
        except ClientException as error:
            if error.http_status != http.HTTPStatus.NOT_FOUND:
                raise self._unavailable(error) from None
        except VENDOR_ERRORS as error:
            raise self._unavailable(error) from None

    def names(self, container: str, prefix: str = "") -> Iterator[str]:
        """Yield the names in the container that begin with the prefix, in order."""
        require_names(container)
        marker = ""
        while page := self._page(container, prefix, marker):
            yield from page
            marker = page[-1]

    def check(self) -> None:
        """Write, read and remove one document, or raise StoreUnavailable."""
        probe(self)

    def _page(self, container: str, prefix: str, marker: str) -> list[str]:
        try:
            _, found = self._connection().get_container(
                self.prefix + container, prefix=prefix, marker=marker, limit=PAGE
            )
        except ClientException as error:
            if error.http_status == http.HTTPStatus.NOT_FOUND:
                return []
            raise self._unavailable(error) from None
        except VENDOR_ERRORS as error:
            raise self._unavailable(error) from None
        return [entry["name"] for entry in found]

    def _put(self, container: str, name: str, content: bytes) -> None:
        try:
            self._put_object(container, name, content)
        except ClientException as error:
            if error.http_status != http.HTTPStatus.NOT_FOUND:
                raise
            self._connection().put_container(container)
            self._put_object(container, name, content)

    def _put_object(self, container: str, name: str, content: bytes) -> None:
        self._connection().put_object(
            container,
            name,
            BytesIO(content),  # what can be wound back can be tried again
            content_length=len(content),
            etag=hashlib.md5(content, usedforsecurity=False).hexdigest(),
            content_type="application/octet-stream",
            headers={"If-None-Match": "*"},
        )

    def _connection(self) -> Connection:
        if (kept := getattr(self._here, "connection", None)) is not None:
            return kept
        connection = self.account.connect()
        try:
            web_address("The storage address that Swift gave", connection.url or "")
        except UnreadableSetting as error:
            raise StoreUnavailable(str(error)) from None
        self._here.connection = connection
        return connection

    def _unavailable(self, error: Exception) -> StoreUnavailable:
        where = f"Swift at {place(self.account.address)}"
        if isinstance(error, CatalogException):
            return StoreUnavailable(
                f"{where} has no object store for this account; correct OS_REGION_NAME."
            )
        if isinstance(error, SSLError | KeystoneSSLError):
            return StoreUnavailable(
                f"{where} {UNTRUSTED} OS_CACERT names the file of the right authority."
            )
        return self._with_status(where, getattr(error, "http_status", None))

    def _with_status(self, where: str, status: int | None) -> StoreUnavailable:
        match status:
            case None | 0:
                return StoreUnavailable(
                    f"{where} cannot be reached; see that it runs, "
                    "and that ST_AUTH or OS_AUTH_URL is right.",
                    passing=True,
                )
            case 401 | 403:
                return StoreUnavailable(
                    f"{where} refuses this account; correct its user and key in the settings."
                )
            case 413 | 507:
                return StoreUnavailable(f"{where} has no room left; raise the quota or make room.")
            case status:
                return StoreUnavailable(
                    f"{where} answered with status {status}; look at its logs, then try again.",
                    passing=status in PASSING,
                )
