"""The stores by their role: each may have credentials of its own, and none is another's.

A setting with the role before its name is that role's alone: PRIVATE_AWS_ACCESS_KEY_ID is of the
private store. The overflow store has no others: what is sealed never shares an account with what
is published.
"""

import os
from collections.abc import Mapping
from urllib.parse import unquote

from records.services.storing import DocumentStore
from storage.settings import StorageSettings
from storage.stores import open_store
from storage.stores.address import UnreadableSetting, split_address

WHERE = ("ST_AUTH", "ST_USER", "OS_AUTH_URL", "OS_PROJECT_NAME", "OS_PROJECT_ID")
WHO = ("AWS_ACCESS_KEY_ID", "ST_USER", "OS_USERNAME", "OS_APPLICATION_CREDENTIAL_ID")


def open_stores(settings: StorageSettings) -> dict[str, DocumentStore]:
    """Return the private, the public and, where it is set, the overflow store.

    Raise UnreadableSetting where two are one, or the overflow store has another's credentials.
    """
    urls = {"private": settings.private_store, "public": settings.public_store}
    if settings.overflow_store:
        urls["overflow"] = settings.overflow_store
    known = {role: of_role(settings.raw, role) for role in urls}
    _require_apart(urls, known)
    return {role: _opened(role, url, known[role]) for role, url in urls.items()}


def of_role(settings: Mapping[str, str], role: str) -> dict[str, str]:
    """Return the settings a store of this role is opened with."""
    prefix = f"{role.upper()}_"
    own = {
        name.removeprefix(prefix): value
        for name, value in settings.items()
        if name.startswith(prefix)
    }
    return own if role == "overflow" else {**settings, **own}


def _opened(role: str, url: str, settings: Mapping[str, str]) -> DocumentStore:
    prefix = f"{role.upper()}_"
    try:
        return open_store(url, settings, setting=f"{prefix}STORE")
    except UnreadableSetting as error:
        named = str(error)
        if role == "overflow" and not named.startswith(prefix) and named[:2].isupper():
            named = f"{prefix}{named}"
        raise UnreadableSetting(named) from None


def _require_apart(urls: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> None:
    places: dict[tuple[str, ...], str] = {}
    for role, url in urls.items():
        where = _where(url, known[role])
        if where in places:
            raise UnreadableSetting(
                f"{role.upper()}_STORE and {places[where].upper()}_STORE are the same place; "
                "what is sealed and what is published must lie apart."
            )
        places[where] = role
    if "overflow" in urls and _who(known["overflow"]) & _who(known["public"]):
        raise UnreadableSetting(
            "OVERFLOW_STORE has the credentials of PUBLIC_STORE; give it some of its own."
        )


def _where(url: str, settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return where a store lies, the same for each way to write the same place."""
    parts = split_address("A store's address", url)
    if parts.scheme == "file":
        return "file", os.path.realpath(unquote(parts.path))
    if parts.scheme == "s3":
        endpoint = split_address("S3_ENDPOINT_URL", settings.get("S3_ENDPOINT_URL", ""))
        return "s3", parts.netloc, endpoint.netloc.lower()
    return url, *(settings.get(name, "") for name in WHERE)


def _who(settings: Mapping[str, str]) -> set[str]:
    return {settings[name] for name in WHO if settings.get(name)}
