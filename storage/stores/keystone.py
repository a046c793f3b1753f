"""Signing in at Keystone v3 with a password or an application credential."""

from collections.abc import Mapping

from keystoneauth1.identity.v3 import ApplicationCredential, Password
from keystoneauth1.session import Session

from storage.stores.address import required, web_address


def keystone_session(
    settings: Mapping[str, str], *, timeout: float, authorities: str | None
) -> tuple[str, Session]:
    """Return Keystone's address and a session that signs in there, by the OS_ settings."""
    address = web_address("OS_AUTH_URL", required(settings, "OS_AUTH_URL"))
    sign_in = _sign_in(_version_3(address), settings)
    return address, Session(auth=sign_in, timeout=timeout, verify=authorities or True)


def _sign_in(address: str, settings: Mapping[str, str]) -> Password | ApplicationCredential:
    if settings.get("OS_APPLICATION_CREDENTIAL_ID"):
        return ApplicationCredential(
            address,
            application_credential_id=settings["OS_APPLICATION_CREDENTIAL_ID"],
            application_credential_secret=required(settings, "OS_APPLICATION_CREDENTIAL_SECRET"),
        )
    if not settings.get("OS_PROJECT_ID"):
        required(settings, "OS_PROJECT_NAME")
    return Password(
        address,
        username=required(settings, "OS_USERNAME"),
        password=required(settings, "OS_PASSWORD"),
        project_id=settings.get("OS_PROJECT_ID"),
        project_name=settings.get("OS_PROJECT_NAME"),
        user_domain_id=_domain("OS_USER_DOMAIN", settings),
        user_domain_name=settings.get("OS_USER_DOMAIN_NAME"),
        project_domain_id=_domain("OS_PROJECT_DOMAIN", settings),
        project_domain_name=settings.get("OS_PROJECT_DOMAIN_NAME"),
    )


def _domain(setting: str, settings: Mapping[str, str]) -> str | None:
    if settings.get(f"{setting}_NAME"):
        return None
    return settings.get(f"{setting}_ID") or "default"


def _version_3(address: str) -> str:
    bare = address.rstrip("/")
    return bare if bare.endswith("/v3") else f"{bare}/v3"
